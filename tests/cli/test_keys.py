"""The ways into the safe on the command line; secrets come from files and go nowhere else."""

import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.keyrings import MemoryKeyring
from wallet_app.cli import key_commands

Command = Callable[..., Answer]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    store = MemoryKeyring()
    monkeypatch.setattr(key_commands, "SystemKeyring", lambda: store)
    return store


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "sheet.txt"


@pytest.fixture
def with_code(vault: Command, sheet: Path) -> Command:
    """The command on a safe with a recovery code, whose sheet lies in ``sheet``."""
    assert vault("recovery", "new", "--recovery-sheet", sheet).code == 0
    return vault


@pytest.fixture
def by_code(coffre: Command, tmp_path: Path, sheet: Path) -> Command:
    """The command on the same safe, opened by the code alone."""

    def run(*arguments: object) -> Answer:
        return coffre("--vault", tmp_path / "safe", "--recovery-file", sheet, *arguments)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def make(text: str) -> Path:
        path = tmp_path / f"secret-{len(list(tmp_path.iterdir()))}"
        path.write_text(text + "\n", encoding="utf-8")
        return path

    return make


def test_a_safe_is_made_with_its_sheet_and_the_sheet_opens_it(
    coffre: Command, passphrase_file: Path, tmp_path: Path, by_code: Command, sheet: Path
) -> None:
    made = coffre(
        "create", "--vault", tmp_path / "safe", "--passphrase-file", passphrase_file,
        "--recovery-sheet", sheet,
    )  # fmt: skip
    assert made.code == 0
    assert str(sheet) in made.err
    assert by_code("list").code == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    text = sheet.read_text(encoding="utf-8")
    assert str(tmp_path / "safe") in text
    assert "RECOVERY SHEET" in text
    assert "FEUILLE DE SECOURS" in text


def test_a_sheet_is_never_written_over_another_file(
    coffre: Command, passphrase_file: Path, tmp_path: Path, sheet: Path
) -> None:
    sheet.write_text("mine")
    made = coffre(
        "create", "--vault", tmp_path / "safe", "--passphrase-file", passphrase_file,
        "--recovery-sheet", sheet,
    )  # fmt: skip
    assert (made.code, made.sentences) == (2, 1)
    assert sheet.read_text() == "mine"
    assert not (tmp_path / "safe").exists()


@pytest.mark.usefixtures("qapp")
def test_the_sheet_as_pdf_holds_the_same_code(
    vault: Command, tmp_path: Path, coffre: Command, file: Callable[[str], Path]
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here: apt-get install poppler-utils")
    pdf = tmp_path / "sheet.pdf"
    assert vault("recovery", "new", "--recovery-sheet", pdf).code == 0
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    first = text.split("\f")[0]
    assert "AGE-SECRET-KEY-1" in first
    words = dict(re.findall(r"(\d+)\. +([a-z]+)(?=\s)", first.split("When the")[0]))
    typed = file(" ".join(words[str(number)] for number in range(1, 15)))
    assert coffre("--vault", tmp_path / "safe", "--recovery-file", typed, "list").code == 0
    assert text.count("\f") == 2


def test_a_code_is_shown_once_when_no_sheet_is_asked_for(
    vault: Command, coffre: Command, tmp_path: Path, file: Callable[[str], Path]
) -> None:
    answer = vault("recovery", "new", "--json")
    assert answer.code == 0
    (row,) = answer.rows
    assert row["identity"].startswith("AGE-SECRET-KEY-1")
    code = file(row["code"])
    fixed = ("--vault", tmp_path / "safe", "--recovery-file", code)
    assert coffre(*fixed, "recovery", "check").code == 0
    assert vault("recovery", "new").code == 0
    refused = coffre(*fixed, "recovery", "check")
    assert (refused.code, refused.sentences, refused.out) == (3, 1, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abbey acorn", "14"),
        (" ".join(["abbey"] * 14), "Compare them"),
        ("xyzzy " + " ".join(["abbey"] * 13), "Word 1"),
    ],
)
def test_a_slip_in_a_code_is_told_in_one_sentence_without_the_code(  # noqa: PLR0917
    with_code: Command, coffre: Command, tmp_path: Path, file: Callable[[str], Path],
    text: str, said: str,
) -> None:  # fmt: skip
    answer = coffre("--vault", tmp_path / "safe", "--recovery-file", file(text), "list")
    assert (answer.code, answer.sentences) == (3, 1)
    assert said in answer.err
    assert "abbey" not in answer.err


def test_a_forgotten_passphrase_is_replaced_by_the_code(
    with_code: Command, by_code: Command, coffre: Command, tmp_path: Path,
    file: Callable[[str], Path],
) -> None:  # fmt: skip
    new = file("a new passphrase of mine")
    assert by_code("passphrase", "--new-passphrase-file", new).code == 0
    assert with_code("list").code == 3
    assert coffre("--vault", tmp_path / "safe", "--passphrase-file", new, "list").code == 0
    assert by_code("recovery", "check").code == 0


def test_a_stolen_passphrase_is_answered_by_a_new_key_and_a_new_sheet(  # noqa: PLR0917
    with_code: Command, by_code: Command, coffre: Command, tmp_path: Path, samples: Path,
    keyring: MemoryKeyring, file: Callable[[str], Path],
) -> None:  # fmt: skip
    assert with_code("import", next(iter(samples.glob("*.json")))).code in (0, 1)
    listed = with_code("list", "--json").rows
    new, later = file("a new passphrase of mine"), tmp_path / "later.txt"
    stolen = with_code(
        "passphrase", "--stolen", "--new-passphrase-file", new, "--recovery-sheet", later
    )
    assert stolen.code == 0
    assert with_code("list").code == 3
    assert by_code("list").code == 3
    fixed = ("--vault", tmp_path / "safe")
    assert coffre(*fixed, "--passphrase-file", new, "list", "--json").rows == listed
    assert coffre(*fixed, "--recovery-file", later, "list").code == 0
    again = coffre(
        *fixed, "--passphrase-file", new, "passphrase", "--stolen", "--new-passphrase-file", new
    )
    assert (again.code, again.sentences) == (3, 1)


def test_a_sheet_goes_again_when_its_code_could_not_be_put_in(
    vault: Command, tmp_path: Path, sheet: Path, file: Callable[[str], Path], keyring: MemoryKeyring
) -> None:
    same = file("correct horse battery staple")
    answer = vault(
        "passphrase", "--stolen", "--new-passphrase-file", same, "--recovery-sheet", sheet
    )
    assert answer.code == 3
    assert not sheet.exists()


def test_quick_unlock_is_turned_on_told_and_turned_off(
    vault: Command, keyring: MemoryKeyring
) -> None:
    assert vault("keyring", "status").code == 0
    assert vault("keyring", "on").code == 0
    status = vault("keyring", "status", "--json")
    assert [row["kind"] for row in status.rows] == ["passphrase", "keyring"]
    assert status.rows[1]["backend"] == "keyring.backends.SecretService.Keyring"
    keyring.entries.clear()
    told = vault("keyring", "status")
    assert told.code == 0
    assert "no longer holds" in told.err
    assert vault("keyring", "off").code == 0
    assert vault("keyring", "off").out == "Quick unlock was not on.\n"


def test_a_keyring_that_fails_is_the_environment_and_changes_nothing(
    vault: Command, keyring: MemoryKeyring, tmp_path: Path
) -> None:
    before = (tmp_path / "safe" / "header.json").read_bytes()
    keyring.fault = "keyring.locked"
    answer = vault("keyring", "on")
    assert (answer.code, answer.sentences) == (5, 1)
    assert (tmp_path / "safe" / "header.json").read_bytes() == before


@pytest.mark.usefixtures("light_seals")
def test_a_backup_of_a_safe_opened_by_its_code_gets_the_passphrase_that_is_given(
    with_code: Command, by_code: Command, tmp_path: Path, passphrase_file: Path, coffre: Command
) -> None:
    backup = tmp_path / "b.coffre"
    assert by_code("backup", backup, "--passphrase-file", passphrase_file).code == 0
    assert coffre("backup", "--check", backup, "--passphrase-file", passphrase_file).code == 0


def test_neither_words_nor_identity_lie_anywhere_but_on_the_sheet(
    with_code: Command, sheet: Path, tmp_path: Path
) -> None:
    lines = sheet.read_text(encoding="utf-8").splitlines()
    words = next(line for line in lines if len(line.split()) == 14 and line.islower())
    identity = next(line for line in lines if line.startswith("AGE-SECRET-KEY-1"))
    assert with_code("keyring", "status").code == 0
    for file in tmp_path.rglob("*"):
        if file.is_file() and file != sheet:
            data = file.read_bytes()
            assert words.encode() not in data
            assert identity.encode() not in data
            assert identity.lower().encode() not in data


@pytest.mark.usefixtures("light_seals")
def test_a_theft_says_that_the_group_of_computers_is_as_stolen(
    vault: Command, tmp_path: Path, file: Callable[[str], Path], keyring: MemoryKeyring
) -> None:
    """Its key lay in the safe: what comes later travels under it, whatever the safe's own key."""
    (tmp_path / "exchange").mkdir()
    assert vault("sync", "start", tmp_path / "exchange").code == 0
    new = file("a new passphrase of mine")
    stolen = vault("passphrase", "--stolen", "--new-passphrase-file", new)
    assert stolen.code == 0
    assert "coffre sync leave" in stolen.err


def test_a_theft_says_nothing_of_other_computers_where_there_are_none(
    vault: Command, file: Callable[[str], Path], keyring: MemoryKeyring
) -> None:
    new = file("a new passphrase of mine")
    stolen = vault("passphrase", "--stolen", "--new-passphrase-file", new)
    assert stolen.code == 0
    assert "sync" not in stolen.err
