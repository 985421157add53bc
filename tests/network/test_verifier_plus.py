"""A server for public links is asked as its makers say, and believed no further."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.network.https_server import running
from tests.simulators.dav import QUICK
from tests.simulators.refusals import refusal
from tests.simulators.verifier_plus import VerifierPlusServer, send, verifier_plus
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.network.verifier_plus import NotSent, VerifierPlus, server_address
from wallet_app.network.webdav_connection import DavPolicy

VP = {"type": ["VerifiablePresentation"], "holder": "did:key:z6Mk", "verifiableCredential": [{}]}


@pytest.fixture
def server() -> Iterator[VerifierPlusServer]:
    with verifier_plus() as running:
        yield running


@pytest.fixture
def client(server: VerifierPlusServer) -> VerifierPlus:
    return VerifierPlus(server.url, policy=QUICK)


def test_a_link_is_made_shown_and_ended(server: VerifierPlusServer, client: VerifierPlus) -> None:
    link = client.create(VP)
    assert link.view == f"{server.url}credentials/{link.id}"
    assert link.get == link.unshare == f"{server.url}api/credentials/{link.id}"
    assert client.get(link) == VP
    client.unshare(link)
    assert client.get(link) is None
    assert server.records[link.id]["vp"] == VP, "it is hidden, not deleted"
    api = f"/api/credentials/{link.id}"
    assert server.log == [
        ("POST", "/api/credentials"), ("GET", api), ("DELETE", api), ("GET", api), ("GET", api),
    ]  # fmt: skip


def test_ending_twice_does_no_harm(client: VerifierPlus) -> None:
    link = client.create(VP)
    client.unshare(link)
    client.unshare(link)


def test_nothing_of_the_person_is_sent_beside_the_presentation(
    server: VerifierPlusServer, client: VerifierPlus
) -> None:
    client.get(client.create(VP))
    for headers in server.headers:
        assert not {"authorization", "cookie", "referer"} & headers.keys()
        assert headers["user-agent"].startswith("Coffre/")


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_is_unknown_or_unshared_is_not_available(
    server: VerifierPlusServer, client: VerifierPlus, status: int
) -> None:
    link = client.create(VP)
    server.act = lambda handler, _: send(handler, status, b"")
    assert client.get(link) is None


@pytest.mark.parametrize(("status", "kind"), [(503, "text/plain"), (500, "text/html")])
def test_a_broken_server_is_no_ended_link(
    server: VerifierPlusServer, client: VerifierPlus, status: int, kind: str
) -> None:
    link = client.create(VP)
    server.act = lambda handler, _: send(handler, status, b"x", Content_Type=kind)
    assert refusal(client.get, link) == "public_link.server"
    assert refusal(client.unshare, link) == "public_link.server"


def test_an_error_to_the_end_of_a_link_is_not_taken_for_its_end(
    server: VerifierPlusServer, client: VerifierPlus
) -> None:
    link = client.create(VP)
    server.records.clear()
    assert refusal(client.unshare, link) == "public_link.unsure"


def test_an_end_that_was_only_said_is_not_believed(
    server: VerifierPlusServer, client: VerifierPlus
) -> None:
    link = client.create(VP)
    server.act = lambda handler, method: method == "DELETE" and send(handler, 200, {})
    assert refusal(client.unshare, link) == "public_link.still_there"


def _urls(**changes: object) -> dict[str, object]:
    api = "/api/credentials/0123456789abcdef"
    url = {"view": "/credentials/0123456789abcdef", "get": api, "unshare": api}
    return {"status": "Credential added", "url": {**url, **changes}}


@pytest.mark.parametrize(
    "answer",
    [
        _urls(view="//evil.example/credentials/0123456789abcdef"),
        _urls(get="https://evil.example/api/credentials/0123456789abcdef"),
        _urls(unshare="http://127.0.0.1:1/api/credentials/0123456789abcdef"),
        _urls(unshare="javascript:alert(1)"),
        _urls(view="/credentials/0123456789abcdef?next=https://evil.example"),
        _urls(view="/credentials/0123456789abcdef#other"),
        _urls(view="@evil.example/credentials/0123456789abcdef:x"),
        _urls(view="/credentials/..%2f..%2fadmin"),
        _urls(view="/credentials/"),
        _urls(get="/api/credentials/0123456789abcdef?all=1"),
        _urls(unshare="/api/credentials/0123456789abcdef#other"),
        _urls(unshare="/api/credentials/%2e%2e/users"),
        _urls(unshare="/api/credentials/é"),
        _urls(view="/" + "a" * 400),
        _urls(view=7),
        _urls(unshare=None),
        {"status": "Credential added"},
        [],
        b"<html>",
        b"{" + b" " * 70_000,
    ],
    ids=str,
)
def test_a_path_that_leaves_the_server_is_not_followed(
    server: VerifierPlusServer, client: VerifierPlus, answer: object
) -> None:
    server.act = lambda handler, _: send(handler, 201, answer)
    assert refusal(client.create, VP) == "public_link.odd_answer"
    assert len(server.log) == 1


def test_a_path_without_a_slash_is_joined_to_the_root(
    server: VerifierPlusServer, client: VerifierPlus
) -> None:
    server.act = lambda handler, _: send(handler, 201, _urls(view="credentials/0123456789abcdef"))
    assert client.create(VP).view == f"{server.url}credentials/0123456789abcdef"


def test_a_redirect_is_not_followed(server: VerifierPlusServer, client: VerifierPlus) -> None:
    server.act = lambda handler, _: send(handler, 307, {}, Location="https://evil.example/")
    assert refusal(client.create, VP) == "public_link.refused"


def test_it_is_told_whether_anything_may_have_been_stored(server: VerifierPlusServer) -> None:
    nobody = VerifierPlus("http://127.0.0.1:1/", policy=QUICK)
    with pytest.raises(NotSent, match="unreachable"):
        nobody.create(VP)
    client = VerifierPlus(server.url, policy=QUICK)
    server.act = lambda handler, _: send(handler, 400, {"status": "Invalid request"})
    with pytest.raises(NotSent, match="refused"):
        client.create(VP)

    def hang_up(handler: object, _method: str) -> bool:
        handler.connection.close()  # type: ignore[attr-defined]  # a request handler
        return True

    server.act = hang_up
    with pytest.raises(EnvironmentFault, match="no_answer") as lost:
        client.create(VP)
    assert not isinstance(lost.value, NotSent)
    server.act = lambda handler, _: send(handler, 502, b"")
    with pytest.raises(EnvironmentFault, match=r"public_link\.server") as broken:
        client.create(VP)
    assert not isinstance(broken.value, NotSent)


def test_a_server_that_cannot_prove_its_name_is_told_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as https:
        policy = DavPolicy(look_up=https.look_up, connect_timeout_s=2.0, answer_timeout_s=4.0)
        client = VerifierPlus(https.url("/"), policy=policy)
        with pytest.raises(NotSent, match="not_trusted"):
            client.create(VP)
        assert https.requests == []
        known = VerifierPlus(https.url("/"), policy=replace(policy, trust=https.trust))
        link = known.link_of(https.url("/credentials/0123456789"), https.url("/api/0123456789"))
        assert known.get(link) is None
        assert len(https.requests) == 1


@pytest.mark.parametrize(
    "address",
    ["http://verifierplus.example/", "https://me:x@plus.example/", "https://plus.example/folder",
     "ftp://plus.example/", "https://plus.example/?a", "", "plus.example"],
)  # fmt: skip
def test_an_address_that_is_no_server_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="public_server"):
        server_address(address)
