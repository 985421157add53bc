"""Kill imports and backups many times and count what was lost: nothing, or it is a bug.

    python3 dev.py campaign kill [--kills 50] [--seed 1] [--job import|backup]

Half of the kills come at a random step of the program, half at a random moment. After
each, the vault must open, pass the full check and still hold all that was ever reported
as stored; the backup's name must hold the old backup or a whole new one.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.simulators.vaults import NOW, add_many, make_vault, open_vault, passphrase
from wallet_app.errors import CoffreError
from wallet_app.storage.backup import check_backup, write_backup
from wallet_app.storage.files import remove_stale_parts

ROOT = Path(__file__).resolve().parents[2]
EARLIER = 20
JOBS = ("import", "backup")
_STEPS = {"import": 40, "backup": 6}
_LONGEST_S = {"import": 0.8, "backup": 7.0}


@dataclass(frozen=True)
class Outcome:
    """What one kill did. ``stored`` is how many credentials were reported as stored."""

    killed: bool
    stored: int
    lost: int
    damaged: bool


class Campaign:
    """Kills one after the other on the same vault, as in a long and unlucky life."""

    def __init__(self, folder: Path, *, seed: int, earlier_backup: bytes = b"") -> None:
        self.vault_path = folder / "vault"
        self.backup_path = folder / "Coffre.coffre"
        self._chance = random.Random(seed)  # noqa: S311 - moments to kill at
        with make_vault(self.vault_path) as vault:
            self._known = {row.id for row in add_many(vault, EARLIER, padding=20_000)}
            self._events = len(vault.history.events(limit=10**9))
            if earlier_backup:
                self.backup_path.write_bytes(earlier_backup)
            else:
                write_backup(vault, self.backup_path, passphrase(), now=NOW)

    def run(self, job: str, *, at_step: bool, step: int = 0) -> Outcome:
        """Start the job, kill it, look."""
        before = self.backup_path.read_bytes()
        number = (step or self._chance.randint(1, _STEPS[job])) if at_step else 0
        killed, told = self._kill(job, number)
        stored = {line for line in told if len(line) == 64}
        self._known |= stored
        lost, damaged = self._look(stored)
        if job == "backup":
            damaged = damaged or not self._backup_is_good(before)
        return Outcome(killed, len(stored), lost, damaged)

    def _kill(self, job: str, step: int) -> tuple[bool, list[str]]:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", job, str(self.vault_path), str(step)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            told = [process.stdout.readline().strip()]
            if not step:
                self._kill_after(process, self._chance.uniform(0, _LONGEST_S[job]))
            told += process.stdout.read().split("\n")[:-1]
        # A job that ended by itself in an error would prove nothing.
        if process.returncode not in (0, -signal.SIGKILL):
            raise AssertionError((job, process.returncode))
        return process.returncode != 0, told

    @staticmethod
    def _kill_after(process: subprocess.Popen[str], delay_s: float) -> None:
        try:
            process.wait(timeout=delay_s)
        except subprocess.TimeoutExpired:
            process.kill()

    def _look(self, stored: set[str]) -> tuple[int, bool]:
        """Return how many known credentials are gone, and whether anything is wrong."""
        try:
            with open_vault(self.vault_path) as vault:
                held = {row.id for row in vault.credentials.rows()}
                whole = vault.integrity_problems() == ()
                found = len(vault.credentials.rows("badge")) == len(held)
                told = len(vault.history.events(limit=10**9))
        except CoffreError:
            return len(self._known), True
        lost = len(self._known - held)
        # One more may be stored than was told: the kill came between the two.
        extra = len(held - self._known)
        self._known |= held
        self._events += len(stored) + extra
        clean = {p.name for p in self.vault_path.iterdir()} == {
            *("header.json", "vault.db", "vault.lock"),
        }
        return lost, not (whole and found and clean and extra <= 1 and told == self._events)

    def _backup_is_good(self, before: bytes) -> bool:
        remove_stale_parts(self.backup_path)
        if {p.name for p in self.backup_path.parent.iterdir()} != {"vault", "Coffre.coffre"}:
            return False
        if self.backup_path.read_bytes() == before:
            return True
        try:
            return check_backup(self.backup_path, passphrase()).credentials == len(self._known)
        except CoffreError:
            return False


def outcomes(job: str, kills: int, seed: int) -> Iterator[Outcome]:
    """Run one job in a folder of its own until it was killed ``kills`` times.

    A run that ends before its kill is looked at too, and does not count as one.
    """
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(Path(folder), seed=seed)
        killed = number = 0
        while killed < kills:
            outcome = campaign.run(job, at_step=number % 2 == 0)
            killed += outcome.killed
            number += 1
            yield outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--job", choices=JOBS, action="append")
    given = parser.parse_args()
    out = sys.stdout.write
    out(f"seed {given.seed}\n{'job':8}{'runs':>6}{'killed':>8}{'stored':>8}{'lost':>6}")
    out(f"{'damaged':>9}{'seconds':>9}\n")
    failed = False
    for job in given.job or JOBS:
        started = time.monotonic()
        seen = list(outcomes(job, given.kills, given.seed))
        lost, damaged = sum(o.lost for o in seen), sum(o.damaged for o in seen)
        killed, stored = sum(o.killed for o in seen), sum(o.stored for o in seen)
        out(f"{job:8}{len(seen):6}{killed:8}{stored:8}{lost:6}{damaged:9}")
        out(f"{time.monotonic() - started:9.0f}\n")
        failed = failed or lost > 0 or damaged > 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
