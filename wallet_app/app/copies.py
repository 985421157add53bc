"""The automatic copies of a safe as the faces show them, and what works on a closed safe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.storage.automatic import (
    AutomaticCopy,
    automatic_copies,
    find_copy,
    run_check,
    run_copy,
)
from wallet_app.storage.copying import CopyTicket
from wallet_app.storage.damage import damage_noted
from wallet_app.storage.go_back import go_back

__all__ = [
    "CopiesState",
    "CopyLook",
    "CopyRow",
    "Errand",
    "WentBackTo",
    "copies_of",
    "copy_row",
    "go_back_to",
    "run_errand",
]

STALE_DAYS = 7
"""Without a good copy for longer, the faces say so."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One automatic copy.

    Attributes:
        name: how the command line calls it. reason: a word of ``copies.reason``, or "".
        proven: it was read back whole; False for a state that was put aside as it was.
    """

    name: str
    made_at: datetime
    size_bytes: int
    schema: int
    reason: str
    proven: bool


@dataclass(frozen=True, slots=True)
class CopiesState:
    """How well the safe is kept on this computer.

    Attributes:
        copies: newest first. folder: where they lie.
        damaged: damage was seen; nothing is written or removed until the person decides.
    """

    copies: tuple[CopyRow, ...]
    folder: Path
    damaged: bool

    @property
    def last_good(self) -> CopyRow | None:
        """The newest copy that was proven."""
        return next((copy for copy in self.copies if copy.proven), None)

    def is_stale(self, now: datetime) -> bool:
        """Return whether there has been no good copy for a week."""
        last = self.last_good
        return last is None or (now - last.made_at).days >= STALE_DAYS


@dataclass(frozen=True, slots=True)
class CopyLook:
    """What a copy holds beside the safe of today, by names of badges.

    Attributes:
        badges: how many are in the copy. only_there: in the copy, not in the safe.
        only_here: in the safe, not in the copy: going back would take them away.
        rows, files: how many of each kind came back equal when it was put back on trial.
    """

    row: CopyRow
    badges: int
    only_there: tuple[str, ...]
    only_here: tuple[str, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WentBackTo:
    """Which copy the safe is now, and under which name the state before is kept."""

    copy: CopyRow
    kept_as: str
    kept_as_it_was: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """Work for the pool: one copy, or with no ``reason`` a whole check. Holds the key."""

    ticket: CopyTicket
    now: datetime
    reason: str


def copy_row(copy: AutomaticCopy) -> CopyRow:
    """Return a stored copy as the faces show it."""
    return CopyRow(
        copy.name, copy.made_at, copy.size_bytes, copy.schema, copy.reason, copy.is_proven
    )


def copies_of(path: Path) -> CopiesState:
    """Return the copies of the safe in the folder ``path``; it need not be open.

    Raises:
        EnvironmentFault: the folder cannot be read.
    """
    rows = tuple(copy_row(copy) for copy in automatic_copies(path))
    return CopiesState(rows, path / "copies", damage_noted(path))


def run_errand(errand: Errand, cancelled: Callable[[], bool]) -> CopyRow | None:
    """Do an errand on any thread, never on the safe's; the key goes with its end.

    Returns the copy that was made, or None after a check.

    Raises:
        EnvironmentFault: ``vault.damaged``, ``vault.interrupted`` after a lock,
            ``copies.…``, ``file.…``; the safe and its copies are as they were.
    """
    if not errand.reason:
        run_check(errand.ticket, cancelled)
        return None
    made = run_copy(errand.ticket, now=errand.now, reason=errand.reason, stopped=cancelled)
    return copy_row(made)


def go_back_to(path: Path, name: str, passphrase: Secret, services: Services) -> WentBackTo:
    """Put the closed safe at ``path`` back to the copy whose name begins with ``name``.

    Raises:
        UserError: ``copies.unknown``, ``vault.wrong_passphrase``.
        EnvironmentFault: as ``go_back``: the safe is as it was, or it is the copy.
    """
    copy = find_copy(path, name)
    kept = go_back(path, copy.path, passphrase, now=services.now())
    return WentBackTo(copy_row(copy), kept.kept_as, kept.as_it_was)
