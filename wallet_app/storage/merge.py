"""Merging what comes from a backup or another computer into a vault that holds something.

State-based and without a central clock: credentials are immutable and known by the SHA-256
of their bytes, everything else is a set that only grows or a register that the last writer
wins (``docs/adr/0018``). Hence the order of merges does not matter, merging twice is
merging once, and vaults that have all merged with each other show the same.

``plan`` tells what ``merge`` would do, from the same decision; it writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import Contents, highest_stamp
from wallet_app.storage.history import insert_event
from wallet_app.storage.merge_attachments import Attachments, decide_attachments
from wallet_app.storage.merge_changes import MergeChanges, in_order
from wallet_app.storage.merge_holders import Holders, decide_holders
from wallet_app.storage.merge_people import People, decide_people
from wallet_app.storage.merge_presence import Presence, decide_presence
from wallet_app.storage.merge_records import Records, decide_records
from wallet_app.storage.merge_twins import tell_twins
from wallet_app.storage.merge_words import BESIDE, Words, decide_words
from wallet_app.storage.models import Event
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import see_stamp
from wallet_app.storage.steps import reached
from wallet_app.storage.vault import Vault

__all__ = ["merge", "plan"]


def plan(
    vault: Vault, contents: Contents, *, source: str, bring_back: frozenset[str] = frozenset()
) -> MergeChanges:
    """Return what ``merge`` would do with the same arguments; nothing is written.

    Raises:
        EnvironmentFault: ``vault.read_only`` for a vault of an earlier schema on a disk
            that cannot be written, and as ``Database.rows``.
    """
    return _decide(vault, contents, bring_back).changes(source)


def merge(  # noqa: PLR0913 - each is named where it is called
    vault: Vault,
    contents: Contents,
    *,
    now: datetime,
    source: str,
    bring_back: frozenset[str] = frozenset(),
    before: Callable[[], None] = lambda: None,
) -> MergeChanges:
    """Merge ``contents`` into the vault in one transaction; return what was done.

    Args:
        vault: on its own thread. A quarter of a second for each thousand that come.
        contents: checked already (``archive.unpack``); a set of changes may be partial.
        now: dates the event and what the person asked for.
        source: where it comes from, for the history: a file or a computer, no secret.
        bring_back: identities that shall be in the safe although one side deleted them.
        before: makes the copy that undoing goes back to; called only if anything changes.

    Raises:
        EnvironmentFault: ``vault.…``, or as ``before``; the vault is as it was.
    """
    decided = _decide(vault, contents, bring_back)
    changes = decided.changes(source)
    if changes.is_empty:
        return changes
    before()
    with vault.database.transaction():
        decided.write(vault.database, contents, now)
        if changes.is_shown:
            # News of the history alone is none: two computers would tell each other for ever.
            insert_event(vault.database, _event(changes, now))
    return changes


def _event(changes: MergeChanges, now: datetime) -> Event:
    params: dict[str, str | int] = {
        "name": changes.source,
        "badges": len(changes.came_alive),
        "changes": len(changes.changes),
    }
    return Event(now, "merged", params=params)


@dataclass(frozen=True, slots=True)
class _Decided:
    """All that differs, decided before anything is written."""

    presence: Presence
    records: Records
    words: Words
    people: People
    holders: Holders
    attachments: Attachments

    def changes(self, source: str) -> MergeChanges:
        parts = (self.presence, self.words, self.people, self.holders)
        told = in_order(change for part in parts for change in part.changes)
        beside = len(self.words.rows) + len(self.attachments.texts)
        return MergeChanges(
            source=source,
            changes=told,
            reports=self.records.known,
            events=len(self.records.events),
            unchanged=self.presence.unchanged,
            quiet=self.presence.quiet + self.people.quiet + self.holders.quiet + beside,
        )

    def write(self, database: Database, contents: Contents, now: datetime) -> None:
        # First: what is stamped here now must come after all that was seen.
        see_stamp(database, highest_stamp(contents))
        added = self.presence.write(database, contents, now)
        reached("merge.presence")
        numbers = {**self.presence.here, **added}
        self.records.write_reports(database, contents, numbers)
        reached("merge.reports")
        self.words.write(database)
        self.people.write(database)
        self.holders.write(database)
        self.attachments.write(database)
        reached("merge.words")
        self.records.write_events(database)
        touched = self.words.touched & self.presence.here.keys()
        # In the order of numbers: the index is written anew for each step back.
        for number in sorted((*added.values(), *(numbers[identity] for identity in touched))):
            index_again(database, number)
        reached("merge.indexed")


def _decide(vault: Vault, contents: Contents, bring_back: frozenset[str]) -> _Decided:
    database = vault.database
    with database.snapshot():
        if not knows_notes(database):
            raise EnvironmentFault("vault.read_only")
        named = {str(row["credential_id"]) for name in BESIDE for row in contents.rows(name)}
        presence = decide_presence(database, contents, named, bring_back)
        tell_twins(database, presence)
        return _Decided(
            presence,
            decide_records(database, contents, presence),
            decide_words(database, contents, presence),
            decide_people(database, contents),
            decide_holders(database, contents),
            decide_attachments(database, contents),
        )
