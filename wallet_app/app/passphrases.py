"""A passphrase to offer: six words drawn from a list of 1,024, which is 60 bits.

The lists are ours (``resources/words``): everyday words of four to eight letters, without
accents, so that any keyboard types them.
"""

from functools import cache
from typing import Final

from wallet_app.resources import resource_path
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.wording import DEFAULT_LANGUAGE, LANGUAGES

__all__ = ["SUGGESTED_WORDS", "suggest_passphrase", "word_list"]

SUGGESTED_WORDS: Final = 6
_LIST_SIZE: Final = 1024
_BYTES_PER_WORD: Final = 2


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 1,024 words of ``en`` or ``fr``; another language gets the default one.

    Raises:
        ValueError: the bundled list has another length, which would bias the draw.
    """
    spoken = language if language in LANGUAGES else DEFAULT_LANGUAGE
    words = tuple(resource_path("words", f"{spoken}.txt").read_text(encoding="ascii").split())
    if len(set(words)) != _LIST_SIZE:
        raise ValueError(spoken)
    return words


def suggest_passphrase(language: str, *, randomness: Randomness = system_randomness) -> str:
    """Return six words separated by spaces; each is drawn evenly from the whole list."""
    words = word_list(language)
    drawn = randomness(_BYTES_PER_WORD * SUGGESTED_WORDS)
    picks = zip(drawn[::2], drawn[1::2], strict=True)
    # 65,536 is a multiple of 1,024, so the remainder favours no word.
    return " ".join(words[(high << 8 | low) % _LIST_SIZE] for high, low in picks)
