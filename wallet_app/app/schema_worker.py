"""The process that compares with strangers' schemas: started once, ended when it takes too long.

Threat: a schema that asks for endless work, memory or stack. None of it can be stopped
within this program; a process can be ended from outside, and costs 0.1 s to start again.
"""

import atexit
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from wallet_app.app import schema_process
from wallet_app.credentials.model import JsonObject
from wallet_app.own_process import own_process
from wallet_app.verification.schemas import Comparison, Violation

__all__ = ["SCHEMA_PROCESS_FLAG", "SchemaWorker"]

SCHEMA_PROCESS_FLAG: Final = "--schema-process"
"""The only argument with which a frozen program starts itself as ``schema_process``."""

_START_TIMEOUT_S: Final = 10.0
_MAX_ANSWER_BYTES: Final = 64 * 1024


class SchemaWorker:
    """Compares documents with schemas, one at a time; any thread may call."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def compare(self, schema: bytes, document: JsonObject, limit_ms: int) -> Comparison:
        """Compare ``document`` with the schema whose JSON text is ``schema``.

        ``schema.too_costly`` when it is not done within ``limit_ms``, or the process ended
        over it.
        """
        body = json.dumps(document).encode("utf-8")
        with self._lock:
            process = self._running()
            started = time.monotonic()
            answer = _ask(process, schema, body, limit_ms / 1000) if process else None
            spent = int((time.monotonic() - started) * 1000)
            if answer is None:
                self._end()
                return Comparison(problem="schema.too_costly", milliseconds=spent)
        found = json.loads(answer)
        if found is None:
            return Comparison(problem="schema.unreadable", milliseconds=spent)
        return Comparison(tuple(Violation(*pair) for pair in found), milliseconds=spent)

    def close(self) -> None:
        """End the process; the next comparison starts another one."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        # Our own interpreter and script; nothing of it comes from outside.
        self._process = subprocess.Popen(  # noqa: S603
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with _ends_after(self._process, _START_TIMEOUT_S):
            ready = _pipe(self._process.stdout).read(1)
        return self._process if ready == schema_process.READY else None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            _close(_pipe(pipe))
        process.wait()


@contextmanager
def _ends_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """End ``process`` when the block takes longer: whoever reads from it then sees the end."""
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _ask(
    process: subprocess.Popen[bytes], schema: bytes, document: bytes, seconds: float
) -> bytes | None:
    """Return the answer's JSON text; None when the process ended before it gave one."""
    requests, answers = _pipe(process.stdin), _pipe(process.stdout)
    with _ends_after(process, seconds):
        try:
            for part in (schema, document):
                requests.write(len(part).to_bytes(4, "big") + part)
            requests.flush()
            size = int.from_bytes(answers.read(4), "big")
            answer = answers.read(min(size, _MAX_ANSWER_BYTES))
        except OSError:
            return None
    return answer if answer and len(answer) == size else None


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("every process here is started with pipes")
    return pipe


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        # What was still to be written has no reader any more.
        return


def _command() -> list[str]:
    return own_process(SCHEMA_PROCESS_FLAG, schema_process.__file__)
