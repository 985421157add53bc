"""What nobody understood of another wallet's file, after a merge: the union, by content."""

from dataclasses import dataclass

from wallet_app.storage.attachments import attachment_key, room_for_attachments
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import Contents
from wallet_app.storage.meta import write_meta

__all__ = ["Attachments", "decide_attachments"]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What was decided; ``write`` does it. ``texts`` are those that are not here yet."""

    texts: tuple[str, ...]

    def write(self, database: Database) -> None:
        """Do it, inside the transaction at hand."""
        for text in self.texts:
            write_meta(database, attachment_key(text), text)


def decide_attachments(database: Database, contents: Contents) -> Attachments:
    """Return what differs from what is here; other settings stay those of this vault."""
    coming = {
        str(row["key"]): str(row["value"])
        for row in contents.rows("settings")
        if row["key"] == attachment_key(str(row["value"]))
    }
    if not coming:
        return Attachments(())
    here = {key for (key,) in database.rows("SELECT key FROM meta")}
    new = [coming[key] for key in sorted(coming.keys() - here)]
    return Attachments(tuple(new[: room_for_attachments(database)]))
