"""What a check found, as a sentence: days in words, and of an address only its host.

Whole addresses stand with the evidence of a check: in a sentence they hide what it says.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from wallet_app.credentials.host_names import shown_host
from wallet_app.wording import Words, plain_text

__all__ = ["check_sentence"]

_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T[0-9:.+Z-]*)?")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_MOST_OF_ADDRESS: Final = 120


def check_sentence(words: Words, code: str, params: Mapping[str, str | int]) -> str:
    """Return the sentence of a check's code."""
    return words.text(f"code.{code}", **{name: _said(words, at) for name, at in params.items()})


def _said(words: Words, value: str | int) -> str | int:
    if not isinstance(value, str):
        return value
    try:
        if _ISO_DAY.fullmatch(value):
            return words.date(datetime.fromisoformat(value).date())
    except ValueError:
        pass
    if _ADDRESS.match(value):
        return shown_host(value) or plain_text(value, max_chars=_MOST_OF_ADDRESS)
    return value
