import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from tests.network.https_server import HttpsServer, redirect, reply, running
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.network.address_rules import is_public_address
from wallet_app.network.fetcher import Fetcher
from wallet_app.network.policy import system_trust

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with running(tmp_path_factory.mktemp("tls")) as server:
        yield server


@pytest.fixture
def server(_server: HttpsServer) -> HttpsServer:
    _server.answers.clear()
    _server.requests.clear()
    _server.lookups.clear()
    return _server


def fetch(
    server: HttpsServer, url: str, purpose: Purpose = Purpose.ISSUER, **policy: object
) -> Document:
    return Fetcher(lambda: NOW, server.policy(**policy)).fetch(url, purpose)


def refusal(
    server: HttpsServer, url: str, purpose: Purpose = Purpose.ISSUER, **policy: object
) -> tuple[str, str]:
    with pytest.raises(DocumentUnavailable) as caught:
        fetch(server, url, purpose, **policy)
    assert caught.value.url == url
    return caught.value.reason, caught.value.detail


def test_a_document_comes_back_with_its_provenance(server: HttpsServer) -> None:
    server.answers["/issuer?v=2"] = reply(b'{"id":1}', "Application/LD+json; charset=utf-8")
    url = server.url("/issuer?v=2")
    document = fetch(server, url + "#key-1")
    assert document == Document(
        url, url, b'{"id":1}', "application/ld+json", NOW, Origin.NETWORK, 200, "issuer.example"
    )


def test_nothing_is_sent_but_address_accept_and_program_name(
    server: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = reply()
    fetch(server, server.url("/a"))
    for _, headers in server.requests:
        assert headers.pop("user-agent").startswith("Coffre/")
        assert headers.pop("host") == f"issuer.example:{server.port}"
        assert set(headers) == {"accept", "accept-encoding"}


def test_the_certificate_must_be_for_the_name_and_from_a_known_authority(
    server: HttpsServer,
) -> None:
    server.hosts["stranger.example"] = ["127.0.0.1"]
    assert refusal(server, server.url("/", "stranger.example"))[0] == "tls"
    assert refusal(server, server.url("/"), trust=system_trust)[0] == "tls"
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(reply(b"<html>", "text/html"), ("media_type", "text/html"), id="html"),
        pytest.param(reply(b"{}", ""), ("media_type", ""), id="no media type"),
        pytest.param(reply(status=404), ("status", "404"), id="404"),
        pytest.param(reply(status=410), ("status", "410"), id="410"),
        pytest.param(reply(status=500), ("status", "500"), id="500"),
        pytest.param(reply(status=206), ("status", "206"), id="part of a document"),
        pytest.param(reply(b"", status=304), ("status", "304"), id="not modified"),
        pytest.param(reply(status=302), ("redirect", "location"), id="redirect to nowhere"),
        pytest.param(
            reply(headers={"Content-Encoding": "br"}), ("refused", "encoding"), id="brotli"
        ),
        pytest.param(
            reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
            ("refused", "encoding"),
            id="broken gzip",
        ),
        pytest.param(
            reply(gzip.compress(b"{}")[:-9], headers={"Content-Encoding": "gzip"}),
            ("refused", "encoding"),
            id="cut gzip",
        ),
    ],
)
def test_an_answer_that_is_no_document_is_a_typed_failure(
    server: HttpsServer, answer: object, reason: tuple[str, str]
) -> None:
    server.answers["/x"] = answer  # type: ignore[assignment]
    assert refusal(server, server.url("/x")) == reason


def test_gone_is_an_answer_for_a_hosted_badge_alone(server: HttpsServer) -> None:
    server.answers["/x"] = reply(b"<html>", "text/html", 410)
    document = fetch(server, server.url("/x"), Purpose.HOSTED_BADGE)
    assert (document.http_status, document.data) == (410, b"")
    assert refusal(server, server.url("/x"), Purpose.STATUS_LIST) == ("status", "410")


def test_packed_bodies_are_unpacked(server: HttpsServer) -> None:
    body = b'{"a":"' + b"x" * 100_000 + b'"}'
    server.answers["/gzip"] = reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})
    server.answers["/deflate"] = reply(zlib.compress(body), headers={"Content-Encoding": "deflate"})
    assert fetch(server, server.url("/gzip")).data == body
    assert fetch(server, server.url("/deflate")).data == body


def test_size_is_counted_unpacked_and_the_announced_length_is_not_believed(
    server: HttpsServer,
) -> None:
    bomb = gzip.compress(b" " * 500_000_000, 1)
    server.answers["/bomb"] = reply(bomb, headers={"Content-Encoding": "gzip"})
    server.answers["/big"] = reply(b" " * (2 * 1024 * 1024 + 1))
    server.answers["/fits"] = reply(b" " * (2 * 1024 * 1024))

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b" " * 65_536)

    server.answers["/endless"] = endless
    start = time.process_time()
    for path in ("/bomb", "/big", "/endless"):
        assert refusal(server, server.url(path)) == ("too_large", "2097152")
    assert time.process_time() - start < 2
    assert len(fetch(server, server.url("/fits")).data) == 2 * 1024 * 1024


def test_a_body_cut_short_is_refused(server: HttpsServer) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"a":1}')

    server.answers["/x"] = cut
    assert refusal(server, server.url("/x"))[0] == "refused"


def _dripping(at: str) -> object:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if at == "header":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        stop = time.monotonic() + 5
        while time.monotonic() < stop:
            handler.wfile.write(b" ")
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("at", ["header", "body"])
def test_a_server_that_drips_is_left_at_the_deadline(server: HttpsServer, at: str) -> None:
    server.answers["/x"] = _dripping(at)  # type: ignore[assignment]
    start = time.monotonic()
    reason = refusal(server, server.url("/x"), document_timeout_s=0.4)
    assert reason == ("timeout", "issuer.example")
    assert time.monotonic() - start < 2


def test_a_silent_server_is_left_after_the_read_timeout(server: HttpsServer) -> None:
    server.answers["/x"] = lambda _: time.sleep(1)
    assert refusal(server, server.url("/x"), read_timeout_s=0.2)[0] == "timeout"


def test_a_closed_port_and_an_unknown_name_are_told_apart(server: HttpsServer) -> None:
    assert refusal(server, "https://issuer.example:1024/")[0] == "refused"
    assert refusal(server, server.url("/", "nowhere.example")) == ("dns", "nowhere.example")
    server.hosts["empty.example"] = []
    assert refusal(server, server.url("/", "empty.example"))[0] == "dns"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_by_hand(server: HttpsServer, status: int) -> None:
    server.answers["/a"] = redirect("/b", status)
    server.answers["/b"] = reply(b"[]")
    document = fetch(server, server.url("/a"))
    assert (document.data, document.final_url) == (b"[]", server.url("/b"))
    assert server.lookups == ["issuer.example", "issuer.example"]


def test_redirects_have_an_end_which_depends_on_the_purpose(server: HttpsServer) -> None:
    for number in range(6):
        server.answers[f"/{number}"] = redirect(f"/{number + 1}")
    server.answers["/6"] = reply()
    assert refusal(server, server.url("/2")) == ("redirect", "too_many")
    assert fetch(server, server.url("/3")).data == b"{}"
    assert refusal(server, server.url("/0"), Purpose.HOSTED_BADGE) == ("redirect", "too_many")
    assert fetch(server, server.url("/1"), Purpose.HOSTED_BADGE).data == b"{}"


def test_another_host_may_answer_only_where_the_host_is_not_the_authority(
    server: HttpsServer,
) -> None:
    elsewhere = server.url("/b", "other.example")
    server.answers["/a"] = redirect(elsewhere)
    server.answers["/b"] = reply()
    for purpose in (Purpose.DID, Purpose.KEY, Purpose.ISSUER, Purpose.STATUS_LIST):
        assert refusal(server, server.url("/a"), purpose) == ("redirect", "other.example")
    document = fetch(server, server.url("/a"), Purpose.HOSTED_BADGE)
    assert (document.final_url, document.tls_host) == (elsewhere, "other.example")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://issuer.example/b", ("redirect", "scheme")),
        ("file:///etc/passwd", ("redirect", "scheme")),
        ("data:application/json,{}", ("redirect", "scheme")),
        ("https://user@issuer.example/b", ("redirect", "userinfo")),
        ("https://issuer.example:22/b", ("redirect", "port")),
        ("https://[::1]/b", ("blocked_address", "::1")),
        ("https://[/b", ("redirect", "location")),
        ("https://2130706433/b", ("blocked_address", "2130706433")),
        ("https://inside.example/b", ("blocked_address", "192.168.1.1")),
    ],
)
def test_a_redirect_is_checked_like_a_first_address(
    server: HttpsServer, location: str, reason: tuple[str, str]
) -> None:
    server.hosts["inside.example"] = ["192.168.1.1"]
    server.answers["/a"] = redirect(location)
    assert refusal(server, server.url("/a"), Purpose.HOSTED_BADGE) == reason
    assert len(server.requests) == 1


def test_one_private_address_among_public_ones_stops_the_fetch(server: HttpsServer) -> None:
    server.hosts["mixed.example"] = ["127.0.0.1", "10.0.0.8"]
    url = server.url("/", "mixed.example")
    assert refusal(server, url) == ("blocked_address", "10.0.0.8")
    assert server.requests == []


def test_loopback_is_blocked_under_the_product_rule(server: HttpsServer) -> None:
    reason = refusal(server, server.url("/"), is_allowed_address=is_public_address)
    assert reason == ("blocked_address", "127.0.0.1")
    assert server.requests == []


def test_a_name_that_changes_its_address_gains_nothing(server: HttpsServer) -> None:
    addresses = iter([["127.0.0.1"], ["10.0.0.8"]])
    server.answers["/x"] = reply()
    document = fetch(server, server.url("/x"), look_up=lambda *_: next(addresses))
    assert document.data == b"{}"
    assert next(addresses) == ["10.0.0.8"]


def test_the_next_checked_address_is_tried_when_the_first_refuses(server: HttpsServer) -> None:
    server.hosts["issuer.example"] = ["127.0.0.2", "127.0.0.1"]
    server.answers["/x"] = reply()
    allowed = ("127.0.0.1", "127.0.0.2")
    document = fetch(server, server.url("/x"), is_allowed_address=allowed.__contains__)
    server.hosts["issuer.example"] = ["127.0.0.1"]
    assert document.data == b"{}"


def test_an_open_badges_2_address_in_plain_http_is_asked_for_over_https(
    server: HttpsServer,
) -> None:
    asked: list[int] = []

    def look_up(host: str, port: int, timeout_s: float) -> list[str]:
        asked.append(port)
        return []

    url = "http://issuer.example/badge"
    assert refusal(server, url, Purpose.HOSTED_BADGE, look_up=look_up)[0] == "dns"
    assert asked == [443]
    assert refusal(server, url, Purpose.DID) == ("blocked_url", "scheme")


def test_a_page_for_people_is_read_only_where_it_may_lead_to_a_badge(
    server: HttpsServer,
) -> None:
    server.answers["/page"] = reply(b"<html>", "text/html")
    assert fetch(server, server.url("/page"), Purpose.PAGE).data == b"<html>"
    assert refusal(server, server.url("/page"), Purpose.CREDENTIAL)[0] == "media_type"
    assert refusal(server, server.url("/page"), Purpose.ISSUER)[0] == "media_type"
    # A server of the Badgr family that reads of HTML sends its page in place of the badge.
    assert all("html" not in headers["accept"] for _, headers in server.requests)


@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip"])
def test_a_badge_may_come_in_a_file_that_carries_it(server: HttpsServer, media_type: str) -> None:
    server.answers["/file"] = reply(b"data", media_type)
    assert fetch(server, server.url("/file"), Purpose.CREDENTIAL).data == b"data"
    assert refusal(server, server.url("/file"), Purpose.HOSTED_BADGE)[0] == "media_type"
