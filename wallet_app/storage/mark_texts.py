"""What a person may write beside a credential: plain text, in one form, not too long.

Whatever is pasted is kept as text and shown as text. It is brought into one form (NFC), so
that a name typed on another computer is the same name.
"""

import re
import unicodedata
from typing import Final

from wallet_app.errors import UserError

__all__ = [
    "MAX_NAME_CHARS",
    "MAX_NOTE_CHARS",
    "MAX_TAG_CHARS",
    "clean_name",
    "clean_note",
    "clean_tag",
    "folded",
]

MAX_NOTE_CHARS: Final = 100_000
MAX_TAG_CHARS: Final = 100
MAX_NAME_CHARS: Final = 200

# What no database, terminal or file takes as text. A line or a tab may stand in a note.
_NOT_TEXT: Final = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_REPLACEMENT: Final = "\ufffd"


def clean_note(text: str) -> str:
    """Return a note as it is kept; "" when it holds nothing but white space.

    Raises:
        UserError: ``note.too_long``.
    """
    found = unicodedata.normalize("NFC", _NOT_TEXT.sub(_REPLACEMENT, _LINE_ENDS.sub("\n", text)))
    if len(found) > MAX_NOTE_CHARS:
        raise UserError("note.too_long", {"max": MAX_NOTE_CHARS})
    return found if found.strip() else ""


def clean_tag(text: str) -> str:
    """Return a tag as it is kept: one line without white space around or doubled.

    Raises:
        UserError: ``tag.empty``, ``tag.too_long``.
    """
    found = _one_line(text)
    if not found:
        raise UserError("tag.empty")
    if len(found) > MAX_TAG_CHARS:
        raise UserError("tag.too_long", {"max": MAX_TAG_CHARS})
    return found


def clean_name(text: str) -> str:
    """Return the name of a collection as it is kept; as ``clean_tag``.

    Raises:
        UserError: ``collection.no_name``, ``collection.name_too_long``.
    """
    found = _one_line(text)
    if not found:
        raise UserError("collection.no_name")
    if len(found) > MAX_NAME_CHARS:
        raise UserError("collection.name_too_long", {"max": MAX_NAME_CHARS})
    return found


def _one_line(text: str) -> str:
    spaced = " ".join(_LINE_ENDS.sub("\n", text).split())
    return unicodedata.normalize("NFC", _NOT_TEXT.sub(_REPLACEMENT, spaced)).strip()


def folded(text: str) -> str:
    """Return what two names have in common that differ in case and accents only."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
