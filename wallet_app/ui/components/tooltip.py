"""Tooltips with text from anywhere: Qt would take a name that looks like HTML for HTML."""

import html
from typing import Final

__all__ = ["NOTHING_MORE", "plain_of", "tooltip"]

NOTHING_MORE: Final = " "
"""The description of what has only its name to tell; Qt takes an empty one from the tooltip."""
_BEFORE: Final = "<qt>"
_AFTER: Final = "</qt>"
_BREAK: Final = "<br>"


def tooltip(*lines: str) -> str:
    """Return texts as a tooltip that shows them letter by letter; empty ones are left out."""
    said = _BREAK.join(html.escape(line) for line in lines if line)
    return f"{_BEFORE}{said}{_AFTER}" if said else ""


def plain_of(tip: str) -> str:
    """Return what a tooltip says, one line below the other."""
    inner = tip.removeprefix(_BEFORE).removesuffix(_AFTER)
    return html.unescape(inner.replace(_BREAK, "\n")) if inner != tip else tip
