"""JSON read strictly: two parsers must never see two different documents.

Refuses what ``json.loads`` lets through although it lets a signed text be read in two
ways or exhausts the machine: duplicate keys, NaN and infinities, huge numbers, deep
nesting, lone surrogates, anything but UTF-8.

Sources: RFC 8259 sections 4 and 8, RFC 7493 (I-JSON).
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from math import isfinite
from typing import Final, NoReturn

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue

__all__ = ["DEFAULT_LIMITS", "JsonLimits", "parse_json", "parse_object"]


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """What a document may cost.

    Attributes:
        size_bytes: of the UTF-8 text.
        depth: of arrays and objects within one another.
        nodes: values of any kind, containers included; empty containers count twice.
        integer_digits: of one whole number.
    """

    size_bytes: int = 4 * 1024 * 1024
    depth: int = 64
    nodes: int = 100_000
    integer_digits: int = 64


DEFAULT_LIMITS: Final = JsonLimits()

# The closing quote is optional, and nothing backtracks, so that an unterminated string
# costs one pass.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(data: bytes | str, limits: JsonLimits = DEFAULT_LIMITS) -> JsonValue:
    """Return the one value that ``data`` holds; a byte order mark and white space may surround it.

    Raises:
        FormatError: ``format.too_large``, ``format.not_utf8``, ``format.json_invalid``,
            ``format.json_duplicate_key``, ``format.json_number``, ``format.json_too_deep``,
            ``format.json_too_many_values`` or ``format.json_surrogate``.
    """
    if len(data) > limits.size_bytes:
        raise FormatError("format.too_large", {"limit": limits.size_bytes})
    text = _decode(data).removeprefix("\ufeff")
    _check_shape(text, limits)
    value = _load(text, limits)
    if _SURROGATE_ESCAPE.search(text):
        _check_surrogates(value)
    return value


def parse_object(data: bytes | str, limits: JsonLimits = DEFAULT_LIMITS) -> JsonObject:
    """Return the JSON object that ``data`` holds.

    Raises:
        FormatError: as ``parse_json``, or ``format.json_not_an_object``.
    """
    value = parse_json(data, limits)
    if not isinstance(value, dict):
        raise FormatError("format.json_not_an_object")
    return value


def _decode(data: bytes | str) -> str:
    try:
        if isinstance(data, bytes):
            return data.decode("utf-8")
        data.encode("utf-8")
    except UnicodeError as error:
        raise FormatError("format.not_utf8") from error
    return data


def _check_shape(text: str, limits: JsonLimits) -> None:
    # Before parsing: json.loads recurses once per level and has no limit of its own.
    structure = _STRING.sub('"', text)
    openings = structure.count("[") + structure.count("{")
    if 1 + openings + structure.count(",") > limits.nodes:
        raise FormatError("format.json_too_many_values", {"limit": limits.nodes})
    if openings <= limits.depth:
        return
    depth = 0
    for bracket in _BRACKET.finditer(structure):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > limits.depth:
            raise FormatError("format.json_too_deep", {"limit": limits.depth})


def _load(text: str, limits: JsonLimits) -> JsonValue:
    def whole_number(digits: str) -> int:
        if len(digits.lstrip("-")) > limits.integer_digits:
            raise FormatError("format.json_number")
        return int(digits)

    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=whole_number,
            parse_float=_finite,
            parse_constant=_refuse_constant,
        )
    except ValueError as error:
        raise FormatError("format.json_invalid") from error
    return value


def _unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise FormatError("format.json_duplicate_key", {"key": counts.most_common(1)[0][0][:100]})
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise FormatError("format.json_number")
    return value


def _refuse_constant(_name: str) -> NoReturn:
    raise FormatError("format.json_number")


def _check_surrogates(value: JsonValue) -> None:
    waiting: list[JsonValue] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str) and _has_surrogate(item):
            raise FormatError("format.json_surrogate")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
