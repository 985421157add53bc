"""What a second start may say to the first, and what the first makes of anything else."""

import os
import socket
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wallet_app.system.instance import Instance, Reply, ask_running, place_for
from wallet_app.system.instance_message import (
    MAX_BYTES,
    MAX_NAMES,
    Answer,
    Ask,
    MessageError,
    Verb,
    parse_answer,
    parse_ask,
    serialise_answer,
    serialise_ask,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
NAMES = st.text(min_size=1, max_size=50).filter(lambda text: "\x00" not in text)


@given(st.lists(NAMES, max_size=20))
def test_a_request_comes_back_as_it_was(names: list[str]) -> None:
    ask = Ask(Verb.SHOW, tuple(names))
    assert parse_ask(serialise_ask(ask)) == ask


@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert parse_answer(serialise_answer(answer)) is answer


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"coffre":2,"verb":"show","names":[]}',
        b'{"coffre":1,"verb":"unlock","names":[]}',
        b'{"coffre":1,"verb":"show","names":[],"passphrase":"x"}',
        b'{"coffre":1,"verb":"lock","names":["/etc/passwd"]}',
        b'{"coffre":1,"verb":"show","names":[1]}',
        b'{"coffre":1,"verb":"show","names":["a\\u0000b"]}',
        b'{"coffre":1,"verb":["show"],"names":[]}',
        b'{"coffre":1,"verb":"show","names":{}}',
        b"[" * 100_000,
        b'{"coffre":1,"verb":"show","names":["' + b"x" * 5_000 + b'"]}',
    ],
)
def test_anything_else_is_refused_whole(line: bytes) -> None:
    with pytest.raises(MessageError):
        parse_ask(line)


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(line: bytes) -> None:
    for parse in (parse_ask, parse_answer):
        with pytest.raises(MessageError):
            parse(line)


def test_too_much_is_not_sent() -> None:
    with pytest.raises(MessageError):
        serialise_ask(Ask(Verb.SHOW, ("x" * 4_000,) * 300))
    with pytest.raises(MessageError):
        serialise_ask(Ask(Verb.SHOW, ("x",) * (MAX_NAMES + 1)))


class First:
    """A first window's end that keeps what it was asked."""

    def __init__(self, place: Path) -> None:
        self.parent = QObject()
        self.asked: list[Ask] = []
        self.instance = Instance(self.parent, place, self.handle)
        self.is_first = self.instance.begin()

    def handle(self, ask: Ask, reply: Reply) -> None:
        self.asked.append(ask)
        reply(Answer.SHOWN)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    found = place_for(tmp_path / "safe")
    assert found is not None
    return found


@pytest.fixture
def first(qtbot: QtBot, place: Path) -> Iterator[First]:
    first = First(place)
    yield first
    first.instance.end()


def in_thread(work: object) -> tuple[threading.Thread, list[object]]:
    ends: list[object] = []
    thread = threading.Thread(target=lambda: ends.append(work()))  # type: ignore[operator]
    thread.start()
    return thread, ends


def spoken(place: Path, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(10)
        peer.connect(str(place))
        peer.sendall(data)
        answer = b""
        while piece := peer.recv(1_000):
            answer += piece
        return answer


def test_the_socket_is_open_to_its_owner_only(first: First, place: Path) -> None:
    assert first.is_first
    assert stat.S_IMODE(place.lstat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(place.parent.lstat().st_mode) == 0o700


def test_a_folder_that_others_may_enter_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path / "run" / "coffre", tmp_path / "data" / "coffre" / "window"):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert place_for(tmp_path / "safe") is None


def test_each_safe_has_a_place_of_its_own(place: Path, tmp_path: Path) -> None:
    assert place_for(tmp_path / "safe") == place
    assert place_for(tmp_path / "other") != place


def test_only_one_is_first_and_the_next_after_it(first: First, place: Path) -> None:
    assert not First(place).is_first
    first.instance.end()
    successor = First(place)
    assert successor.is_first
    successor.instance.end()


def test_a_request_is_handed_on_and_answered(qtbot: QtBot, first: First, place: Path) -> None:
    ask = Ask(Verb.SHOW, ("/a/b c.json", "https://issuer.example/1"))
    thread, ends = in_thread(lambda: spoken(place, serialise_ask(ask)))
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert parse_answer(ends[0]) is Answer.SHOWN  # type: ignore[arg-type]
    assert first.asked == [ask]


def test_nonsense_is_refused_and_nothing_is_done(qtbot: QtBot, first: First, place: Path) -> None:
    thread, ends = in_thread(lambda: spoken(place, b'{"coffre":1,"verb":"unlock","names":[]}\n'))
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert parse_answer(ends[0]) is Answer.REFUSED  # type: ignore[arg-type]
    assert first.asked == []


def test_a_silent_or_endless_peer_is_cut_off(qtbot: QtBot, first: First, place: Path) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.settimeout(10)
    silent.connect(str(place))

    def flood() -> bytes:
        try:
            return spoken(place, b"x" * (3 * MAX_BYTES))
        except OSError:
            return b""

    thread, ends = in_thread(flood)
    waiter, heard = in_thread(lambda: silent.recv(1))
    qtbot.waitUntil(lambda: not thread.is_alive() and not waiter.is_alive(), timeout=10_000)
    silent.close()
    assert ends == [b""]
    assert heard == [b""]
    assert first.asked == []


def test_nobody_there_is_no_answer(qtbot: QtBot, place: Path) -> None:
    assert ask_running(place, Ask(Verb.LOCK)) is None
    place.write_bytes(b"no socket")
    assert ask_running(place, Ask(Verb.LOCK)) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to be root")
def test_a_socket_of_another_user_is_not_spoken_to(qtbot: QtBot, place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as theirs:
        theirs.bind(str(place))
        theirs.listen()
        os.chown(place, 12_345, 12_345)
        assert ask_running(place, Ask(Verb.LOCK)) is None
