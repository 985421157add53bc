"""The process that compares with schemas: ended when it takes too long, started again."""

import csv
import hashlib
import io
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from wallet_app.app import schema_process, schema_worker
from wallet_app.app.schema_process import READY
from wallet_app.app.schema_worker import SchemaWorker
from wallet_app.app.schemas import load_schemas
from wallet_app.resources import resource_path

ENDLESS = json.dumps(
    {
        "$defs": {
            **{f"s{n}": {"allOf": [{"$ref": f"#/$defs/s{n + 1}"}] * 2} for n in range(60)},
            "s60": {"type": "object"},
        },
        "$ref": "#/$defs/s0",
    }
).encode()
NAME = b'{"required": ["name"]}'


@pytest.fixture
def worker() -> Iterator[SchemaWorker]:
    made = SchemaWorker()
    yield made
    made.close()


def test_one_process_answers_many_requests(worker: SchemaWorker) -> None:
    assert worker.compare(NAME, {"name": "x"}, 5_000).violations == ()
    process = worker._process
    found = worker.compare(NAME, {"a/b~": 1}, 5_000)
    assert [(v.path, v.keyword) for v in found.violations] == [("/name", "required")]
    assert worker._process is process
    found = worker.compare(b'{"additionalProperties": {"type": "string"}}', {"a/b~": 1}, 5_000)
    assert found.violations[0].path == "/a~1b~0"


def test_a_comparison_over_the_limit_ends_the_process_and_the_next_has_a_new_one(
    worker: SchemaWorker,
) -> None:
    assert worker.compare(NAME, {"name": "x"}, 5_000).problem == ""
    found = worker.compare(ENDLESS, {}, 200)
    assert found.problem == "schema.too_costly"
    assert 150 <= found.milliseconds < 2_000
    assert worker.compare(NAME, {"name": "x"}, 5_000).problem == ""


def test_a_process_that_was_ended_from_outside_is_replaced(worker: SchemaWorker) -> None:
    worker.compare(NAME, {}, 5_000)
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert worker.compare(NAME, {"name": "x"}, 5_000).problem == ""


def test_what_is_no_schema_is_said_to_be_unreadable(worker: SchemaWorker) -> None:
    for schema in (b"\xff", b"[", b"7", b'{"type": 7}', b'{"$ref": "https://x.example/"}'):
        assert worker.compare(schema, {}, 5_000).problem == "schema.unreadable"


def test_a_document_larger_than_a_pipe_is_compared(worker: SchemaWorker) -> None:
    document = {"name": "x", "text": "y" * 3_000_000}
    assert worker.compare(NAME, document, 5_000).violations == ()


@pytest.mark.parametrize("command", [["/bin/true"], ["/bin/echo", "no"], ["/bin/sleep", "60"]])
def test_a_process_that_does_not_start_properly_gives_no_answer(
    worker: SchemaWorker, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(schema_worker, "_command", lambda: command)
    monkeypatch.setattr(schema_worker, "_START_TIMEOUT_S", 0.3)
    assert worker.compare(NAME, {}, 5_000).problem == "schema.too_costly"


@pytest.mark.parametrize("size", [0, 2**31])
def test_an_answer_of_no_or_absurd_length_is_none(
    worker: SchemaWorker, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    answer = f"{READY.decode()}{size.to_bytes(4, 'big').decode('latin-1')}"
    script = f"import sys; sys.stdout.buffer.write({answer.encode('latin-1')!r})"
    script += "; sys.stdout.flush(); sys.stdin.buffer.read(60)"
    monkeypatch.setattr(schema_worker, "_command", lambda: [sys.executable, "-c", script])
    assert worker.compare(NAME, {}, 500).problem == "schema.too_costly"


def test_a_process_that_reads_nothing_gives_no_answer(
    worker: SchemaWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"import sys; sys.stdout.buffer.write({READY!r})"
    monkeypatch.setattr(schema_worker, "_command", lambda: [sys.executable, "-c", script])
    document = {"text": "x" * 1_000_000}
    assert worker.compare(NAME, document, 5_000).problem == "schema.too_costly"


def test_a_schema_that_refers_elsewhere_is_refused_when_it_is_compiled() -> None:
    for reference in ("https://issuer.example/x", "file:///etc/hostname", "urn:x"):
        with pytest.raises((ValueError, jsonschema_rs.ReferencingError)):
            schema_process.compile_schema(json.dumps({"$ref": reference}))


def test_the_process_itself_answers_until_its_input_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def parts(*texts: bytes) -> bytes:
        return b"".join(len(text).to_bytes(4, "big") + text for text in texts)

    deep = b'{"not":' * 3_000 + b"{}" + b"}" * 3_000
    requests = parts(NAME, b"{}", NAME, b'{"name": 1}', b"7", b"{}", deep, b"{}", NAME)
    source, sink = io.BytesIO(requests), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(sink))
    # The limits would stay on this process; the next test asks for them in one of its own.
    monkeypatch.setattr(schema_process, "_bound_memory", lambda: None)
    assert schema_process.main() == 0
    expected = [b'[["/name", "required"]]', b"[]", b"null", b"null", b"null"]
    assert sink.getvalue() == READY + parts(*expected)


@pytest.mark.skipif(sys.platform == "win32", reason="the limits are those of POSIX")
def test_the_process_may_take_a_gigabyte_and_leaves_no_core() -> None:
    script = (
        "import resource; from wallet_app.app import schema_process as s; s._bound_memory();"
        "print(*(resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS,"
        " resource.RLIMIT_CORE)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=resource_path().parent, check=True
    )
    assert ran.stdout.split() == [str(2**30).encode(), b"0"]


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = schema_worker._command()
    assert command == [sys.executable, schema_worker.SCHEMA_PROCESS_FLAG]


def test_threads_take_turns(worker: SchemaWorker) -> None:
    found: list[Any] = []

    def ask(number: int) -> None:
        comparison = worker.compare(NAME, {"name": number} if number % 2 else {}, 5_000)
        found.append((number % 2, len(comparison.violations)))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(0, 1)] * 4 + [(1, 0)] * 4


def test_every_bundled_schema_is_listed_with_its_hash_and_is_a_schema() -> None:
    with resource_path("schemas", "PROVENANCE.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    files = {path.name: path for path in resource_path("schemas").glob("*.json")}
    assert {row["file"] for row in rows} == set(files)
    for row in rows:
        assert hashlib.sha256(files[row["file"]].read_bytes()).hexdigest() == row["sha256"]
    for form in load_schemas().usual.values():
        assert not form.conforms({})


def test_nothing_that_a_schema_refers_to_is_ever_asked_for(worker: SchemaWorker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/schema"
        for keyword in ("$ref", "$dynamicRef", "$schema"):
            schema = json.dumps({keyword: address}).encode()
            assert worker.compare(schema, {}, 5_000).problem == "schema.unreadable"
        with pytest.raises(TimeoutError):
            server.accept()
