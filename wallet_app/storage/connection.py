"""The one place that opens a SQLCipher database, and the one way to talk to it.

The order of statements in ``open_database`` is the security of the vault: SQLCipher answers
"ok" to any key, takes a key of the wrong length for a passphrase, and writes plain text
when the first statement comes before the key (``docs/adr/0011``).
"""

import os
import re
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any, Final

import sqlcipher3

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.damage import clear_damage, damage_noted, note_damage
from wallet_app.storage.faults import DAMAGE_CODES, database_fault
from wallet_app.storage.files import file_fault
from wallet_app.storage.open_databases import remember
from wallet_app.storage.sql_values import Parameters, SqlValue, storable
from wallet_app.storage.steps import reached

__all__ = ["Access", "Database", "Parameters", "Row", "SqlValue", "open_database"]

Row = tuple[Any, ...]
"""One result row; the repository turns it into a typed value at once."""

_PLAIN_TEXT_MARK: Final = b"SQLite format 3\x00"
_RAW_KEY: Final = re.compile(rb"x'[0-9a-f]{64}'")
_BUSY_TIMEOUT_MS: Final = 2_000
_CACHE_KIB: Final = 32_000
"""Holds the rows and the search index of some ten thousand credentials, decrypted."""
_SMALLEST_PAGE_BYTES: Final = 512
_BESIDE: Final = ("-journal", "-wal", "-shm")
_INTERRUPT_EVERY_S: Final = 0.01
_STEP_PAGES: Final = 256
"""Pages, so 1 MiB: some 6 ms between two looks at whether to stop (measured)."""


class Access(Enum):
    """How to open the file. ``FROZEN`` is for a disk that nobody can write to."""

    CREATE = "create"
    WRITE = "write"
    READ = "read"
    FROZEN = "frozen"


# Never "rwc": a vault that vanished must not come back as an empty one.
_URI_MODES: Final = {
    Access.CREATE: "mode=rw",
    Access.WRITE: "mode=rw",
    Access.READ: "mode=ro",
    Access.FROZEN: "mode=ro&immutable=1",
}


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
        self._may_stop = False
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
            self._may_stop = True
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
                self.interrupt()

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


def open_database(path: Path, key: Secret, access: Access) -> Database:
    """Return the database at ``path``, opened with the 32-byte ``key``.

    With ``Access.CREATE`` the file is made first, empty and readable by its owner only.

    Raises:
        EnvironmentFault: ``vault.unreadable`` (wrong key or damaged), ``vault.damaged``,
            ``vault.not_encrypted``, ``vault.not_found`` and as ``Database.rows``.
    """
    if access is Access.CREATE:
        _create_empty(path)
    else:
        _check_file(path)
    connection = _connect(path, access)
    try:
        _give_key(connection, key)
        database = Database(connection, path)
        # Giving the key proves nothing; only a read does.
        database.rows("SELECT count(*) FROM sqlite_master")
        _set_rules(database, access)
        _check_build(database)
        if access is Access.CREATE:
            _check_file(path)
        # Only from here on: a file that does not open at all says so by itself each time.
        database.leaves_note = access is Access.WRITE
    except BaseException:
        connection.close()
        raise
    return database


def _create_empty(path: Path) -> None:
    # SQLite would make it 0644 under a common umask.
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise file_fault(error, path) from error


def _check_file(path: Path) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError as error:
        raise EnvironmentFault("vault.database_missing") from error
    except OSError as error:
        raise file_fault(error, path) from error
    if not stat.S_ISREG(found.st_mode):
        raise EnvironmentFault("vault.unreadable")
    if found.st_size < _SMALLEST_PAGE_BYTES:
        raise EnvironmentFault("vault.damaged")
    try:
        with path.open("rb") as file:
            plain = file.read(len(_PLAIN_TEXT_MARK)) == _PLAIN_TEXT_MARK
    except OSError as error:
        raise file_fault(error, path) from error
    if plain:
        raise EnvironmentFault("vault.not_encrypted")
    _check_beside(path)


def _check_beside(path: Path) -> None:
    # Threat: a pipe in the place of a log holds SQLite up for ever, and no lock can interrupt.
    for end in _BESIDE:
        beside = path.with_name(f"{path.name}{end}")
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(beside.lstat().st_mode):
                raise EnvironmentFault("file.failed", {"name": beside.name})


def _connect(path: Path, access: Access) -> sqlcipher3.Connection:
    uri = f"{path.absolute().as_uri()}?{_URI_MODES[access]}"
    try:
        # The mutex of ``Database`` lets a lock close it while its thread waits elsewhere.
        return sqlcipher3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlcipher3.Error as error:
        raise database_fault(error) or error from error


def _give_key(connection: sqlcipher3.Connection, key: Secret) -> None:
    # Wrong keys and damage would print lines on stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    raw = bytearray(b"x'")
    for byte in key.buffer():  # ``hexlify`` would leave the key in bytes nobody can wipe
        raw += b"%02x" % byte
    raw += b"'"
    # Any other length would silently be taken for a passphrase.
    if not _RAW_KEY.fullmatch(raw):
        raise ValueError("a raw key has 32 bytes")
    # set_key, not PRAGMA key: a trace callback would see the latter.
    connection.set_key(raw)
    raw[:] = bytes(len(raw))


def _set_rules(database: Database, access: Access) -> None:
    database.run("PRAGMA cipher_memory_security = ON")
    database.run("PRAGMA foreign_keys = ON")
    database.run("PRAGMA trusted_schema = OFF")
    database.run("PRAGMA cell_size_check = ON")
    database.run("PRAGMA synchronous = FULL")
    database.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database.run(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    if access is Access.CREATE:
        database.run("PRAGMA journal_mode = WAL")


def _check_build(database: Database) -> None:
    options = {row[0] for row in database.rows("PRAGMA compile_options")}
    secure_delete = database.row("PRAGMA secure_delete")
    cipher = database.row("PRAGMA cipher_version")
    # Another build could write temporary data in clear, or keep deleted data.
    if "TEMP_STORE=2" not in options or secure_delete != (1,) or cipher is None:
        raise RuntimeError("this build of SQLCipher does not keep its promises")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
