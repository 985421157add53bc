"""Any interleaving of what owners do and of merges, with what must hold after each step.

What an owner did to a credential is known by its causes: an act that was done in knowledge
of another one comes after it, whatever the clocks said. Where all that a vault knows of the
last acts on a credential are deletions it is deleted there; where none is, it is there.
"""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.simulators.owners import Owner
from wallet_app.storage.contents import Contents
from wallet_app.storage.merge import plan
from wallet_app.storage.merge_changes import ChangeKind

COUNT = 2
NUMBERS = st.integers(0, COUNT - 1)
TEXTS = st.sampled_from(["", "one", "two", "three"])
TAGS = st.sampled_from(["work", "école"])
COLLECTIONS = st.sampled_from(["c0", "c1"])
FLAGS = st.booleans()


@dataclass(frozen=True)
class Act:
    """Something done to a credential. ``knew``: the acts on it that its owner knew of."""

    number: int
    alive: bool
    knew: frozenset[int]


@dataclass
class Place:
    """An owner, the acts that reached the vault, and old backups of it."""

    owner: Owner
    known: set[int] = field(default_factory=set)
    backups: list[tuple[Contents, frozenset[int]]] = field(default_factory=list)


class MergeMachine(RuleBasedStateMachine):
    """Two or three vaults of one person."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 - only a quicker place for the same files
        where = memory if memory.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="coffre-merge-", dir=where))
        self.acts: list[Act] = []
        self.places: list[Place] = []

    @initialize(clocks=st.lists(st.integers(-400, 400), min_size=2, max_size=3))
    def begin(self, clocks: list[int]) -> None:
        for number, days in enumerate(clocks):
            place = Place(Owner(self.folder, f"vault-{number}"))
            place.owner.set_clock(days)
            self.places.append(place)
        for place in self.places[:2]:
            self._did(place, 0, alive=True, done=place.owner.add(0))

    def teardown(self) -> None:
        try:
            self._everybody_agrees()
        finally:
            for place in self.places:
                place.owner.vault.close()
            shutil.rmtree(self.folder)

    # --- what owners do --------------------------------------------------------------------

    def _at(self, which: int) -> Place:
        return self.places[which % len(self.places)]

    def _did(self, place: Place, number: int, *, alive: bool, done: bool) -> None:
        if done:
            knew = frozenset(n for n in place.known if self.acts[n].number == number)
            place.known.add(len(self.acts))
            self.acts.append(Act(number, alive, knew))

    @rule(which=st.integers(0, 2), number=NUMBERS)
    def add(self, which: int, number: int) -> None:
        place = self._at(which)
        self._did(place, number, alive=True, done=place.owner.add(number))

    @rule(which=st.integers(0, 2), number=NUMBERS)
    def delete(self, which: int, number: int) -> None:
        place = self._at(which)
        self._did(place, number, alive=False, done=place.owner.delete(number))

    @rule(which=st.integers(0, 2), number=NUMBERS)
    def recover(self, which: int, number: int) -> None:
        place = self._at(which)
        self._did(place, number, alive=True, done=place.owner.recover(number))

    @rule(which=st.integers(0, 2), number=NUMBERS)
    def delete_forever(self, which: int, number: int) -> None:
        place = self._at(which)
        place.owner.delete(number)
        self._did(place, number, alive=False, done=place.owner.delete_forever(number))

    @rule(which=st.integers(0, 2), number=NUMBERS, what=st.integers(0, 3), data=st.data())
    def write(self, which: int, number: int, what: int, data: st.DataObject) -> None:
        owner = self._at(which).owner
        if not owner.is_here(number):
            return
        if what == 0:
            owner.note(number, data.draw(TEXTS))
        elif what == 1:
            owner.tag(number, data.draw(TAGS), present=data.draw(FLAGS))
        elif what == 2:
            owner.favourite(number, present=data.draw(FLAGS))
        else:
            owner.collect(data.draw(COLLECTIONS), data.draw(TAGS), present=data.draw(FLAGS))
            owner.member(data.draw(COLLECTIONS), number, present=data.draw(FLAGS))

    @rule(which=st.integers(0, 2), days=st.integers(-400, 400))
    def set_clock(self, which: int, days: int) -> None:
        self._at(which).owner.set_clock(days)

    # --- merging ---------------------------------------------------------------------------

    @rule(into=st.integers(0, 2), source=st.integers(0, 2))
    def merge(self, into: int, source: int) -> None:
        there = self._at(source)
        self._take(self._at(into), there.owner.contents(), there.known)

    @rule()
    def everybody_merges(self) -> None:
        for into in self.places:
            for source in self.places:
                self._take(into, source.owner.contents(), source.known)

    @rule(which=st.integers(0, 2))
    def back_up(self, which: int) -> None:
        place = self._at(which)
        place.backups.append((place.owner.contents(), frozenset(place.known)))

    @precondition(lambda self: any(place.backups for place in self.places))
    @rule(into=st.integers(0, 2), data=st.data())
    def merge_backup(self, into: int, data: st.DataObject) -> None:
        backups = [backup for place in self.places for backup in place.backups]
        self._take(self._at(into), *data.draw(st.sampled_from(backups), label="backup"))

    @precondition(lambda self: any(place.backups for place in self.places))
    @rule(into=st.integers(0, 2), number=NUMBERS, data=st.data())
    def bring_back(self, into: int, number: int, data: st.DataObject) -> None:
        backups = [backup for place in self.places for backup in place.backups]
        contents, known = data.draw(st.sampled_from(backups), label="backup")
        place = self._at(into)
        identity = place.owner.identity(number)
        changes = place.owner.take(contents, frozenset({identity}))
        place.known |= known
        asked = {one.id for one in changes.of(ChangeKind.BROUGHT_BACK)}
        self._did(place, number, alive=True, done=identity in asked)

    @staticmethod
    def _take(place: Place, contents: Contents, known: Iterable[int]) -> None:
        foreseen = plan(place.owner.vault, contents, source="a test")
        assert place.owner.take(contents) == foreseen
        place.known |= set(known)
        again = plan(place.owner.vault, contents, source="a test")
        assert again.is_empty, again

    # --- what must hold --------------------------------------------------------------------

    @invariant()
    def what_was_done_last_is_what_is(self) -> None:
        for place in self.places:
            there = live_in(place.owner)
            for number in range(COUNT):
                last = self._last_acts(place, number)
                alive = place.owner.identity(number) in there
                if last and not any(last):
                    assert not alive, "a deletion came back by itself"
                if last and all(last):
                    assert alive, "a credential was lost"

    def _last_acts(self, place: Place, number: int) -> list[bool]:
        known = {n: self.acts[n] for n in place.known if self.acts[n].number == number}
        passed = {n for act in known.values() for n in act.knew}
        return [act.alive for n, act in known.items() if n not in passed]

    def _everybody_agrees(self) -> None:
        for _ in range(3):
            for into in self.places:
                for source in self.places:
                    self._take(into, source.owner.contents(), source.known)
            self.what_was_done_last_is_what_is()
        states = [state_of(place.owner) for place in self.places]
        for state in states[1:]:
            assert state == states[0]
        assert not any(place.owner.vault.integrity_problems() for place in self.places)
        for into in self.places:
            for source in self.places:
                assert into.owner.take(source.owner.contents()).is_empty
        self._nothing_is_lost()

    def _nothing_is_lost(self) -> None:
        held = {one for place in self.places for one in place.owner.contents().originals}
        for number in {act.number for act in self.acts}:
            identity = self.places[0].owner.identity(number)
            gone = any(
                row["credential_id"] == identity
                for place in self.places
                for row in place.owner.contents().rows("tombstones")
            )
            assert identity in held or gone


def live_in(owner: Owner) -> frozenset[str]:
    rows = owner.vault.database.rows("SELECT id FROM credential WHERE deleted_at IS NULL")
    return frozenset(row[0] for row in rows)


def state_of(owner: Owner) -> dict[str, object]:
    """Return what must be the same in all vaults: what a person sees, and what is deleted."""
    contents, live = owner.contents(), live_in(owner)
    trash = {str(row["id"]) for row in contents.rows("credentials")} - live
    notes: dict[object, tuple[object, object, object]] = {}
    for row in contents.rows("notes"):
        told = (row["stamp"], row["id"], row["text"])
        notes[row["credential_id"]] = max(notes.get(row["credential_id"], told), told)
    beside = {
        name: {
            tuple(row.values())
            for row in contents.rows(name)
            if row["present"] and row.get("credential_id") in live
        }
        for name in ("tags", "favourites", "members")
    }
    found = {row.id for row in owner.vault.credentials.rows("badge")}
    return {
        "live": live,
        "found": found,
        "deleted": trash | {str(row["credential_id"]) for row in contents.rows("tombstones")},
        "notes": {credential: note for credential, note in notes.items() if credential in live},
        "collections": contents.rows("collections"),
        "reports": {
            (row["credential"], row["checked_at"], row["report_json"])
            for row in contents.rows("reports")
            if row["credential"] in live
        },
        "events": {tuple(row.values()) for row in contents.rows("history")},
        **beside,
    }
