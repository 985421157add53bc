"""The list of shown members names every member that a format module reads."""

import ast
from pathlib import Path

from wallet_app.credentials import formats
from wallet_app.credentials.formats.shown_members import SHOWN_MEMBERS

CHECKED = (
    *("verifiable_credential", "open_badges_3", "clr_2", "presentation", "europass"),
    *("tolerant", "open_badges_2"),
)
# Of tokens, of JSON seals, of Open Badges 2, and JSON-LD's own.
ELSEWHERE = frozenset(
    {
        *("exp", "iss", "jti", "nbf", "sub", "payload", "signatures", "", "en"),
        *("badge", "recipient", "issuedOn", "expires", "uid", "verify", "verification", "origin"),
        *("identity", "contact", "org", "message", "message", "telephone", "tags", "member"),
    }
)


def test_every_member_that_is_read_is_in_the_list() -> None:
    (folder,) = formats.__path__
    read = set()
    for name in CHECKED:
        for node in ast.walk(ast.parse(Path(folder, f"{name}.py").read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(str(member)), *_]):
                    read.add(member)
    assert "achievementType" in read
    unlisted = {member for member in read if not member.startswith("@")} - ELSEWHERE
    assert unlisted - SHOWN_MEMBERS == set()
