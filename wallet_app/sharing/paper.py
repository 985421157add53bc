"""The two sizes of paper that printers hold, and which of them a country uses."""

import re
from enum import StrEnum
from typing import Final

__all__ = ["Paper", "paper_for"]

_LETTER_COUNTRIES: Final = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)
"""Where paper is sold in US Letter size (CLDR, supplemental data on measurement)."""
_SEPARATORS: Final = re.compile(r"[-_.@]")


class Paper(StrEnum):
    """A sheet, upright. Lengths are px of 1/96 inch."""

    A4 = "a4"
    """210 by 297 mm (ISO 216)."""
    LETTER = "letter"
    """8.5 by 11 inches (ANSI A)."""

    @property
    def width_px(self) -> int:
        """Width in px of 1/96 inch."""
        return 794 if self is Paper.A4 else 816

    @property
    def height_px(self) -> int:
        """Height in px of 1/96 inch."""
        return 1_123 if self is Paper.A4 else 1_056


def paper_for(locale: str) -> Paper:
    """Return the paper of a locale's country, such as ``fr_CA.UTF-8`` or ``en-US``; else A4."""
    parts = (
        locale.split(".", maxsplit=1)[0]
        .split("@", maxsplit=1)[0]
        .replace("-", "_")
        .upper()
        .split("_")
    )
    return Paper.LETTER if any(part in _LETTER_COUNTRIES for part in parts[1:]) else Paper.A4
