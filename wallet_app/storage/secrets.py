"""What this vault alone knows: keys and passwords of the places it writes to.

They lie inside the encrypted database and travel in no portable backup.
"""

from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.storage.connection import Database
from wallet_app.storage.schema import knows_notes

__all__ = ["BACKUP_IDENTITY", "SecretStore", "put_secret"]

BACKUP_IDENTITY: Final = "backup_identity"
"""``AGE-SECRET-KEY-1…``: opens what is written without a passphrase to a second place."""


def put_secret(database: Database, name: str, secret: Secret) -> None:
    """Keep a secret under ``name``, inside the transaction at hand."""
    database.run(
        "INSERT OR REPLACE INTO secret (name, data) VALUES (?, ?)", (name, bytes(secret.buffer()))
    )


class SecretStore:
    """The secrets of one vault, by name."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def get(self, name: str) -> Secret | None:
        """Return a secret, the caller's to wipe; None when there is none."""
        if not knows_notes(self._database):
            return None
        row = self._database.row("SELECT data FROM secret WHERE name = ?", (name,))
        return Secret(row[0]) if row else None

    def put(self, name: str, secret: Secret) -> None:
        """Keep a secret in a transaction of its own; raises as ``Database.transaction``."""
        with self._database.transaction():
            put_secret(self._database, name, secret)

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there does no harm."""
        with self._database.transaction():
            self._database.run("DELETE FROM secret WHERE name = ?", (name,))
