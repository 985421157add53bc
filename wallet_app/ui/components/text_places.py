"""Places in a text as Python counts them, characters, and as Qt does, UTF-16 units.

They differ behind every character beyond U+FFFF: most emoji, rare Chinese, old scripts.
"""

__all__ = ["python_place", "qt_place"]

_WIDEST = 0xFFFF


def qt_place(text: str, at: int) -> int:
    """Return Qt's place for the character ``at`` of ``text``."""
    head = text[:at]
    return at if head.isascii() else at + sum(ord(one) > _WIDEST for one in head)


def python_place(text: str, at: int) -> int:
    """Return which character of ``text`` stands at Qt's place ``at``."""
    if text.isascii():
        return at
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * at].decode("utf-16-le", "ignore"))
