"""A newer version is believed only when it is signed, and a failure to look is silent."""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.network.https_server import HttpsServer, reply, running
from wallet_app.app.updates import (
    Announcement,
    NotGenuine,
    UpdateSource,
    is_due,
    look_for_update,
    read_announcement,
    update_source,
)
from wallet_app.network.contacts import BOOK
from wallet_app.network.fetcher import Fetcher

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SCRIPT = Path(__file__).resolve().parents[2] / "maintenance" / "sign_update.py"
PAGE = "https://coffre.example/news"


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, str(SCRIPT), *arguments], check=True,
                          capture_output=True, text=True)  # fmt: skip
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A key file and its public key, as a maintainer makes them."""
    path = tmp_path_factory.mktemp("key") / "update.key"
    return path, bytes.fromhex(run("--new-key", str(path)).strip())


@pytest.fixture(scope="module")
def newer(made: tuple[Path, bytes]) -> bytes:
    return run(str(made[0]), "9.0.1", PAGE).encode()


def test_the_key_file_is_the_maintainers_alone(made: tuple[Path, bytes]) -> None:
    assert made[0].stat().st_mode & 0o077 == 0


def test_what_the_script_signs_is_read(made: tuple[Path, bytes], newer: bytes) -> None:
    assert read_announcement(newer, made[1]) == Announcement("9.0.1", PAGE)


def flipped(newer: bytes, name: str) -> bytes:
    envelope = json.loads(newer)
    raw = bytearray(b64decode(envelope[name]))
    raw[5] ^= 1
    return json.dumps({**envelope, name: b64encode(bytes(raw)).decode()}).encode()


def test_one_bit_more_or_less_is_refused(made: tuple[Path, bytes], newer: bytes) -> None:
    for name in ("announcement", "signature"):
        with pytest.raises(NotGenuine):
            read_announcement(flipped(newer, name), made[1])
    with pytest.raises(NotGenuine):
        read_announcement(newer, bytes(32))
    for odd in (b"", b"[]", b"{", b"null", newer[:-20], b'{"announcement": "x"}'):
        with pytest.raises(NotGenuine):
            read_announcement(odd, made[1])


@pytest.mark.parametrize(("release", "page"), [("9.0", PAGE), ("9.0.1", "http://coffre.example")])
def test_the_script_signs_no_nonsense(made: tuple[Path, bytes], release: str, page: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run(str(made[0]), release, page)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[HttpsServer]:
    with running(tmp_path) as server:
        yield server


def test_a_real_server_is_asked_and_believed_only_with_the_key(
    server: HttpsServer, made: tuple[Path, bytes], newer: bytes
) -> None:
    BOOK.drain()
    fetcher = Fetcher(lambda: NOW, server.policy())
    source = UpdateSource(server.url("/a.json"), made[1])
    assert look_for_update(source, fetcher) is None, "404"
    server.answers["/a.json"] = reply(newer)
    assert look_for_update(source, fetcher) == Announcement("9.0.1", PAGE)
    assert look_for_update(UpdateSource(source.address, bytes(32)), fetcher) is None
    server.answers["/a.json"] = reply(run(str(made[0]), "0.1.0", PAGE).encode())
    assert look_for_update(source, fetcher) is None, "not newer"
    server.answers["/a.json"] = reply(newer + b" " * 20_000)
    assert look_for_update(source, fetcher) is None, "too large"
    assert look_for_update(UpdateSource("https://nobody.example/", made[1]), fetcher) is None
    asked = [(one.host, one.purpose) for one in BOOK.drain()]
    assert set(asked) == {("issuer.example", "update"), ("nobody.example", "update")}


def test_this_source_names_nobody_and_a_build_can(tmp_path: Path) -> None:
    assert update_source() is None
    path = tmp_path / "source.toml"
    path.write_text(f'address = "https://coffre.example/a"\npublic_key = "{"ab" * 32}"\n')
    assert update_source(path) == UpdateSource("https://coffre.example/a", b"\xab" * 32)
    path.write_text(f'address = "http://coffre.example/a"\npublic_key = "{"ab" * 32}"\n')
    assert update_source(path) is None


@pytest.mark.parametrize(
    ("last", "due"),
    [("", True), ("2026-11-22", False), ("2026-11-16", True), ("2027-11-22", True), ("x", True)],
)
def test_it_is_asked_once_a_week(last: str, due: bool) -> None:
    assert is_due(last, date(2026, 11, 23)) is due
