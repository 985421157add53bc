"""When something was changed, so that two vaults agree on which of two changes came later.

A stamp is a moment as stored (``times``), but never before one that this vault has seen: a
clock that was set back, or stands wrong on the other computer, cannot make a later change
look earlier than what it changed (a hybrid logical clock, Kulkarni and others 2014).
Equal stamps of two vaults are told apart by content.
"""

from datetime import datetime, timedelta
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.meta import write_meta
from wallet_app.storage.times import stored_time, time_text

__all__ = ["LAST_STAMP", "next_stamp", "see_stamp"]

LAST_STAMP: Final = "last_stamp"
"""The fact of the vault that holds the highest stamp it gave or saw."""
_STEP: Final = timedelta(microseconds=1)


def next_stamp(database: Database, now: datetime) -> str:
    """Return a stamp after all that were given or seen; inside the transaction at hand."""
    last = _last(database)
    stamp = time_text(now)
    if stamp <= last:
        stamp = time_text(stored_time(last) + _STEP)
    write_meta(database, LAST_STAMP, stamp)
    return stamp


def see_stamp(database: Database, stamp: str) -> None:
    """Remember a stamp that came from another vault; inside the transaction at hand."""
    if stamp > _last(database):
        write_meta(database, LAST_STAMP, stamp)


def _last(database: Database) -> str:
    row = database.row("SELECT value FROM meta WHERE key = ?", (LAST_STAMP,))
    return str(row[0]) if row else ""
