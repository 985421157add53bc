"""What the owner writes beside a credential: notes, tags, favourites, collections, drafts."""

from typing import Final

from wallet_app.storage.connection import Database

__all__ = ["forget_words"]

_OWN: Final = ("note_version", "draft", "tag", "favourite", "collection_member")


def forget_words(database: Database, credential_id: str) -> None:
    """Remove all that was written beside a credential that is deleted for good."""
    for table in _OWN:
        sql = f"DELETE FROM {table} WHERE credential_id = ?"  # noqa: S608 - a constant
        database.run(sql, (credential_id,))
