"""Sizes as people read them, the same wherever Coffre tells one."""

from typing import Final

from wallet_app.wording import Words

__all__ = ["size_in_words"]

_KILO: Final = 1000


def size_in_words(words: Words, count: int) -> str:
    """Return ``count`` bytes as ``12 kB`` or ``1.8 MB``; ``12 ko`` and ``1,8 Mo`` in French."""
    if count < _KILO * _KILO:
        return words.text(
            "size.kilobytes",
            count=words.number(-(-count // _KILO) if count < _KILO else round(count / _KILO)),
        )
    tenths = round(count / _KILO**2 * 10)
    return words.text("size.megabytes", whole=words.number(tenths // 10), tenth=tenths % 10)
