"""Host names turned into addresses, within a time limit."""

import socket
import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue

__all__ = ["NameLookupFailed", "look_up"]


class NameLookupFailed(Exception):
    """The name has no address, or the answer did not come in time."""


def look_up(host: str, port: int, timeout_s: float) -> Sequence[str]:
    """Return every address of ``host``, in the system's order of preference.

    The system call knows no time limit; when it takes too long it is left behind in a
    daemon thread.

    Raises:
        NameLookupFailed: no such name, no address, or no answer in ``timeout_s``.
    """
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()
    threading.Thread(target=_ask, args=(host, port, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=timeout_s)
    except Empty as error:
        raise NameLookupFailed(host) from error
    if isinstance(answer, OSError):
        raise NameLookupFailed(host) from answer
    return answer


def _ask(host: str, port: int, answers: "SimpleQueue[list[str] | OSError]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    except UnicodeError as error:
        answers.put(OSError(str(error)))
    else:
        answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
