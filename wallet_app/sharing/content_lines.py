"""Content lines as vCard (RFC 6350) and iCalendar (RFC 5545) write them.

Both end lines in CRLF, fold them at 75 octets, never inside a character (sections 3.2 and
3.1), and escape backslash, comma, semicolon and line break in texts (sections 3.4 and 3.3.11).
"""

from typing import Final

__all__ = ["escaped_text", "folded_line"]

_LINE_OCTETS: Final = 75
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def escaped_text(text: str) -> str:
    """Return a text as the value of a property."""
    return text.translate(_ESCAPED)


def folded_line(line: str) -> str:
    """Return a content line with its line ends; a continuation begins with a space."""
    lines: list[str] = []
    current, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LINE_OCTETS:
            lines.append(current)
            current, octets = " ", 1
        current += character
        octets += size
    return "\r\n".join([*lines, current]) + "\r\n"
