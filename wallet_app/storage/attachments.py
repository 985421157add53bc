"""What other wallets hand over that Coffre does not understand: kept as it is, unread.

One day a later version, or another program, may know what it is. It lies among the facts
about the vault, by its hash, and goes into backups with them.
"""

from hashlib import sha256
from typing import Final

from wallet_app.errors import UserError
from wallet_app.storage.connection import Database
from wallet_app.storage.history import insert_event
from wallet_app.storage.meta import write_meta
from wallet_app.storage.models import Event

__all__ = [
    "MAX_ATTACHMENT_BYTES",
    "attachment_key",
    "attachments",
    "keep_attachment",
    "room_for_attachments",
]

_PREFIX: Final = "attachment."
MAX_ATTACHMENT_BYTES: Final = 256 * 1024
_MAX_ATTACHMENTS: Final = 500


def attachments(database: Database) -> tuple[str, ...]:
    """Return every attachment: a JSON text each."""
    rows = database.rows(
        "SELECT value FROM meta WHERE key >= ?1 AND key < ?1 || 'g' ORDER BY key", (_PREFIX,)
    )
    return tuple(str(value) for (value,) in rows)


def attachment_key(text: str) -> str:
    """Return the name under which a text is kept: it is made of what the text says."""
    return _PREFIX + sha256(text.encode("utf-8")).hexdigest()


def room_for_attachments(database: Database) -> int:
    """Return how many more may be kept."""
    row = database.row("SELECT count(*) FROM meta WHERE key >= ?1 AND key < ?1 || 'g'", (_PREFIX,))
    return max(0, _MAX_ATTACHMENTS - (int(row[0]) if row else 0))


def keep_attachment(database: Database, text: str, event: Event) -> bool:
    """Keep one JSON text in one transaction; False when it is kept already.

    Raises:
        UserError: ``wallet.attachment_refused``, it is too large or there are too many.
    """
    key = attachment_key(text)
    with database.transaction():
        if database.row("SELECT 1 FROM meta WHERE key = ?", (key,)):
            return False
        if not room_for_attachments(database) or len(text.encode("utf-8")) > MAX_ATTACHMENT_BYTES:
            raise UserError("wallet.attachment_refused", {"limit": _MAX_ATTACHMENTS})
        write_meta(database, key, text)
        insert_event(database, event)
    return True
