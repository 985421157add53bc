"""Looking back: the events of some kinds within a span of time, or about one credential."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from wallet_app.storage.connection import Database
from wallet_app.storage.history import event_of
from wallet_app.storage.models import Event
from wallet_app.storage.times import time_text

__all__ = ["events_about", "events_within"]


def events_within(
    database: Database,
    *,
    kinds: Sequence[str] = (),
    since: datetime | None = None,
    before: datetime | None = None,
) -> Iterator[Event]:
    """Give events from ``since`` on and before ``before``; of all ``kinds`` if none is given."""
    rows = database.rows(
        "SELECT at, kind, credential_id, credential_name, params FROM event"
        " WHERE (?1 = '[]' OR kind IN (SELECT value FROM json_each(?1)))"
        " AND at >= ?2 AND (?3 = '' OR at < ?3) ORDER BY at DESC, number DESC",
        (
            json.dumps(list(kinds)),
            time_text(since) if since else "",
            time_text(before) if before else "",
        ),
    )
    # Read one by one: whoever wants the latest few does not wait for all of them.
    return map(event_of, rows)


def events_about(database: Database, credential_id: str, limit: int) -> tuple[Event, ...]:
    """Return the latest ``limit`` events about one credential, latest first."""
    rows = database.rows(
        "SELECT at, kind, credential_id, credential_name, params FROM event"
        " WHERE credential_id = ?1 ORDER BY at DESC, number DESC LIMIT ?2",
        (credential_id, limit),
    )
    return tuple(map(event_of, rows))
