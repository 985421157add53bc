"""A language that nobody speaks: every sentence some 40 % longer, accented and in brackets.

What is cut in it would be cut in the next language that Coffre learns.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from wallet_app import wording

__all__ = ["pseudo_language", "stretched"]

_PLACEHOLDER = re.compile(r"(\{[a-z_]+\})")
_ACCENTED = str.maketrans("aeiouyAEIOUcn", "àéîöûÿÀÉÎÖÛçñ")
_LONGER_BY = 0.4
_FILLING = " ôptïm"


def stretched(sentence: str) -> str:
    """Return the sentence as this language says it; its placeholders stay as they are."""
    parts = _PLACEHOLDER.split(sentence)
    accented = "".join(
        part if _PLACEHOLDER.fullmatch(part) else part.translate(_ACCENTED) for part in parts
    )
    missing = max(1, round(len(sentence) * _LONGER_BY) - 2)
    filling = (_FILLING * (missing // len(_FILLING) + 1))[:missing].rstrip()
    return f"[{accented}{filling}]"


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Let English be this language for a while."""
    catalogue = wording._catalogue

    def stretched_catalogue(language: str) -> Mapping[str, str]:
        return {key: _of(key, sentence) for key, sentence in catalogue(language).items()}

    wording._catalogue = stretched_catalogue  # type: ignore[assignment]
    try:
        yield
    finally:
        wording._catalogue = catalogue


def _of(key: str, sentence: str) -> str:
    # A pattern of digits and signs is no sentence.
    return sentence if key.startswith("date.") else stretched(sentence)
