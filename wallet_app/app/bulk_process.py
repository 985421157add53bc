"""One process of the pool for bulk work: it does one kind of job, for one name after the other.

It reads what strangers made, so that a file which crashes or stalls it costs that file and
nothing else. It never holds a key, and what it says is read as bytes and JSON only: unpickling
would let a process that a file took over run code in the one that holds the safe.

Input: a JSON line ``{"job": "module:function", "settings": {...}}``, then JSON lists of names,
a line each. Output: an empty frame when it is ready, then a frame per name; a frame is 8 bytes,
big-endian, and that many more. It ends when its input does.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import BinaryIO, Final

from wallet_app.system.hardening import harden_process

__all__ = ["LENGTH_BYTES", "Job", "main", "serve"]

Job = Callable[[str], bytes]
"""Does the work for one name; what it cannot do is in its answer."""

LENGTH_BYTES: Final = 8
_MAX_MEMORY_BYTES: Final = 2 * 2**30
_OURS: Final = "wallet_app."


def main() -> int:
    """Serve standard input until it ends; return the exit status."""
    harden_process()
    _limit_memory()
    # The one who asked is told of Ctrl-C too, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not stand between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(requests, answers)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Do what the requests ask for until they end.

    Raises:
        ValueError: the job is none of ours.
    """
    begin = json.loads(requests.readline())
    job = _job(begin["job"], begin["settings"])
    _answer(answers, b"")
    for line in requests:
        for name in json.loads(line):
            _answer(answers, job(name))


def _job(path: str, settings: Mapping[str, object]) -> Job:
    module, _, function = path.partition(":")
    if not module.startswith(_OURS):
        raise ValueError(module)
    job: Job = getattr(importlib.import_module(module), function)(settings)
    return job


def _answer(answers: BinaryIO, body: bytes) -> None:
    answers.write(len(body).to_bytes(LENGTH_BYTES, "big"))
    answers.write(body)
    answers.flush()


def _limit_memory() -> None:
    # A file that asks for more than any honest one ends this process, not the computer.
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - the module does not exist on Windows

    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        least = (
            _MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(_MAX_MEMORY_BYTES, hard)
        )
        resource.setrlimit(resource.RLIMIT_AS, (least, least))


if __name__ == "__main__":
    raise SystemExit(main())
