"""Single facts about the vault as a whole, such as whether it holds the demonstration."""

from typing import Final

from wallet_app.storage.connection import Database

__all__ = ["VAULT_ID", "Meta", "write_meta"]

VAULT_ID: Final = "vault_id"
"""Ties the database to its header; written once at creation."""


def write_meta(database: Database, key: str, value: str) -> None:
    """Set one fact inside the transaction at hand."""
    database.run(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
        (key, value),
    )


class Meta:
    """The facts of one vault, by key."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def get(self, key: str) -> str:
        """Return the value, or "" when it was never set."""
        row = self._database.row("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else ""

    def set(self, key: str, value: str) -> None:
        """Set a value in a transaction of its own.

        Raises:
            ValueError: for ``vault_id``, which never changes.
        """
        if key == VAULT_ID:
            raise ValueError(key)
        with self._database.transaction():
            write_meta(self._database, key, value)
