"""A day as people type it: the day first, as in French and in British English, or as ISO 8601.

The month first is never meant, so no day that is typed has two readings.
"""

import re
from datetime import date
from typing import Final

__all__ = ["typed_day"]

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\s*([/. -])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")


def typed_day(text: str) -> date | None:
    """Return the day that a text names, None where it names none.

    The year has four digits: of two, the reader could not tell the century or the order.
    """
    typed = text.strip()
    try:
        if found := _ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(typed):
            return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        pass
    return None
