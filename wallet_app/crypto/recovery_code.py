"""A recovery code: 13 words drawn from a list of 1,024, and a fourteenth that checks them.

130 random bits open the vault when the passphrase is forgotten. The secret is the drawn
number, not the words, so that the same code reads in every language's list. A person copies
it from paper: case, accents, numbering, hyphens and line breaks do not count, and four
letters are enough where only one word begins with them.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["CODE_BYTES", "CODE_WORDS", "RecoveryCode", "draw_code", "read_code", "read_word"]

CODE_BYTES: Final = 17
"""What ``draw_code`` takes, and the length of the secret: 130 bits, big-endian."""
CODE_WORDS: Final = 14

_BITS_PER_WORD: Final = 10
_DRAWN_WORDS: Final = CODE_WORDS - 1
_SECRET_BITS: Final = _DRAWN_WORDS * _BITS_PER_WORD
_LIST_SIZE: Final = 1 << _BITS_PER_WORD
_CHECK_LABEL: Final = b"coffre recovery code check v1"
_SHORTEST: Final = 4
_LETTERS: Final = re.compile(r"[a-z]+")
_MAX_CHARS: Final = 4096


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """One code. ``secret`` is what opens the slot; the words are only how it is written."""

    secret: Secret

    def words(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the 14 words in a list of 1,024."""
        if len(words) != _LIST_SIZE:
            raise ValueError("a list has 1,024 words")
        number = int.from_bytes(self.secret.buffer(), "big")
        places = [number >> shift & _LIST_SIZE - 1 for shift in _SHIFTS]
        return tuple(words[place] for place in (*places, _check_of(self.secret)))


_SHIFTS: Final = range(_SECRET_BITS - _BITS_PER_WORD, -1, -_BITS_PER_WORD)


def draw_code(random_bytes: bytes) -> RecoveryCode:
    """Return the code that ``CODE_BYTES`` random bytes give; six of their bits are not used."""
    if len(random_bytes) != CODE_BYTES:
        raise ValueError("a code takes 17 bytes")
    number = int.from_bytes(random_bytes, "big") & (1 << _SECRET_BITS) - 1
    return RecoveryCode(Secret(number.to_bytes(CODE_BYTES, "big")))


def read_code(text: str, lists: Mapping[str, Sequence[str]]) -> RecoveryCode:
    """Return the code that a person typed, in the words of any one of ``lists``.

    Raises:
        UserError: ``recovery.empty``; ``recovery.word_count`` with ``count`` and ``wanted``;
            ``recovery.unknown_word`` with ``place``, the first word that no list knows or
            that is too short to tell; ``recovery.mistyped``, each word exists but together
            they are no code. Never with a word itself, which is part of a secret.
    """
    typed = _typed_words(text)
    if not typed:
        raise UserError("recovery.empty")
    if len(typed) != CODE_WORDS:
        raise UserError("recovery.word_count", {"count": len(typed), "wanted": CODE_WORDS})
    readings = [[_place_of(word, words) for word in typed] for words in lists.values()]
    whole = [
        [place for place in reading if place is not None]
        for reading in readings
        if None not in reading
    ]
    if not whole:
        # The language is the one that knows most of the words.
        meant = max(readings, key=_known)
        raise UserError("recovery.unknown_word", {"place": meant.index(None) + 1})
    for places in whole:
        code = _code_of(places[:-1])
        if _check_of(code.secret) == places[-1]:
            return code
    raise UserError("recovery.mistyped")


def read_word(text: str, words: Sequence[str]) -> str:
    """Return the word of a list that one typed word means, or "" when it is none or two."""
    typed = _typed_words(text)
    place = _place_of(typed[0], words) if len(typed) == 1 else None
    return "" if place is None else words[place]


def _typed_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text[:_MAX_CHARS].casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _LETTERS.findall(bare)


def _place_of(typed: str, words: Sequence[str]) -> int | None:
    begun = [place for place, word in enumerate(words) if word.startswith(typed)]
    exact = [place for place in begun if words[place] == typed]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 and len(typed) >= _SHORTEST else None


def _known(reading: Sequence[int | None]) -> int:
    return sum(place is not None for place in reading)


def _code_of(places: Sequence[int]) -> RecoveryCode:
    number = 0
    for place in places:
        number = number << _BITS_PER_WORD | place
    return RecoveryCode(Secret(number.to_bytes(CODE_BYTES, "big")))


def _check_of(secret: Secret) -> int:
    digest = sha256(_CHECK_LABEL + secret.buffer()).digest()
    return int.from_bytes(digest[:2], "big") >> 16 - _BITS_PER_WORD
