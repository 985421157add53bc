"""A WebDAV server keeps files, and can neither read, redirect nor exhaust who keeps them."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.network.https_server import reply, running
from tests.simulators.dav import (
    PASSWORD,
    QUICK,
    USER,
    OddDav,
    Request,
    answer,
    dav_place,
    listing,
    odd_dav,
    real_dav,
)
from tests.simulators.refusals import refusal
from tests.simulators.vaults import NOW
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.network.webdav import WebDavPlace
from wallet_app.network.webdav_connection import DavPolicy, read_address
from wallet_app.storage.places import Place, write_proven


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    with real_dav(tmp_path / "served") as url:
        yield tmp_path / "served", url


@pytest.fixture
def odd() -> Iterator[OddDav]:
    with odd_dav() as server:
        yield server


def test_files_go_there_come_back_and_go_away(served: tuple[Path, str]) -> None:
    folder, url = served
    place: Place = dav_place(f"{url}coffre été/")
    place.prepare()
    place.prepare()
    write_proven(place, "Coffre-1.coffre", b"content" * 1000)
    assert (folder / "coffre été" / "Coffre-1.coffre").read_bytes() == b"content" * 1000
    assert [(one.name, one.size_bytes) for one in place.files()] == [("Coffre-1.coffre", 7000)]
    assert refusal(place.write, "Coffre-1.coffre", b"other") == "place.exists"
    assert place.read("Coffre-1.coffre", 7000) == b"content" * 1000
    assert refusal(place.read, "Coffre-1.coffre", 6999) == "place.too_large"
    write_proven(place, "Coffre-1.coffre", b"newer", over=True)
    place.remove("Coffre-1.coffre")
    place.remove("Coffre-1.coffre")
    assert refusal(place.read, "Coffre-1.coffre", 10) == "place.no_such_file"
    assert list((folder / "coffre été").iterdir()) == []


def test_a_folder_that_is_not_there_and_a_wrong_password_are_named(
    served: tuple[Path, str],
) -> None:
    _, url = served
    assert refusal(dav_place(f"{url}gone/").files) == "place.not_found"
    assert refusal(dav_place(f"{url}gone/").write, "a", b"") == "place.not_found"
    assert refusal(dav_place(f"{url}a/b/").prepare) == "place.not_found"
    assert refusal(dav_place(url, password="no").files) == "place.wrong_password"


def test_no_server_is_named_as_such() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refusal(dav_place(f"http://127.0.0.1:{port}/").files) == "place.unreachable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "place.bad_address"),
        ("ftp://dav.example/", "place.bad_address"),
        ("https:///folder", "place.bad_address"),
        ("https://dav.example/a/../b", "place.bad_address"),
        ("https://dav.example/a/%2e%2e/b", "place.bad_address"),
        ("https://dav.example/?q=1", "place.bad_address"),
        ("https://dav.example:99999/", "place.bad_address"),
        ("https://dav.example/a\r\nHost: b", "place.bad_address"),
        ("http://dav.example/", "place.not_secure"),
        ("http://192.168.1.5/", "place.not_secure"),
        ("http://127.0.0.1.evil.example/", "place.not_secure"),
        ("https://me:secret@dav.example/", "place.password_in_address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(text: str, code: str) -> None:
    assert refusal(read_address, text) == code


def test_a_private_address_may_be_named() -> None:
    assert read_address("https://192.168.1.5/dav").url == "https://192.168.1.5/dav/"
    assert read_address(" https://nas.local:5006/a b/ ").url == "https://nas.local:5006/a%20b/"


def test_the_name_localhost_must_lead_here() -> None:
    policy = DavPolicy(look_up=lambda *_: ["192.0.2.7"])
    place = WebDavPlace("http://localhost:8080/", USER, Secret(b"p"), unique="one", policy=policy)
    assert refusal(place.files) == "place.not_trusted"


def test_tls_is_always_verified(tmp_path: Path) -> None:
    with running(tmp_path, address="127.0.0.1") as server:
        server.answers["/"] = reply()
        strangers = DavPolicy(look_up=server.look_up, connect_timeout_s=2.0)
        trusting = DavPolicy(look_up=server.look_up, trust=server.trust)

        def code(policy: DavPolicy, host: str) -> str:
            server.hosts[host] = ["127.0.0.1"]
            url = server.url("/", host)
            place = WebDavPlace(url, USER, Secret(b"p"), unique="one", policy=policy)
            return refusal(place.files)

        assert code(strangers, "issuer.example") == "place.not_trusted"
        assert code(trusting, "somebody.else.example") == "place.not_trusted"
        # Nothing but the refusal of an unknown authority keeps the password from a stranger.
        assert server.requests == []
        assert code(trusting, "issuer.example") == "place.no_webdav"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "place.server"),
        (503, "place.server"),
        (507, "place.full"),
        (413, "place.full"),
        (403, "place.not_permitted"),
        (423, "place.busy"),
        (429, "place.busy"),
        (302, "place.redirected"),
        (418, "place.server"),
    ],
)
def test_what_a_server_answers_is_named(odd: OddDav, status: int, code: str) -> None:
    odd.act = lambda handler, _: answer(handler, status, Location="https://evil.example/")
    place = dav_place(odd.url)
    assert refusal(place.files) == code
    assert refusal(place.read, "a", 10) == code
    assert refusal(place.write, "a", b"data") == code
    assert refusal(place.remove, "a") == code
    assert all(not one.path.startswith("evil") for one in odd.requests)


def test_a_redirect_is_never_followed_with_the_password(odd: OddDav) -> None:
    with odd_dav() as other:
        odd.act = lambda handler, _: answer(handler, 307, Location=other.url)
        assert refusal(dav_place(odd.url).files) == "place.redirected"
        assert other.requests == []


def test_an_answer_cut_short_is_no_answer(odd: OddDav) -> None:
    def cut(handler: BaseHTTPRequestHandler, request: Request) -> bool:
        handler.close_connection = True
        return answer(handler, 207 if request.method == "PROPFIND" else 200, b"<d:mul",
                      Content_Length="1000")  # fmt: skip

    odd.act = cut
    assert refusal(dav_place(odd.url).files) == "place.unreachable"
    assert refusal(dav_place(odd.url).read, "a", 2000) == "place.unreachable"


def test_a_length_that_is_no_number_is_not_believed(odd: OddDav) -> None:
    def superscript(handler: BaseHTTPRequestHandler, _request: Request) -> bool:
        handler.close_connection = True
        return answer(handler, 207, b"<d:multistatus xmlns:d='DAV:'/>", Content_Length="\u00b2")

    odd.act = superscript
    assert dav_place(odd.url).files() == ()


def test_a_slow_server_ends(odd: OddDav) -> None:
    def drip(handler: BaseHTTPRequestHandler, _request: Request) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)
        return True

    odd.act = drip
    started = time.monotonic()
    assert refusal(dav_place(odd.url).read, "a", 1000) == "place.unreachable"
    assert time.monotonic() - started < 8


def test_huge_answers_are_left_unread(odd: OddDav) -> None:
    odd.stored["a"] = b"x" * 100_000
    assert refusal(dav_place(odd.url).read, "a", 99_999) == "place.too_large"
    odd.act = lambda handler, _: answer(handler, 207, Content_Length=str(2**40))
    assert refusal(dav_place(odd.url).files) == "place.crowded"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><d:multistatus xmlns:d="DAV:">&x;</d:multistatus>',
        b'<?xml version="1.0" encoding="klingon"?><a/>',
    ],
)
def test_a_listing_that_is_none_is_refused(odd: OddDav, body: bytes) -> None:
    odd.act = lambda handler, _: answer(handler, 207, body)
    assert refusal(dav_place(odd.url).files) == "place.no_webdav"


def test_names_in_a_listing_lead_nowhere(odd: OddDav) -> None:
    names = (
        "a%2Fb",
        "..%2f..%2fetc",
        "%00x",
        "x%0ay",
        "n" * 300,
        "good.changes",
        "a%20(1).changes",
    )
    odd.act = lambda handler, _: answer(handler, 207, listing(*names))
    assert [one.name for one in dav_place(odd.url).files()] == ["a (1).changes", "good.changes"]


def test_a_server_that_cannot_rename_gets_the_file_under_its_name(odd: OddDav) -> None:
    odd.act = lambda handler, request: request.method == "MOVE" and answer(handler, 405)
    place = dav_place(odd.url)
    write_proven(place, "a", b"data")
    assert odd.stored == {"a": b"data"}
    assert refusal(place.write, "a", b"other") == "place.exists"
    write_proven(place, "a", b"newer", over=True)
    assert odd.stored == {"a": b"newer"}


def test_a_server_that_keeps_other_bytes_than_it_says_is_found_out(odd: OddDav) -> None:
    def lie(handler: BaseHTTPRequestHandler, request: Request) -> bool:
        if request.method != "MOVE":
            return False
        odd.stored.clear()
        odd.stored[request.headers["destination"].rpartition("/")[2]] = b"dat"
        return answer(handler, 201, ETag='"the-right-one"')

    odd.act = lie
    assert refusal(write_proven, dav_place(odd.url), "a", b"data") == "place.not_as_written"
    assert odd.stored == {}


def test_a_server_that_says_done_and_keeps_nothing_is_found_out(odd: OddDav) -> None:
    odd.act = lambda handler, request: (
        request.method in ("PUT", "MOVE") and answer(handler, 201, ETag='"x"')
    )
    assert refusal(write_proven, dav_place(odd.url), "a", b"data") == "place.not_as_written"


def test_unfinished_files_are_not_listed_and_go_after_a_day(served: tuple[Path, str]) -> None:
    folder, url = served
    (folder / "coffre-other.uploading").write_bytes(b"half")
    (folder / "theirs.uploading").write_bytes(b"somebody else's")
    place = dav_place(url)
    assert place.files() == ()
    changed = (folder / "coffre-other.uploading").stat().st_mtime
    place.sweep(NOW.fromtimestamp(changed, NOW.tzinfo))
    assert (folder / "coffre-other.uploading").exists()
    place.sweep(NOW.fromtimestamp(changed, NOW.tzinfo) + timedelta(days=2))
    assert {one.name for one in folder.iterdir()} == {"theirs.uploading"}


def test_the_password_is_in_no_message(odd: OddDav) -> None:
    odd.act = lambda handler, _: answer(handler, 500)
    with pytest.raises(CoffreError) as caught:
        dav_place(odd.url).files()
    assert PASSWORD not in repr(caught.value.params)
    assert odd.requests[0].headers["authorization"].startswith("Basic ")
    assert "cookie" not in odd.requests[0].headers
    assert QUICK.connect_timeout_s < 5
