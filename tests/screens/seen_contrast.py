"""How well each text is read on the ground that it really stands on: seen in the painted picture.

The pairs of tokens are computed in ``tests/drawing``; this finds a pair that nobody thought of.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QFrame, QWidget

from wallet_app.drawing.tokens import contrast
from wallet_app.ui.components.selection_bar import SelectionBar
from wallet_app.ui.components.toast import Toast

__all__ = ["Writing", "hard_to_read", "writing"]

_TEXT: Final = 4.5
_LARGE_TEXT: Final = 3.0
_LARGE_PX, _LARGE_BOLD_PX = 24.0, 18.66
"""WCAG 2.2, 1.4.3: large is 18 point, or 14 point bold."""
_ROWS: Final = 9
_MOST_COLUMNS: Final = 160
_SAME: Final = 36
"""How far channels may be apart, in sum, of a colour that was smoothed at an edge."""


@dataclass(frozen=True)
class Writing:
    """One text as it was painted: where on the screen that is looked at, and in which colour."""

    text: str
    color: str
    widget: QWidget
    box: QRect
    is_large: bool


def writing(text: str, painter: QPainter, box: QRectF, color: QColor) -> Writing | None:
    """Return what is being written, or None where that cannot be told."""
    widget = painter.device()
    if not isinstance(widget, QWidget) or not text.strip() or painter.opacity() < 1:
        return None
    font = painter.font()
    bold = font.weight() >= QFont.Weight.DemiBold
    large = font.pixelSize() >= (_LARGE_BOLD_PX if bold else _LARGE_PX)
    at = painter.worldTransform().mapRect(box).toAlignedRect()
    return Writing(text, color.name(), widget, at, large)


def hard_to_read(front: QWidget, picture: QImage, written: list[Writing]) -> Iterator[str]:
    """Give a sentence for each text that stands out too little from what is around it."""
    floating = [piece for piece in front.findChildren(QFrame)
                if isinstance(piece, Toast | SelectionBar) and piece.isVisible()]  # fmt: skip
    for one in written:
        if one.widget is not front and not front.isAncestorOf(one.widget):
            continue
        place = QRect(one.widget.mapTo(front, QPoint(0, 0)) + one.box.topLeft(), one.box.size())
        if any(_covers(piece, place, one.widget) for piece in floating):
            continue
        colors = _colors(picture, place.intersected(picture.rect()))
        # What is covered, or scrolled out of sight, is not seen at all.
        if not any(_is_same(one.color, color) for color in colors):
            continue
        ground = colors.most_common(1)[0][0]
        ratio = contrast(one.color, ground)
        if not _is_same(one.color, ground) and ratio < (_LARGE_TEXT if one.is_large else _TEXT):
            pair = f"{one.color} on {ground}"
            yield f"“{one.text[:40]}” is hard to read: {pair}, {ratio:.2f}"


def _covers(piece: QWidget, place: QRect, widget: QWidget) -> bool:
    """Whether a message lies over a text that is not its own."""
    own = piece is widget or piece.isAncestorOf(widget)
    return not own and piece.geometry().intersects(place)


def _colors(picture: QImage, place: QRect) -> Counter[str]:
    found: Counter[int] = Counter()
    step = max(1, place.width() // _MOST_COLUMNS)
    for part in range(1, _ROWS + 1):
        y = place.top() + place.height() * part // (_ROWS + 1)
        for x in range(place.left(), place.right() + 1, step):
            found[picture.pixel(x, y) & 0xFFFFFF] += 1
    return Counter({f"#{color:06x}": count for color, count in found.items()})


def _is_same(one: str, other: str) -> bool:
    parts = (slice(1, 3), slice(3, 5), slice(5, 7))
    return sum(abs(int(one[at], 16) - int(other[at], 16)) for at in parts) <= _SAME
