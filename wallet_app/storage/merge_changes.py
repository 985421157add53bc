"""What a merge does, told before it is done and after: one line for each thing that differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Change", "ChangeKind", "MergeChanges", "in_order"]


class ChangeKind(StrEnum):
    """What became of one thing. The faces have a sentence for each."""

    ADDED = "added"
    """Not here before."""
    ADDED_TO_TRASH = "added_to_trash"
    """Not here before, and in the trash there."""
    RECOVERED = "recovered"
    """Deleted here, and later brought back or added again there."""
    BROUGHT_BACK = "brought_back"
    """Deleted here or there, and kept because the person asked for it."""
    MOVED_TO_TRASH = "moved_to_trash"
    """In the safe here, and later deleted there: it can be recovered."""
    KEPT_DELETED = "kept_deleted"
    """Deleted here, and in the safe there: it stays deleted, and can be brought back."""
    OTHER_COPY = "other_copy"
    """Says the same as one that is here, in other bytes: both are kept."""
    REISSUE = "reissue"
    """Has the ``id`` and issuer of one that is here and says something else: both are kept."""
    NOTE_CHANGED = "note_changed"
    NOTE_CONFLICT = "note_conflict"
    """Written on both sides: the later one is shown, the other one kept among its versions."""
    TAG_ADDED = "tag_added"
    TAG_REMOVED = "tag_removed"
    FAVOURITE_ADDED = "favourite_added"
    FAVOURITE_REMOVED = "favourite_removed"
    COLLECTION_ADDED = "collection_added"
    COLLECTION_RENAMED = "collection_renamed"
    COLLECTION_REMOVED = "collection_removed"
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    IDENTITY_ADDED = "identity_added"
    IDENTITY_REMOVED = "identity_removed"
    ISSUER_ADDED = "issuer_added"
    ISSUER_REMOVED = "issuer_removed"
    LIST_ADDED = "list_added"
    LIST_UPDATED = "list_updated"
    LIST_REMOVED = "list_removed"
    HOLDER_ADDED = "holder_added"
    HOLDER_RENAMED = "holder_renamed"
    KEY_ADDED = "key_added"
    KEY_CONFLICT = "key_conflict"
    """Another private key under the name of one that is here: ours stays, theirs is left out."""
    MISSING = "missing"
    """Named, and its bytes are neither here nor there: nothing was done."""


_NOTHING_DONE = frozenset({ChangeKind.KEPT_DELETED, ChangeKind.KEY_CONFLICT, ChangeKind.MISSING})


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the list.

    Attributes:
        id: of the credential, collection, list or key; "" where there is none.
        name: what it is called. detail: the tag, the collection, the other credential.
    """

    kind: ChangeKind
    id: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MergeChanges:
    """What a merge does, or did.

    Attributes:
        source: where it came from, as shown.
        changes: in the order in which they are told.
        reports: checks from there that were not here. events: likewise, of the history.
        unchanged: credentials that are the same in both.
        quiet: facts that differ and show nowhere, such as when something was last moved.
    """

    source: str
    changes: tuple[Change, ...] = ()
    reports: int = 0
    events: int = 0
    unchanged: int = 0
    quiet: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the vault stays as it is, byte for byte."""
        return not (self.is_shown or self.events or self.quiet)

    @property
    def is_shown(self) -> bool:
        """Whether anything changes that a person could see outside the history."""
        return bool(self.reports) or any(one.kind not in _NOTHING_DONE for one in self.changes)

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the lines of some kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)

    @property
    def came_alive(self) -> frozenset[str]:
        """The credentials that are in the safe now and were not before."""
        kinds = (ChangeKind.ADDED, ChangeKind.RECOVERED, ChangeKind.BROUGHT_BACK)
        return frozenset(one.id for one in self.of(*kinds))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the lines in the order in which they are told: by kind, then by name."""
    rank = {kind: number for number, kind in enumerate(ChangeKind)}
    key = lambda one: (rank[one.kind], one.name, one.id, one.detail)  # noqa: E731
    return tuple(sorted(changes, key=key))
