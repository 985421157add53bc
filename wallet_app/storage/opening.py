"""The one place that opens a SQLCipher database.

The order of statements in ``open_database`` is the security of the vault: SQLCipher answers
"ok" to any key, takes a key of the wrong length for a passphrase, and writes plain text
when the first statement comes before the key (``docs/adr/0011``).
"""

import os
import re
import stat
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path
from typing import Final

import sqlcipher3

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.faults import database_fault
from wallet_app.storage.files import file_fault

__all__ = ["Access", "cipher_version", "open_database"]

_PLAIN_TEXT_MARK: Final = b"SQLite format 3\x00"
_RAW_KEY: Final = re.compile(rb"x'[0-9a-f]{64}'")
_BUSY_TIMEOUT_MS: Final = 2_000
_CACHE_KIB: Final = 32_000
"""Holds the rows and the search index of some ten thousand credentials, decrypted."""
_SMALLEST_PAGE_BYTES: Final = 512
_BESIDE: Final = ("-journal", "-wal", "-shm")


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


def cipher_version() -> str:
    """Return the versions of SQLCipher and of the SQLite in it; no file is touched."""
    with closing(sqlcipher3.connect(":memory:")) as connection:
        ((version,),) = connection.execute("PRAGMA cipher_version").fetchall()
    return f"{version}, SQLite {sqlcipher3.sqlite_version}"
