"""What the command prints: stable JSON for scripts, safe and complete words for people."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.resources import resource_path

Command = Callable[..., Answer]
CHECKS = [
    "format",
    "signature",
    "issuer",
    "status",
    "validity",
    "schema",
    "recipient",
    "endorsements",
    "trust",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_checks_of_a_badge_that_is_only_served_speak_of_no_signature(
    coffre: Command, samples: Path
) -> None:
    given = ("--documents", resource_path("samples", "documents.tsv"), "--at", "2026-11-23")
    served = coffre("verify", *given, samples / "07-robot-builder.svg").out
    assert "✓ Published by its issuer" in served
    assert "sign" not in served
    assert (
        "✓ Unaltered since signing"
        in coffre("verify", *given, samples / "01-data-analysis.png").out
    )


def test_a_verify_line_has_the_promised_shape(coffre: Command, samples: Path) -> None:
    documents = resource_path("samples", "documents.tsv")
    answer = coffre(
        "verify",
        "--json",
        "--documents",
        documents,
        "--at",
        "2026-11-23",
        samples / "01-data-analysis.png",
    )
    (row,) = answer.rows
    assert set(row) >= {"source", "format", "verdict", "checks", "credential", "contains"}
    assert (row["format"], row["verdict"]) == ("ob3", "verified")
    assert [check["check"] for check in row["checks"]] == CHECKS
    for check in row["checks"]:
        assert set(check) >= {"check", "outcome", "code", "message", "evidence"}
        assert not check["message"].startswith("code.")
    (evidence,) = row["checks"][2]["evidence"]
    assert evidence["url"] == "https://badges.northgate.example/.well-known/did.json"
    assert re.fullmatch(r"[0-9a-f]{64}", evidence["sha256"])
    assert evidence["origin"] == "snapshot"
    assert MOMENT.fullmatch(evidence["fetched_at"])
    credential = row["credential"]
    assert credential["id"] == "https://badges.northgate.example/credentials/2041"
    assert credential["issuer"] == {
        "id": "did:web:badges.northgate.example",
        "name": "Northgate College",
    }
    assert {"kind": "name", "value": "Camille Vasseur", "hashed": False} in credential["recipients"]
    assert credential["issued_on"] == "2026-03-12T09:30:00Z"
    assert credential["expires_on"] is None
    assert credential["skills"][0]["name"] == "Analyse data"
    assert row["contains"] == []


def test_what_is_no_badge_has_a_line_that_says_why(coffre: Command, tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_text("just words", encoding="utf-8")
    answer = coffre("verify", "--json", path)
    (row,) = answer.rows
    assert (answer.code, row["format"], row["verdict"]) == (1, None, "failed")
    assert row["checks"][0]["outcome"] == "failed"
    assert row["checks"][0]["code"].startswith("format.")
    assert row["credential"] is None


def test_a_folder_and_standard_input_are_sources(
    coffre: Command, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = ("--documents", resource_path("samples", "documents.tsv"))
    at = ("--at", "2026-11-23T12:00:00Z")
    rows = coffre("verify", "--json", *at, *documents, samples).rows
    assert [Path(row["source"]).name for row in rows] == sorted(p.name for p in samples.iterdir())
    assert len({row["verdict"] for row in rows}) == 7
    file = (samples / "02-accueil-mediation.json").open("rb")

    class Terminal:
        buffer = file

    with file:
        monkeypatch.setattr("sys.stdin", Terminal())
        answer = coffre("verify", "--json", "--offline", *at, "-")
    assert (answer.code, answer.rows[0]["source"]) == (0, "-")


def test_a_hostile_name_reaches_no_terminal(coffre: Command, tmp_path: Path) -> None:
    issuer = Issuer.at_did_key(WebSimulator(), "hostile")
    evil = "Good\x1b[2J\x07\u202egniht\x9b31m"
    document = issuer.badge(name=evil)
    document["credentialSubject"]["achievement"]["name"] = evil
    path = tmp_path / "evil\x1b[31m.json"
    path.write_text(json.dumps(issuer.sign(document, "eddsa-jcs-2022")), encoding="utf-8")
    for arguments in (["verify", path], ["verify", "--json", path], ["verify", f"{path}\x1b[0m"]):
        answer = coffre("--offline", *arguments)
        printed = answer.out + answer.err
        assert "Good" in printed or answer.code == 4
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", printed)
    assert coffre("--offline", "verify", "--json", path).rows[0]["credential"]["name"] == evil


def test_an_import_tells_what_became_of_each_source(
    vault: Command, samples: Path, tmp_path: Path
) -> None:
    text = tmp_path / "words.txt"
    text.write_text("no badge", encoding="utf-8")
    badge = samples / "02-accueil-mediation.json"
    answer = vault("import", "--json", badge, badge, text, tmp_path / "none")
    assert answer.code == 4
    assert [row["outcome"] for row in answer.rows] == ["added", "duplicate", "refused", "refused"]
    assert answer.rows[0]["report"]["verdict"] == "verified"
    assert answer.rows[2]["message"]
    assert answer.rows[3]["code"] == "source.missing"


def test_what_is_deleted_can_be_brought_back(vault: Command, samples: Path) -> None:
    (row,) = vault("import", "--json", samples / "02-accueil-mediation.json").rows
    assert vault("delete", row["id"][:8]).code == 0
    assert vault("list", "--json").rows == []
    (trashed,) = vault("trash", "--json").rows
    assert trashed["id"] == row["id"]
    assert MOMENT.fullmatch(trashed["deleted_at"])
    again = vault("import", samples / "02-accueil-mediation.json")
    assert "among the recently deleted" in again.out + again.err
    assert vault("recover", row["id"][:8]).code == 0
    assert [found["id"] for found in vault("list", "--json").rows] == [row["id"]]
    assert vault("trash").out == ""


@pytest.mark.parametrize("prefix", ["abcdef", "ab", "zz", "../../etc"])
def test_an_id_that_names_no_badge_is_code_2(vault: Command, prefix: str) -> None:
    answer = vault("show", prefix)
    assert (answer.code, answer.out, answer.sentences) == (2, "", 1)


def test_the_passphrase_is_changed_by_files(vault: Command, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text("a better one\n", encoding="utf-8")
    assert vault("passphrase", "--new-passphrase-file", new).code == 0
    assert vault("list").code == 3
    assert vault("--passphrase-file", new, "list").code == 0
    assert vault("--passphrase-file", new, "history", "--json").rows[0]["kind"] == (
        "passphrase_changed"
    )


def test_a_badge_without_a_public_page_has_no_link(vault: Command, samples: Path) -> None:
    (row,) = vault("import", "--json", samples / "02-accueil-mediation.json").rows
    answer = vault("share", row["id"], "--as", "link")
    assert (answer.code, answer.out, answer.sentences) == (2, "", 1)
    assert "cli." not in answer.err


@pytest.mark.parametrize(
    "arguments", [["qr"], ["qr", "-o", "code.gif"]], ids=["no file", "not a picture"]
)
def test_a_code_needs_a_picture_file(
    vault: Command, samples: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = vault("import", "--json", samples / "01-data-analysis.png").rows
    answer = vault("share", row["id"], "--as", *arguments)
    assert (answer.code, answer.out, answer.sentences) == (2, "", 1)


def test_a_demo_safe_is_made_in_one_word(coffre: Command, tmp_path: Path) -> None:
    answer = coffre("demo", "--vault", tmp_path / "demo", "--json")
    assert answer.code == 0
    assert len(answer.rows) == 10
    assert "demo" in answer.err


def test_the_doctor_tells_places_and_says_what_it_did_not_check(
    vault: Command, coffre: Command, tmp_path: Path
) -> None:
    (facts,) = coffre("doctor", "--json", "--vault", tmp_path / "safe").rows
    assert facts["vault_exists"] is True
    assert facts["integrity_problems"] is None
    assert vault("doctor", "--json").rows[0]["integrity_problems"] == []
    (nothing,) = coffre("doctor", "--json", "--vault", tmp_path / "none").rows
    assert nothing["vault_exists"] is False
    words = vault("doctor").out
    assert "whole" in words
    assert "cli." not in words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_of_an_ordinary_day_is_there(
    vault: Command, samples: Path, language: str
) -> None:
    speak = ("--language", language)
    answers = [
        vault(*speak, "import", samples),
        vault(*speak, "list"),
        vault(*speak, "list", "--search", "nothing-like-it"),
        vault(*speak, "history"),
        vault(*speak, "trash"),
    ]
    first = vault("list", "--json").rows[0]["id"]
    answers += [vault(*speak, "show", first), vault(*speak, "delete", first)]
    answers += [vault(*speak, "trash"), vault(*speak, "recover", first)]
    printed = "".join(answer.out + answer.err for answer in answers)
    assert re.findall(r"\b(?:cli|code|error|verdict|check|outcome)\.[a-z_]+[\w.]*", printed) == []
    assert re.findall(r"\{[a-z_]+\}", printed) == []


CORPUS_ROWS = ["ob3", "ob3-jwt", "ob2-baked", "w3c-eddsa"]


@pytest.mark.corpus
@pytest.mark.parametrize("family", CORPUS_ROWS)
def test_third_party_credentials_get_their_verdict(
    coffre: Command, corpus: Path, family: str
) -> None:
    cases = [line.split("\t") for line in (corpus / "cases.tsv").read_text("utf-8").splitlines()]
    chosen = [row for row in cases if row[1] == family and "?" not in row[2]][:3]
    maps = ("--documents", corpus / "contexts.tsv", "--documents", corpus / "documents.tsv")
    answer = coffre(
        "verify",
        "--json",
        *maps,
        "--at",
        "2026-11-23T12:00:00Z",
        *(corpus / row[0] for row in chosen),
    )
    wanted = [row[2] for row in chosen if row[2] != "readable"]
    assert [row["verdict"] for row in answer.rows][: len(wanted)] == wanted
