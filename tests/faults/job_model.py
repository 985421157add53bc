"""What is broken into: every way of writing a vault, as a job on a folder of its own.

A job begins where ``prepare`` left the folder: the vault is ``folder/vault``, and what lies
beside it is the job's own. ``work`` does it once. Whatever happens in between, the vault
must open, be whole and hold every credential that it held before, and then the job must
succeed when it is tried again.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.simulators.vaults import PASSPHRASE

__all__ = ["Job", "tell"]


def tell(line: str) -> None:
    """Say what counts as stored from now on: identities, one a line."""
    with suppress(OSError):  # standard output may be on the full disk too
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class Job:
    """One way of writing.

    Attributes:
        prepare: makes the folder. work: does the job, at a time.
        keys: the passphrases of which one must open the vault.
        removes: whether credentials are meant to go for good.
        beside: tells what is wrong with what the job leaves beside the vault, "" for nothing.
    """

    prepare: Callable[[Path], None]
    work: Callable[[Path, datetime], None]
    keys: tuple[str, ...] = (PASSPHRASE,)
    removes: bool = False
    beside: Callable[[Path], str] = lambda _folder: ""
