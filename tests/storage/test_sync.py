"""Computers in step through one folder: whatever happens on the way, nothing is lost."""

import shutil
from pathlib import Path

import pytest

from tests.simulators.dav import dav_place, real_dav
from tests.simulators.groups import group, join, later, set_tag, view, write_note
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    NOW,
    add,
    add_many,
    credential,
    document,
    event,
    fill_people,
    report,
)
from tests.storage.sync_helpers import go, sets
from wallet_app.crypto.secret import Secret
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.sync import arrivals, departures
from wallet_app.storage.sync.exchange import begin_group, find_group, run
from wallet_app.storage.sync.keys import new_code, new_key, read_code
from wallet_app.storage.sync.membership import leave, sync_state
from wallet_app.storage.sync.names import SetName, new_device, read_set_name
from wallet_app.storage.vault import Vault


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


def test_what_was_deleted_for_good_and_added_again_unheard_gets_its_words_back(
    two: tuple[Vault, Vault], place: Path
) -> None:
    one, other = two
    row = add(one, credential(1))
    write_note(one, row.id, "mine")
    set_tag(one, row.id, "school")
    go(one, place)
    go(other, place)
    one.credentials.move_to_trash(row.id, event("deleted", row.id, at=later(1)))
    one.credentials.delete_forever(row.id, event("deleted_forever", row.id, at=later(2)))
    add(one, credential(1), at=later(3))
    for minute in (6, 7):
        go(one, place, minute)
        go(other, place, minute)
    go(one, place, 8)
    assert view(other) == view(one)
    assert one.credentials.rows("school")


def test_words_that_came_while_a_badge_was_gone_are_there_when_another_brings_it_back(
    tmp_path: Path,
) -> None:
    with group(tmp_path, ("one", "two", "three")) as (one, two, three):
        place = tmp_path / "place"
        row = add(one, credential(1))
        for vault in (one, two, three):
            go(vault, place)
        for vault in (one, three):
            vault.credentials.move_to_trash(row.id, event("deleted", row.id, at=later(1)))
            told = event("deleted_forever", row.id, at=later(2))
            vault.credentials.delete_forever(row.id, told)
        write_note(two, row.id, "mine", later(3))
        add(one, credential(1), at=later(4))
        earlier = sets(place)
        go(one, place, 5)
        (late,) = set(sets(place)) - set(earlier)
        go(two, place, 5)
        kept = (place / late).rename(tmp_path / late)
        go(three, place, 6)
        kept.rename(place / late)
        for minute in (7, 8):
            for vault in (one, two, three):
                go(vault, place, minute)
        assert view(one) == view(two) == view(three)
        assert view(three)["notes"] == [(row.id, "mine")]


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


def test_it_works_through_a_server(tmp_path: Path) -> None:
    served = tmp_path / "served"
    with group(tmp_path) as (one, other), real_dav(served) as url:
        add(one, credential(1))
        for vault, unique in ((one, "one"), (other, "two")):
            (served / "key.age").write_bytes(b"stands for the key")
            run(vault, dav_place(url, unique=unique), now=NOW)
        assert view(one) == view(other)
        assert {one.name for one in served.iterdir()} == {"key.age", *sets(served)}


def test_devices_and_names_say_nothing_but_themselves() -> None:
    name = SetName.draw(new_device(), 7)
    assert read_set_name(name.name) == name
    assert read_set_name(name.name + "x") is None
    assert new_key().group != new_key().group
