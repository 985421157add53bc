"""How large the QR code of a link will be, told before it is made and at no cost.

Rule: ISO/IEC 18004. Sizes that phones and paper bear are a judgement: version 12 on
paper, 22 on a screen, never above 25.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = [
    "MAX_LINK_CHARS",
    "PAPER_VERSION",
    "QUIET_ZONE",
    "SCREEN_VERSION",
    "ErrorCorrection",
    "QrSize",
    "Readability",
    "qr_size",
    "qr_size_of",
    "segments_of",
]

PAPER_VERSION: Final = 12
SCREEN_VERSION: Final = 22
QUIET_ZONE: Final = 4
_MAX_VERSION: Final = 25


class ErrorCorrection(StrEnum):
    """How much of a code may be dirty: L on a clean screen, M on paper."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


_CODEWORDS: Final = {
    ErrorCorrection.L: (
        *(19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428),
        *(461, 523, 589, 647, 721, 795, 861, 932, 1_006, 1_094, 1_174, 1_276),
    ),
    ErrorCorrection.M: (
        *(16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334),
        *(365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914, 1_000),
    ),
    ErrorCorrection.Q: (
        *(13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244),
        *(261, 295, 325, 367, 397, 445, 485, 512, 568, 614, 664, 718),
    ),
    ErrorCorrection.H: (
        *(9, 16, 26, 36, 46, 60, 66, 86, 100, 122, 140, 158, 180),
        *(197, 223, 253, 283, 313, 341, 385, 406, 442, 464, 514, 538),
    ),
}
"""Bytes of data in versions 1 to 25, headers of segments included (ISO/IEC 18004 table 7)."""

_IN_DIGITS: Final = re.compile(r"(.*#1d)([0-9]+)(.*)")
_MODE_BITS: Final = 4
_COUNT_BITS: Final = {False: (8, 16), True: (10, 12)}
"""Of a segment of bytes, and of one of digits: up to version 9, and from 10 to 26 (table 3)."""

_LAST_SMALL_VERSION: Final = 9
_BITS_OF_REST: Final = (0, 4, 7)
"""Of no, one and two digits; three are 10."""


class Readability(StrEnum):
    """How a code of some size does with an ordinary phone (judgement)."""

    READABLE = "readable"
    """With ease: up to version 12 on paper, 22 on a screen."""
    LARGE = "large"
    """With patience: up to version 25, filling the screen or the page."""
    TOO_LARGE = "too_large"
    """Not at all: no code is given."""


@dataclass(frozen=True, slots=True)
class QrSize:
    """What a code will be like, told before it is made.

    Attributes:
        version: 1 to 25, or 0 when no code is given.
        modules: how many stand side by side, quiet zone included; 0 likewise.
        limit: characters of the longest link of this form that still has a code.
    """

    version: int
    modules: int
    readability: Readability
    error_correction: ErrorCorrection
    limit: int


def qr_size(length: int, *, on_paper: bool = False) -> QrSize:
    """Return how large the code of a link of ``length`` characters will be.

    Level L is taken on a screen, which is clean, M on paper: make the code with the level
    that is returned.
    """
    level = ErrorCorrection.M if on_paper else ErrorCorrection.L
    return _size(((length, False),), level)


def qr_size_of(link: str, level: ErrorCorrection) -> QrSize:
    """Return how large the code of this very link will be, digits behind ``#1d`` counted so.

    M is judged as on paper, L as on a screen, and so are Q and H, which nothing here asks for.
    """
    return _size([(len(text), is_digits) for text, is_digits in segments_of(link)], level)


def segments_of(link: str) -> tuple[tuple[str, bool], ...]:
    """Return the stretches of a link, each with whether a code carries it as digits."""
    found = _IN_DIGITS.fullmatch(link)
    if found is None:
        return ((link, False),)
    start, digits, rest = found.groups()
    return ((start, False), (digits, True), *(((rest, False),) if rest else ()))


def _size(segments: Sequence[tuple[int, bool]], level: ErrorCorrection) -> QrSize:
    rows = enumerate(_CODEWORDS[level], 1)
    version = next((number for number, room in rows if _bits(segments, number) <= 8 * room), 0)
    comfortable = PAPER_VERSION if level is ErrorCorrection.M else SCREEN_VERSION
    readability = Readability.READABLE if version <= comfortable else Readability.LARGE
    if not version:
        readability = Readability.TOO_LARGE
    modules = 17 + 4 * version + 2 * QUIET_ZONE if version else 0
    return QrSize(version, modules, readability, level, _limit(segments, level))


def _bits(segments: Sequence[tuple[int, bool]], version: int) -> int:
    is_wide = version > _LAST_SMALL_VERSION
    headers = sum(_MODE_BITS + _COUNT_BITS[is_digits][is_wide] for _, is_digits in segments)
    contents = (
        10 * (length // 3) + _BITS_OF_REST[length % 3] if is_digits else 8 * length
        for length, is_digits in segments
    )
    return headers + sum(contents)


def _limit(segments: Sequence[tuple[int, bool]], level: ErrorCorrection) -> int:
    """Return how long all may be together when only the digits, or the only bytes, grow."""
    lengths = [length for length, _ in segments]
    at = 1 if len(segments) > 1 else 0
    is_digits = segments[at][1]
    around = [*segments[:at], (0, is_digits), *segments[at + 1 :]]
    room = 8 * _CODEWORDS[level][_MAX_VERSION - 1] - _bits(around, _MAX_VERSION)
    held = 3 * (room // 10) + sum(room % 10 >= bits for bits in _BITS_OF_REST[1:])
    return sum(lengths) - lengths[at] + max(0, held if is_digits else room // 8)


MAX_LINK_CHARS: Final = {level: _limit(((0, False),), level) for level in ErrorCorrection}
"""Characters that version 25 holds at each level, none of them as digits."""
