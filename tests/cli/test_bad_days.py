"""Whatever goes wrong: one plain sentence, the documented exit code, and nothing lost."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.storage.lock import FolderLock

Command = Callable[..., Answer]


def assert_one_sentence(answer: Answer, code: int) -> None:
    assert answer.code == code, answer
    assert answer.sentences == 1, answer.err
    assert not answer.err.startswith(("error.", "code.")), answer.err
    assert "Traceback" not in answer.err
    assert answer.err.rstrip().endswith((".", "!", "?"))


def test_a_wrong_passphrase_is_code_3_and_changes_nothing(vault: Command, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("let me in", encoding="utf-8")
    before = contents(tmp_path / "safe")
    assert_one_sentence(vault("--passphrase-file", wrong, "list"), 3)
    assert contents(tmp_path / "safe") == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("text", "code"),
    [(b"", 3), (b"\n", 3), (b"one\ntwo\n", 3), (b"\xff\xfe", 3), (b"x" * 5000, 3)],
    ids=["empty", "only a line end", "two lines", "not UTF-8", "too long"],
)
def test_a_passphrase_file_that_holds_none_is_code_3(
    coffre: Command, tmp_path: Path, text: bytes, code: int
) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(text)
    answer = coffre("--vault", tmp_path / "safe", "create", "--passphrase-file", path)
    assert_one_sentence(answer, code)
    assert not (tmp_path / "safe").exists()


def test_nobody_to_ask_for_the_passphrase_is_code_3(
    vault: Command, coffre: Command, tmp_path: Path
) -> None:
    assert_one_sentence(coffre("list", "--vault", tmp_path / "safe"), 3)


@pytest.mark.usefixtures("light_seals")
def test_a_truncated_backup_is_code_4_and_restores_nothing(
    vault: Command, tmp_path: Path, samples: Path
) -> None:
    vault("import", samples / "02-accueil-mediation.json")
    backup = tmp_path / "backup.coffre.age"
    assert vault("backup", backup).code == 0
    backup.write_bytes(backup.read_bytes()[:-100])
    assert_one_sentence(vault("backup", "--check", backup), 4)
    elsewhere = tmp_path / "elsewhere"
    assert_one_sentence(vault("--vault", elsewhere, "restore", backup), 4)
    assert not elsewhere.exists()


def test_a_file_of_200_megabytes_is_code_4_at_once(
    vault: Command, coffre: Command, tmp_path: Path
) -> None:
    huge = tmp_path / "badge.png"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert_one_sentence(coffre("verify", huge), 4)
    assert_one_sentence(vault("import", huge), 4)
    assert vault("list", "--json").rows == []


@pytest.mark.parametrize(
    "bomb",
    [b"[" * 1_000_000, b'{"a":' * 500_000, b'{"id":' + b"9" * 1_000_000 + b"}"],
    ids=["brackets", "members", "digits"],
)
def test_a_json_bomb_is_no_badge(
    vault: Command, coffre: Command, tmp_path: Path, bomb: bytes
) -> None:
    path = tmp_path / "bomb.json"
    path.write_bytes(bomb)
    verified = coffre("verify", "--json", path)
    assert (verified.code, verified.err) == (1, "")
    assert verified.rows[0]["format"] is None
    assert verified.rows[0]["checks"][0]["outcome"] == "failed"
    assert_one_sentence(vault("import", path), 1)
    assert vault("list", "--json").rows == []


def test_an_unreachable_issuer_leaves_the_badge_undetermined_and_kept(
    vault: Command, coffre: Command, samples: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    badge = samples / "01-data-analysis.png"
    fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)
    answer = coffre(*fixed, "import", "--offline", "--json", badge)
    assert (answer.code, answer.rows[0]["verdict"]) == (1, "undetermined")
    assert [row["verdict"] for row in vault("list", "--json").rows] == ["undetermined"]


def test_an_unreachable_address_is_code_5(vault: Command, coffre: Command) -> None:
    assert_one_sentence(coffre("verify", "--offline", "https://issuer.example/badge"), 5)
    assert_one_sentence(vault("import", "--offline", "https://issuer.example/badge"), 4)


@pytest.mark.skipif(
    os.geteuid() == 0 and not os.path.ismount("/sys"),
    reason="as root, only the system's own /sys cannot be filled, and it is not mounted",
)
def test_a_folder_that_cannot_be_written_is_code_5(
    vault: Command, coffre: Command, samples: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    closed = Path("/sys")
    if os.geteuid() != 0:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
    badge = samples / "02-accueil-mediation.json"
    identity = next(iter(vault("import", "--json", badge).rows))["id"]
    create = coffre("--vault", closed / "safe", "--passphrase-file", passphrase_file, "create")
    assert_one_sentence(create, 5)
    assert_one_sentence(vault("export", identity, "--as", "original", "-o", closed / "x.json"), 5)
    assert_one_sentence(vault("backup", closed / "x.age"), 5)
    assert vault("list", "--json").rows[0]["id"] == identity


def test_sources_that_are_not_there_do_not_hide_the_others(
    coffre: Command, samples: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    badge = samples / "04-gestes-secours.json"
    answer = coffre("verify", "--offline", "--json", tmp_path / "none.json", badge, empty)
    assert answer.code == 4
    assert answer.sentences == 2
    assert [row["verdict"] for row in answer.rows] == ["expired"]


def test_a_safe_that_is_not_there_is_said_to_be_missing(
    coffre: Command, tmp_path: Path, passphrase_file: Path
) -> None:
    fixed = ("--vault", tmp_path / "none", "--passphrase-file", passphrase_file)
    answer = coffre(*fixed, "list")
    assert answer.code in (4, 5)
    assert answer.sentences == 1
    assert not (tmp_path / "none").exists()


def test_a_second_safe_in_one_place_is_refused(vault: Command) -> None:
    assert_one_sentence(vault("create"), 2)


def test_a_broken_document_list_is_named(coffre: Command, tmp_path: Path, samples: Path) -> None:
    broken = tmp_path / "documents.tsv"
    broken.write_text("this is no table\n", encoding="utf-8")
    badge = samples / "02-accueil-mediation.json"
    assert_one_sentence(coffre("verify", "--documents", broken, badge), 4)
    assert_one_sentence(coffre("verify", "--documents", tmp_path / "none.tsv", badge), 4)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_no_display_for_the_window_is_code_5(
    coffre: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    assert_one_sentence(coffre(), 5)


def test_the_doctor_still_tells_the_facts_of_a_damaged_safe(vault: Command, tmp_path: Path) -> None:
    database = tmp_path / "safe" / "vault.db"
    data = bytearray(database.read_bytes())
    for place in range(4096 + 100, len(data), 4096):
        data[place] ^= 1
    database.write_bytes(data)
    answer = vault("doctor", "--json")
    assert answer.code == 5
    assert answer.rows[0]["vault_exists"] is True
    assert answer.rows[0]["integrity_problems"] or answer.sentences == 1


def test_a_presentation_with_a_bad_badge_inside_is_not_all_verified(
    coffre: Command, tmp_path: Path
) -> None:
    good = Issuer.at_did_key(WebSimulator(), "inside")
    bad = good.sign(good.badge(), "eddsa-jcs-2022")
    bad["name"] = "changed"
    envelope = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [bad],
    }
    path = tmp_path / "presentation.json"
    path.write_text(json.dumps(envelope), encoding="utf-8")
    answer = coffre("verify", "--offline", "--json", path)
    assert answer.code == 1
    assert [inner["verdict"] for inner in answer.rows[0]["contains"]] == ["failed"]


@pytest.mark.parametrize(
    "command", [("list",), ("show", "abcdef"), ("import", "x"), ("passphrase",)]
)
def test_without_any_safe_the_way_to_make_one_is_named(
    coffre: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = coffre("--vault", tmp_path / "none", *command)
    assert_one_sentence(answer, 5)
    assert "no safe" in answer.err
    assert "coffre create" in answer.err


def test_a_weak_passphrase_is_taken_with_a_warning(coffre: Command, tmp_path: Path) -> None:
    weak, strong = tmp_path / "weak", tmp_path / "strong"
    weak.write_text("abc", encoding="utf-8")
    strong.write_text("velvet orbit granite meadow", encoding="utf-8")
    made = coffre("--vault", tmp_path / "a", "--passphrase-file", weak, "create")
    assert made.code == 0
    assert "easily guessed" in made.err
    assert "abc" not in made.err
    assert coffre("--vault", tmp_path / "b", "--passphrase-file", strong, "create").err == ""
    fixed = ("--vault", tmp_path / "b", "--passphrase-file", strong)
    changed = coffre(*fixed, "passphrase", "--new-passphrase-file", weak)
    assert changed.code == 0
    assert "easily guessed" in changed.err


def test_the_doctor_says_that_another_coffre_holds_the_safe(
    vault: Command, coffre: Command, tmp_path: Path
) -> None:
    alone = coffre("doctor", "--vault", tmp_path / "safe")
    assert "Another Coffre" not in alone.out
    lock = FolderLock(tmp_path / "safe")
    try:
        answer = coffre("doctor", "--vault", tmp_path / "safe")
        (facts,) = coffre("doctor", "--json", "--vault", tmp_path / "safe").rows
    finally:
        lock.release()
    assert "Another Coffre has this safe open" in answer.out
    assert facts["vault_in_use"] is True


def test_the_list_says_of_an_unproven_issuer_what_it_calls_itself(
    vault: Command, samples: Path
) -> None:
    vault("import", samples)
    rows = vault("list", "--json").rows
    lines = vault("list").out.splitlines()
    assert {row["issuer_proven"] for row in rows} == {True, False}
    for row, line in zip(rows, lines, strict=True):
        assert ("calls itself “" in line) is not row["issuer_proven"]


def test_a_name_imitates_neither_a_verdict_nor_a_column(vault: Command, tmp_path: Path) -> None:
    issuer = Issuer.at_did_key(WebSimulator(), "forger")
    name = "Diploma” (00000000): Verified.    Northgate College    2026-01-01"
    file = tmp_path / "b.json"
    badge = issuer.badge()
    badge["credentialSubject"]["achievement"]["name"] = name
    file.write_text(json.dumps(badge), encoding="utf-8")
    added = vault("import", "--offline", file).out
    assert added.startswith("Added “Diploma' (00000000): Verified.")
    assert added.rstrip().endswith("): Not valid.")
    (line,) = vault("list").out.splitlines()
    columns = re.split(r"\s{2,}", line)
    assert columns[1] == "Not valid"
    assert columns[2].startswith("Diploma” (00000000): Verified. Northgate College 2026")
    assert columns[3].startswith("calls itself “")


@pytest.mark.parametrize("name", ["header.json", "vault.db", "copy.json"])
def test_no_copy_is_written_into_the_folder_of_a_safe(
    vault: Command, samples: Path, tmp_path: Path, name: str
) -> None:
    badge = samples / "02-accueil-mediation.json"
    identity = next(iter(vault("import", "--json", badge).rows))["id"]
    place = tmp_path / "safe" / name
    before = place.read_bytes() if place.exists() else None
    assert_one_sentence(vault("export", identity, "--as", "json", "-o", place), 4)
    assert (place.read_bytes() if place.exists() else None) == before
    assert vault("list", "--json").rows[0]["id"] == identity


def test_a_json_key_given_twice_is_a_verdict_and_not_a_crash(
    vault: Command, samples: Path, tmp_path: Path
) -> None:
    doubled = tmp_path / "a-doubled.json"
    doubled.write_text('{"issuer": "a", "issuer": "b"}')
    badge = samples / "02-accueil-mediation.json"
    answer = vault("import", "--json", doubled, badge)
    assert [row["outcome"] for row in answer.rows] == ["refused", "added"]


def test_a_reader_that_leaves_early_is_not_told_that_all_is_verified(samples: Path) -> None:
    # ``sleep`` and ``exec`` close the reading end before the first line is written.
    command = f"set -o pipefail; (sleep 0.3; exec {sys.executable} -m wallet_app verify --offline "
    command += f'"{samples / "05-advanced-mathematics.json"}") | exec 0<&- true'
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (5, "")
