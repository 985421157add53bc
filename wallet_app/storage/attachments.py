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

__all__ = ["MAX_ATTACHMENT_BYTES", "attachments", "keep_attachment"]

_PREFIX: Final = "attachment."
MAX_ATTACHMENT_BYTES: Final = 256 * 1024
_MAX_ATTACHMENTS: Final = 500


def attachments(database: Database) -> tuple[str, ...]:
    """Return every attachment: a JSON text each."""
    rows = database.rows(
        "SELECT value FROM meta WHERE key >= ?1 AND key < ?1 || 'g' ORDER BY key", (_PREFIX,)
    )
    return tuple(str(value) for (value,) in rows)


def keep_attachment(database: Database, text: str, event: Event) -> bool:
    """Keep one JSON text in one transaction; False when it is kept already.

    Raises:
        UserError: ``wallet.attachment_refused``, it is too large or there are too many.
    """
    key = _PREFIX + sha256(text.encode("utf-8")).hexdigest()
    with database.transaction():
        if database.row("SELECT 1 FROM meta WHERE key = ?", (key,)):
            return False
        full = len(attachments(database)) >= _MAX_ATTACHMENTS
        if full or len(text.encode("utf-8")) > MAX_ATTACHMENT_BYTES:
            raise UserError("wallet.attachment_refused", {"limit": _MAX_ATTACHMENTS})
        write_meta(database, key, text)
        insert_event(database, event)
    return True
