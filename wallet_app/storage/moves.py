"""Many credentials into the trash or out of it, together or not at all."""

from collections.abc import Iterable
from datetime import datetime

from wallet_app.storage.connection import Database
from wallet_app.storage.history import insert_event
from wallet_app.storage.models import Event
from wallet_app.storage.notes import credential_of
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached
from wallet_app.storage.times import time_text

__all__ = ["move_many", "still_kept"]


def move_many(
    database: Database, credential_ids: Iterable[str], now: datetime, *, to_trash: bool
) -> tuple[str, ...]:
    """Move every credential into the trash, or back out of it; return those that moved.

    One that is there already stays as it is.

    Raises:
        UserError: ``vault.no_such_credential``; none was moved.
    """
    moved: list[str] = []
    deleted_at = time_text(now) if to_trash else None
    kind = "deleted" if to_trash else "recovered"
    with database.transaction():
        stamp = next_stamp(database, now)
        for identity in dict.fromkeys(credential_ids):
            number, name = credential_of(database, identity)
            here = database.row(
                "SELECT deleted_at IS NULL FROM credential WHERE id = ?", (identity,)
            )
            if bool(here and here[0]) is not to_trash:
                continue
            database.run(
                "UPDATE credential SET deleted_at = ?, moved_at = ? WHERE number = ?",
                (deleted_at, stamp, number),
            )
            insert_event(database, Event(now, kind, identity, name))
            moved.append(identity)
        reached("move.many")
    return tuple(moved)


def still_kept(database: Database, credential_ids: Iterable[str]) -> tuple[str, ...]:
    """Return, once each, those that are in the safe or in the trash, not removed for good."""
    one = "SELECT 1 FROM credential WHERE id = ?"
    found = dict.fromkeys(credential_ids)
    return tuple(each for each in found if database.row(one, (each,)) is not None)
