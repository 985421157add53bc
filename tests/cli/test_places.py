"""Second place and sync on the command line: exit codes, sentences, JSON."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from tests.simulators.dav import PASSWORD, USER, real_dav
from wallet_app.storage.sync.keys import new_code

Coffre = Callable[..., Answer]


def test_a_second_place_is_chosen_filled_told_and_left(
    vault: Coffre, tmp_path: Path, passphrase_file: Path
) -> None:
    stick = tmp_path / "stick"
    chosen = vault("place", "set", stick)
    assert (chosen.code, chosen.err) == (0, "")
    assert str(stick) in chosen.out
    (row,) = vault("place", "status", "--json").rows
    assert row["where"] == str(stick)
    assert row["last_good_at"] == "2026-11-23T12:00:00Z"
    assert row["key_is_current"] is True
    backup = stick / row["name"]
    assert backup.stat().st_size == row["size_bytes"]
    assert vault("backup", "--check", backup).code == 0
    assert vault("place", "now").code == 0
    assert vault("place", "key").code == 0
    assert vault("place", "off").code == 0
    assert vault("place", "now").code == 2
    assert vault("place", "status", "--json").rows[0]["where"] is None
    assert backup.exists()


@pytest.mark.usefixtures("light_seals")
def test_a_place_that_is_gone_is_told_and_remembered(vault: Coffre, tmp_path: Path) -> None:
    stick = tmp_path / "media" / "stick"
    assert vault("place", "set", stick).code == 5
    stick.parent.mkdir()
    assert vault("place", "set", stick).code == 0
    stick.rename(tmp_path / "unplugged")
    gone = vault("place", "now")
    assert (gone.code, gone.sentences) == (5, 1)
    (row,) = vault("place", "status", "--json").rows
    assert row["code"] == "place.not_found"
    assert row["last_good_at"] is not None


@pytest.mark.parametrize(
    "place", ["http://dav.example/", "https://me:x@dav.example/", "ftp://dav.example/", ""]
)
def test_an_address_that_cannot_be_used_ends_before_any_password(
    coffre: Coffre, vault: Coffre, tmp_path: Path, passphrase_file: Path, place: str
) -> None:
    safe = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)
    answer = coffre("place", "set", place, "--user", "me", *safe)
    assert (answer.code, answer.sentences) == (2, 1)


@pytest.mark.usefixtures("light_seals")
def test_a_server_is_asked_with_the_password_of_a_file(
    coffre: Coffre, vault: Coffre, tmp_path: Path, passphrase_file: Path
) -> None:
    safe = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)
    password = tmp_path / "password"
    with real_dav(tmp_path / "served") as url:
        password.write_text("wrong\n")
        given = ("--user", USER, "--password-file", password)
        assert coffre("place", "set", f"{url}coffre/", *given, *safe).code == 5
        password.write_text(PASSWORD + "\n", encoding="utf-8")
        assert coffre("place", "set", f"{url}coffre/", *given, *safe).code == 0
        assert len(list((tmp_path / "served" / "coffre").iterdir())) == 2
        assert coffre("place", "now", "--offline", *safe).code == 2


@pytest.mark.usefixtures("light_seals")
def test_two_computers_come_in_step_by_a_code(
    coffre: Coffre, vault: Coffre, tmp_path: Path, passphrase_file: Path, samples: Path
) -> None:
    shared, other = tmp_path / "shared", tmp_path / "other"
    second = ("--vault", other, "--passphrase-file", passphrase_file)
    assert coffre("create", *second).code == 0
    vault("import", samples)
    (started,) = vault("sync", "start", shared, "--label", "home", "--json").rows
    code = tmp_path / "code"
    code.write_text("AAAAA-AAAAA-AAAAA-AAAAA-AAAAB\n")
    join = ("sync", "join", shared, "--label", "work", "--code-file", code)
    assert coffre(*join, *second).code == 3
    code.write_text(started["pairing_code"].lower() + "\n")
    joined = coffre(*join, *second)
    assert (joined.code, joined.err) == (0, "")
    mine = {row["id"] for row in vault("list", "--json").rows}
    assert mine
    assert {row["id"] for row in coffre("list", "--json", *second).rows} == mine
    (status,) = coffre("sync", "status", "--json", *second).rows
    assert [one["label"] for one in status["others"]] == ["home"]
    assert "pairing_code" not in status
    assert vault("sync", "code", "--json").rows[0]["pairing_code"] == started["pairing_code"]
    assert vault("sync", "start", shared).code == 2
    assert vault("sync", "now").code == 0
    assert coffre("sync", "leave", *second).code == 0
    assert coffre("sync", "now", *second).code == 2
    assert {row["id"] for row in coffre("list", "--json", *second).rows} == mine


def test_joining_where_nobody_has_begun_is_told(vault: Coffre, tmp_path: Path) -> None:
    shared, code = tmp_path / "shared", tmp_path / "code"
    shared.mkdir()
    code.write_text("x\n")
    assert vault("sync", "join", shared, "--code-file", code).code == 3
    code.write_bytes(bytes(new_code().buffer()))
    assert vault("sync", "join", shared, "--code-file", code).code == 2


@pytest.mark.usefixtures("light_seals")
def test_a_change_of_passphrase_renews_the_key_there_or_says_that_it_could_not(
    vault: Coffre, coffre: Coffre, tmp_path: Path
) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new"
    new.write_text("granite lamp orchard violin")
    assert vault("place", "set", stick).code == 0
    (backup,) = stick.glob("*.coffre")
    assert vault("passphrase", "--new-passphrase-file", new).code == 0
    check = ("backup", "--check", backup, "--passphrase-file")
    assert coffre(*check, new).code == 0
    stick.rename(tmp_path / "unplugged")
    newer = tmp_path / "newer"
    newer.write_text("violin orchard lamp granite")
    with_new = ("--vault", tmp_path / "safe", "--passphrase-file", new)
    changed = coffre(*with_new, "passphrase", "--new-passphrase-file", newer)
    assert changed.code == 0, "the passphrase was changed"
    assert "coffre place key" in changed.err
