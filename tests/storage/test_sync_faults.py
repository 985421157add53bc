"""Computers in step on a bad day: files damaged, huge, lost, half there, and kills."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.groups import KEY, device_of, group, join, later, set_tag, view, write_note
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    NOW,
    add,
    add_many,
    credential,
    event,
    make_vault,
    open_vault,
)
from tests.storage.sync_helpers import go, sets
from wallet_app.crypto.secret import Secret
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.sync import arrivals, departures
from wallet_app.storage.sync.change_sets import open_set, seal_set
from wallet_app.storage.sync.exchange import find_group
from wallet_app.storage.sync.keys import SyncKey
from wallet_app.storage.sync.membership import member_of, sync_state
from wallet_app.storage.sync.names import SetName, read_set_name
from wallet_app.storage.vault import Vault


def damaged(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Give files that cannot be taken: name, content, the code that says why."""
    (name,) = sets(folder)
    good = (folder / name).read_bytes()
    found = read_set_name(name)
    assert found is not None
    middle = len(good) // 2
    flipped = good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :]
    stranger = SyncKey("cd" * 16, Secret(b"\x08" * 32))
    again = open_set(name, KEY, good)

    def other() -> str:
        return SetName.draw(found.device, found.number).name

    yield other(), good, "sync.not_whole"  # renamed
    yield other(), good[:-1], "sync.not_whole"
    yield other(), flipped, "sync.not_whole"
    yield other(), b"", "sync.foreign"
    yield other(), b"PK\x03\x04 a letter", "sync.foreign"
    yield other(), b"coffre-changes 2\n" + good[17:], "sync.newer_version"
    foreign = other()
    yield foreign, seal_set(foreign, stranger, again), "sync.not_whole"
    swapped = other()
    same_key = replace(stranger, secret=KEY.secret)
    yield swapped, seal_set(swapped, same_key, again), "sync.not_whole"


def test_what_cannot_be_taken_is_named_and_stops_nothing(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    add(one, credential(1))
    go(one, place)
    bad = {name: (data, code) for name, data, code in damaged(place)}
    for name, (data, _) in bad.items():
        (place / name).write_bytes(data)
    (place / "letter.txt").write_text("mine")
    go(other, place)
    assert view(one) == view(other)
    assert sync_state(other).refused == {name: code for name, (_, code) in bad.items()}
    assert {one.name for one in place.iterdir()} >= {*bad, "letter.txt"}


def test_a_half_delivered_file_is_taken_when_it_is_whole(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    add(one, credential(1))
    go(one, place)
    (name,) = sets(place)
    whole = (place / name).read_bytes()
    (place / name).write_bytes(whole[: len(whole) // 2])
    go(other, place)
    assert sync_state(other).refused == {name: "sync.not_whole"}
    (place / name).write_bytes(whole)
    go(other, place, 1)
    assert sync_state(other).refused == {}
    assert view(one) == view(other)


def test_a_copy_that_some_program_renamed_is_read_as_the_same(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    add(one, credential(1))
    go(one, place)
    (name,) = sets(place)
    shutil.copy(place / name, place / name.replace(".changes", " (1).changes"))
    shutil.move(place / name, place / name.replace(".changes", ".sync-conflict-20261123.changes"))
    assert len(go(other, place).came) == 1
    assert view(one) == view(other)


def test_a_huge_file_is_left_unread(
    two: tuple[Vault, Vault], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    add(one, credential(1))
    go(one, place)
    huge = place / SetName.draw(device_of("home"), 9).name
    with huge.open("wb") as file:
        file.truncate(2**40)
    go(other, place)
    assert sync_state(other).refused == {huge.name: "sync.too_large"}
    assert view(one) == view(other)


def test_the_same_file_again_changes_nothing(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    row = add(one, credential(1))
    go(one, place)
    (name,) = sets(place)
    replayed = (place / name).read_bytes()
    go(other, place)
    one.credentials.move_to_trash(row.id, event("deleted", row.id, at=later(1)))
    go(one, place, 2)
    go(other, place, 3)
    (place / name).write_bytes(replayed)
    go(other, place, 4)
    assert other.credentials.count() == 0


def test_a_vault_that_went_back_to_an_old_copy_finds_its_own_later_changes(
    tmp_path: Path, place: Path
) -> None:
    with group(tmp_path) as (one, other):
        add(one, credential(1))
        go(one, place)
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    with open_vault(tmp_path / "home") as one, open_vault(tmp_path / "work") as other:
        add(one, credential(2))
        go(one, place, 1)
        go(other, place, 2)
        wanted = view(one)
    shutil.rmtree(tmp_path / "home")
    shutil.move(tmp_path / "copy", tmp_path / "home")
    with open_vault(tmp_path / "home") as one, open_vault(tmp_path / "work") as other:
        add(one, credential(3))
        go(one, place, 3)
        assert one.credentials.count() == 3
        go(other, place, 4)
        assert view(one) == view(other)
        assert len({read_set_name(name).number for name in sets(place)}) == 3  # type: ignore[union-attr]
        assert set(wanted["originals"]) < set(view(other)["originals"])


def test_two_living_copies_of_one_vault_do_not_harm_each_other(tmp_path: Path, place: Path) -> None:
    with group(tmp_path, ("home",)) as (one,):
        add(one, credential(1))
        go(one, place)
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    with open_vault(tmp_path / "home") as one, open_vault(tmp_path / "copy") as twin:
        add(one, credential(2))
        add(twin, credential(3))
        for minute in range(3):
            go(one, place, minute)
            go(twin, place, minute)
        assert view(one) == view(twin)
        assert one.credentials.count() == 3


def test_a_key_file_that_was_removed_comes_back(two: tuple[Vault, Vault], place: Path) -> None:
    (place / "key.age").unlink()
    go(two[0], place)
    code = member_of(two[0]).code
    assert find_group(FolderPlace(place), code).group == KEY.group


def test_a_wrong_clock_does_not_undo_what_came_later(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    row = add(one, credential(1))
    set_tag(one, row.id, "school", at=later(10**6))
    go(one, place)
    go(other, place)
    set_tag(other, row.id, "school", present=False, at=NOW)
    go(other, place)
    go(one, place)
    assert view(one) == view(other)
    assert view(one)["tags"] == []


def kills(folder: Path, minute: int, check: Callable[[], object]) -> int:
    """Kill a run of ``home`` at its first step, its second …, each time from the same start."""
    start = folder / "start"
    for name in ("home", "place"):
        shutil.copytree(folder / name, start / name)

    def attempt() -> None:
        for name in ("home", "place"):
            shutil.rmtree(folder / name)
            shutil.copytree(start / name, folder / name)
        with open_vault(folder / "home") as vault:
            # Opening has steps of its own; those of the run are what counts.
            go(vault, folder / "place", minute)

    return kill_at_every_step(attempt, check)


def test_a_kill_at_any_step_loses_nothing(tmp_path: Path, place: Path) -> None:
    with group(tmp_path) as (one, other):
        rows = add_many(one, 3)
        theirs = add(other, credential(100))
        go(other, place)
        write_note(one, rows[0].id, "mine")
        wanted = {row.id for row in (*rows, theirs)}

    def check() -> None:
        with open_vault(tmp_path / "home") as vault:
            assert vault.integrity_problems() == ()
            assert {row.id for row in rows} <= {row.id for row in vault.credentials.rows()}
            go(vault, place, 2)
            with make_vault(tmp_path / "visitor") as visitor:
                join(visitor, place, "visitor")
                go(visitor, place, 3)
                assert {row.id for row in visitor.credentials.rows()} == wanted
                assert view(visitor) == view(vault)
        shutil.rmtree(tmp_path / "visitor")

    assert kills(tmp_path, 1, check) > 15


def test_a_kill_at_any_step_of_replacing_many_files_by_one_loses_nothing(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "_MOST_OWN", 3)
    with group(tmp_path) as (one, _):
        for number in range(3):
            add(one, credential(number))
            go(one, place, number)
        add(one, credential(3))

    def check() -> None:
        # Whoever comes at that very moment finds everything that was told before.
        with make_vault(tmp_path / "visitor") as visitor:
            join(visitor, place, "visitor")
            go(visitor, place, 11)
            assert visitor.credentials.count() >= 3
        shutil.rmtree(tmp_path / "visitor")

    assert kills(tmp_path, 10, check) > 12
    assert len(sets(place)) == 1


def test_nothing_is_opened_or_written_after_a_lock(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    add(one, credential(1))
    wanted = arrivals.search(one, member_of(one))
    outgoing = departures.collect(one, member_of(one), {"key.age"}, NOW)
    folder = FolderPlace(place)
    assert refusal(departures.publish, outgoing, folder, stopped=lambda: True) == "place.stopped"
    assert sets(place) == []
    go(other, place)
    add(other, credential(2))
    go(other, place)
    assert refusal(arrivals.fetch, wanted, folder, stopped=lambda: True) == "place.stopped"


def test_shuffled_deliveries_converge(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311 - an order of deliveries
    with group(tmp_path, ("a", "b", "c")) as vaults:
        place = tmp_path / "place"
        for minute in range(30):
            vault = chance.choice(vaults)
            add(vault, credential(minute), at=later(minute))
            if chance.random() < 0.5:
                go(chance.choice(vaults), place, minute)
        for minute in range(100, 103):
            for vault in vaults:
                go(vault, place, minute)
        assert view(vaults[0]) == view(vaults[1]) == view(vaults[2])
        assert vaults[0].credentials.count() == 30
