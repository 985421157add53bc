"""The pool keeps order, loses one name at most to a bad file, and ends when it is told to."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wallet_app.app import bulk_pool
from wallet_app.app.bulk_pool import BulkPool, Lost
from wallet_app.app.bulk_process import LENGTH_BYTES, serve
from wallet_app.app.services import Recipe

# A process that does what a name says, over the same pipes as the real one.
ACTOR = r"""
import json, os, sys, time
from wallet_app.app.bulk_process import LENGTH_BYTES
def say(body):
    sys.stdout.buffer.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
    sys.stdout.buffer.flush()
sys.stdin.buffer.readline()
say(b"")
for line in sys.stdin.buffer:
    for name in json.loads(line):
        if name == "die":
            os._exit(3)
        if name == "hang":
            time.sleep(600)
        if name == "cut":
            sys.stdout.buffer.write((99).to_bytes(LENGTH_BYTES, "big") + b"half")
            sys.stdout.buffer.flush()
            os._exit(0)
        if name == "boast":
            sys.stdout.buffer.write((2**60).to_bytes(LENGTH_BYTES, "big"))
            sys.stdout.buffer.flush()
            time.sleep(600)
        if name == "pid":
            say(str(os.getpid()).encode())
        else:
            say(name.encode())
"""


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., BulkPool]]:
    command = [sys.executable, "-c", ACTOR]
    monkeypatch.setattr(bulk_pool, "_command", lambda: command)
    made: list[BulkPool] = []

    def make(processes: int = 2, silent_after_s: float = 30.0) -> BulkPool:
        made.append(BulkPool("none", {}, processes=processes, silent_after_s=silent_after_s))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_answers_come_in_the_order_of_the_names(pool: Callable[..., BulkPool]) -> None:
    names = [f"name {number} é\n" for number in range(100)]
    assert list(pool().answers(names)) == [name.encode() for name in names]


@pytest.mark.parametrize("bad", ["die", "cut", "boast"])
def test_a_process_that_ends_or_lies_costs_one_name(
    bad: str, pool: Callable[..., BulkPool]
) -> None:
    names = ["a", "b", bad, "c", bad, "d", *"efghij", bad]
    expected = [Lost.ENDED if name == bad else name.encode() for name in names]
    assert list(pool().answers(names)) == expected


def test_a_process_that_is_silent_is_ended_and_costs_one_name(
    pool: Callable[..., BulkPool],
) -> None:
    names = ["a", "hang", "b", "c"]
    found = list(pool(processes=1, silent_after_s=1.0).answers(names))
    assert found == [b"a", Lost.SILENT, b"b", b"c"]


def test_being_idle_is_not_being_silent(pool: Callable[..., BulkPool]) -> None:
    patient = pool(processes=1, silent_after_s=0.3)
    first = list(patient.answers(["pid"]))
    time.sleep(0.8)
    assert list(patient.answers(["pid"])) == first


def test_no_name_is_taken_far_ahead(pool: Callable[..., BulkPool]) -> None:
    taken = 0

    def names() -> Iterator[str]:
        nonlocal taken
        for number in range(1_000):
            taken += 1
            yield str(number)

    answers = pool().answers(names())
    next(answers)
    assert taken <= 64


def test_closing_ends_a_process_that_hangs_and_all_that_waits(
    pool: Callable[..., BulkPool],
) -> None:
    busy = pool(processes=1)
    answers = busy.answers(["pid", *["a"] * 7, "hang", "b"])
    process = int(next(answers))  # type: ignore[arg-type]  # bytes of digits
    threading.Timer(0.3, busy.close).start()
    rest = list(answers)
    assert rest[-2:] == [Lost.CLOSED, Lost.CLOSED] or rest[-2:] == [Lost.ENDED, Lost.CLOSED]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_warming_up_starts_every_process_and_says_when(pool: Callable[..., BulkPool]) -> None:
    warm = pool(processes=2)
    assert not warm.is_ready
    warm.warm_up()
    deadline = time.monotonic() + 30
    while not warm.is_ready and time.monotonic() < deadline:
        time.sleep(0.02)
    assert warm.is_ready
    assert list(warm.answers(["a"])) == [b"a"]


def test_after_closing_nothing_is_started(pool: Callable[..., BulkPool]) -> None:
    closed = pool()
    closed.close()
    closed.close()
    assert list(closed.answers(["a", "b"])) == [Lost.CLOSED] * 2


@pytest.mark.parametrize(
    "command", [["/nowhere/at/all"], [sys.executable, "-c", "raise SystemExit(1)"]]
)
def test_where_no_process_can_be_had_the_pool_says_so_and_asks_once(
    command: list[str], pool: Callable[..., BulkPool], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(bulk_pool, "_command", lambda: asked.append(1) or command)
    names = [str(number) for number in range(60)]
    assert list(pool(processes=1).answers(names)) == [Lost.NOT_STARTED] * 60
    assert len(asked) == 1
    assert pool(processes=1).is_ready is False


def real_process(begin: object) -> subprocess.Popen[bytes]:
    monkey = bulk_pool._command()
    process = subprocess.Popen(
        monkey, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(begin).encode() + b"\n")
    process.stdin.flush()
    return process


def test_a_process_answers_each_name_in_a_frame_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    names = json.dumps([str(tmp_path / "x.json"), str(tmp_path / "none")]).encode()
    begin = json.dumps(PREPARE).encode()
    answers = io.BytesIO()
    serve(io.BytesIO(begin + b"\n" + names + b"\n"), answers)
    frames, data = [], answers.getvalue()
    while data:
        length = int.from_bytes(data[:LENGTH_BYTES], "big")
        frames.append(data[LENGTH_BYTES : LENGTH_BYTES + length])
        data = data[LENGTH_BYTES + length :]
    ready, read, missing = frames
    assert ready == b""
    assert b"format.not_a_credential" not in read, "it is recognised again by the one who asks"
    assert b"source.missing" in missing


def test_the_process_runs_jobs_of_ours_only() -> None:
    with pytest.raises(ValueError, match="os"):
        serve(io.BytesIO(b'{"job": "os:system", "settings": {}}\n'), io.BytesIO())
    process = real_process({"job": "os:system", "settings": {}})
    out, err = process.communicate(b'["echo"]\n', timeout=60)
    assert (out, process.returncode) == (b"", 1)
    assert b"ValueError" in err


RECIPE = Recipe(offline=True).to_json()
PREPARE = {"job": "wallet_app.app.bulk:prepare_job", "settings": {"recipe": RECIPE}}


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_ctrl_c_is_left_to_the_one_who_asked(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    process = real_process(PREPARE)
    assert process.stdout is not None
    assert process.stdout.read(8) == bytes(8)
    process.send_signal(signal.SIGINT)
    line = json.dumps([str(tmp_path / "x.json")]).encode() + b"\n"
    out, _ = process.communicate(line, timeout=60)
    assert process.returncode == 0
    assert len(out) > 100


def test_nothing_is_imported_from_the_folder_a_person_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    process = real_process(PREPARE)
    out, _ = process.communicate(b"", timeout=60)
    assert (out, process.returncode) == (bytes(8), 0)
