"""What a second start says to the first, as bytes. Names only: nothing here can unlock a safe.

One JSON object each way, ended by a line feed, at most ``MAX_BYTES`` long and of a stated
version. Threat: the socket may be held by another program, or spoken to by one; whatever is not
exactly of this form is refused as a whole.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = [
    "MAX_BYTES",
    "MAX_NAMES",
    "Answer",
    "Ask",
    "MessageError",
    "Verb",
    "parse_answer",
    "parse_ask",
    "serialise_answer",
    "serialise_ask",
]

VERSION: Final = 1
MAX_BYTES: Final = 1024 * 1024
MAX_NAMES: Final = 10_000
_MAX_NAME_CHARS: Final = 4_096
_MARK: Final = "coffre"


class Verb(StrEnum):
    """What can be asked for."""

    SHOW = "show"
    LOCK = "lock"


class Answer(StrEnum):
    """What is answered."""

    SHOWN = "shown"
    LOCKED = "locked"
    WAS_LOCKED = "was_locked"
    REFUSED = "refused"


class MessageError(ValueError):
    """The bytes are no message of this version."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: ``names`` are absolute paths and addresses to take in, for ``SHOW`` only."""

    verb: Verb
    names: tuple[str, ...] = ()


def serialise_ask(ask: Ask) -> bytes:
    """Return the bytes of a request.

    Raises:
        MessageError: too many names, or together too long.
    """
    data = _line({_MARK: VERSION, "verb": ask.verb.value, "names": list(ask.names)})
    if len(data) > MAX_BYTES or len(ask.names) > MAX_NAMES:
        raise MessageError("too long")
    return data


def serialise_answer(answer: Answer) -> bytes:
    """Return the bytes of an answer."""
    return _line({_MARK: VERSION, "answer": answer.value})


def parse_ask(line: bytes) -> Ask:
    """Return the request in a line.

    Raises:
        MessageError: it is none.
    """
    members = _members(line, {_MARK, "verb", "names"})
    verb, names = members["verb"], members["names"]
    if verb not in list(Verb) or not isinstance(names, list) or len(names) > MAX_NAMES:
        raise MessageError("no request")
    texts = tuple(name for name in names if _is_name(name))
    if len(texts) != len(names) or (texts and verb != Verb.SHOW):
        raise MessageError("no names")
    return Ask(Verb(str(verb)), texts)


def parse_answer(line: bytes) -> Answer:
    """Return the answer in a line.

    Raises:
        MessageError: it is none.
    """
    answer = _members(line, {_MARK, "answer"})["answer"]
    if answer not in list(Answer):
        raise MessageError("no answer")
    return Answer(str(answer))


def _line(members: dict[str, object]) -> bytes:
    # ASCII: a file name that is no Unicode travels as an escaped surrogate.
    return json.dumps(members, separators=(",", ":")).encode("ascii") + b"\n"


def _members(line: bytes, wanted: set[str]) -> dict[str, object]:
    if len(line) > MAX_BYTES:
        raise MessageError("too long")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MessageError("no JSON") from error
    if not isinstance(found, dict) or set(found) != wanted or found[_MARK] != VERSION:
        raise MessageError("another form or version")
    return found


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _MAX_NAME_CHARS and "\x00" not in name
