"""Files with several badges on the command line: a row for each, and what was left out."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from wallet_app.resources import resource_path

Command = Callable[..., Answer]
OFFLINE = ("--documents", resource_path("samples", "documents.tsv"), "--at", "2026-11-23")
GOOD = "01-data-analysis.png"


@pytest.fixture
def archive(tmp_path: Path, samples: Path) -> Path:
    path = tmp_path / "badges.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.write(samples / GOOD, GOOD)
        made.write(samples / "06-cloud-foundations.jwt", "folder/cloud.jwt")
        made.writestr("notes.txt", "Notes")
    return path


def test_verify_prints_one_line_for_a_file_with_all_that_it_contains(
    coffre: Command, archive: Path
) -> None:
    answer = coffre("verify", "--json", *OFFLINE, archive)
    (row,) = answer.rows
    assert row["format"] == "container"
    assert [inner["source"] for inner in row["contains"]] == [
        f"zip/{GOOD}/png/iTXt[openbadgecredential]",
        "zip/folder/cloud.jwt",
    ]
    findings = [finding["code"] for finding in row["checks"][0]["findings"]]
    assert findings == ["container.others_skipped"]


def test_a_file_that_only_carries_is_as_good_as_what_it_carries(
    coffre: Command, tmp_path: Path, samples: Path
) -> None:
    good = tmp_path / "good.zip"
    with zipfile.ZipFile(good, "w") as made:
        made.write(samples / GOOD, "a.png")
        made.write(samples / "02-accueil-mediation.json", "b.json")
        made.writestr("notes.txt", "Notes")
    assert coffre("verify", *OFFLINE, good).code == 0
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as made:
        made.write(samples / GOOD, "a.png")
        made.write(samples / GOOD, "../b.png")
    answer = coffre("verify", "--json", *OFFLINE, bad)
    assert answer.code != 0
    assert answer.rows[0]["verdict"] == "failed"
    assert "../b.png" in answer.rows[0]["checks"][0]["message"]
    assert answer.rows[0]["contains"][0]["verdict"] == "verified"


def test_import_prints_a_row_for_each_badge(vault: Command, archive: Path) -> None:
    first, second = vault("import", "--json", archive).rows
    assert [first["source"], second["source"]] == [str(archive)] * 2
    assert (first["outcome"], second["outcome"]) == ("added", "added")
    assert second["inside"] == "zip/folder/cloud.jwt"
    assert [note["code"] for note in first["notes"]] == ["container.others_skipped"]
    assert second["notes"] == []
    assert len(vault("list", "--json").rows) == 2


def test_people_are_told_what_was_left_in_the_file(vault: Command, tmp_path: Path) -> None:
    key = {"type": "Key", "privateKeyMultibase": "zSECRET"}
    path = tmp_path / "wallet.json"
    path.write_text(json.dumps({"type": "UniversalWallet2020", "contents": [key]}))
    answer = vault("import", path)
    assert answer.code != 0
    assert "no badge inside" in answer.err
    assert "Private keys inside: 1." in answer.err
    assert "SECRET" not in answer.out + answer.err


def test_what_is_asked_of_no_badge_is_not_printed_nine_times(
    coffre: Command, archive: Path, tmp_path: Path
) -> None:
    answer = coffre("verify", *OFFLINE, archive)
    assert "asked of each badge inside" not in answer.out
    assert "left aside: 1." in answer.out
    assert answer.out.count("Nothing has changed since it was signed.") == 2
    words = tmp_path / "words.txt"
    words.write_text("words", encoding="utf-8")
    answer = coffre("verify", *OFFLINE, words)
    assert "not a badge or certificate that Coffre knows" in answer.out
    assert "no badge to ask" not in answer.out
