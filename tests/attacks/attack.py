"""One attack: its number in the list of what must never pass, and how it must end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulators.checking import report_on
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Report, Verdict

__all__ = ["Attack", "Document", "judge"]

Document = dict[str, Any] | str | bytes


@dataclass(frozen=True)
class Attack:
    """One row.

    Attributes:
        make: builds the attacker's document, and whatever world it needs.
        verdict: how it must end. code: the decisive code, in the check named.
    """

    number: int
    name: str
    make: Callable[[WebSimulator], Document]
    verdict: Verdict
    check: CheckId
    code: str

    def __str__(self) -> str:
        return f"{self.number}-{self.name}"


def judge(attack: Attack) -> Report:
    """Run the attack and hold it against its row."""
    web = WebSimulator()
    report = report_on(attack.make(web), web)
    found = [(result.check.value, result.outcome.value, result.code) for result in report.checks]
    assert report.verdict is attack.verdict, found
    assert report.check(attack.check).code == attack.code, found
    return report
