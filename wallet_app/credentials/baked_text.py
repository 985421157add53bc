"""A credential's text as it was found baked into a picture."""

from dataclasses import dataclass
from typing import Final

__all__ = ["MAX_BAKED_BYTES", "BakedText"]

MAX_BAKED_BYTES: Final = 4 * 1024 * 1024
"""Largest baked text, after inflating."""


@dataclass(frozen=True, slots=True)
class BakedText:
    """Text found in a picture.

    Attributes:
        container: where, such as ``png/iTXt[openbadges]`` or ``svg/assertion``.
        text: JSON, a compact token or an address, white space around it dropped.
        address: the hosted badge's address given beside the text; "" when none was.
        warnings: codes of oddities met.
    """

    container: str
    text: str
    address: str = ""
    warnings: tuple[str, ...] = ()
