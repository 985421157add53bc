"""What others have written: found in the place, opened, taken over.

Whatever cannot be taken is named, left where it is and tried again at the next run; nothing
is lost by it, because a file is noted as taken only after it was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import Contents
from wallet_app.storage.merge import merge
from wallet_app.storage.merge_changes import MergeChanges
from wallet_app.storage.places import Place, meant_name
from wallet_app.storage.second_place import change_mark
from wallet_app.storage.steps import reached
from wallet_app.storage.sync.change_sets import MAX_SET_BYTES, ChangeSet, open_set
from wallet_app.storage.sync.membership import (
    Device,
    Member,
    SyncState,
    sync_state,
    write_state,
)
from wallet_app.storage.sync.names import read_set_name
from wallet_app.storage.sync.records import known_records, records_of, rows_digest, words_beside
from wallet_app.storage.times import time_text
from wallet_app.storage.vault import Vault

__all__ = ["Arrived", "Search", "apply", "fetch", "search"]

_BATCH_BYTES: Final = 48 * 1024 * 1024
"""Opened at a time, some three times that in memory; one file at least."""
_MOST_REFUSED: Final = 200
_MAX_LABEL: Final = 80


@dataclass(frozen=True, slots=True)
class Search:
    """What one run still has to look at.

    Attributes:
        applied: names that were taken over already, or are this vault's own.
        last: names to look at after all others, because they could not be taken before.
        tried: names that this run has looked at.
    """

    member: Member
    applied: frozenset[str]
    last: frozenset[str]
    tried: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a look into the place gave.

    Attributes:
        listing: every name there. sets: opened ones by name. refused: reason by name.
        rest: whether there is more to look at than went into one batch.
    """

    listing: frozenset[str]
    sets: Mapping[str, ChangeSet] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    rest: bool = False

    @property
    def tried(self) -> frozenset[str]:
        """The names that were looked at."""
        return frozenset((*self.sets, *self.refused))


def search(vault: Vault, member: Member) -> Search:
    """Return what a run has to look at; on the vault's thread."""
    rows = vault.database.rows("SELECT name FROM sync_applied")
    state = sync_state(vault)
    return Search(
        member,
        frozenset(str(row[0]) for row in rows),
        frozenset((*state.refused, *state.waiting)),
    )


def fetch(wanted: Search, place: Place, *, stopped: Callable[[], bool] = lambda: False) -> Arrived:
    """Look into the place and open what is new, up to a batch. Blocks; any thread.

    ``stopped`` is asked between two files: what was opened must not outlive a lock.

    Raises:
        EnvironmentFault: ``place.stopped``.
        EnvironmentFault: ``place.…``: the place itself fails. A single file never does.
    """
    listed = place.files()
    copies = _copies(((one.name, one.size_bytes) for one in listed), wanted)
    order = sorted(copies, key=lambda name: (name in wanted.last, name))
    sets: dict[str, ChangeSet] = {}
    refused: dict[str, str] = {}
    room, rest = _BATCH_BYTES, False
    for name in order:
        sizes = [size for _, size in copies[name]]
        if sets and max(size or 0 for size in sizes) > room:
            rest = True
            break
        if stopped():
            raise EnvironmentFault("place.stopped")
        found, size = _open_any(name, copies[name], wanted.member, place)
        room -= size
        if isinstance(found, ChangeSet):
            sets[name] = found
        elif found:
            refused[name] = found
        if room <= 0 and name != order[-1]:
            rest = True
            break
    return Arrived(frozenset(meant_name(one.name) for one in listed), sets, refused, rest)


def _copies(
    listed: Iterable[tuple[str, int | None]], wanted: Search
) -> dict[str, list[tuple[str, int | None]]]:
    """Return, by the name that a file was written under, the names it has now."""
    found: defaultdict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for name, size in listed:
        meant = meant_name(name)
        if read_set_name(meant) and meant not in wanted.applied and meant not in wanted.tried:
            found[meant].append((name, size))
    for copies in found.values():
        # The file itself before its renamed copies.
        copies.sort(key=lambda copy: (len(copy[0]), copy[0]))
    return found


def _open_any(
    meant: str, copies: Sequence[tuple[str, int | None]], member: Member, place: Place
) -> tuple[ChangeSet | str, int]:
    reason, size = "", 0
    for name, announced in copies:
        if announced is not None and announced > MAX_SET_BYTES:
            reason = reason or "sync.too_large"
            continue
        try:
            file = place.read(name, MAX_SET_BYTES)
            size += len(file)
            return open_set(meant, member.key, file), size
        except UserError as error:
            reason = reason or error.code
        except EnvironmentFault as fault:
            if fault.code == "place.too_large":
                reason = reason or "sync.too_large"
            elif fault.code != "place.no_such_file":
                raise
            # Else it went meanwhile: replaced by a newer one.
    return reason, size


def apply(
    vault: Vault,
    arrived: Arrived,
    *,
    now: datetime,
    before: Callable[[], None] = lambda: None,
) -> tuple[MergeChanges, ...]:
    """Take over what was opened; return what changed, file by file. On the vault's thread.

    Args:
        vault: open for writing.
        arrived: what ``fetch`` gave.
        now: dates what is noted.
        before: makes a copy of the vault; called once, before the first change.

    Raises:
        EnvironmentFault: ``vault.…``: what was not noted is taken again next time.
    """
    changes: list[MergeChanges] = []
    taken: list[Contents] = []
    refused = dict(arrived.refused)
    left, before_once = dict(arrived.sets), _Once(before)
    untold = _untold(vault) if left else frozenset()
    if left:
        # What a merge changes quietly has no event: the next telling must look at everything.
        write_state(vault, replace(sync_state(vault), mark=""))
    while ready := [name for name in sorted(left) if _is_whole(vault.database, left[name])]:
        for name in ready:
            one = left.pop(name)
            try:
                changes.append(_take(vault, name, one, now, before_once))
                taken.append(one.contents)
            except UserError as error:
                refused[name] = error.code
    if taken:
        _note_known(vault.database, taken, untold)
    _note(vault, arrived, refused, tuple(sorted(left)))
    return tuple(one for one in changes if not one.is_empty)


def _is_whole(database: Database, one: ChangeSet) -> bool:
    """Return whether all that a set speaks of is here, was here, or comes with it."""
    contents = one.contents
    named = {str(row["id"]) for row in contents.rows("credentials")}
    named |= {str(row["credential"]) for row in contents.rows("reports")}
    for identity in named - contents.originals.keys():
        here = database.row(
            "SELECT 1 FROM credential WHERE id = ?1"
            " UNION ALL SELECT 1 FROM tombstone WHERE credential_id = ?1",
            (identity,),
        )
        if here is None:
            return False
    return True


def _take(
    vault: Vault, name: str, one: ChangeSet, now: datetime, before: Callable[[], None]
) -> MergeChanges:
    done = merge(vault, one.contents, now=now, source=one.label, before=before)
    reached("sync.merged")
    with vault.database.transaction():
        vault.database.run(
            "INSERT OR REPLACE INTO sync_applied (name, at) VALUES (?, ?)", (name, time_text(now))
        )
    reached("sync.applied")
    return done


def _untold(vault: Vault) -> frozenset[tuple[str, str]]:
    """Return the records of this vault that others do not know as they are."""
    database = vault.database
    if sync_state(vault).mark == change_mark(database):
        # Nothing has changed since all was told: a large vault need not be read through.
        return frozenset()
    known = known_records(database)
    return frozenset(
        key for key, digest in records_of(database).items() if known.get(key) != digest
    )


def _note_known(
    database: Database, taken: Iterable[Contents], untold: frozenset[tuple[str, str]]
) -> None:
    """Note what came as told, so that it is not told again.

    Where both sides changed a record, ours still has to be told, unless it lost.
    """
    with database.transaction():
        present, known = records_of(database), known_records(database)
        moved: set[str] = set()
        for contents in taken:
            for name in contents.tables:
                for row in contents.rows(name):
                    found = rows_digest(name, row)
                    if found is None or found[0] not in present:
                        continue
                    key, came = found
                    if name == "credentials" and known.get(key, present[key]) != present[key]:
                        moved.add(key[1])
                    if key not in untold or present[key] == came:
                        database.run(
                            "INSERT OR REPLACE INTO sync_known (kind, key, digest)"
                            " VALUES (?, ?, ?)",
                            (*key, present[key]),
                        )
        for name, identity in words_beside(database, moved):
            # Whoever moved it may have deleted it for good before, and all its words with it.
            database.run("DELETE FROM sync_known WHERE kind = ? AND key = ?", (name, identity))
    reached("sync.known")


def _note(
    vault: Vault, arrived: Arrived, refused: Mapping[str, str], waiting: tuple[str, ...]
) -> None:
    state = sync_state(vault)
    known = {
        name: reason
        for name, reason in state.refused.items()
        if name in arrived.listing and name not in arrived.tried
    }
    kept = [name for name in state.waiting if name in arrived.listing - arrived.tried]
    refused = dict(list({**known, **refused}.items())[:_MOST_REFUSED])
    new = replace(
        state, refused=refused, waiting=(*kept, *waiting), devices=_devices(state, arrived)
    )
    if new != state:
        write_state(vault, new)


def _devices(state: SyncState, arrived: Arrived) -> dict[str, Device]:
    devices = dict(state.devices)
    for name, one in arrived.sets.items():
        named = read_set_name(name)
        last = devices.get(named.device) if named else None
        if named and (last is None or last.last_at <= one.made_at):
            devices[named.device] = Device(one.label[:_MAX_LABEL], one.made_at)
    return devices


class _Once:
    """Runs something at most once."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act: Callable[[], None] | None = act

    def __call__(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
