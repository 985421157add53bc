"""Cut a JSON-LD document down to what JSON pointers name.

Source: vc-di-ecdsa 1.0 section 3.4 (jsonPointerToPaths, createInitialSelection, selectPaths,
selectJsonLd), RFC 6901. Around what is chosen stay ``@context`` and, of every object on the
way, ``id`` and ``type``: without these the parts would mean something else.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, cast

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.jsonld import count_values, plain_copy

__all__ = ["escape_pointer", "select"]

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_BAD_ESCAPE: Final = re.compile("~(?![01])")
_ALWAYS: Final = ("id", "@id", "type", "@type")


def escape_pointer(name: str) -> str:
    """Return a member's name as one step of a JSON pointer."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def select(
    document: JsonObject, pointers: Iterable[str], work: CanonicalWork
) -> dict[str, JsonValue] | None:
    """Return the part of ``document`` that the pointers name; None when there are none.

    ``document`` is left as it is. ``work`` is spent by the size of what is copied: many
    pointers to one large part must not cost many times its size.

    Raises:
        ProofMalformed: ``proof.pointer_missing``: a pointer names nothing, or is none.
        ProofUnsupported: ``canon.budget``.
    """
    selection: dict[str, JsonValue] | None = None
    for pointer in pointers:
        if selection is None:
            selection = {"@context": document.get("@context"), **_frame(document)}
        _add(selection, document, _steps(pointer), work)
    return None if selection is None else {name: _dense(v) for name, v in selection.items()}


class _Slots(dict[int, JsonValue]):
    """Chosen items of an array, by their place in it."""


def _steps(pointer: str) -> list[str]:
    if pointer and (not pointer.startswith("/") or _BAD_ESCAPE.search(pointer)):
        raise _missing(pointer)
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _add(
    selection: dict[str, JsonValue], document: JsonObject, steps: list[str], work: CanonicalWork
) -> None:
    if not steps:
        selection.update(_copy(document, work))
        return
    target: dict[Any, Any] = selection  # by name, or by place in an array
    value: JsonValue = document
    for depth, step in enumerate(steps):
        work.spend(1)
        key, value = _member(value, step)
        if depth == len(steps) - 1:
            target[key] = _copy({"value": value}, work)["value"]
        elif key not in target:
            target[key] = _Slots() if isinstance(value, list) else _frame(value)
        elif isinstance(target[key], list):
            target[key] = _Slots(enumerate(target[key]))
        target = target[key]


def _member(value: JsonValue, step: str) -> tuple[str | int, JsonValue]:
    if isinstance(value, dict) and step in value:
        return step, value[step]
    if isinstance(value, list) and _INDEX.fullmatch(step) and int(step) < len(value):
        return int(step), value[int(step)]
    raise _missing(step)


def _frame(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        return {}
    kept = {name: value[name] for name in _ALWAYS if name in value}
    return {name: v for name, v in kept.items() if not str(v).startswith("_:")}


def _copy(value: JsonObject, work: CanonicalWork) -> dict[str, JsonValue]:
    work.spend(count_values(value))
    return plain_copy(value)


def _dense(value: object) -> JsonValue:
    if isinstance(value, _Slots):
        return [_dense(value[place]) for place in sorted(value)]
    if isinstance(value, dict):
        return {name: _dense(member) for name, member in value.items()}
    return cast("JsonValue", value)


def _missing(pointer: str) -> ProofMalformed:
    return ProofMalformed("proof.pointer_missing", {"pointer": pointer[:200]})
