"""What a person has of automatic copies: made by themselves, looked into, gone back to."""

import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from tests.app.conftest import PASSPHRASE
from wallet_app.app.copies import Errand, copies_of, go_back_to, run_errand
from wallet_app.app.open_safe import check_backup, open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.salvage import salvage_safe
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.models import Event
from wallet_app.system.keyring_store import SystemKeyring

HOUR = timedelta(hours=1)


def never() -> bool:
    return False


def later(safe: Safe, span: timedelta) -> None:
    at = safe._services.now() + span
    safe._services = replace(safe._services, now=lambda: at)


def now_of(safe: Safe) -> datetime:
    return safe._services.now()


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


@pytest.fixture
def filled(safe: Safe, issuer: Issuer) -> Safe:
    for number in range(3):
        take(safe, issuer, number)
    return safe


def take(safe: Safe, issuer: Issuer, number: int) -> str:
    badge = issuer.badge(id=f"urn:example:{number}", name=f"Badge {number}")
    badge["credentialSubject"]["achievement"]["name"] = f"Badge {number}"
    (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), f"{number}.json")
    assert result.badge is not None
    return result.badge.id


def done(errand: Errand | None) -> object:
    assert errand is not None
    return run_errand(errand, never)


def test_an_empty_safe_asks_for_nothing_but_its_check(safe: Safe) -> None:
    assert safe.copy_if_due() is None
    assert safe.copy_now("merge") is None
    assert done(safe.errand()) is None
    assert safe.errand() is None


def test_after_a_change_a_copy_is_made_elsewhere_and_then_nothing_is_due(filled: Safe) -> None:
    errand = filled.errand()
    assert errand is not None
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(run_errand(errand, never)))
    thread.start()
    assert filled.count() == 3, "the safe answers meanwhile"
    thread.join()
    (made,) = results
    assert filled.copies().copies == (made,)
    assert filled.copies().last_good == made
    assert filled.errand() is None
    later(filled, 25 * HOUR)
    again = filled.errand()
    assert again is not None
    assert again.reason == "", "unchanged, so only looked through once a day"
    assert run_errand(again, never) is None


def test_one_that_is_asked_for_is_never_skipped(filled: Safe) -> None:
    done(filled.errand(asked=True))
    done(filled.errand(asked=True))
    assert [row.reason for row in filled.copies().copies] == ["asked", "asked"]


def test_a_lock_stops_an_errand_and_takes_its_key(filled: Safe) -> None:
    errand = filled.errand(asked=True)
    assert errand is not None
    filled.close()
    with pytest.raises(EnvironmentFault, match=r"vault\.interrupted"):
        run_errand(errand, lambda: True)
    with pytest.raises(ValueError, match="wiped"):
        errand.ticket.key.buffer()
    assert copies_of(filled.path).copies == ()


def test_a_week_without_a_good_copy_is_said(filled: Safe) -> None:
    assert filled.copies().is_stale(now_of(filled))
    done(filled.errand())
    assert not filled.copies().is_stale(now_of(filled) + timedelta(days=6))
    assert filled.copies().is_stale(now_of(filled) + timedelta(days=7))


def test_a_look_into_a_copy_says_in_what_it_differs(filled: Safe, issuer: Issuer) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    added = take(filled, issuer, 9)
    gone = next(row for row in filled.badges() if row.name == "Badge 0")
    filled.delete(gone.id)
    look = filled.look_into_copy(made.name)
    assert (look.badges, look.only_there, look.only_here) == (3, ("Badge 0",), ("Badge 9",))
    trial = filled.check_copy(made.name)
    assert trial.rows["credentials"] == trial.files["originals"] == 3
    assert added in {row.id for row in filled.badges()}


def test_a_copy_that_went_bad_is_named(filled: Safe) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    path = filled.path / "copies" / made.name / "vault.db"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    with pytest.raises(EnvironmentFault, match=r"copies\.bad_copy"):
        filled.check_copy(made.name)


def test_going_back_and_undoing_it(filled: Safe, issuer: Issuer, passphrase: Secret) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    take(filled, issuer, 9)
    filled.close()
    went = go_back_to(filled.path, made.name, passphrase, filled._services)
    assert (went.copy, went.kept_as_it_was) == (made, False)
    with open_safe(filled.path, passphrase, filled._services) as safe:
        assert safe.count() == 3
        assert safe.history()[0].kind == "went_back"
    go_back_to(filled.path, went.kept_as, passphrase, filled._services)
    with open_safe(filled.path, passphrase, filled._services) as safe:
        assert safe.count() == 4


def test_a_change_of_passphrase_is_preceded_by_a_copy(filled: Safe, passphrase: Secret) -> None:
    filled.keys.change_passphrase(passphrase, Secret.from_text("another one"))
    assert [row.reason for row in filled.copies().copies] == ["key_change"]


# --- damage ------------------------------------------------------------------------------


def spoil(safe: Safe) -> None:
    path = safe.path / "vault.db"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)


def test_damage_stops_copies_backups_and_writing_until_the_person_decides(
    filled: Safe, issuer: Issuer, passphrase: Secret, tmp_path: Path
) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    filled.close()
    spoil(filled)
    with open_safe(filled.path, passphrase, filled._services) as safe:
        with pytest.raises(EnvironmentFault, match=r"backup_safe\.damaged"):
            safe.backup(tmp_path / "b.coffre", passphrase)
        assert not (tmp_path / "b.coffre").exists()
        assert safe.is_damaged
        assert safe.copies().damaged
        done(safe.errand())
        assert safe.errand() is None
        with pytest.raises(CoffreError, match=r"vault\.damaged"):
            safe.errand(asked=True)
        with pytest.raises(CoffreError, match=r"vault\.damaged"):
            take(safe, issuer, 9)
        assert safe.empty_old_trash(30) == 0
        assert safe.copies().copies == (made,)
    go_back_to(filled.path, made.name, passphrase, filled._services)
    with open_safe(filled.path, passphrase, filled._services) as safe:
        assert not safe.is_damaged
        take(safe, issuer, 9)
        assert safe.count() == 4


def test_what_can_be_read_is_saved_and_what_lost_its_place_is_read_anew(
    filled: Safe, passphrase: Secret, tmp_path: Path
) -> None:
    names = {row.name for row in filled.badges()}
    # The rows that name them, and their reports, as if their pages were gone.
    filled._vault.database.run("PRAGMA foreign_keys = OFF")
    filled._vault.database.run("DELETE FROM credential WHERE name = 'Badge 1'")
    filled._vault.database.run("DELETE FROM report WHERE credential NOT IN"
                               " (SELECT number FROM credential)")  # fmt: skip
    filled.close()
    summary = salvage_safe(filled.path, tmp_path / "new", passphrase, filled._services)
    assert (summary.badges, summary.read_again, summary.lost) == (3, 1, ())
    with open_safe(tmp_path / "new", passphrase, filled._services) as safe:
        assert {row.name for row in safe.badges()} == names
        assert safe.integrity_problems() == ()


# --- rehearsal ---------------------------------------------------------------------------


@pytest.mark.usefixtures("light_seals")
def test_a_backup_is_really_put_back_and_nothing_of_it_remains(
    filled: Safe, passphrase: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr("wallet_app.storage.rehearsal._MEMORY", memory)
    seen = []
    real = Path.rename

    def watch(self: Path, target: Path) -> Path:
        if memory in self.parents:
            seen.append(self)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", watch)
    filled.backup(tmp_path / "b.coffre", passphrase)
    summary = check_backup(tmp_path / "b.coffre", passphrase, now_of(filled))
    assert seen, "a vault was built there"
    assert list(memory.iterdir()) == []
    assert summary.badges == summary.rows["credentials"] == summary.files["originals"] == 3
    assert summary.rows["history"] == 4


@pytest.mark.usefixtures("light_seals")
def test_a_folder_in_memory_that_is_not_ours_to_use_is_done_without(
    filled: Safe, passphrase: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody, root neither, may go into what has no right to be gone into.
    memory = tmp_path / "memory"
    memory.write_bytes(b"")
    memory.chmod(0o600)
    monkeypatch.setattr("wallet_app.storage.rehearsal._MEMORY", memory)
    filled.backup(tmp_path / "b.coffre", passphrase)
    assert check_backup(tmp_path / "b.coffre", passphrase, now_of(filled)).badges == 3


# --- the trash ---------------------------------------------------------------------------


def test_the_trash_is_emptied_after_thirty_days_and_a_copy_still_holds_it(filled: Safe) -> None:
    gone = filled.badges()[0]
    filled.delete(gone.id)
    later(filled, timedelta(days=29))
    assert filled.empty_old_trash(30) == 0
    assert filled.empty_old_trash(0) == 0
    later(filled, timedelta(days=1))
    assert filled.empty_old_trash(30) == 1
    assert filled.trash() == ()
    assert filled.history()[0].kind == "deleted_forever"
    (copy,) = filled.copies().copies
    assert copy.reason == "bulk_delete"
    assert filled.look_into_copy(copy.name).badges == 2
    assert filled.empty_trash() == 0


def test_what_a_restore_brought_into_the_trash_waits_its_whole_time_anew(filled: Safe) -> None:
    filled.delete(filled.badges()[0].id)
    later(filled, timedelta(days=400))
    filled._vault.history.append(Event(now_of(filled), "restored"))
    assert filled.empty_old_trash(30) == 0
    later(filled, timedelta(days=31))
    assert filled.empty_old_trash(30) == 1


def test_where_no_copy_can_be_made_the_trash_stays(
    filled: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.delete(filled.badges()[0].id)
    (filled.path / "copies").write_bytes(b"in the way")
    with pytest.raises(EnvironmentFault):
        filled.empty_trash()
    assert len(filled.trash()) == 1


def test_a_copy_from_before_a_new_key_is_named_and_not_called_damaged(filled: Safe) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    old, new = Secret.from_text(PASSPHRASE), Secret.from_text("granite lamp orchard violin")
    filled.keys.replace_keys(old, new, None, store=SystemKeyring(), forget_copies=False)
    for act in (filled.look_into_copy, filled.check_copy):
        with pytest.raises(UserError, match=r"copies\.other_key"):
            act(made.name)
    assert not filled.is_damaged
    newest = filled.copies().copies[0]
    assert newest.name != made.name, "one with the new key is there at once"
    assert filled.check_copy(newest.name).badges == 3


def test_copies_go_with_a_stolen_passphrase_where_that_is_wanted(filled: Safe) -> None:
    made = filled.copy_now("asked")
    assert made is not None
    old, new = Secret.from_text(PASSPHRASE), Secret.from_text("granite lamp orchard violin")
    filled.keys.replace_keys(old, new, None, store=SystemKeyring(), forget_copies=True)
    (left,) = filled.copies().copies
    assert filled.check_copy(left.name).badges == 3
