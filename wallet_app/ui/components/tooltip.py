"""Tooltips with text from anywhere: Qt would take a name that looks like HTML for HTML."""

import html
from typing import Final

__all__ = ["NOTHING_MORE", "plain_of", "tooltip"]

NOTHING_MORE: Final = " "
"""The description of what has only its name to tell; Qt takes an empty one from the tooltip."""
_BEFORE: Final = "<qt>"
_AFTER: Final = "</qt>"
_BREAK: Final = "<br>"
_MAX_CHARS: Final = 400
_ONE_LINE: Final = 80


def tooltip(*lines: str) -> str:
    """Return texts as a tooltip that shows them letter by letter; empty ones are left out.

    One short line that cannot be taken for HTML stays as it is, for those who read it aloud;
    everything else is marked as HTML, because only that is broken into lines.
    """
    said = [_cut(line) for line in lines if line]
    if len(said) == 1 and "<" not in said[0] and len(said[0]) <= _ONE_LINE:
        return said[0]
    return f"{_BEFORE}{_BREAK.join(map(html.escape, said))}{_AFTER}" if said else ""


def plain_of(tip: str) -> str:
    """Return what a tooltip says, one line below the other."""
    inner = tip.removeprefix(_BEFORE).removesuffix(_AFTER)
    return html.unescape(inner.replace(_BREAK, "\n")) if inner != tip else tip


def _cut(line: str) -> str:
    return line if len(line) <= _MAX_CHARS else f"{line[: _MAX_CHARS - 1]}…"
