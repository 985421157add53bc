"""Change valid credentials in one place each and count what still verifies: nothing, or a bug.

    python3 dev.py campaign mutation [--credentials 200] [--edits 50] [--seed 1]

An edit that leaves the signed meaning as it was may verify; that it does is shown by an
oracle that shares nothing with the way to the verdict (``oracle.py``).
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mutation.edits import edited
from mutation.oracle import means_the_same
from mutation.subjects import Subject, subjects
from simulators.checking import report_on
from wallet_app.verification.report import Verdict

__all__ = ["Ending", "Trial", "trials"]


class Ending(StrEnum):
    """How one edit ended."""

    FAILED = "failed"
    OTHER = "other"
    """Undetermined, revoked, expired …: not verified."""
    UNCHANGED = "verified, same meaning"
    WRONG = "verified, WRONG"


@dataclass(frozen=True)
class Trial:
    """One edit of one credential."""

    format: str
    kind: str
    ending: Ending
    data: bytes


def trials(credentials: int, edits: int, seed: int) -> Iterator[Trial]:
    """Yield every edit of every credential; the same for the same seed.

    Raises:
        ValueError: a credential does not verify before it is edited.
    """
    chance = random.Random(seed)  # noqa: S311 - places to change
    for subject in subjects(credentials, seed):
        verdict = report_on(subject.data, subject.web).verdict
        if verdict is not Verdict.VERIFIED:
            raise ValueError(subject.format, verdict)
        for _ in range(edits):
            kind, data = edited(subject, chance)
            yield Trial(subject.format, kind, _ending(subject, data), data)


def _ending(subject: Subject, data: bytes) -> Ending:
    report = report_on(data, subject.web)
    if report.verdict is Verdict.VERIFIED:
        same = means_the_same(subject, data, report)
        return Ending.UNCHANGED if same else Ending.WRONG
    return Ending.FAILED if report.verdict is Verdict.FAILED else Ending.OTHER


def _table(title: str, rows: dict[str, Counter[Ending]]) -> None:
    print(f"\n{title:24}{'edits':>8}" + "".join(f"{one:>25}" for one in Ending))
    for name, counts in [*rows.items(), ("all", sum(rows.values(), Counter()))]:
        print(f"{name:24}{counts.total():>8}" + "".join(f"{counts[one]:>25}" for one in Ending))


def main() -> int:
    """Run the campaign; 1 if anything verified that must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--credentials", type=int, default=200)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    by_format: dict[str, Counter[Ending]] = {}
    by_kind: dict[str, Counter[Ending]] = {}
    wrong = 0
    for trial in trials(options.credentials, options.edits, options.seed):
        by_format.setdefault(trial.format, Counter())[trial.ending] += 1
        by_kind.setdefault(trial.kind, Counter())[trial.ending] += 1
        if trial.ending is Ending.WRONG:
            wrong += 1
            print(f"WRONG: {trial.format}, {trial.kind}: {trial.data[:3_000]!r}")
    _table("format", by_format)
    _table("edit", by_kind)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
