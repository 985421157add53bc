"""The receipt, and the pack with which anybody checks again without network or issuer."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from simulators.command import Answer

Command = Callable[..., Answer]
LATER = "2031-05-01T00:00:00Z"


@pytest.fixture
def badge(vault: Command, samples: Path) -> str:
    """A verified sample, taken in as if it were the person's own."""
    row = vault("import", "--json", samples / "01-data-analysis.png").rows[0]
    assert row["verdict"] == "verified"
    return str(row["id"])


@pytest.fixture
def receipt(vault: Command, badge: str, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    assert vault("export", badge, "--as", "receipt", "-o", path).code == 0
    return path


def test_a_receipt_names_the_badge_what_was_found_and_on_what_it_rests(
    receipt: Path, badge: str
) -> None:
    read = json.loads(receipt.read_bytes())
    assert read["credential"]["sha256"] == badge
    assert (read["verdict"], read["checked_at"]) == ("verified", "2026-11-23T12:00:00+00:00")
    assert [check["check"] for check in read["checks"]][:3] == ["format", "signature", "issuer"]
    assert len(read["checks"]) == 9
    assert all(len(one["sha256"]) == 64 and one["fetched_at"] for one in read["evidence"])
    assert read["evidence"]
    assert "https://www.w3.org/ns/credentials/v2" in {one["url"] for one in read["contexts"]}
    assert "not signed by anybody" in read["note"]


def test_an_untouched_receipt_of_the_badge_is_confirmed_and_runs_again(
    vault: Command, receipt: Path, samples: Path
) -> None:
    answer = vault("receipt", "--json", receipt, samples / "01-data-analysis.png")
    assert answer.code == 0
    assert answer.rows[0]["findings"] == ["unchanged", "same_credential", "same_again"]


def test_without_documents_it_says_no_more_than_it_knows(
    coffre: Command, receipt: Path, samples: Path
) -> None:
    answer = coffre("receipt", receipt, samples / "01-data-analysis.png")
    assert answer.code == 0
    assert "unchanged" in answer.out
    assert "gives the same" not in answer.out
    assert "Verified as of 23 November 2026" in answer.out


@pytest.mark.parametrize("member", ["verdict", "as_of", "note"])
def test_one_changed_word_is_seen(coffre: Command, receipt: Path, member: str) -> None:
    read = json.loads(receipt.read_bytes())
    changed = read[member].replace("2026", "2029") if member == "as_of" else "revoked"
    receipt.write_text(json.dumps({**read, member: changed}), encoding="utf-8")
    answer = coffre("receipt", "--json", receipt)
    assert "what Coffre found" not in coffre("receipt", receipt).out
    assert answer.code == 1
    assert answer.rows[0]["findings"] == ["altered"]


def test_another_layout_of_the_same_receipt_is_unchanged(coffre: Command, receipt: Path) -> None:
    receipt.write_text(json.dumps(json.loads(receipt.read_bytes())), encoding="utf-8")
    assert coffre("receipt", "--json", receipt).rows[0]["findings"] == ["unchanged"]


def test_the_receipt_of_another_badge_is_seen(
    coffre: Command, receipt: Path, samples: Path
) -> None:
    other = next(path for path in sorted(samples.iterdir()) if "01-" not in path.name)
    answer = coffre("receipt", "--json", receipt, other)
    assert answer.code == 1
    assert answer.rows[0]["findings"] == ["unchanged", "other_credential"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"type": "CoffreVerificationReceipt", "version": 1}',
        '{"type": "CoffreVerificationReceipt", "version": "1"}',
        "not json",
    ],
)
def test_what_is_no_receipt_gets_one_sentence(coffre: Command, tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    answer = coffre("receipt", path)
    assert (answer.code, answer.sentences) == (4, 1)


def test_a_receipt_of_a_newer_version_is_not_guessed_at(coffre: Command, receipt: Path) -> None:
    read = json.loads(receipt.read_bytes())
    receipt.write_text(json.dumps({**read, "version": 2}), encoding="utf-8")
    answer = coffre("receipt", receipt)
    assert answer.code == 4
    assert "newer Coffre" in answer.err


@pytest.mark.parametrize("member", ["checks", "credential", "checked_at"])
def test_a_receipt_with_members_of_another_kind_is_refused(
    coffre: Command, receipt: Path, member: str
) -> None:
    read = json.loads(receipt.read_bytes())
    for value in (1, [1], "2026-11-23T12:00:00"):
        receipt.write_text(json.dumps({**read, member: value}), encoding="utf-8")
        assert coffre("receipt", receipt).code == 4


def test_a_missing_receipt_gets_one_sentence(coffre: Command, tmp_path: Path) -> None:
    answer = coffre("receipt", tmp_path / "nowhere.json")
    assert (answer.code, answer.sentences) == (4, 1)


def unpacked(vault: Command, badge: str, tmp_path: Path) -> Path:
    path, folder = tmp_path / "pack.zip", tmp_path / "unpacked"
    assert vault("export", badge, "--as", "evidence", "-o", path).code == 0
    with ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def test_anybody_checks_again_from_the_pack_with_the_issuer_gone(
    vault: Command, coffre: Command, badge: str, tmp_path: Path
) -> None:
    folder = unpacked(vault, badge, tmp_path)
    shutil.rmtree(tmp_path / "safe")
    arguments = ("--documents", folder / "map.tsv", "--at", "2026-11-23T12:00:00Z")
    answer = coffre("verify", "--json", *arguments, folder / "original.png")
    assert (answer.code, answer.rows[0]["verdict"]) == (0, "verified")
    answer = coffre(
        "receipt",
        "--json",
        folder / "receipt.json",
        folder / "original.png",
        "--documents",
        folder / "map.tsv",
        "--at",
        LATER,
    )
    assert answer.rows[0]["findings"] == ["unchanged", "same_credential", "same_again"]
    assert "map.tsv --at 2026-11-23T12:00:00Z original.png" in (folder / "README.txt").read_text()


def test_a_pack_with_another_document_gives_another_result(
    vault: Command, coffre: Command, badge: str, tmp_path: Path
) -> None:
    folder = unpacked(vault, badge, tmp_path)
    for document in (folder / "documents").iterdir():
        if b'"verificationMethod"' in document.read_bytes():
            document.write_bytes(b"{}")
    arguments = ("--documents", folder / "map.tsv")
    answer = coffre(
        "receipt", "--json", folder / "receipt.json", folder / "original.png", *arguments
    )
    assert answer.code == 1
    assert answer.rows[0]["findings"][-1] == "differs"


def test_the_same_report_gives_the_same_pack(vault: Command, badge: str, tmp_path: Path) -> None:
    packs = [tmp_path / name for name in ("a.zip", "b.zip")]
    for path in packs:
        vault("export", badge, "--as", "evidence", "-o", path)
    assert packs[0].read_bytes() == packs[1].read_bytes()


def test_the_bundled_contexts_of_the_proof_lie_in_the_pack_under_their_hashes(
    vault: Command, badge: str, tmp_path: Path
) -> None:
    folder = unpacked(vault, badge, tmp_path)
    contexts = json.loads((folder / "receipt.json").read_bytes())["contexts"]
    assert contexts
    for context in contexts:
        assert (folder / "documents" / context["sha256"]).is_file()
        assert f"{context['url']}\tdocuments/{context['sha256']}" in (
            (folder / "map.tsv").read_text().splitlines()
        )
