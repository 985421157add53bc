"""What the page may say of a badge, given what the app says of it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulators.web import NOW
from verify_page.driver import PageDriver, Seen
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.documents import Resolver
from wallet_app.errors import UserError
from wallet_app.sharing.link_payload import link_text
from wallet_app.verification.report import Report, Verdict
from wallet_app.verification.self_declared import is_self_declared
from wallet_app.verification.verify import verify

__all__ = [
    "Compared",
    "Linked",
    "compare",
    "credentials_of",
    "link_of",
    "links_in",
    "report_of",
    "stronger",
]

NOT_HERE = frozenset({"ask", "browser", "noissuer", "nomatch", "odd", "silent"})
"""Codes of the page for "could not be checked here"."""


@dataclass(frozen=True)
class Linked:
    """A credential, what it is called here, and its link."""

    name: str
    credential: Credential
    link: str


@dataclass(frozen=True)
class Compared:
    """One badge seen by both. ``own``: the app finds that its own holder signed it."""

    name: str
    report: Report
    seen: Seen
    own: bool = False

    @property
    def is_same(self) -> bool:
        """Whether both end with the same verdict; a holder's own word is called that for both."""
        if self.seen.verdict == "declared":
            return self.own and self.report.verdict is Verdict.VERIFIED
        return self.seen.verdict == self.report.verdict

    @property
    def is_left_open(self) -> bool:
        """Whether the page decides nothing and names a reason why it cannot."""
        open_codes = {code for outcome, code in self.seen.checks.values() if outcome == "unknown"}
        return self.seen.verdict == "undetermined" and bool(open_codes & NOT_HERE)

    def __str__(self) -> str:
        found = {name: one for name, one in self.seen.checks.items() if one[0] != "not_applicable"}
        codes = {one.check.value: one.code for one in self.report.checks[:5]}
        return f"{self.name}: app {self.report.verdict} {codes}, page {self.seen.verdict} {found}"


def stronger(compared: Iterable[Compared]) -> Sequence[str]:
    """Return where the page says other than the app, and not merely that it cannot tell.

    No accusation may be made up either: "not valid" and "withdrawn" must be the app's, too.
    """
    return [str(one) for one in compared if not one.is_same and not one.is_left_open]


def compare(
    page: PageDriver, linked: Sequence[Linked], resolver: Resolver, *, ask: bool = False
) -> list[Compared]:
    """Return what page and app say of each; ``resolver`` is the app's, the page has its tab's."""
    seen = page.see_all([one.link for one in linked], ask=ask)
    compared = []
    for one, (found,) in zip(linked, seen, strict=True):
        report = report_of(one.credential, resolver)
        own = is_self_declared(one.credential, report)
        compared.append(Compared(one.name, report, found, own))
    return compared


def links_in(name: str, document: bytes | str | dict[str, Any]) -> Iterator[Linked]:
    """Yield the credentials of a file that have a link."""
    for credential in credentials_of(document):
        if link := link_of(credential):
            yield Linked(name, credential, link)


def credentials_of(document: bytes | str | dict[str, Any]) -> list[Credential]:
    """Return the credentials of a file, those within collections included; none of junk."""
    if isinstance(document, dict):
        document = json.dumps(document)
    data = document.encode() if isinstance(document, str) else document
    try:
        found = list(recognise(Original(data, "")))
    except FormatError:
        return []
    return [*found, *(inner for one in found for inner in one.embedded)]


def link_of(credential: Credential) -> str:
    """Return the link of a credential, "" when it has none."""
    try:
        return link_text(credential, load_contexts())
    except UserError:
        return ""


def report_of(credential: Credential, resolver: Resolver) -> Report:
    """Return what the app says with these documents, at the test world's time."""
    return verify(credential, resolver=resolver, contexts=load_contexts(), now=NOW)
