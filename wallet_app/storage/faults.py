"""From SQLite's result codes to what a person can be told and do."""

from typing import Final

import sqlcipher3

from wallet_app.errors import CoffreError, EnvironmentFault, UserError

__all__ = ["DAMAGE_CODES", "database_fault"]

DAMAGE_CODES: Final = frozenset({"vault.damaged", "vault.unreadable"})

_PRIMARY = 0xFF
"""Extended result codes carry the primary one in their low byte (sqlite.org/rescode)."""

_CODES: Final = {
    3: "vault.read_only",  # PERM
    5: "vault.busy",  # BUSY
    6: "vault.busy",  # LOCKED
    7: "vault.out_of_memory",  # NOMEM
    8: "vault.read_only",  # READONLY
    9: "vault.interrupted",  # INTERRUPT
    10: "vault.io_error",  # IOERR
    11: "vault.damaged",  # CORRUPT
    13: "vault.disk_full",  # FULL
    14: "vault.io_error",  # CANTOPEN
    26: "vault.unreadable",  # NOTADB: wrong key, or the first page is damaged
}
_TOO_BIG: Final = 18
_BACKUP_TEXTS: Final = {
    "database or disk is full": 13,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "out of memory": 7,
    "unable to open database file": 14,
    "database is locked": 5,
}
"""Errors of the backup interface come without their code; SQLite's texts for codes are fixed
(sqlite3_errstr)."""


def database_fault(error: sqlcipher3.Error) -> CoffreError | None:
    """Return what ``error`` means, or None for a bug of ours (SQL, constraint, misuse)."""
    code = getattr(error, "sqlite_errorcode", None) or _BACKUP_TEXTS.get(str(error))
    if code is None:
        return None
    primary = code & _PRIMARY
    if primary == _TOO_BIG:
        return UserError("vault.too_large")
    return EnvironmentFault(_CODES[primary]) if primary in _CODES else None
