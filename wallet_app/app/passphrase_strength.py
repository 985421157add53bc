"""How hard a passphrase is to guess: a plain, cautious estimate, never a promise.

It counts what a guesser would try: words of a dictionary, letters swapped for digits,
runs like ``1234`` or ``aaaa``, and the few passphrases everybody uses. It advises and
forbids nothing.
"""

import math
import re
import unicodedata
from enum import IntEnum
from typing import Final

__all__ = ["Strength", "guess_bits", "strength_of"]

_MAX_CHARS: Final = 128
"""Longer text is judged by its beginning: the estimate must not slow down typing."""
_BITS_PER_WORD: Final = 11.0
"""A word picked from about two thousand."""
_BITS_PER_LETTER_MORE: Final = 1.5
"""What each letter of an overlong word adds: several words may be run together."""
_BITS_PER_CAPITAL: Final = 1.0
_BITS_PER_RUN_STEP: Final = 0.5
_SHORT_WORD: Final = 3
_LONG_WORD: Final = 9
_SWAPPED: Final = re.compile(r"(?<=[^\W\d_])[013457@$](?=[^\W\d_])")
_LETTER_OF: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_KNOWN: Final = frozenset(
    {"password", "passphrase", "motdepasse", "azerty", "qwerty", "coffre", "letmein", "bonjour",
     "soleil", "iloveyou", "jetaime", "welcome", "admin", "secret", "dragon", "doudou"}
)  # fmt: skip


class Strength(IntEnum):
    """How many of the four bars are filled."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3
    VERY_STRONG = 4


_FROM_BITS: Final = (
    (55.0, Strength.VERY_STRONG),
    (44.0, Strength.STRONG),
    (33.0, Strength.FAIR),
)


def strength_of(passphrase: str) -> Strength:
    """Return the estimate for what was typed so far."""
    if not passphrase:
        return Strength.NONE
    bits = guess_bits(passphrase)
    return next((found for limit, found in _FROM_BITS if bits >= limit), Strength.WEAK)


def guess_bits(passphrase: str) -> float:
    """Return the lower of two estimates, in bits: as words, and as single characters."""
    text = unicodedata.normalize("NFKC", passphrase)[:_MAX_CHARS]
    return min(_as_words(text), _run_bits(text.casefold()))


def _as_words(text: str) -> float:
    read = _SWAPPED.sub(lambda swapped: _LETTER_OF[swapped[0]], text)
    pieces = "".join(char if char.isalpha() else " " for char in read).split()
    words = {piece.casefold() for piece in pieces if len(piece) >= _SHORT_WORD}
    short = "".join(piece for piece in pieces if len(piece) < _SHORT_WORD)
    others = "".join(char for char in read if not char.isalpha() and not char.isspace())
    bits = sum(map(_word_bits, words)) + _run_bits(others) + _run_bits(short)
    return bits + _BITS_PER_CAPITAL * sum(piece.istitle() for piece in pieces[1:])


def _word_bits(word: str) -> float:
    if word in _KNOWN:
        return 1.0
    return _BITS_PER_WORD + _BITS_PER_LETTER_MORE * max(0, len(word) - _LONG_WORD)


def _run_bits(text: str) -> float:
    """Count each character in full, except where it repeats or continues the one before."""
    per_character = math.log2(max(2, _alphabet_size(text)))
    bits, previous = 0.0, ""
    for character in text:
        continues = previous and abs(ord(character) - ord(previous)) <= 1
        bits += _BITS_PER_RUN_STEP if continues else per_character
        previous = character
    return bits


def _alphabet_size(text: str) -> int:
    size = 10 if any(map(str.isdigit, text)) else 0
    size += 26 if any(map(str.isalpha, text)) else 0
    size += 33 if any(not character.isalnum() for character in text) else 0
    return size
