"""The part of the open safe about what its owner adds: notes, tags, favourites, collections.

Every change returns what undoes it, so that the faces can offer that without asking first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wallet_app.app.services import Services
from wallet_app.storage.mark_models import (
    Collection,
    Mark,
    MarkChange,
    Marks,
    NoteVersion,
    Shelf,
    Shelves,
)
from wallet_app.storage.moves import move_many, still_kept
from wallet_app.storage.search_terms import quoted_term, read_terms
from wallet_app.storage.vault import Vault

__all__ = [
    "Collection",
    "Filing",
    "MarkChange",
    "Note",
    "NoteVersion",
    "SafeMarks",
    "Shelf",
    "Shelves",
    "quoted_term",
    "read_terms",
]


@dataclass(frozen=True, slots=True)
class Note:
    """What the owner wrote on a badge, and all that it said before.

    Attributes:
        version: the id of the current text, "" when nothing was ever written.
        at: when it was written.
        earlier: other texts that are not empty, latest first.
        unseen: those of ``earlier`` that were written on another computer at the same
            time and that nobody has looked at.
    """

    badge_id: str
    text: str = ""
    version: str = ""
    at: datetime | None = None
    earlier: tuple[NoteVersion, ...] = ()
    unseen: tuple[NoteVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """Where badges are filed: tags by name, collections by id; what is off is taken off."""

    tags: tuple[str, ...] = ()
    tags_off: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    collections_off: tuple[str, ...] = ()
    new_collections: tuple[str, ...] = ()


class SafeMarks:
    """What ``Safe`` does about the owner's own words; ``Safe`` itself is its only face."""

    _vault: Vault
    _services: Services

    # --- notes -------------------------------------------------------------------------

    def note(self, badge_id: str) -> Note:
        """Return the note on one badge with its history.

        Raises:
            UserError: ``vault.no_such_credential``, ``vault.ambiguous_id``.
        """
        found = self._vault.credentials.find(badge_id)
        versions = self._vault.marks.notes.versions(found)
        if not versions:
            return Note(found)
        current = versions[0]
        earlier = tuple(one for one in versions[1:] if one.text and one.text != current.text)
        unseen = self._vault.marks.notes.conflicts(found)
        return Note(found, current.text, current.id, current.at, _once(earlier), unseen)

    def notes(self) -> Mapping[str, str]:
        """Return every note, by the id of its badge."""
        return self._vault.marks.notes.texts()

    def save_note(self, badge_id: str, text: str, *, over: str | None = None) -> Note:
        """Write ``text`` on one badge; "" clears the note. Earlier texts are kept.

        Args:
            badge_id: as for ``badge``.
            text: plain text, at most 100,000 characters.
            over: the version that was before the writer's eyes.

        Raises:
            UserError: ``note.too_long``, ``vault.no_such_credential``.
        """
        found = self._vault.credentials.find(badge_id)
        self._vault.marks.notes.save(found, text, self._services.now(), over=over)
        return self.note(found)

    def restore_note(self, badge_id: str, version_id: str) -> Note:
        """Make an earlier text the note again; ``version_id`` may be shortened, as an id.

        Raises:
            UserError: ``note.no_such_version``.
        """
        found, notes = self._vault.credentials.find(badge_id), self._vault.marks.notes
        alike = [one.id for one in notes.versions(found) if one.id.startswith(version_id)]
        wanted = alike[0] if len(alike) == 1 else version_id
        notes.go_back(found, wanted, self._services.now())
        return self.note(found)

    def settle_note(self, badge_id: str) -> Note:
        """Remember that what was written on another computer was looked at."""
        found = self._vault.credentials.find(badge_id)
        self._vault.marks.notes.settle(found, self._services.now())
        return self.note(found)

    def marks(self, badge_id: str) -> Marks:
        """Return the marks of one badge, in the safe or the trash."""
        return self._vault.marks.of(self._vault.credentials.find(badge_id))

    # --- marks, on one badge or many -----------------------------------------------------

    def tag(
        self, badge_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> tuple[MarkChange, ...]:
        """Put tags on badges and take tags off; return what was otherwise before.

        Raises:
            UserError: ``tag.empty``, ``tag.too_long``, ``vault.no_such_credential``:
                nothing was changed.
        """
        changes = [
            (name, present) for names, present in ((remove, False), (add, True)) for name in names
        ]
        return self._apply(Mark.TAG, badge_ids, changes)

    def favourite(self, badge_ids: Sequence[str], *, on: bool = True) -> tuple[MarkChange, ...]:
        """Make badges favourites, or no longer; as ``tag``."""
        return self._apply(Mark.FAVOURITE, badge_ids, [("", on)])

    def collect(
        self, badge_ids: Sequence[str], collection_id: str, *, inside: bool = True
    ) -> tuple[MarkChange, ...]:
        """Put badges into a collection, or take them out; as ``tag``.

        Raises:
            UserError: ``collection.unknown``.
        """
        return self._apply(Mark.COLLECTION, badge_ids, [(collection_id, inside)])

    def file(self, badge_ids: Sequence[str], filing: Filing) -> tuple[MarkChange, ...]:
        """Do several of the above together: make collections, then put on and take off.

        Raises:
            UserError: as ``tag`` and ``create_collection``; no mark was changed.
        """
        badges = self._found(badge_ids)
        made = [self.create_collection(name).id for name in filing.new_collections]
        wanted = [
            (Mark.TAG, filing.tags, True),
            (Mark.TAG, filing.tags_off, False),
            (Mark.COLLECTION, (*filing.collections, *made), True),
            (Mark.COLLECTION, filing.collections_off, False),
        ]
        changes = [
            MarkChange(mark, found, key, present)
            for found in badges
            for mark, keys, present in wanted
            for key in keys
        ]
        return self._vault.marks.apply(changes, self._services.now())

    def undo_marks(self, changes: Sequence[MarkChange]) -> tuple[MarkChange, ...]:
        """Undo what one of the three above did, without badges that are gone for good since.

        Raises:
            UserError: ``vault.no_such_credential`` where all are gone.
        """
        here = set(self.left_to_undo([change.credential_id for change in changes]))
        opposites = [
            change.opposite for change in reversed(changes) if change.credential_id in here
        ]
        return self._vault.marks.apply(opposites, self._services.now())

    def shelves(self) -> Shelves:
        """Return tags, collections and how many badges each holds."""
        return self._vault.marks.shelves()

    # --- collections ---------------------------------------------------------------------

    def collections(self) -> tuple[Collection, ...]:
        """Return the collections, in the order of names."""
        return self._vault.marks.collections.all()

    def collection_named(self, name: str) -> Collection:
        """Return the collection of that name.

        Raises:
            UserError: ``collection.unknown``.
        """
        return self._vault.marks.collections.named(name)

    def create_collection(self, name: str) -> Collection:
        """Make an empty collection.

        Raises:
            UserError: ``collection.no_name``, ``collection.name_too_long``,
                ``collection.exists``.
        """
        return self._vault.marks.collections.create(name, self._services.now())

    def rename_collection(self, collection_id: str, name: str) -> Collection:
        """Give a collection another name; raises as ``create_collection``."""
        return self._vault.marks.collections.rename(collection_id, name, self._services.now())

    def remove_collection(self, collection_id: str) -> None:
        """Remove a collection; its badges stay in the safe."""
        self._vault.marks.collections.remove(collection_id, self._services.now())

    def put_back_collection(self, collection_id: str) -> Collection:
        """Undo ``remove_collection``."""
        return self._vault.marks.collections.put_back(collection_id, self._services.now())

    # --- many at once --------------------------------------------------------------------

    def delete_many(self, badge_ids: Sequence[str]) -> tuple[str, ...]:
        """Move badges to the trash, all or none; return those that were in the safe."""
        return self._move(badge_ids, to_trash=True)

    def recover_many(self, badge_ids: Sequence[str]) -> tuple[str, ...]:
        """Bring badges back from the trash, all or none; undoes ``delete_many``."""
        return self._move(badge_ids, to_trash=False)

    def left_to_undo(self, badge_ids: Sequence[str]) -> Sequence[str]:
        """Return those that are not gone for good; all where none is left: undoing says so."""
        return still_kept(self._vault.database, badge_ids) or badge_ids

    def _move(self, badge_ids: Sequence[str], *, to_trash: bool) -> tuple[str, ...]:
        found = self._found(badge_ids)
        return move_many(self._vault.database, found, self._services.now(), to_trash=to_trash)

    def _apply(
        self, mark: Mark, badge_ids: Sequence[str], changes: Sequence[tuple[str, bool]]
    ) -> tuple[MarkChange, ...]:
        wanted = [
            MarkChange(mark, found, key, present)
            for found in self._found(badge_ids)
            for key, present in changes
        ]
        return self._vault.marks.apply(wanted, self._services.now())

    def _found(self, badge_ids: Sequence[str]) -> list[str]:
        return [self._vault.credentials.find(badge_id) for badge_id in badge_ids]


def _once(versions: Sequence[NoteVersion]) -> tuple[NoteVersion, ...]:
    """Return the latest version of each text."""
    texts: dict[str, NoteVersion] = {}
    for one in versions:
        texts.setdefault(one.text, one)
    return tuple(texts.values())
