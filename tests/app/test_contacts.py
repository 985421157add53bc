"""Every host that is contacted is written down, with why, and nowhere but in the safe."""

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulators.hung_network import hung_network
from tests.network.https_server import HttpsServer, redirect, reply, running
from wallet_app.app.contacts import hosts_file
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.services import Recipe, Services
from wallet_app.crypto.documents import DocumentUnavailable, Purpose
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.network.contacts import BOOK, OWN_PLACE, Contact
from wallet_app.network.fetcher import Fetcher
from wallet_app.wording import Words

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSPHRASE = "velvet orbit granite meadow"
PACKAGE = Path(__file__).resolve().parents[2] / "wallet_app"


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    BOOK.drain()
    yield
    BOOK.drain()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[HttpsServer]:
    with running(tmp_path) as server:
        yield server


def fetch(server: HttpsServer, url: str, purpose: Purpose = Purpose.STATUS_LIST) -> None:
    with suppress(DocumentUnavailable):
        Fetcher(lambda: NOW, server.policy()).fetch(url, purpose)


def test_every_hop_is_noted_with_what_came_back(server: HttpsServer) -> None:
    server.answers["/a"] = redirect(server.url("/b", "other.example"))
    server.answers["/b"] = reply(b"{}" * 40)
    fetch(server, server.url("/a"), Purpose.IMAGE)
    assert [(one.host, one.purpose, one.at, one.answered) for one in BOOK.drain()] == [
        ("issuer.example", "image", NOW, True),
        ("other.example", "image", NOW, True),
    ]
    fetch(server, server.url("/b"))
    (one,) = BOOK.drain()
    assert one.received == 80


def test_who_does_not_answer_is_noted_and_who_is_not_asked_is_not(server: HttpsServer) -> None:
    fetch(server, "https://nobody.example/")
    fetch(server, "https://10.0.0.1/")
    server.hosts["inside.example"] = ["192.168.1.1"]
    fetch(server, server.url("/", "inside.example"))
    assert [(one.host, one.answered) for one in BOOK.drain()] == [("nobody.example", False)]
    with hung_network(lambda: NOW, patience_s=0.2) as hung, pytest.raises(DocumentUnavailable):
        hung.fetch("https://x.example/", Purpose.KEY)
    assert [(one.host, one.answered) for one in BOOK.drain()] == [("silent.example", False)]


def test_only_the_noting_modules_open_connections() -> None:
    makers = {"CheckedAdapter", "_LoopbackAdapter"}
    users = set()
    for file in PACKAGE.rglob("*.py"):
        called = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if called & makers:
            users.add(file.name)
            assert "BOOK.note(" in file.read_text(encoding="utf-8")
    assert users == {"fetcher.py", "webdav_connection.py"}


def test_the_safe_keeps_them_until_they_are_cleared(tmp_path: Path) -> None:
    services = Services.made_by(Recipe(NOW, offline=True))
    with create_safe(tmp_path / "safe", Secret.from_text(PASSPHRASE), services) as safe:
        BOOK.note("a.example", "key", at=NOW, answered=True, received=10)
        BOOK.note("b.example", OWN_PLACE, at=NOW + timedelta(hours=1), answered=True)
        BOOK.note("a.example", "did", at=NOW + timedelta(hours=2), answered=False)
        latest, other = safe.contacted_hosts()
        assert (latest.host, latest.times, latest.unanswered) == ("a.example", 2, 1)
        assert (latest.answered, latest.received) == (False, 10)
        assert (latest.first, latest.last) == (NOW, NOW + timedelta(hours=2))
        assert dict(latest.purposes) == {"key": 1, "did": 1}
        assert other.host == "b.example"
        BOOK.note("c.example", "key", at=NOW, answered=True)
    assert not BOOK, "what came last is kept when the safe closes"
    with open_safe(tmp_path / "safe", Secret.from_text(PASSPHRASE), services) as safe:
        assert [one.host for one in safe.contacted_hosts()] == [
            "a.example", "b.example", "c.example",
        ]  # fmt: skip
        safe.clear_contacted_hosts()
        assert safe.contacted_hosts() == ()


@pytest.mark.parametrize(
    "forged",
    [{"host": "x" * 300}, {"host": "é.example"}, {"purpose": "p" * 50}, {"at": "yesterday"},
     {"at": "9999-12-31T23:59:59+00:00"}, {"at": "2026-01-01T00:00:00"}, {"received": "many"}],
)  # fmt: skip
def test_another_process_cannot_say_what_it_likes(forged: dict[str, object]) -> None:
    good = Contact("a.example", "key", NOW, answered=True, received=3).to_json()
    assert Contact.from_json(json.loads(json.dumps(good))).host == "a.example"
    with pytest.raises((ValueError, TypeError)):
        Contact.from_json({**good, **forged})


def test_the_table_is_no_formula(tmp_path: Path) -> None:
    services = Services.made_by(Recipe(NOW, offline=True))
    with create_safe(tmp_path / "safe", Secret.from_text(PASSPHRASE), services) as safe:
        BOOK.note("=cmd.example", "key", at=NOW, answered=True)
        text = hosts_file(safe.contacted_hosts(), Words("en")).decode("utf-8-sig")
        safe.export_contacted_hosts(tmp_path / "hosts.csv", Words("en"))
        told = [(one.kind, dict(one.params)) for one in safe.history()[:1]]
        assert told == [("hosts_exported", {"name": "hosts.csv", "hosts": 1})]
        with pytest.raises(UserError, match=r"file\.inside_vault"):
            safe.export_contacted_hosts(tmp_path / "safe" / "hosts.csv", Words("en"))
    assert '"\'=cmd.example"' in text
    assert "its key" in text
