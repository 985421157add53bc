"""A backup of ten thousand credentials and its restore, beside ``age`` on the same bytes."""

import os
import pty
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.kept_vaults import SOME, kept_vault
from tests.benchmarks.measuring import Measured, paired
from tests.simulators.vaults import CHEAP, NOW, open_vault, passphrase
from wallet_app.storage.archive import pack
from wallet_app.storage.backup import write_backup
from wallet_app.storage.contents import read_contents
from wallet_app.storage.restore import restore

__all__ = ["backup", "restoring"]

_ROUNDS = 3


def backup() -> Iterator[Measured | str]:
    """Yield a backup, written and proven by reading it back, beside ``age`` doing both."""
    if shutil.which("age") is None:
        yield "backup: the age tool is not there"
        return
    with tempfile.TemporaryDirectory() as folder, open_vault(kept_vault(SOME)) as vault:
        here = Path(folder)
        (here / "zip").write_bytes(pack(read_contents(vault.database), NOW))
        identity, recipient = new_identity(here / "key")

        def ours() -> None:
            write_backup(vault, here / "backup.coffre", passphrase(), now=NOW + timedelta(days=1))

        def with_passphrase() -> None:
            with_age("-p", "-a", "-o", str(here / "p"), str(here / "zip"))
            with_age("-d", "-o", str(here / "back"), str(here / "p"))

        def with_key() -> None:
            run("age", "-r", recipient, "-a", "-o", str(here / "r"), str(here / "zip"))
            run("age", "-d", "-i", str(identity), "-o", str(here / "back"), str(here / "r"))

        size = (here / "zip").stat().st_size / 2**20
        for name, reference in (("age -p", with_passphrase), ("age -r", with_key)):
            yield paired(
                f"backup of {SOME:,} ({size:.0f} MiB), read back",
                all_cpu_ms(ours),
                f"{name} and age -d of the same bytes",
                all_cpu_ms(reference),
                rounds=_ROUNDS,
            )


def restoring() -> Iterator[Measured | str]:
    """Yield a restore into a new vault, beside ``age -d``."""
    if shutil.which("age") is None:
        yield "restore: the age tool is not there"
        return
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with open_vault(kept_vault(SOME)) as vault:
            write_backup(vault, here / "backup.coffre", passphrase(), now=NOW)

        def ours() -> None:
            shutil.rmtree(here / "vault", ignore_errors=True)
            restore(here / "backup.coffre", passphrase(), here / "vault", now=NOW, kdf=CHEAP)

        yield paired(
            f"restore of {SOME:,} into a new vault",
            all_cpu_ms(ours),
            "age -d of the same file",
            all_cpu_ms(
                lambda: with_age("-d", "-o", str(here / "back"), str(here / "backup.coffre"))
            ),
            rounds=_ROUNDS,
        )


def all_cpu_ms(work: Callable[[], object]) -> Callable[[], float]:
    """Return what runs ``work`` and gives the processor's time, that of its processes too."""

    def once() -> float:
        before = os.times()
        work()
        return 1_000 * (sum(os.times()[:4]) - sum(before[:4]))

    return once


def new_identity(path: Path) -> tuple[Path, str]:
    """Make an identity of ``age``; return its file and its recipient."""
    run("age-keygen", "-o", str(path))
    return path, run("age-keygen", "-y", str(path)).strip()


def run(*command: str) -> str:
    """Run a program to its end and return what it printed."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def with_age(*arguments: str) -> None:
    """Run ``age`` on a terminal of its own: it takes a passphrase from nowhere else."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", *arguments])  # noqa: S606 - the stock tool
    secret = bytes(passphrase().buffer())
    try:
        while told := os.read(terminal, 1_024):
            if b"passphrase" in told.lower():
                os.write(terminal, secret + b"\n")
    except OSError:
        # So the terminal of a program that has ended answers on Linux.
        pass
    os.close(terminal)
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError(arguments)
