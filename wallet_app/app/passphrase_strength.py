"""How hard a passphrase is to guess: a cautious estimate, never a promise.

``zxcvbn`` counts what a guesser tries first: leaked passwords, words, names, dates, keyboard
rows, repeats. It knows English, and is told the French that is tried first; a second bound
counts every run of letters as one word of whatever language, so that no language looks
stronger for being unknown to it. The lower one counts. It advises and forbids nothing.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any, Final

from wallet_app.app.passphrases import word_list
from wallet_app.wording import LANGUAGES

__all__ = ["Judgement", "Strength", "Weakness", "guess_bits", "judge", "prepare", "strength_of"]

MAX_CHARS: Final = 100
"""Longer text is judged by its beginning, and by pieces: it must not slow down typing."""
_PIECE_CHARS: Final = 34
_BITS_PER_WORD: Final = 11.0
"""A word picked from about two thousand."""
_BITS_PER_LETTER_MORE: Final = 1.5
"""What each letter of an overlong word adds: several words may be run together."""
_BITS_PER_CHARACTER: Final = math.log2(95)
_BITS_PER_CAPITAL: Final = 1.0
_SHORT_WORD: Final = 3
_LONG_WORD: Final = 9
_SWAPPED: Final = re.compile(r"(?<=[^\W\d_])[013457@$](?=[^\W\d_])")
_LETTER_OF: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_PERIODIC: Final = re.compile(r"(.{1,50}?)\1+")
_TRIED_FIRST: Final = (
    "motdepasse", "azerty", "bonjour", "soleil", "jetaime", "doudou", "coffre", "chouchou",
    "loulou", "secret", "passphrase", "marseille", "amour", "maman", "papa", "coucou", "camille",
    "nicolas", "thomas", "julien", "azertyuiop", "qsdfghjklm", "wxcvbn", "france", "paris",
    "vacances", "chocolat", "princesse", "dragon", "welcome", "password",
    "correct horse battery staple", "correct-horse-battery-staple",
)  # fmt: skip
"""What French-speaking people are known to choose; ``zxcvbn`` brings the English, but not the
four words that every text on passphrases gives as its example."""


class Strength(IntEnum):
    """How many of the four bars are filled."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3
    VERY_STRONG = 4


class Weakness(StrEnum):
    """What a guesser would try first; the faces have words for each."""

    NONE = ""
    COMMON = "common"
    ROW = "row"
    REPEAT = "repeat"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The estimate, and what makes a weak passphrase weak."""

    strength: Strength
    weakness: Weakness = Weakness.NONE


_FROM_BITS: Final = (
    (55.0, Strength.VERY_STRONG),
    (44.0, Strength.STRONG),
    (33.0, Strength.FAIR),
)
_ENOUGH_BITS: Final = _FROM_BITS[0][0]
_WEAKNESSES: Final = {
    "dictionary": Weakness.COMMON,
    "spatial": Weakness.ROW,
    "sequence": Weakness.ROW,
    "repeat": Weakness.REPEAT,
    "date": Weakness.DATE,
    "regex": Weakness.DATE,
}


def judge(passphrase: str) -> Judgement:
    """Return the estimate for what was typed so far. Takes some milliseconds."""
    if not passphrase:
        return Judgement(Strength.NONE)
    bits, weakness = _estimate(passphrase)
    strength = next((found for limit, found in _FROM_BITS if bits >= limit), Strength.WEAK)
    return Judgement(strength, weakness if strength <= Strength.FAIR else Weakness.NONE)


def strength_of(passphrase: str) -> Strength:
    """Return the strength alone."""
    return judge(passphrase).strength


def guess_bits(passphrase: str) -> float:
    """Return the estimate in bits: a guesser needs about two to that power tries."""
    return _estimate(passphrase)[0]


def prepare() -> None:
    """Load the lists, a tenth of a second, ahead of the first letter; any thread."""
    _estimator()


def _estimate(passphrase: str) -> tuple[float, Weakness]:
    text = unicodedata.normalize("NFKC", passphrase[: 4 * MAX_CHARS])[:MAX_CHARS]
    by_words = _as_words(text)
    by_lists, weakness = _as_listed(_plain(text))
    return min(by_words, by_lists), weakness


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text)
    return "".join(char for char in bare if not unicodedata.combining(char))


def _as_listed(text: str) -> tuple[float, Weakness]:
    """Return what ``zxcvbn`` says, piece by piece: its work grows with the square."""
    periodic = _PERIODIC.fullmatch(text)
    unit = periodic[1] if periodic else text
    bits = math.log2(len(text) / len(unit)) if periodic else 0.0
    weakness = Weakness.REPEAT if periodic else Weakness.NONE
    for start in range(0, len(unit), _PIECE_CHARS):
        if bits >= _ENOUGH_BITS:
            break
        found = _estimator()(unit[start : start + _PIECE_CHARS], max_length=MAX_CHARS)
        bits += math.log2(float(found["guesses"]))
        weakness = weakness or _weakness_of(found["sequence"])
    return bits, weakness


def _weakness_of(sequence: list[dict[str, Any]]) -> Weakness:
    widest = max(sequence, key=lambda match: len(match["token"]), default=None)
    found = _WEAKNESSES.get(widest["pattern"], Weakness.NONE) if widest else Weakness.NONE
    letters = sum(map(str.isalpha, "".join(m["token"] for m in sequence if m is not widest)))
    if found is Weakness.COMMON and letters >= _SHORT_WORD:
        # Two words are too few; that is not to say that everybody tries these two.
        return Weakness.NONE
    return found


@cache
def _estimator() -> Any:  # noqa: ANN401 - the library has no types
    import zxcvbn  # noqa: PLC0415 - a tenth of a second, which most commands do without
    from zxcvbn.matching import add_frequency_lists  # noqa: PLC0415

    listed = (word for language in LANGUAGES for word in word_list(language))
    add_frequency_lists({"coffre": list(dict.fromkeys((*_TRIED_FIRST, *listed)))})
    return zxcvbn.zxcvbn


def _as_words(text: str) -> float:
    read = _SWAPPED.sub(lambda swapped: _LETTER_OF[swapped[0]], text)
    pieces = "".join(char if char.isalpha() else " " for char in read).split()
    words = {piece.casefold() for piece in pieces if len(piece) >= _SHORT_WORD}
    letters = sum(len(piece) for piece in pieces if len(piece) < _SHORT_WORD)
    others = sum(not char.isalpha() and not char.isspace() for char in read)
    bits = sum(map(_word_bits, words)) + _BITS_PER_CHARACTER * (letters + others)
    return bits + _BITS_PER_CAPITAL * sum(piece.istitle() for piece in pieces[1:])


def _word_bits(word: str) -> float:
    if word in _TRIED_FIRST:
        return 1.0
    return _BITS_PER_WORD + _BITS_PER_LETTER_MORE * max(0, len(word) - _LONG_WORD)
