"""The proof kept: the network is pulled, and a badge of yesterday is verified as of yesterday."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from network.https_server import HttpsServer, reply, running
from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, list_document, status_entry
from simulators.web import WebSimulator
from wallet_app.network import fetcher

Command = Callable[..., Answer]
IMPORTED = "2026-11-27T09:00:00Z"
NEXT_DAY = "2026-11-28T21:00:00Z"
YEARS_LATER = "2041-03-01T09:00:00Z"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpsServer]:
    """A real issuer behind TLS, which the command reaches through its own fetcher."""
    with running(tmp_path) as made:
        monkeypatch.setattr(fetcher, "NetworkPolicy", made.policy)
        yield made


@dataclass
class Stand:
    """An issuer at the server, and a safe that the command works on at a given clock."""

    server: HttpsServer
    web: WebSimulator
    issuer: Issuer
    run: Callable[..., Answer]
    folder: Path

    @property
    def list_url(self) -> str:
        return self.server.url("/status/1")

    def publish(self) -> None:
        for url in self.web.urls():
            self.server.answers[urlsplit(url).path] = reply(self.web.body(url))

    def take(self, document: dict[str, Any]) -> str:
        self.publish()
        path = self.folder / "badge.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        answer = self.run(IMPORTED, "import", "--json", path)
        assert answer.code == 0, answer
        return str(answer.rows[0]["id"])

    def badge(self) -> str:
        """Take in a badge of an issuer with a list of withdrawals."""
        self.issuer.publish_status_list(self.list_url)
        entry = status_entry(self.list_url, "7")
        return self.take(self.issuer.sign(self.issuer.badge(credentialStatus=entry)))

    def pull_the_plug(self) -> None:
        self.server.hosts.clear()


@pytest.fixture
def stand(server: HttpsServer, tmp_path: Path, passphrase_file: Path, coffre: Command) -> Stand:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web, f"issuer.example%3A{server.port}")
    fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)

    def run(at: str, *arguments: Any) -> Answer:
        return coffre(*fixed, "--at", at, *arguments)

    assert run(IMPORTED, "create").code == 0
    return Stand(server, web, issuer, run, tmp_path)


@pytest.mark.parametrize("at", [NEXT_DAY, YEARS_LATER])
def test_without_a_network_it_is_verified_as_of_the_day_of_its_evidence(
    stand: Stand, at: str
) -> None:
    badge = stand.badge()
    stand.pull_the_plug()
    asked = len(stand.server.requests)
    answer = stand.run(at, "check", "--offline", "--json", badge)
    (row,) = answer.rows
    assert (row["id"], row["verdict"], row["as_of"]) == (badge, "verified", IMPORTED)
    assert (row["today"], row["answered"]) == ("undetermined", False)
    assert row["checked_at"] == at
    assert answer.code == 0
    assert len(stand.server.requests) == asked


def test_a_network_that_does_not_answer_is_the_same_but_never_called_verified_today(
    stand: Stand,
) -> None:
    badge = stand.badge()
    stand.pull_the_plug()
    answer = stand.run(NEXT_DAY, "check", "--json")
    (row,) = answer.rows
    assert (row["verdict"], row["as_of"], row["today"]) == ("verified", IMPORTED, "undetermined")
    assert [change["code"] for change in row["changes"]] == ["issuer_silent", "list_silent"]
    assert answer.code == 1
    shown = stand.run(NEXT_DAY, "show", badge)
    assert "Verified as of 27 November 2026; today nobody could be asked." in shown.out
    (row,) = stand.run(YEARS_LATER, "check", "--json", "--offline").rows
    assert (row["verdict"], row["as_of"]) == ("verified", IMPORTED)


def test_said_once_and_taken_back_when_the_issuer_answers_again(stand: Stand) -> None:
    stand.badge()
    hosts = dict(stand.server.hosts)
    stand.pull_the_plug()
    stand.run(NEXT_DAY, "check")
    (row,) = stand.run("2026-11-29T21:00:00Z", "check", "--json").rows
    assert row["changes"] == []
    stand.server.hosts.update(hosts)
    answer = stand.run("2026-11-30T21:00:00Z", "check", "--json")
    (row,) = answer.rows
    assert (row["verdict"], row["as_of"]) == ("verified", "2026-11-30T21:00:00Z")
    assert [change["code"] for change in row["changes"]] == ["issuer_back", "list_back"]
    assert answer.code == 0


@pytest.mark.parametrize("name", ["key-1", ""], ids=["the same name", "another name"])
def test_another_key_in_the_issuers_documents_is_said_and_the_old_proof_stays(
    stand: Stand, name: str
) -> None:
    if name:
        stand.issuer.method = f"{stand.issuer.id}#{name}"
        stand.web.serve(stand.issuer.document_url, stand.issuer.controller_document())
    badge = stand.badge()
    stand.issuer.key = SigningKey.ed25519("the next key")
    stand.issuer.method = f"{stand.issuer.id}#{name or stand.issuer.key.multikey}"
    stand.web.serve(stand.issuer.document_url, stand.issuer.controller_document())
    stand.issuer.publish_status_list(stand.list_url)
    stand.publish()
    answer = stand.run(NEXT_DAY, "check", "--json", badge)
    (row,) = answer.rows
    assert answer.code == 1
    assert row["verdict"] in ("failed", "undetermined")
    assert row["today"] == row["verdict"]
    assert "key_changed" in [change["code"] for change in row["changes"]]
    assert row["earlier"] == {"verdict": "verified", "as_of": IMPORTED}
    shown = stand.run(NEXT_DAY, "show", badge).out
    assert "It was verified as of 27 November 2026" in shown
    history = stand.run(NEXT_DAY, "history").out
    assert "another key than on 27 November 2026" in history


def test_a_revocation_stands_against_a_replayed_list_and_falls_to_a_newer_one(
    stand: Stand,
) -> None:
    badge = stand.badge()
    old_list = stand.web.body(stand.list_url)

    def serve_list(body: bytes) -> None:
        stand.server.answers["/status/1"] = reply(body)

    def made_on(day: int, *withdrawn: int) -> bytes:
        document = list_document(stand.list_url, encode_list(withdrawn))
        dated = {"issuer": stand.issuer.id, "validFrom": f"2026-11-{day}T00:00:00Z"}
        return json.dumps(stand.issuer.sign({**document, **dated})).encode()

    def check(at: str) -> Any:
        return stand.run(at, "check", "--json", badge).rows[0]

    serve_list(made_on(28, 7))
    row = check("2026-11-28T12:00:00Z")
    assert (row["verdict"], row["changes"][0]["code"]) == ("revoked", "revoked")
    # Whoever is in between serves the authentic list of last week again.
    serve_list(old_list)
    for at in ("2026-11-29T12:00:00Z", "2026-11-30T12:00:00Z"):
        row = check(at)
        assert (row["verdict"], row["changes"]) == ("revoked", [])
        status = row["checks"][3]
        assert "status.seen_before" in [one["code"] for one in status["findings"]]
    stand.pull_the_plug()
    assert check("2026-12-01T12:00:00Z")["verdict"] == "revoked"
    stand.server.hosts["issuer.example"] = ["127.0.0.1"]
    serve_list(made_on(29))
    row = check("2026-12-02T12:00:00Z")
    assert (row["verdict"], row["today"]) == ("verified", "verified")
    assert "reinstated" in [change["code"] for change in row["changes"]]


def test_a_hosted_badge_whose_page_is_gone_silent_stays_verified_as_of_then(
    stand: Stand,
) -> None:
    web = WebSimulator()
    club = OpenBadges2(web, base=stand.server.url(""))
    stand.web = web
    assertion = club.hosted("one")
    web.serve(assertion["id"], assertion)
    badge = stand.take(assertion)
    stand.pull_the_plug()
    (row,) = stand.run(NEXT_DAY, "check", "--json", badge).rows
    assert (row["verdict"], row["as_of"], row["today"]) == ("verified", IMPORTED, "undetermined")


def test_one_list_is_asked_once_for_all_its_badges(stand: Stand) -> None:
    stand.issuer.publish_status_list(stand.list_url)
    stand.publish()
    for number in range(3):
        badge = stand.issuer.badge(
            id=f"urn:example:{number}", credentialStatus=status_entry(stand.list_url, str(number))
        )
        stand.take(stand.issuer.sign(badge))
    stand.server.requests.clear()
    answer = stand.run(NEXT_DAY, "check", "--json")
    assert [row["verdict"] for row in answer.rows] == ["verified"] * 3
    paths = [path for path, _ in stand.server.requests]
    assert sorted(paths) == ["/.well-known/did.json", "/status/1"]


def test_an_unknown_id_hides_nothing(stand: Stand) -> None:
    badge = stand.badge()
    answer = stand.run(NEXT_DAY, "check", "--json", "abcdef0123", badge)
    assert answer.code == 2
    assert [row["id"] for row in answer.rows] == [badge]
    assert answer.sentences == 1


def test_a_run_of_like_reports_is_kept_by_its_first_and_its_last(stand: Stand) -> None:
    badge = stand.badge()
    sizes = []
    for day in range(1, 6):
        stand.run(f"2026-12-0{day}T09:00:00Z", "check", badge)
        sizes.append(stand.run(f"2026-12-0{day}T10:00:00Z", "doctor", "--json").code)
    assert set(sizes) == {0}
