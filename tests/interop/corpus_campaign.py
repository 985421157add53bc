"""``python3 dev.py campaign corpus``: every row of the corpus through the real command.

Both columns of verdicts, one process for each row as a script outside would start it. Prints
every row that differs, and what the rows cost; ends with 1 when a certain row differs, a
``readable`` one is not recognised, or one crashes or takes over two seconds.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("COFFRE_CORPUS", ROOT.parent / "shared" / "corpus"))
CLOCK = "2026-11-23T12:00:00Z"
MAX_SECONDS = 2.0
RECOGNISED = (
    "format.recognised",
    "format.open_badges_part",
    "format.unknown_type",
    "format.container",
    "format.cose",
)
PROCESSES = 2


@dataclass(frozen=True)
class Answer:
    """What the command said of one row."""

    file: str
    family: str
    mocks: bool
    expected: str
    verdict: str
    decisive: str
    seconds: float
    exit_code: int

    @property
    def is_arguable(self) -> bool:
        return self.expected.endswith("?")

    @property
    def agrees(self) -> bool:
        if self.expected == "readable":
            return self.verdict != "failed" or any(code in self.decisive for code in RECOGNISED)
        return self.verdict == self.expected.removesuffix("?")


def rows(table: str) -> Iterator[dict[str, str]]:
    with (CORPUS / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def maps(file: str, *, mocks: bool, folder: Path) -> list[Path]:
    """Return the document maps of a row; the first that lists an address wins."""
    plain = [CORPUS / "documents.tsv", CORPUS / "contexts.tsv"]
    if not mocks:
        return plain
    own = [row for row in rows("documents-case.tsv") if row["case_file"] == file]
    before = []
    if own:
        path = folder / f"{abs(hash(file))}.tsv"
        lines = [f"{row['url']}\t{CORPUS / row['file']}\n" for row in own]
        path.write_text("".join(lines), encoding="utf-8")
        before = [path]
    return [*before, CORPUS / "documents-mock.tsv", *plain]


def ask(row: dict[str, str], *, mocks: bool, folder: Path) -> Answer:
    command = [sys.executable, "-m", "wallet_app", "verify", "--json", "--at", CLOCK]
    for path in maps(row["file"], mocks=mocks, folder=folder):
        command += ["--documents", str(path)]
    out, seconds, exit_code = run([*command, str(CORPUS / row["file"])])
    column = "verdict_with_mocks" if mocks else "verdict_without_mocks"
    first: dict[str, Any] = json.loads(out.splitlines()[0]) if out else {}
    checks = first.get("checks", [])[:5]
    return Answer(
        file=row["file"],
        family=row["family"],
        mocks=mocks,
        expected=row[column],
        verdict=str(first.get("verdict", "no answer")),
        decisive=" ".join(f"{one['check']}={one['outcome']}[{one['code']}]" for one in checks),
        seconds=seconds,
        exit_code=exit_code,
    )


def run(command: list[str]) -> tuple[str, float, int]:
    """Return what a command prints, the processor time it took in seconds, and its exit code.

    Processor time, because a busy machine makes any command slow; the answers wait for no
    network, so that it is the time they take.
    """
    with tempfile.TemporaryFile() as out:
        started = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return out.read().decode(), used.ru_utime + used.ru_stime, started.returncode


def main() -> int:
    """Ask about every row and print the table."""
    if not CORPUS.is_dir():
        print("third-party corpus not present: nothing to compare with")
        return 1
    wanted = sys.argv[1:]
    chosen = [row for row in rows("cases.tsv") if not wanted or row["family"] in wanted]
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(PROCESSES) as pool:
        jobs = [
            pool.submit(ask, row, mocks=mocks, folder=Path(name))
            for row in chosen
            for mocks in (False, True)
        ]
        answers = [job.result() for job in jobs]
    return report(answers)


def report(answers: list[Answer]) -> int:
    """Print what differs, by family; return the exit code."""
    wrong = 0
    for answer in sorted(answers, key=lambda one: (one.family, one.file, one.mocks)):
        column = "with mocks" if answer.mocks else "without"
        slow = answer.seconds > MAX_SECONDS
        crashed = answer.exit_code not in (0, 1)
        if not answer.agrees or slow or crashed:
            certain = slow or crashed or not answer.is_arguable
            wrong += certain
            print(
                f"{'WRONG' if certain else 'arguable'}: {answer.file} ({column}): expected "
                f"{answer.expected}, got {answer.verdict}, {answer.seconds:.2f} s: "
                f"{answer.decisive}"
            )
    totals = Counter((one.family, one.is_arguable, one.agrees) for one in answers)
    print("family: certain rows agreeing/all, arguable rows agreeing/all")
    for family in sorted({one.family for one in answers}):
        certain, arguable = (
            (totals[family, kind, True], totals[family, kind, True] + totals[family, kind, False])
            for kind in (False, True)
        )
        print(f"  {family}: {certain[0]}/{certain[1]}, {arguable[0]}/{arguable[1]}")
    slowest = max(answers, key=lambda one: one.seconds)
    print(f"{len(answers)} answers, {wrong} wrong; slowest {slowest.seconds:.2f} s {slowest.file}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
