"""One attack: its number in the list of what must never pass, and how it must end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simulators.checking import report_on
from simulators.web import WebSimulator
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

__all__ = [
    "AddressAttack",
    "Attack",
    "Document",
    "SuiteOnly",
    "TextAttack",
    "Twin",
    "UrlAttack",
    "judge",
]

Document = dict[str, Any] | str | bytes
Make = Callable[[WebSimulator], Document]


@dataclass(frozen=True)
class Attack:
    """One row.

    Attributes:
        make: builds the attacker's document, and whatever world it needs.
        verdict: how it must end. code: the decisive code or finding, in the check named.
        path: which credential of the document is judged: its place in a picture, then in
            the containers within.
        identities, registries, anchors: what the owner of the safe confirmed and chose.
        never_asked: beginnings of addresses that must not be fetched.
    """

    number: int
    name: str
    make: Make
    verdict: Verdict
    check: CheckId
    code: str
    path: tuple[int, ...] = (0,)
    identities: Sequence[OwnerIdentity] = ()
    registries: Sequence[TrustRegistry] = ()
    anchors: Sequence[Anchor] = ()
    never_asked: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.number}-{self.name}"


@dataclass(frozen=True)
class Twin:
    """An honest badge that must verify, so that no attack is stopped by refusing everything.

    Attributes:
        numbers: the rows whose attacks it is the honest form of.
        check, code: what it must say beside ``verified``.
    """

    numbers: tuple[int, ...]
    name: str
    make: Make
    check: CheckId
    code: str
    path: tuple[int, ...] = (0,)
    identities: Sequence[OwnerIdentity] = ()
    registries: Sequence[TrustRegistry] = ()
    anchors: Sequence[Anchor] = ()

    def __str__(self) -> str:
        return f"{self.numbers}-{self.name}"


@dataclass(frozen=True)
class UrlAttack:
    """An address that must not be asked for; ``code`` "" makes it an honest one."""

    number: int
    name: str
    url: str
    code: str


@dataclass(frozen=True)
class AddressAttack:
    """A numeric address that must not be connected to; ``code`` "" makes it an honest one."""

    number: int
    name: str
    address: str
    code: str = "blocked_address"


@dataclass(frozen=True)
class TextAttack:
    """A name with characters that hide or reorder, and how it is shown and saved."""

    number: int
    name: str
    text: str
    shown: str
    file_name: str


@dataclass(frozen=True)
class SuiteOnly:
    """An attack that needs a server or a safe; ``test`` is the test that makes it."""

    number: int
    name: str
    test: str


def judge(attack: Attack | Twin) -> Report:
    """Run the attack and hold it against its row."""
    web = WebSimulator()
    report = report_on(
        attack.make(web),
        web,
        path=attack.path,
        identities=attack.identities,
        trust=attack.registries,
        anchors=attack.anchors,
    )
    found = [(result.check.value, result.outcome.value, result.code) for result in report.checks]
    verdict = attack.verdict if isinstance(attack, Attack) else Verdict.VERIFIED
    assert report.verdict is verdict, found
    result = report.check(attack.check)
    assert attack.code in {result.code, *(code for code, _ in result.findings)}, found
    if isinstance(attack, Attack):
        asked = [url for url, _ in web.calls if url.startswith(attack.never_asked)]
        assert not attack.never_asked or asked == []
        assert is_stopped(report, attack), found
    return report


def is_stopped(report: Report, attack: Attack) -> bool:
    """Tell whether what the attacker wants does not come true."""
    outcome = report.check(attack.check).outcome
    not_believed = report.verdict is not Verdict.VERIFIED or outcome is not Outcome.PASSED
    return not_believed or bool(attack.never_asked)
