"""An open SQLCipher database, and the one way to talk to it; ``opening`` makes one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlcipher3

from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.damage import clear_damage, damage_noted, note_damage
from wallet_app.storage.faults import DAMAGE_CODES, database_fault
from wallet_app.storage.open_databases import remember
from wallet_app.storage.sql_values import Parameters, SqlValue, storable
from wallet_app.storage.steps import reached

__all__ = ["Database", "Parameters", "Row", "SqlValue"]

Row = tuple[Any, ...]
"""One result row; the repository turns it into a typed value at once."""

_INTERRUPT_EVERY_S: Final = 0.01
_STEP_PAGES: Final = 256
"""Pages, so 1 MiB: some 6 ms between two looks at whether to stop (measured)."""


class Database:
    """An open, keyed database. Every SQLite error leaves it as a fault with a code.

    One thread works with it; ``interrupt`` and ``shut`` may come from another. A mutex keeps
    two threads from being inside SQLite with it at once.
    """

    def __init__(self, connection: sqlcipher3.Connection, path: Path) -> None:
        """Wrap a connection that ``open_database`` has keyed.

        ``leaves_note``: whether damage is noted beside the file, for later sessions too.
        """
        self._connection = connection
        self._path = path
        self.leaves_note = False
        self._identity = _identity(path)
        self._damaged = False
        self._closed = False
        self._mutex = threading.RLock()
        self._shut_by: int | None = None
        remember(self)
        self._may_stop = self._stopped = False
        self._reading = threading.Lock()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Return every row of a query.

        Raises:
            EnvironmentFault: ``vault.damaged``, ``vault.io_error`` and so on.
            UserError: ``vault.locked`` after ``close``.
        """
        with self._faults():
            found: list[Row] = self._connection.execute(sql, storable(parameters)).fetchall()
            return found

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Return the first row of a query, or None; raises as ``rows``."""
        with self._faults():
            found: Row | None = self._connection.execute(sql, storable(parameters)).fetchone()
            return found

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Execute a statement that changes something; return the last inserted row number."""
        with self._faults():
            return int(self._connection.execute(sql, storable(parameters)).lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen together or not at all.

        Raises:
            EnvironmentFault: ``vault.vanished`` when the file was removed or replaced
                meanwhile, ``vault.damaged`` once damage was seen (good backups must not be
                followed by writes on bad ground), and as ``rows``.
        """
        self._refuse_writing_on_bad_ground()
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            reached("transaction.before_commit")
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        reached("transaction.committed")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Make every read inside see the same moment."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def take_over(self, other: "Database") -> None:
        """Go on with the connection of ``other``; the one so far is closed.

        For a file that was replaced by one with the same content under another key. When it
        was shut meanwhile, both are closed, with ``vault.locked``.
        """
        self.close()
        if self._shut_by is not None:
            other.close()
            raise UserError("vault.locked")
        self._connection = other._connection
        self._path, self._identity = other._path, _identity(other._path)
        self._damaged = self._closed = False

    @property
    def changes(self) -> int:
        """How many rows were changed through this connection since it was opened."""
        return int(self._connection.total_changes)

    @property
    def is_damaged(self) -> bool:
        """Whether damage was seen, now or in an earlier session; nothing is written then."""
        return self._damaged or damage_noted(self._path.parent)

    def distrust(self) -> None:
        """Remember that damage was found: nothing more is written, also after a restart."""
        self._damaged = True
        if self.leaves_note:
            note_damage(self._path.parent)

    def trust_again(self) -> None:
        """Forget damage that a full check did not find any more."""
        self._damaged = False
        if self.leaves_note:
            clear_damage(self._path.parent)

    def copy_into(self, target: "Database", stopped: Callable[[], bool]) -> None:
        """Copy every page into ``target``, an empty database with a key of its own choosing.

        Never a copy of the file: what is still in the log would be missing. Inside a
        ``snapshot`` it is one moment, whatever other connections write.

        Raises:
            EnvironmentFault: ``vault.interrupted`` when ``stopped`` says so between two
                steps, ``vault.damaged`` for a page that cannot be read, and as ``rows``.
        """

        def look(_status: int, _remaining: int, _total: int) -> None:
            # A lock waits for the mutex: it must not wait for the last page.
            if stopped() or self._shut_by is not None:
                raise EnvironmentFault("vault.interrupted")

        with self._faults():
            self._connection.backup(target._connection, pages=_STEP_PAGES, progress=look, sleep=0)

    def interrupt(self) -> None:
        """Stop a running query with ``vault.interrupted``; any thread may call this."""
        with suppress(sqlcipher3.Error):  # closed by another thread meanwhile
            self._connection.interrupt()

    def shut(self, last: Callable[[], None]) -> None:
        """Close from any thread, whatever the owning thread is doing.

        Statements are interrupted, an open transaction is rolled back, and the owning thread
        hears ``vault.locked`` from now on. ``last`` is run before closing, alone; it must not
        raise. Twice does no harm.
        """
        self._shut_by = threading.get_ident()
        while not self._mutex.acquire(timeout=_INTERRUPT_EVERY_S):
            self.interrupt()
        try:
            if not self._closed:
                self._roll_back()
                last()
        finally:
            self.close()
            self._mutex.release()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let ``interrupt_reading`` stop the queries inside; for reading only."""
        with self._reading:
            self._may_stop, self._stopped = True, False
        try:
            yield
        finally:
            with self._reading:
                self._may_stop = False

    def interrupt_reading(self) -> None:
        """Stop a query inside ``interruptible``, never a change; any thread may call this."""
        # Under the guard: between looking and stopping, the owner's thread must not go on
        # to a change, which would be rolled back.
        with self._reading:
            if self._may_stop:
                self._stopped = True
                self.interrupt()

    def go_on(self) -> None:
        """Stop here, between two steps inside ``interruptible``, if it was to be stopped.

        Raises:
            EnvironmentFault: ``vault.interrupted``.
        """
        if self._may_stop and self._stopped:
            raise EnvironmentFault("vault.interrupted")

    def close(self) -> None:
        """Close; afterwards only the main file remains on disk. Twice does no harm."""
        with self._mutex:
            if self._closed:
                return
            self._closed = True
            with suppress(sqlcipher3.Error):
                # Closing would do this too, but holds up every thread of Python meanwhile.
                # Passive: it waits for nobody.
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            with suppress(sqlcipher3.Error):
                self._connection.close()

    def _roll_back(self) -> None:
        # SQLite itself has already rolled back after some faults; a rollback that fails
        # must not hide what went wrong first.
        with self._mutex, suppress(sqlcipher3.Error):
            if not self._closed and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _refuse_writing_on_bad_ground(self) -> None:
        if self.is_damaged:
            raise EnvironmentFault("vault.damaged")
        if _identity(self._path) != self._identity:
            raise EnvironmentFault("vault.vanished")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        with self._mutex:
            if self._closed or self._shut_by not in (None, threading.get_ident()):
                raise UserError("vault.locked")
            try:
                yield
            except sqlcipher3.Error as error:
                fault = database_fault(error)
                if fault is None:
                    raise
                if fault.code == "vault.damaged":
                    self.distrust()
                self._damaged = self._damaged or fault.code in DAMAGE_CODES
                raise fault from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
