"""Backups in a second place: proven, openable without us, and never at the cost of another."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import settings as trial_settings
from hypothesis import strategies as st

from tests.faults.breaking import kill_at_every_step
from tests.simulators.light_seals import seal_lightly
from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    NOW,
    PASSPHRASE,
    add,
    credential,
    event,
    make_vault,
    open_vault,
    passphrase,
)
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.age_archive import new_identity
from wallet_app.storage.backup import check_backup
from wallet_app.storage.backup_names import backups_to_delete, placed_backup, read_backup_name
from wallet_app.storage.key_file import KEY_FILE, KeyRing
from wallet_app.storage.place_settings import PlaceKind, PlaceSettings
from wallet_app.storage.places import FolderPlace, Place, PlaceFile
from wallet_app.storage.second_place import (
    Delivered,
    PutKeys,
    choose_place,
    deliver,
    is_due,
    leave_place,
    note_failure,
    note_keys,
    note_success,
    passphrase_slot_of,
    place_settings,
    place_state,
    put_key_file,
    take,
)
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault

HOUR = timedelta(hours=1)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def settings(folder: Path) -> PlaceSettings:
    return PlaceSettings(PlaceKind.FOLDER, str(folder))


def choose(vault: Vault, folder: Path, text: str = PASSPHRASE) -> FolderPlace:
    place = FolderPlace(folder)
    choose_place(vault, settings(folder))
    note_keys(
        vault,
        put_key_file(KeyRing.of(vault), passphrase(text), place, known=""),
        slot=passphrase_slot_of(vault),
    )
    return place


Keyed = tuple[Path, PutKeys]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    """A safe and a place with its key file, made once."""
    with pytest.MonkeyPatch.context() as patch:
        seal_lightly(patch)
        return make_keyed(tmp_path_factory.mktemp("keyed"))


@pytest.fixture(scope="module")
def really_keyed(tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    """The same as a person has it, sealed by the library: it takes seconds to make and open."""
    return make_keyed(tmp_path_factory.mktemp("really"))


def make_keyed(folder: Path) -> Keyed:
    (folder / "stick").mkdir()
    with make_vault(folder / "vault") as vault:
        place = FolderPlace(folder / "stick")
        put = put_key_file(KeyRing.of(vault), passphrase(), place, known="")
    return folder, put


@pytest.fixture
def chosen(keyed: Keyed, tmp_path: Path) -> Iterator[tuple[Vault, Path]]:
    """A copy of both, where the place is chosen."""
    with choose_in_copy(keyed, tmp_path) as both:
        yield both


@pytest.fixture
def really_chosen(really_keyed: Keyed, tmp_path: Path) -> Iterator[tuple[Vault, Path]]:
    with choose_in_copy(really_keyed, tmp_path) as both:
        yield both


@contextmanager
def choose_in_copy(made: Keyed, tmp_path: Path) -> Iterator[tuple[Vault, Path]]:
    folder, put = made
    shutil.copytree(folder, tmp_path / "chosen")
    stick = tmp_path / "chosen" / "stick"
    with open_vault(tmp_path / "chosen" / "vault") as vault:
        choose_place(vault, settings(stick))
        note_keys(vault, put, slot=passphrase_slot_of(vault))
        yield vault, stick


def back_up(vault: Vault, place: Place, at: object = NOW) -> Delivered:
    done = deliver(take(vault, at), place)  # type: ignore[arg-type]
    note_success(vault, done)
    return done


REALLY_SEALED = pytest.mark.xdist_group("really_keyed")


def test_a_backup_there_opens_with_the_passphrase_and_the_key_beside_it(
    chosen: tuple[Vault, Path],
) -> None:
    vault, stick = chosen
    add(vault, credential(1))
    done = back_up(vault, FolderPlace(stick))
    assert {one.name for one in stick.iterdir()} == {KEY_FILE, done.name}
    assert check_backup(stick / done.name, passphrase()).credentials == 1
    assert refusal(check_backup, stick / done.name, passphrase("no")) == "backup.wrong_passphrase"
    state = place_state(vault)
    assert (state.good_at, state.name, state.size_bytes) == (NOW, done.name, done.size_bytes)
    # The key itself, as a person copies it, opens it without the file beside.
    (stick / KEY_FILE).unlink()
    assert refusal(check_backup, stick / done.name, passphrase()) == "backup.key_missing"
    identity = vault.secrets.get(BACKUP_IDENTITY)
    assert identity is not None
    assert check_backup(stick / done.name, identity).credentials == 1
    assert refusal(check_backup, stick / done.name, new_identity()) == "backup.other_key"


@REALLY_SEALED
def test_the_stock_tool_opens_all_with_the_key_file(really_chosen: tuple[Vault, Path]) -> None:
    vault, stick = really_chosen
    age, script = shutil.which("age"), shutil.which("script")
    if age is None or script is None:
        pytest.skip("the age and script programs are not installed: skipped")
    row = add(vault, credential(1))
    done = back_up(vault, FolderPlace(stick))
    target = stick / "backup.zip"
    subprocess.run(
        [script, "-qec", f"{age} -d -i {stick / KEY_FILE} -o {target} {stick / done.name}",
         "/dev/null"],
        input=PASSPHRASE.encode() + b"\n",
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )  # fmt: skip
    with ZipFile(target) as opened:
        assert opened.testzip() is None
        assert opened.read(f"credentials/{row.id}.json")


@pytest.mark.usefixtures("light_seals")
def test_a_new_passphrase_opens_older_backups_once_the_key_file_is_renewed(
    chosen: tuple[Vault, Path],
) -> None:
    vault, stick = chosen
    place = FolderPlace(stick)
    done = back_up(vault, place)
    known = place_state(vault).key_sha256
    note_keys(
        vault,
        put_key_file(KeyRing.of(vault), passphrase("another"), place, known=known),
        slot=passphrase_slot_of(vault),
    )
    assert check_backup(stick / done.name, passphrase("another")).credentials == 0
    assert refusal(check_backup, stick / done.name, passphrase()) == "backup.wrong_passphrase"


@pytest.mark.usefixtures("light_seals")
def test_backups_of_before_a_new_recovery_code_stay_openable(chosen: tuple[Vault, Path]) -> None:
    vault, stick = chosen
    place = FolderPlace(stick)
    earlier = back_up(vault, place)
    old = vault.secrets.get(BACKUP_IDENTITY)
    assert old is not None
    vault.secrets.put(f"{BACKUP_IDENTITY}.1", old)
    vault.secrets.put(BACKUP_IDENTITY, new_identity())
    known = place_state(vault).key_sha256
    note_keys(
        vault,
        put_key_file(KeyRing.of(vault), passphrase(), place, known=known),
        slot=passphrase_slot_of(vault),
    )
    later = back_up(vault, place, NOW + HOUR)
    for done in (earlier, later):
        assert check_backup(stick / done.name, passphrase()).credentials == 0


@pytest.mark.usefixtures("light_seals")
def test_another_safe_in_the_same_place_keeps_its_key(tmp_path: Path, stick: Path) -> None:
    with make_vault(tmp_path / "one") as one, make_vault(tmp_path / "two") as two:
        first = back_up(one, choose(one, stick))
        second = back_up(two, choose(two, stick), NOW + timedelta(seconds=1))
        for done in (first, second):
            assert check_backup(stick / done.name, passphrase()).credentials == 0
        # The second may change its passphrase, and still nobody is locked out.
        known, place = place_state(two).key_sha256, FolderPlace(stick)
        note_keys(
            two,
            put_key_file(KeyRing.of(two), passphrase("new"), place, known=known),
            slot=passphrase_slot_of(two),
        )
        assert check_backup(stick / first.name, passphrase("new")).credentials == 0


@pytest.mark.usefixtures("light_seals")
def test_a_key_file_of_somebody_else_is_never_replaced(tmp_path: Path, stick: Path) -> None:
    with make_vault(tmp_path / "one") as one, make_vault(tmp_path / "two", "other") as two:
        done = back_up(one, choose(one, stick))
        ring = KeyRing.of(two)
        code = refusal(put_key_file, ring, passphrase("other"), FolderPlace(stick), known="")
        assert code == "place.other_key"
        assert check_backup(stick / done.name, passphrase()).credentials == 0


def test_an_empty_folder_where_the_disk_was_gets_no_backup(chosen: tuple[Vault, Path]) -> None:
    vault, stick = chosen
    place = FolderPlace(stick)
    (stick / KEY_FILE).unlink()
    assert refusal(deliver, take(vault, NOW), place) == "place.key_missing"
    assert list(stick.iterdir()) == []


@pytest.mark.usefixtures("light_seals")
def test_it_is_due_after_a_change_at_most_once_an_hour(vault: Vault, stick: Path) -> None:
    assert not is_due(vault, NOW)
    place = choose(vault, stick)
    assert is_due(vault, NOW)
    back_up(vault, place)
    add(vault, credential(1))
    assert not is_due(vault, NOW + HOUR - timedelta(seconds=1))
    assert is_due(vault, NOW + HOUR)
    # A clock that was set back must not stop backups for years.
    assert is_due(vault, NOW - timedelta(days=900))
    back_up(vault, place, NOW + HOUR)
    assert not is_due(vault, NOW + 9 * HOUR)
    vault.history.append(event("shared"))
    assert is_due(vault, NOW + 9 * HOUR)
    leave_place(vault)
    assert not is_due(vault, NOW + 9 * HOUR)
    assert place_settings(vault) is None


def test_a_failure_is_remembered_beside_the_last_good_backup(chosen: tuple[Vault, Path]) -> None:
    vault, stick = chosen
    done = back_up(vault, FolderPlace(stick))
    add(vault, credential(1))
    later = NOW + 2 * HOUR
    note_failure(vault, EnvironmentFault("place.full", {"place": str(stick)}), later)
    state = place_state(vault)
    assert state.name == done.name
    assert state.failed_at == later
    assert state.failure is not None
    assert (state.failure.code, dict(state.failure.params)) == ("place.full", {"place": str(stick)})
    assert not is_due(vault, later + timedelta(minutes=14))
    assert is_due(vault, later + timedelta(minutes=15))


def test_the_password_of_a_server_is_kept_in_the_vault_and_shown_nowhere(vault: Vault) -> None:
    kept = PlaceSettings(
        PlaceKind.WEBDAV, "https://dav.example/c/", "camille", passphrase("sentinel-dav")
    )
    choose_place(vault, kept)
    read = place_settings(vault)
    assert read == kept
    assert "sentinel" not in repr(read)
    back_up_holds = take(vault, NOW).contents
    assert "sentinel" not in repr(back_up_holds.tables)


def test_old_backups_go_only_after_a_new_one_was_proven(chosen: tuple[Vault, Path]) -> None:
    vault, stick = chosen
    place = FolderPlace(stick)
    old = placed_backup(NOW - timedelta(days=400), vault.vault_id).name
    older = placed_backup(NOW - timedelta(days=400, hours=1), vault.vault_id).name
    other = placed_backup(NOW - timedelta(days=401), "0" * 32).name
    for name in (old, older, other, "letter.txt", "Coffre-9999.coffre"):
        (stick / name).write_bytes(b"x")

    class Forgetful(FolderPlace):
        def read(self, name: str, limit_bytes: int) -> bytes:
            return super().read(name, limit_bytes)[:-1]

    assert refusal(deliver, take(vault, NOW), Forgetful(stick)) == "place.not_as_written"
    assert {old, older, other} <= {one.name for one in stick.iterdir()}
    done = back_up(vault, place)
    assert done.removed == (older,)
    left = {one.name for one in stick.iterdir()}
    assert left == {KEY_FILE, done.name, old, other, "letter.txt", "Coffre-9999.coffre"}


def test_a_kill_at_any_step_loses_nothing(keyed: Keyed, tmp_path: Path) -> None:
    shutil.copytree(keyed[0], tmp_path / "chosen")
    path, stick = tmp_path / "chosen" / "vault", tmp_path / "chosen" / "stick"
    with open_vault(path) as vault:
        choose_place(vault, settings(stick))
        note_keys(vault, keyed[1], slot=passphrase_slot_of(vault))
        add(vault, credential(1))
        back_up(vault, FolderPlace(stick))

    def attempt() -> None:
        with open_vault(path) as vault:
            back_up(vault, FolderPlace(stick), NOW + HOUR)

    def check() -> None:
        with open_vault(path) as vault:
            assert vault.integrity_problems() == ()
            assert vault.credentials.count() == 1
            keys = KeyRing.of(vault)
            last = place_state(vault).name
        named = [one for one in stick.iterdir() if read_backup_name(one.name)]
        assert (stick / last) in named
        for one in named:
            assert keys.open(one.read_bytes())
            if one.name != last:
                one.unlink()

    assert kill_at_every_step(attempt, check) == 7


moments = st.integers(0, 3000 * 24).map(lambda hours: NOW - timedelta(hours=hours))


# No deadline: a busy machine is no fault of the code.
@trial_settings(deadline=None)
@given(st.lists(moments, max_size=80), st.integers(-500, 500))
def test_thinning_is_steady_and_spares_the_newest_and_the_unknown(
    made: list[object], days: int
) -> None:
    names = [placed_backup(one, "ab" * 16).name for one in made]  # type: ignore[arg-type]
    strange = ["letter.txt", placed_backup(NOW - timedelta(days=2000), "cd" * 16).name]
    now = NOW + timedelta(days=days)
    gone = backups_to_delete([*names, *strange], now, "abababab")
    assert not set(gone) & set(strange)
    left = [name for name in names if name not in gone]
    assert backups_to_delete(left, now, "abababab") == ()
    if names:
        assert max(names) in left
    assert all(read_backup_name(name).made_at < now - timedelta(days=1) for name in gone)  # type: ignore[union-attr]


def test_a_name_says_what_it_was_made_from() -> None:
    one = placed_backup(NOW, "3F2A91BC-0000-4000-8000-000000000000")
    assert one.name == "Coffre-2026-11-23T101500Z-3f2a91bc.coffre"
    assert read_backup_name(one.name) == one
    for name in ("", "Coffre-2026-13-23T101500Z-3f2a91bc.coffre", one.name + "x", KEY_FILE):
        assert read_backup_name(name) is None


def test_a_place_that_lists_nothing_is_not_trusted_to_hold_the_key(vault: Vault) -> None:
    class Empty(FolderPlace):
        def files(self) -> tuple[PlaceFile, ...]:
            return ()

    assert refusal(deliver, take(vault, NOW), Empty(Path("/nowhere"))) == "place.key_missing"


def test_what_was_taken_out_goes_no_further_after_a_lock(chosen: tuple[Vault, Path]) -> None:
    vault, stick = chosen
    place = FolderPlace(stick)
    assert refusal(deliver, take(vault, NOW), place, stopped=lambda: True) == "place.stopped"
    asked = iter((False, True))
    code = refusal(deliver, take(vault, NOW), place, stopped=lambda: next(asked))
    assert code == "place.stopped"
    assert {one.name for one in stick.iterdir()} == {KEY_FILE}
