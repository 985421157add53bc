"""The kinds of events, in groups that a person looks through. A later kind is in the last."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

__all__ = ["KIND_GROUPS", "KindGroup", "kinds_meant"]


class KindGroup(StrEnum):
    """What an event is about."""

    ADDING = "adding"
    CHECKING = "checking"
    SHOWING = "showing"
    WRITING = "writing"
    DELETING = "deleting"
    KEEPING = "keeping"
    """The safe itself: keys, backups, merges, people, and whatever a later version does."""


KIND_GROUPS: Final[Mapping[KindGroup, tuple[str, ...]]] = MappingProxyType(
    {
        KindGroup.ADDING: ("imported", "moved_in", "merged", "restored"),
        KindGroup.CHECKING: ("verified", "changed"),
        KindGroup.SHOWING: (
            "shared", "share_placed", "share_ended", "answered", "exported", "page_published",
            "page_taken_off", "moved_out", "history_exported", "calendar_saved", "skills_saved",
            "hosts_exported", "import_saved",
        ),
        KindGroup.WRITING: (
            "note_changed", "note_cleared", "note_restored", "note_settled", "tag_added",
            "tag_removed", "favourite_added", "favourite_removed", "collected", "uncollected",
            "collection_made", "collection_renamed", "collection_removed", "collection_put_back",
        ),
        KindGroup.DELETING: ("deleted", "deleted_forever", "recovered"),
    }
)  # fmt: skip
"""All groups but the last, which holds every other kind."""


def kinds_meant(chosen: Sequence[str]) -> tuple[frozenset[str], bool]:
    """Return the kinds that ``chosen``, kinds or groups, name; and whether others count too."""
    kinds: set[str] = set()
    for one in chosen:
        kinds.update(KIND_GROUPS[KindGroup(one)] if one in KIND_GROUPS else (one,))
    return frozenset(kinds - {KindGroup.KEEPING.value}), KindGroup.KEEPING in chosen
