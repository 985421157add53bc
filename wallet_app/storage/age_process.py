"""The program that encrypts and decrypts backups, in a process of its own.

The age library holds the interpreter for seconds while it derives a key, and would
freeze the window. Run as a script; it imports nothing of Coffre. The passphrase comes
through standard input and never appears in arguments, environment or files.

Input: ``seal`` or ``open`` with a passphrase, ``addr`` (seal to a recipient) or ``iden`` (open
with an identity); 4 bytes, big-endian: length of that secret in UTF-8; the secret;
the data to the end. Output: one byte of ``Answer``, then the result; what is sealed comes in
its armor, which the library makes ten times as fast as Python.
"""

import ctypes
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import pyrage

__all__ = ["Answer", "main"]


class Answer(IntEnum):
    """How it went. An empty output means that the process itself failed."""

    DONE = 0
    WRONG_PASSPHRASE = 1
    DAMAGED = 2
    TOO_COSTLY = 3


# The library gives one exception with a text; pinned, and a test guards each.
_NOT_UNWRAPPED: Final = "Decryption failed"
_OTHER_KEY: Final = "No matching keys found"
_TOO_COSTLY: Final = "Excessive work"

_PR_SET_DUMPABLE: Final = 4  # Linux prctl(2)
_MAX_MEMORY_BYTES: Final = 6 * 2**30
"""Room for the costliest key that ``age_archive`` accepts, 4 GiB, and the largest file."""


def main() -> int:
    """Do the one job that standard input asks for; return the exit status."""
    _protect_itself()
    request = sys.stdin.buffer.read()
    verb, size = request[:4], int.from_bytes(request[4:8], "big")
    secret, data = request[8 : 8 + size].decode("utf-8"), request[8 + size :]
    answer, result = _VERBS[verb](data, secret)
    sys.stdout.buffer.write(bytes([answer]))
    sys.stdout.buffer.write(result)
    sys.stdout.buffer.flush()
    return 0


def _protect_itself() -> None:
    # Before the passphrase is read. What a system refuses is no reason to make no backup.
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - the module does not exist on Windows

        for limit, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_AS, _MAX_MEMORY_BYTES),
        ):
            with suppress(ValueError, OSError):
                hard = resource.getrlimit(limit)[1]
                least = most if hard == resource.RLIM_INFINITY else min(most, hard)
                resource.setrlimit(limit, (least, least))


def _seal(data: bytes, passphrase: str) -> tuple[Answer, bytes]:
    return Answer.DONE, pyrage.passphrase.encrypt(data, passphrase, armored=True)


def _open(data: bytes, passphrase: str) -> tuple[Answer, bytes]:
    try:
        return Answer.DONE, pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        return _refusal(str(error)), b""


def _seal_to(data: bytes, recipient: str) -> tuple[Answer, bytes]:
    return Answer.DONE, pyrage.encrypt(
        data, [pyrage.x25519.Recipient.from_str(recipient)], armored=True
    )


def _open_with(data: bytes, identity: str) -> tuple[Answer, bytes]:
    try:
        return Answer.DONE, pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as error:
        return _refusal(str(error)), b""


def _refusal(text: str) -> Answer:
    if text.startswith((_NOT_UNWRAPPED, _OTHER_KEY)):
        return Answer.WRONG_PASSPHRASE
    return Answer.TOO_COSTLY if text.startswith(_TOO_COSTLY) else Answer.DAMAGED


_VERBS: Final[Mapping[bytes, Callable[[bytes, str], tuple[Answer, bytes]]]] = MappingProxyType(
    {b"seal": _seal, b"open": _open, b"addr": _seal_to, b"iden": _open_with}
)


if __name__ == "__main__":
    raise SystemExit(main())
