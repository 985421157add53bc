"""``coffre copies``, ``salvage``, ``trash --empty``, and the rehearsal of ``backup --check``."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from tests.cli.conftest import AT

Command = Callable[..., Answer]


@pytest.fixture
def filled(vault: Command, samples: Path) -> Command:
    assert vault("import", samples / "01-data-analysis.png").code == 0
    return vault


def test_a_command_that_changed_something_leaves_a_copy(filled: Command) -> None:
    (row,) = filled("copies", "--json").rows
    assert set(row) == {"name", "made_at", "size_bytes", "schema", "reason", "proven"}
    assert (row["made_at"], row["reason"], row["proven"]) == (
        "2026-11-23T12:00:00Z", "changed", True,
    )  # fmt: skip
    filled("list")
    assert len(filled("copies", "list", "--json").rows) == 1, "nothing changed"


def test_the_list_needs_no_passphrase(filled: Command, coffre: Command, tmp_path: Path) -> None:
    answer = coffre("--vault", tmp_path / "safe", "--at", AT, "copies")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("2026-11-23T120000Z-s3  ")
    assert "after changes" in answer.out


def test_there_is_none_in_a_new_safe(vault: Command) -> None:
    assert vault("copies").err.startswith("There is no automatic copy yet.")
    assert "never held anything" in vault("copies", "now").err
    assert vault("copies", "check").code == 5


def test_one_is_made_checked_and_gone_back_to(filled: Command, samples: Path) -> None:
    made = filled("copies", "now", "--json").rows[0]["name"]
    second = sorted(samples.iterdir())[1]
    assert filled("import", second).code in (0, 1)
    check = filled("copies", "check", made, "--json").rows[0]
    assert (check["badges"], check["rows"]["credentials"]) == (1, 1)
    assert len(check["only_here"]) == 1
    assert check["only_there"] == []
    words = filled("copies", "check", made)
    assert (words.code, words.err) == (0, "")
    assert "is complete: 1 badge." in words.out
    back = filled("copies", "back", made)
    assert back.code == 0
    assert "go back to that one to undo" in back.out
    assert len(filled("list", "--json").rows) == 1
    assert filled("history", "--json").rows[0]["kind"] == "went_back"
    assert "put back to an earlier copy" in filled("history").out


@pytest.mark.parametrize("name", ["", "1999"])
def test_an_unknown_copy_is_a_usage_error(filled: Command, name: str) -> None:
    answer = filled("copies", "back", *([name] if name else []))
    assert (answer.code, answer.out) == (2, "")
    assert "There is no single copy" in answer.err


def test_a_damaged_safe_is_said_and_what_can_be_read_is_saved(
    filled: Command, tmp_path: Path
) -> None:
    database = tmp_path / "safe" / "vault.db"
    data = bytearray(database.read_bytes())
    data[-100] ^= 1
    database.write_bytes(data)
    assert filled("doctor").code != 0 or filled("copies").err
    answer = filled("salvage", tmp_path / "new", "--json")
    (row,) = answer.rows
    assert answer.code == 1
    assert (row["badges"], row["bad_pages"], row["whole"]) == (1, 1, False)
    assert database.read_bytes() == data
    said = filled("salvage", tmp_path / "newer")
    assert "1 badge saved to the new safe" in said.out
    assert "1 of " in said.err


def test_a_salvage_into_a_folder_that_is_taken_is_refused(filled: Command, tmp_path: Path) -> None:
    answer = filled("salvage", tmp_path / "safe")
    assert (answer.code, answer.out) == (2, "")


@pytest.mark.usefixtures("light_seals")
def test_checking_a_backup_really_puts_it_back(filled: Command, tmp_path: Path) -> None:
    file = tmp_path / "b.coffre"
    assert filled("backup", file).code == 0
    (row,) = filled("backup", "--check", file, "--json").rows
    assert {"path", "made_at", "badges", "documents", "size_bytes", "program"} <= set(row)
    assert row["rows"]["credentials"] == row["files"]["originals"] == row["badges"] == 1
    words = filled("backup", "--check", file)
    assert "restored as a test" in words.out


def test_the_trash_is_emptied_by_hand_with_what_that_means(filled: Command) -> None:
    (row,) = filled("list", "--json").rows
    assert filled("delete", row["id"]).code == 0
    answer = filled("trash", "--empty")
    assert (answer.code, answer.err) == (0, "")
    assert "It stays in backups and automatic copies made before, and where" in answer.out
    assert filled("trash", "--json").rows == []
    assert "0 badges" in filled("trash", "--empty").out
