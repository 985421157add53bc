"""Processes that seal or open backups, so that a lock can end them.

Such a process holds every badge in clear, and its passphrase, for as long as scrypt takes.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["end_running", "while_running"]

_guard = Lock()
_running: set[subprocess.Popen[bytes]] = set()


@contextmanager
def while_running(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a lock end ``process`` inside; whoever waits for it hears that it failed."""
    with _guard:
        _running.add(process)
    try:
        yield
    finally:
        with _guard:
            _running.discard(process)


def end_running() -> None:
    """End them all; any thread may call this. Waits for nothing."""
    with _guard:
        for process in _running:
            process.kill()
