"""Moving out and in on the command line: the warning, the exit codes, the rows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from tests.simulators.wallets import (
    LEARNCARD_PASSWORD,
    identity,
    lcw_file,
    lcw_keys,
    lcw_profile,
    learncard_files,
    learncard_jwks,
    zipped,
)

Command = Callable[..., Answer]


@pytest.fixture
def filled(vault: Command, samples: Path) -> Command:
    assert vault("import", samples / "01-data-analysis.png").code == 0
    assert vault("import", samples / "02-accueil-mediation.json").code in (0, 1)
    return vault


def rows(answer: Answer) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.mark.parametrize("kind", ["folder", "zip", "lcw"])
def test_nothing_is_written_in_clear_without_a_yes(
    filled: Command, tmp_path: Path, kind: str
) -> None:
    answer = filled("move-out", tmp_path / "out", "--as", kind)
    assert answer.code == 2
    assert "not encrypted" in answer.err
    assert ("private keys" in answer.err) == (kind == "lcw")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_everything_goes_out_and_comes_in_to_another_safe(
    filled: Command, coffre: Command, tmp_path: Path, passphrase_file: Path, kind: str
) -> None:
    answer = filled("move-out", tmp_path / "out", "--as", kind, "--yes")
    assert answer.code == 0
    assert "2 badges" in answer.out
    assert "Nothing of it is encrypted" in answer.err
    other = ("--vault", tmp_path / "other", "--passphrase-file", passphrase_file, "--offline")
    assert coffre(*other, "create").code == 0
    moved = coffre(*other, "--json", "move-in", tmp_path / "out")
    *badges, report = rows(moved)
    assert [badge["outcome"] for badge in badges] == ["added", "added"]
    assert (report["wallet"], report["added"]) == ("coffre", 2)
    ids = [{row["id"] for row in rows(run("list", "--json"))} for run in (filled,)]
    assert ids[0] == {row["id"] for row in rows(coffre(*other, "list", "--json"))}


def test_a_target_that_is_there_stops_before_anything_is_written(
    filled: Command, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("mine")
    answer = filled("move-out", tmp_path / "out", "--as", "zip", "--yes")
    assert answer.code == 2
    assert "already something named out" in answer.err
    assert (tmp_path / "out").read_text() == "mine"


def test_the_file_for_the_other_wallet_says_what_stays_and_what_it_holds(
    filled: Command, tmp_path: Path
) -> None:
    answer = filled("move-out", tmp_path / "out.json", "--as", "lcw", "--yes", "--json")
    (row,) = rows(answer)
    assert answer.code == 0
    assert (row["encrypted"], row["identity_made"]) == (False, True)
    assert row["profile"] == "Coffre 2026-11-23"
    assert row["badges"]
    (held,) = rows(filled("keys", "--json"))
    written = json.loads((tmp_path / "out.json").read_bytes())
    dids = [item["id"] for item in written[0]["contents"] if "verificationMethod" in item]
    assert dids == [held["did"]]
    # Once more under another name: the same identity, none is made.
    again = filled("move-out", tmp_path / "two.json", "--as", "lcw", "--yes")
    assert "carries your identity" in again.err
    assert "Destroy it" in again.err


def test_a_wallet_file_brings_keys_that_are_never_shown(vault: Command, tmp_path: Path) -> None:
    path = tmp_path / "Wallet Backup.json"
    path.write_bytes(lcw_file(lcw_profile(name="Camille")))
    answer = vault("move-in", path)
    assert answer.code == 0
    assert "1 identity with its keys taken in" in answer.out
    assert "destroy it" in answer.out
    shown = vault("keys")
    assert f"Camille · {identity().did} · keys: 2" in shown.out
    told = vault("identity", "list").out
    assert f"id  {identity().did}  Camille  your own key, in Coffre since " in told
    (row,) = vault("identity", "list", "--json").rows
    assert (row["name"], row["key"]["made_here"]) == ("Camille", False)
    listed = vault("keys", "--json")
    secret = lcw_keys(identity())[0]["privateKeyMultibase"]
    for said in (answer, shown, listed, vault("history"), vault("history", "--json")):
        assert secret not in said.out + said.err


def test_the_ordinary_import_says_what_keys_came_and_takes_none(
    vault: Command, tmp_path: Path, samples: Path
) -> None:
    badge = json.loads((samples / "02-accueil-mediation.json").read_text(encoding="utf-8"))
    path = tmp_path / "Wallet Backup.json"
    path.write_bytes(lcw_file(lcw_profile(badge)))
    answer = vault("import", path)
    assert "Private keys inside: 2." in answer.err
    assert "bring the file in from another wallet" in answer.err
    assert vault("keys", "--json").out == ""


def test_a_key_that_is_refused_is_named_and_the_exit_code_says_so(
    vault: Command, tmp_path: Path
) -> None:
    wrong = {**lcw_keys(identity())[0], "publicKeyMultibase": identity("x").keys[0].public}
    path = tmp_path / "w.json"
    path.write_bytes(lcw_file(lcw_profile(wrong)))
    answer = vault("move-in", path)
    assert answer.code == 4
    assert "does not belong to the public one" in answer.out
    assert "Keep it" in answer.out


def test_a_learncard_export_needs_its_password(vault: Command, tmp_path: Path) -> None:
    held = identity()
    path = tmp_path / "learncard-export.zip"
    path.write_bytes(zipped(learncard_files(("key-jwks", learncard_jwks(held)), did=held.did)))
    assert vault("move-in", path).code == 3
    refused = vault("import", path)
    assert refused.code == 1
    assert "coffre move-in" in refused.err
    wrong, right = tmp_path / "wrong", tmp_path / "right"
    wrong.write_text("another\n")
    right.write_text(f"{LEARNCARD_PASSWORD}\n")
    answer = vault("move-in", path, "--wallet-password-file", wrong)
    assert (answer.code, "not the password of this export" in answer.err) == (3, True)
    assert vault("move-in", path, "--wallet-password-file", right).code == 4
    (row,) = rows(vault("keys", "--json"))
    assert row["did"] == held.did


def test_move_in_takes_any_badges_as_import_does(
    vault: Command, samples: Path, tmp_path: Path
) -> None:
    answer = vault("move-in", samples / "01-data-analysis.png")
    assert answer.code == 0
    assert len(rows(vault("list", "--json"))) == 1
    assert vault("move-in", tmp_path / "missing").code == 5


def test_a_locked_wallet_is_refused_by_name(vault: Command, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(json.dumps([{**lcw_profile(), "status": "LOCKED"}]).encode())
    for command, code in (("move-in", 4), ("import", 1)):
        answer = vault(command, path)
        assert answer.code == code
        assert "is locked, and Coffre cannot open it" in answer.err
