"""The part of the open safe that keeps it: automatic copies, checks, the trash emptied."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallet_app.app.copies import CopiesState, CopyLook, CopyRow, Errand, copies_of, copy_row
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.automatic import copy_now, find_copy, is_copy_due
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import holds_nothing
from wallet_app.storage.copying import check_sums
from wallet_app.storage.integrity import damage_in
from wallet_app.storage.models import Event
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME
from wallet_app.storage.rehearsal import rehearse_copy
from wallet_app.storage.vault import Vault

__all__ = ["SafeCopies"]

_CHECK_EVERY: Final = timedelta(days=1)
_BROUGHT_BACK: Final = ("restored", "went_back")
_BADGES: Final = "SELECT id, name FROM credential WHERE deleted_at IS NULL"


class SafeCopies:
    """What ``Safe`` does so that nothing is lost; ``Safe`` itself is its only face."""

    def __init__(self, vault: Vault, services: Services) -> None:
        """Take an open vault."""
        self._vault = vault
        self._services = services
        self._checked_at: datetime | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether damage was seen: nothing is written until the person decides."""
        return self._vault.database.is_damaged

    def copies(self) -> CopiesState:
        """Return the automatic copies, newest first, and whether damage was seen."""
        return copies_of(self._vault.path)

    def copy_now(self, reason: str) -> CopyRow | None:
        """Make and prove a copy now, on this thread; ``reason`` as in ``copies.reason``.

        None for a safe that never held anything: there is nothing to lose yet.

        Raises:
            EnvironmentFault: ``vault.damaged``, ``vault.read_only``, ``copies.…``,
                ``file.…``: what the copy was for must not be done.
        """
        if holds_nothing(self._vault.database):
            return None
        return copy_row(copy_now(self._vault, now=self._services.now(), reason=reason))

    def copy_if_due(self, reason: str = "changed") -> CopyRow | None:
        """Make a copy if the safe changed and the last one is half an hour old."""
        if not is_copy_due(self._vault, now=self._services.now()):
            return None
        return self.copy_now(reason)

    def errand(self, *, asked: bool = False) -> Errand | None:
        """Return what is to be done in the background now: a copy, a check, or nothing.

        ``asked``: the person wants a copy; it is never skipped. Takes some milliseconds;
        the work itself is ``run_errand``, on another thread and another connection.

        Raises:
            EnvironmentFault: ``vault.damaged`` or ``vault.read_only`` for a copy asked for.
        """
        now = self._services.now()
        if asked:
            self._refuse_copy()
            return Errand(self._vault.ticket(), now, "asked")
        if is_copy_due(self._vault, now=now):
            self._checked_at = now
            return Errand(self._vault.ticket(), now, "changed")
        # A copy proves every page on its way; where none is due, once a day is enough.
        fresh = self._checked_at is not None and now - self._checked_at < _CHECK_EVERY
        if fresh or self._vault.read_only:
            return None
        self._checked_at = now
        return Errand(self._vault.ticket(), now, "")

    def check_whole(self) -> tuple[str, ...]:
        """Check every page, row and hash of the safe now; () is good, and ends a suspicion."""
        return self._vault.integrity_problems()

    def refuse_if_damaged(self) -> None:
        """Check the whole safe before a backup of it takes the name of a good one.

        Raises:
            EnvironmentFault: ``backup_safe.damaged``.
        """
        if damage_in(self.check_whole()):
            raise EnvironmentFault("backup_safe.damaged")

    def look_into_copy(self, name: str) -> CopyLook:
        """Open one copy read-only beside the safe and say in what they differ.

        Raises:
            UserError: ``copies.unknown``, ``copies.other_key`` for one made before the safe
                got a new key.
            EnvironmentFault: ``copies.bad_copy``.
        """
        return self._look(name, on_trial=False)

    def check_copy(self, name: str) -> CopyLook:
        """Put one copy back on trial, compare every row and file; raises as for a look."""
        return self._look(name, on_trial=True)

    def _look(self, name: str, *, on_trial: bool) -> CopyLook:
        copy = find_copy(self._vault.path, name)
        with self._vault.ticket() as ticket:
            database = _opened(copy.path, ticket.key)
            try:
                there = {str(identity): str(title) for identity, title in database.rows(_BADGES)}
            finally:
                database.close()
            trial = rehearse_copy(copy, ticket.key) if on_trial else None
        here = {row.id: row.name for row in self._vault.credentials.rows()}
        return CopyLook(
            copy_row(copy),
            len(there),
            tuple(sorted(name for identity, name in there.items() if identity not in here)),
            tuple(sorted(name for identity, name in here.items() if identity not in there)),
            *((trial.rows, trial.files) if trial else ()),
        )

    # --- the trash ---------------------------------------------------------------------

    def empty_trash(self, *, older_than_days: int = 0) -> int:
        """Remove for good what is in the trash for that many days; return how many.

        A copy is made first; it and the earlier ones hold what was removed until they are
        thinned out. Each removal is a transaction with its event.

        Raises:
            EnvironmentFault: as ``copy_now``; nothing was removed.
        """
        limit = self._services.now() - timedelta(days=older_than_days)
        gone = [one for one in self._vault.credentials.trash() if _since(one.deleted_at) <= limit]
        if not gone:
            return 0
        self.copy_now("bulk_delete")
        for row in gone:
            event = Event(self._services.now(), "deleted_forever", row.id, row.name)
            self._vault.credentials.delete_forever(row.id, event)
        self._vault.drop_removed_words()
        return len(gone)

    def empty_old_trash(self, days: int) -> int:
        """As at every unlock: ``empty_trash`` after ``days``; 0 days means never.

        On a disk that cannot be written, or a damaged safe, nothing is done. What a restore or
        a going back brought waits its whole time anew: nobody has looked at it yet.
        """
        if days == 0 or self._vault.read_only or self.is_damaged:
            return 0
        looked_since = self._services.now() - timedelta(days=days)
        for kind in _BROUGHT_BACK:
            if any(event.at > looked_since for event in self._vault.history.events(1, kind=kind)):
                return 0
        return self.empty_trash(older_than_days=days)

    def _refuse_copy(self) -> None:
        if self._vault.read_only:
            raise EnvironmentFault("vault.read_only")
        if self.is_damaged:
            raise EnvironmentFault("vault.damaged")


def _opened(copy: Path, key: Secret) -> Database:
    try:
        return open_database(copy / DATABASE_NAME, key, Access.FROZEN)
    except EnvironmentFault as fault:
        if fault.code != "vault.unreadable":
            raise
        check_sums(copy)
        # Whole, and of another key.
        raise UserError("copies.other_key", {"name": copy.name}) from fault


def _since(moment: datetime | None) -> datetime:
    if moment is None:
        raise EnvironmentFault("vault.damaged")
    return moment
