"""Bytes as decimal digits, for QR codes alone: there a digit takes 3.33 bits, a letter 8.

Seven bytes are seventeen digits; the form is in docs/verifiable-link.md. One value has one
spelling, and what is read comes from strangers.
"""

import re
from typing import Final

from wallet_app.errors import UserError

__all__ = ["bytes_held_by", "bytes_of_digits", "digits_of_bytes"]

_BYTES_A_GROUP: Final = 7
_DIGITS: Final = (0, 3, 5, 8, 10, 13, 15, 17)
"""How many digits stand for so many bytes: as few as hold every value."""

_DIGITS_A_GROUP: Final = _DIGITS[_BYTES_A_GROUP]
_ONLY_DIGITS: Final = re.compile(r"[0-9]*")
"""``str.isdigit`` and ``int`` accept the digits of other scripts as well."""


def digits_of_bytes(data: bytes) -> str:
    """Return ``data`` as digits, leading zeros kept."""
    groups = (data[at : at + _BYTES_A_GROUP] for at in range(0, len(data), _BYTES_A_GROUP))
    return "".join(f"{int.from_bytes(group):0{_DIGITS[len(group)]}}" for group in groups)


def bytes_of_digits(text: str) -> bytes:
    """Return the bytes that ``text`` stands for.

    Raises:
        UserError: ``share.link_malformed``: something else than digits, a length that no
            bytes have, or a group beyond what its bytes hold.
    """
    if not _ONLY_DIGITS.fullmatch(text):
        raise UserError("share.link_malformed")
    groups = (text[at : at + _DIGITS_A_GROUP] for at in range(0, len(text), _DIGITS_A_GROUP))
    try:
        return b"".join(int(group).to_bytes(_DIGITS.index(len(group))) for group in groups)
    except (ValueError, OverflowError) as error:
        raise UserError("share.link_malformed") from error


def bytes_held_by(count: int) -> int:
    """Return how many bytes ``count`` digits can stand for at most."""
    groups, rest = divmod(count, _DIGITS_A_GROUP)
    return groups * _BYTES_A_GROUP + sum(digits <= rest for digits in _DIGITS[1:])
