"""The reports of one credential in order: the last one that came must have the last date.

Two vaults only agree on the newest report when it is the one with the latest date. A clock
that was set back would put a new report behind an old one, so a later report is never
dated before the one it follows; what the report itself says of its time stays.
"""

from collections.abc import Iterable, Mapping, Sequence

from wallet_app.storage.connection import Database
from wallet_app.storage.contents import ContentRow

__all__ = ["date_in_order", "in_order"]


def _dates_to_mend(reports: Iterable[tuple[int, object, str]]) -> Mapping[int, str]:
    """Return new dates by number, of (number, credential, date) in the order they came."""
    latest: dict[object, str] = {}
    mended: dict[int, str] = {}
    for number, credential, date in reports:
        if date < latest.get(credential, ""):
            mended[number] = latest[credential]
        else:
            latest[credential] = date
    return mended


def in_order(rows: Sequence[ContentRow]) -> tuple[ContentRow, ...]:
    """Return the reports of a backup from before dates were kept in order, with that done."""
    came = sorted(
        (int(row["number"] or 0), row["credential"], str(row["checked_at"])) for row in rows
    )
    mended = _dates_to_mend(came)
    return tuple(
        {**row, "checked_at": mended.get(int(row["number"] or 0), row["checked_at"])}
        for row in rows
    )


def date_in_order(database: Database) -> None:
    """Do the same in a vault, inside the transaction at hand."""
    rows = database.rows("SELECT number, credential, checked_at FROM report ORDER BY number")
    for number, date in _dates_to_mend(rows).items():
        database.run("UPDATE report SET checked_at = ? WHERE number = ?", (date, number))
