"""What the owner puts beside credentials, as frozen values: marks, collections, notes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = [
    "NO_MARKS",
    "Collection",
    "Mark",
    "MarkChange",
    "Marks",
    "NoteVersion",
    "Shelf",
    "Shelves",
]


class Mark(StrEnum):
    """A kind of mark that a credential bears or does not."""

    FAVOURITE = "favourite"
    TAG = "tag"
    COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One mark of one credential put on (``present``) or taken off.

    ``key`` is the tag's name, the collection's id, or "" for a favourite.
    """

    mark: Mark
    credential_id: str
    key: str = ""
    present: bool = True

    @property
    def opposite(self) -> "MarkChange":
        """What undoes it."""
        return MarkChange(self.mark, self.credential_id, self.key, not self.present)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one credential bears. ``collections`` are names; ``noted``: it has a note."""

    favourite: bool = False
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    noted: bool = False


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of credentials that the owner made; ``id`` is random and never changes."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One thing to look through: a tag (``id`` is ""), or a collection; how many it holds."""

    name: str
    count: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many credentials of the safe, without the trash, bear which mark; by name."""

    favourites: int = 0
    tags: tuple[Shelf, ...] = ()
    collections: tuple[Shelf, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """One text that a note had. ``parent`` is the version it was written over, or ""."""

    id: str
    credential_id: str
    parent: str
    at: datetime
    text: str
