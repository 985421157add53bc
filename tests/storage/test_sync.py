"""Computers in step through one folder: whatever happens on the way, nothing is lost."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.dav import dav_place, real_dav
from tests.simulators.groups import KEY, device_of, group, join, later, set_tag, view, write_note
from tests.simulators.vaults import (
    NOW,
    add,
    add_many,
    credential,
    document,
    event,
    fill_people,
    make_vault,
    open_vault,
    report,
)
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.sync import arrivals, departures
from wallet_app.storage.sync.change_sets import open_set, seal_set
from wallet_app.storage.sync.exchange import Run, begin_group, find_group, run
from wallet_app.storage.sync.keys import SyncKey, new_code, new_key, read_code
from wallet_app.storage.sync.membership import leave, member_of, sync_state
from wallet_app.storage.sync.names import SetName, new_device, read_set_name
from wallet_app.storage.vault import Vault


def refusal(call: object, *arguments: object, **keywords: object) -> str:
    with pytest.raises(CoffreError) as caught:
        call(*arguments, **keywords)  # type: ignore[operator]
    return caught.value.code


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    with group(tmp_path) as (one, other):
        yield one, other


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place"


def go(vault: Vault, folder: Path, minute: int = 0) -> Run:
    return run(vault, FolderPlace(folder), now=later(minute))


def sets(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if read_set_name(one.name))


def test_what_is_done_on_one_computer_comes_to_the_other(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    one.credentials.add_report(row.id, report("revoked", document("list", b"list"), at=later(1)))
    write_note(one, row.id, "mine")
    set_tag(one, row.id, "school")
    fill_people(one)
    assert go(one, place).told == 1
    assert len(go(other, place).came) == 1
    assert view(other) == view(one)
    assert other.credentials.get(row.id).row.verdict == "revoked"
    assert other.evidence.documents_of(row.id)
    assert other.integrity_problems() == ()
    # And nothing of it goes back, however often they meet.
    for minute in range(3):
        assert go(other, place, minute).told == 0
        assert go(one, place, minute).told == 0
    assert len(sets(place)) == 1


def test_later_changes_cost_little_and_go_both_ways(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    rows = add_many(one, 3, padding=100_000)
    go(one, place)
    go(other, place)
    set_tag(one, rows[0].id, "school", at=later(1))
    other.credentials.move_to_trash(rows[1].id, event("deleted", rows[1].id, at=later(1)))
    go(one, place, 2)
    go(other, place, 3)
    go(one, place, 4)
    assert view(one) == view(other)
    assert {row.id for row in one.credentials.trash()} == {rows[1].id}
    sizes = [(place / name).stat().st_size for name in sets(place)]
    assert sorted(sizes)[-1] > 300_000
    assert sum(sorted(sizes)[:-1]) < 20_000


def test_what_comes_back_comes_with_its_words_where_it_was_deleted_for_good(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    write_note(one, row.id, "mine")
    set_tag(one, row.id, "school")
    one.credentials.move_to_trash(row.id, event("deleted", row.id))
    go(one, place)
    go(other, place)
    other.credentials.delete_forever(row.id, event("deleted_forever", row.id))
    one.credentials.recover(row.id, event("recovered", row.id, at=later(5)))
    for minute in (6, 7):
        go(one, place, minute)
        go(other, place, minute)
    assert other.credentials.rows("school")
    assert view(other) == view(one)


def test_a_deletion_moves_to_the_others_trash_and_never_comes_back_by_itself(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    go(one, place)
    go(other, place)
    one.credentials.move_to_trash(row.id, event("deleted", row.id, at=later(1)))
    one.credentials.delete_forever(row.id, event("deleted_forever", row.id, at=later(2)))
    for minute in range(3, 6):
        go(one, place, minute)
        go(other, place, minute)
    assert one.credentials.count() == other.credentials.count() == 0
    assert [kept.id for kept in other.credentials.trash()] == [row.id]
    assert one.credentials.trash() == ()
    other.credentials.recover(row.id, event("recovered", row.id, at=later(9)))
    go(other, place, 10)
    go(one, place, 11)
    assert one.credentials.count() == other.credentials.count() == 1


def test_checks_that_repeat_what_is_known_are_not_told(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    go(one, place)
    go(other, place)
    for minute in range(1, 4):
        one.credentials.add_report(row.id, report("verified", document(), at=later(minute)))
    assert go(one, place, 5).told == 0
    one.credentials.add_report(row.id, report("revoked", document(), at=later(6)))
    assert go(one, place, 7).told == 1
    go(other, place, 8)
    assert other.credentials.get(row.id).row.verdict == "revoked"


def test_months_apart_and_then_in_step(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    for number in range(departures._MOST_OWN + 5):
        add(one, credential(number))
        go(one, place, number)
    assert len(sets(place)) <= departures._MOST_OWN
    add(other, credential(1000))
    go(other, place, 100_000)
    go(one, place, 100_001)
    assert view(one) == view(other)
    assert one.credentials.count() == departures._MOST_OWN + 6


def test_a_large_vault_goes_in_several_files(
    two: tuple[Vault, Vault], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "_SET_BYTES", 50_000)
    monkeypatch.setattr(arrivals, "_BATCH_BYTES", 120_000)
    one, other = two
    add_many(one, 12, padding=20_000)
    assert go(one, place).told > 4
    go(other, place)
    assert view(one) == view(other)


def test_files_in_any_order_wait_for_what_they_speak_of(
    two: tuple[Vault, Vault], place: Path, tmp_path: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    go(one, place)
    one.credentials.add_report(row.id, report("revoked", document(), at=later(1)))
    go(one, place, 2)
    first, second = sets(place)
    aside = tmp_path / "aside"
    shutil.move(place / first, aside)
    go(other, place, 3)
    assert sync_state(other).waiting == (second,)
    assert other.credentials.count() == 0
    shutil.move(aside, place / first)
    go(other, place, 4)
    assert sync_state(other).waiting == ()
    assert other.credentials.get(row.id).row.verdict == "revoked"


def test_files_that_got_lost_are_told_again(two: tuple[Vault, Vault], place: Path) -> None:
    one, other = two
    add_many(one, 3)
    go(one, place)
    for name in sets(place):
        (place / name).unlink()
    # Once may be a folder that is just being synchronised; twice is a loss.
    assert go(one, place, 1).told == 0
    assert go(one, place, 2).told == 1
    go(other, place, 3)
    assert view(one) == view(other)


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


def test_a_group_begins_and_is_joined_with_its_code(tmp_path: Path) -> None:
    folder = FolderPlace(tmp_path / "shared")
    key, code = begin_group(folder)
    assert refusal(begin_group, folder) == "sync.already_there"
    typed = bytes(code.buffer()).decode().lower().replace("-", " ").replace("0", "o")
    found = find_group(folder, read_code(typed))
    assert found.group == key.group
    assert found.secret == key.secret
    assert refusal(find_group, folder, new_code()) == "sync.wrong_code"
    # A key under another code is no key: only who knows the code can have made it.
    (tmp_path / "shared" / "key.age").write_bytes(b"nonsense")
    assert refusal(find_group, folder, code) == "sync.key_damaged"
    assert refusal(find_group, FolderPlace(tmp_path), code) == "sync.not_there"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text[:-1], "sync.code_length"),
        (lambda text: text + "A", "sync.code_length"),
        (lambda _: "", "sync.code_length"),
        (lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"), "sync.code_mistyped"),
        (lambda text: "*" + text[1:], "sync.code_mistyped"),
    ],
)
def test_a_mistyped_code_is_named(change: object, code: str) -> None:
    text = bytes(new_code().buffer()).decode()
    assert read_code(text) == Secret(text.encode())
    assert refusal(read_code, change(text)) == code  # type: ignore[operator]


def test_the_place_learns_sizes_and_times_and_nothing_else(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, _ = two
    row = add(one, credential(1))
    write_note(one, row.id, "sentinel-note")
    go(one, place)
    (name,) = sets(place)
    data = (place / name).read_bytes()
    for hidden in (b"sentinel", b"Badge", b"PK\x03\x04", b"home", row.id.encode()):
        assert hidden not in data
    write_note(one, row.id, "a slightly longer sentinel-note")
    before = len(data)
    go(one, place, 1)
    assert before % 64 == (17 + 12 + 16) % 64


def test_leaving_keeps_all_and_joining_again_loses_nothing(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    add(one, credential(1))
    go(one, place)
    go(other, place)
    leave(other)
    assert refusal(go, other, place) == "sync.none"
    add(other, credential(2))
    join(other, place, "work again")
    go(other, place, 1)
    go(one, place, 2)
    assert view(one) == view(other)


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


def test_it_works_through_a_server(tmp_path: Path) -> None:
    served = tmp_path / "served"
    with group(tmp_path) as (one, other), real_dav(served) as url:
        add(one, credential(1))
        for vault, unique in ((one, "one"), (other, "two")):
            (served / "key.age").write_bytes(b"stands for the key")
            run(vault, dav_place(url, unique=unique), now=NOW)
        assert view(one) == view(other)
        assert {one.name for one in served.iterdir()} == {"key.age", *sets(served)}


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


def test_devices_and_names_say_nothing_but_themselves() -> None:
    name = SetName.draw(new_device(), 7)
    assert read_set_name(name.name) == name
    assert read_set_name(name.name + "x") is None
    assert new_key().group != new_key().group


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
