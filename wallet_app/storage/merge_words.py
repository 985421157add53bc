"""What the owner wrote beside credentials, after a merge.

Notes are a set of versions that only grows, so nothing written is ever lost; tags,
favourites and collections go by whoever changed them last. Nothing is written beside a
credential that was deleted for good here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import ContentRow, Contents
from wallet_app.storage.merge_changes import Change, ChangeKind
from wallet_app.storage.merge_presence import Presence
from wallet_app.storage.merge_reading import rows_of

__all__ = ["BESIDE", "Words", "decide_words"]

BESIDE: Final = ("notes", "tags", "favourites", "members")
"""The lists that name a credential."""


class _Version(NamedTuple):
    stamp: str
    id: str
    parent: str
    text: str


@dataclass(slots=True)
class Words:
    """What was decided; ``write`` does it. ``touched``: credentials to be indexed again."""

    changes: list[Change] = field(default_factory=list)
    rows: list[tuple[str, ContentRow]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def write(self, database: Database) -> None:
        """Do it, inside the transaction at hand."""
        for name, row in self.rows:
            database.run(TABLES[name].insert, row)


def decide_words(database: Database, contents: Contents, presence: Presence) -> Words:
    """Return what differs from what is here."""
    words = Words()
    _Notes(database, presence, words).decide(_kept(contents, "notes", presence))
    collections = _Collections(database, contents, words)
    collections.decide()
    registers = _Registers(database, presence, words)
    registers.decide(
        "tags",
        _kept(contents, "tags", presence),
        (ChangeKind.TAG_ADDED, ChangeKind.TAG_REMOVED),
        lambda row: str(row["name"]),
    )
    registers.decide(
        "favourites",
        _kept(contents, "favourites", presence),
        (ChangeKind.FAVOURITE_ADDED, ChangeKind.FAVOURITE_REMOVED),
        lambda _: "",
    )
    registers.decide(
        "members",
        _kept(contents, "members", presence),
        (ChangeKind.MEMBER_ADDED, ChangeKind.MEMBER_REMOVED),
        lambda row: collections.name_of(str(row["collection"])),
    )
    return words


def _kept(contents: Contents, name: str, presence: Presence) -> list[ContentRow]:
    return [row for row in contents.rows(name) if row["credential_id"] not in presence.gone]


class _Notes:
    """The versions of each note: which come, which is shown, which one lost."""

    def __init__(self, database: Database, presence: Presence, words: Words) -> None:
        self._database = database
        self._presence = presence
        self._words = words

    def decide(self, rows: list[ContentRow]) -> None:
        known = {
            identity
            for (identity,) in rows_of(
                self._database,
                "SELECT id FROM note_version WHERE id IN ({})",
                (str(row["id"]) for row in rows),
            )
        }
        fresh: defaultdict[str, list[ContentRow]] = defaultdict(list)
        for row in rows:
            if row["id"] not in known:
                fresh[str(row["credential_id"])].append(row)
                self._words.rows.append(("notes", row))
        held: defaultdict[str, dict[str, _Version]] = defaultdict(dict)
        for credential, *version in rows_of(
            self._database,
            "SELECT credential_id, stamp, id, parent, text FROM note_version"
            " WHERE credential_id IN ({})",
            fresh,
        ):
            held[credential][version[1]] = _Version(*version)
        for credential, versions in fresh.items():
            self._tell(credential, held[credential], {str(r["id"]): _version(r) for r in versions})

    def _tell(
        self, credential: str, mine: Mapping[str, _Version], theirs: Mapping[str, _Version]
    ) -> None:
        every = {**mine, **theirs}
        before, after = max(mine.values(), default=None), max(every.values())
        if before != after:
            self._words.touched.add(credential)
        if (before.text if before else "") != after.text:
            self._say(ChangeKind.NOTE_CHANGED, credential)
        if before is None:
            # All of it came from one place: what differs there was told there.
            return
        # What was shown here, and the latest of what comes: one of them may have lost.
        line = _line_to(after, every)
        said = {every[identity].text for identity in line}
        ends = (before, max(theirs.values()))
        if any(end.id not in line and end.text not in said for end in ends):
            self._say(ChangeKind.NOTE_CONFLICT, credential)

    def _say(self, kind: ChangeKind, credential: str) -> None:
        name = self._presence.name_of(credential)
        self._words.changes.append(Change(kind, credential, name))


def _version(row: ContentRow) -> _Version:
    return _Version(str(row["stamp"]), str(row["id"]), str(row["parent"]), str(row["text"]))


def _line_to(version: _Version, every: Mapping[str, _Version]) -> set[str]:
    """Return the version and all that it was written over."""
    line: set[str] = set()
    step: _Version | None = version
    while step is not None and step.id not in line:
        line.add(step.id)
        step = every.get(step.parent)
    return line


class _Registers:
    """Facts that are there or not, as whoever wrote last said."""

    def __init__(self, database: Database, presence: Presence, words: Words) -> None:
        self._database = database
        self._presence = presence
        self._words = words

    def decide(
        self,
        name: str,
        rows: list[ContentRow],
        kinds: tuple[ChangeKind, ChangeKind],
        detail: Callable[[ContentRow], str],
    ) -> None:
        key = TABLES[name].key
        mine = self._mine(name, {str(row["credential_id"]) for row in rows})
        for row in rows:
            held = mine.get(tuple(row[column] for column in key))
            told = (str(row["stamp"]), int(row["present"] or 0))
            if held is not None and told <= held:
                continue
            self._words.rows.append((name, row))
            if told[1] != (held[1] if held else 0):
                identity = str(row["credential_id"])
                self._words.changes.append(
                    Change(
                        kinds[0 if told[1] else 1],
                        identity,
                        self._presence.name_of(identity),
                        detail(row),
                    )
                )
                if name == "tags":
                    self._words.touched.add(identity)

    def _mine(
        self, name: str, credentials: Iterable[str]
    ) -> Mapping[tuple[SqlValue, ...], tuple[str, int]]:
        columns = (*TABLES[name].key, "stamp", "present")
        sql = f"SELECT {', '.join(columns)} FROM {_SQL_NAMES[name]} WHERE credential_id IN ({{}})"  # noqa: S608 - constants
        found = rows_of(self._database, sql, credentials)
        return {tuple(row[:-2]): (row[-2], row[-1]) for row in found}


_SQL_NAMES: Final = {"tags": "tag", "favourites": "favourite", "members": "collection_member"}


class _Collections:
    """The collections themselves: found by identity; two may come to have one name."""

    def __init__(self, database: Database, contents: Contents, words: Words) -> None:
        rows = database.rows("SELECT id, name, present, stamp FROM collection")
        self._mine = {row[0]: (row[3], row[2], row[1]) for row in rows}
        self._theirs = contents.rows("collections")
        self._names = {row[0]: str(row[1]) for row in rows}
        self._words = words

    def decide(self) -> None:
        for row in self._theirs:
            identity, name = str(row["id"]), str(row["name"])
            told = (str(row["stamp"]), int(row["present"] or 0), name)
            held = self._mine.get(identity)
            if held is not None and told <= held:
                continue
            self._names[identity] = name
            self._words.rows.append(("collections", row))
            present = held[1] if held else 0
            if told[1] != present:
                added = ChangeKind.COLLECTION_ADDED if told[1] else ChangeKind.COLLECTION_REMOVED
                self._words.changes.append(Change(added, identity, name))
            elif held and present and held[2] != name:
                self._words.changes.append(
                    Change(ChangeKind.COLLECTION_RENAMED, identity, held[2], name)
                )

    def name_of(self, identity: str) -> str:
        return self._names.get(identity, identity[:12])
