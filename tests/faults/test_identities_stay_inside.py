"""Who the owner is stays in the safe: no file, output, log, request or crash tells it."""

import json
import logging
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from simulators.issuer import HOLDER_DID, Issuer
from simulators.world import World
from wallet_app.app.open_safe import create_safe
from wallet_app.crypto.secret import Secret

ROOT = Path(__file__).resolve().parents[2]
MAIL = "sentinel-of-the-owner@example.com"
TELEPHONE = "+33987654321"

PROGRAM = f"""
import json, logging, sys
from pathlib import Path
sys.path.insert(0, "tests")
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from simulators.world import World
from wallet_app.app.open_safe import create_safe
from wallet_app.app.settings import Settings, save_settings
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
here, world = Path(sys.argv[1]), World()
safe = create_safe(here / "safe", Secret.from_text("correct horse"), world.services)
for text in ({MAIL!r}, "telephone:{TELEPHONE}"):
    safe.people.add_identity(text)
save_settings(here / "settings.json", Settings())
for wrong in ("email:{MAIL}\\x00", "id:{MAIL}"):
    try:
        safe.people.add_identity(wrong)
    except CoffreError as error:
        print(repr(error), dict(error.params))
safe.backup(here / "b.coffre", Secret.from_text("correct horse"))
print(safe, safe.people, safe.history())
# Left as a crash leaves it, with log and shared memory.
raise RuntimeError(safe.people)
"""


def spellings(text: str) -> list[bytes]:
    plain = [text.encode(coding) for coding in ("utf-8", "utf-16-le")]
    hidden = sha256(text.encode()).hexdigest().encode()
    return [*plain, hidden, b64encode(text.encode()).rstrip(b"=")[:-1]]


def test_a_planted_identifier_surfaces_in_no_file_and_no_output(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM, str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"RuntimeError" in ran.stderr, ran.stderr
    assert ran.stdout.count(b"identity.malformed") == 2
    assert b"identity_added" in ran.stdout
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"vault.db", "settings.json", "b.coffre"} <= {path.name for path in files}
    places = {path.name: path.read_bytes() for path in files}
    places |= {"standard output": ran.stdout, "standard error": ran.stderr}
    for place, data in places.items():
        for text in (MAIL, TELEPHONE):
            for spelled in spellings(text):
                assert spelled not in data, place


def test_a_check_over_the_network_tells_nobody_who_asks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    issuer = Issuer.at_did_web(world.web)
    badge = issuer.badge()
    digest = sha256(MAIL.encode() + b"salt").hexdigest()
    badge["credentialSubject"]["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${digest}",
            "identityType": "emailAddress",
            "salt": "salt",
        }
    ]
    with (
        caplog.at_level(logging.DEBUG),
        create_safe(tmp_path / "safe", Secret.from_text("correct"), world.services) as safe,
    ):
        safe.people.add_identity(MAIL)
        safe.people.add_identity(HOLDER_DID)
        (taken,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "badge.json")
        assert taken.badge is not None
        shown = safe.check_again(taken.badge.id)
        assert shown.row.mine == "yes", "it was compared, so that silence means something"
    asked = repr(world.web.calls)
    assert issuer.id.removeprefix("did:web:") in asked
    for text in (MAIL, HOLDER_DID, digest):
        assert text not in asked
        assert text not in caplog.text


def test_no_module_that_knows_the_owner_logs_or_writes_files() -> None:
    for name in ("identities", "ownership", "people"):
        text = (ROOT / "wallet_app" / "app" / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"\blogging\b|print\(|open\(|write_|environ", text), name
