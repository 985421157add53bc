"""The verdict and the outcome of a check: icon, word and colour, always together.

One drawing for delegates, widgets and the PDF, so that no face can show a verdict by
colour alone or with another face's icon. The word comes in from the caller's language.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from wallet_app.drawing.fonts import font_of
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import TYPE_ROLES, Theme, TypeRole

__all__ = [
    "PILL",
    "PILL_LARGE",
    "PLAIN",
    "PillStyle",
    "paint_outcome",
    "paint_verdict",
    "verdict_size",
]


@dataclass(frozen=True, slots=True)
class PillStyle:
    """Measures of a verdict mark in px at 100 %."""

    height: float
    icon: float
    gap: float
    left: float
    right: float
    type: TypeRole
    filled: bool = True

    def font(self, scale: float) -> QFont:
        """Return the font of the word."""
        return font_of(self.type, scale=scale)


PILL: Final = PillStyle(24, 15, 6, 7, 10, TYPE_ROLES["small_strong"])
PILL_LARGE: Final = PillStyle(32, 20, 8, 9, 14, TYPE_ROLES["heading"])
PLAIN: Final = PillStyle(24, 15, 6, 0, 0, TYPE_ROLES["small_strong"], filled=False)
"""Verified in lists and cards: quiet when good."""

_OUTLINE_PX: Final = 1.5


def verdict_size(text: str, style: PillStyle = PILL, *, scale: float = 1.0) -> QSizeF:
    """Return the size that ``paint_verdict`` needs to show the whole word."""
    word = QFontMetricsF(style.font(scale)).horizontalAdvance(text)
    width = (style.left + style.icon + style.gap + style.right) * scale + word
    return QSizeF(width, style.height * scale)


def paint_verdict(  # noqa: PLR0913  (one drawing for all faces: place, meaning, look)
    painter: QPainter,
    rect: QRectF,
    verdict: str,
    text: str,
    theme: Theme,
    *,
    style: PillStyle = PILL,
    scale: float = 1.0,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> QRectF:
    """Paint the mark of ``verdict`` with its word; return the rectangle it took.

    It stands at the left of ``rect`` (or at the right with ``AlignRight``), in the middle
    of its height, and elides the word only when the rectangle is too narrow.

    Raises:
        KeyError: not one of ``tokens.VERDICTS``.
    """
    colors = theme.verdict(verdict)
    box = _place(rect, verdict_size(text, style, scale=scale), align)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style.filled:
        _ground(painter, box, colors.tint, colors.text if theme.outlined else "", scale)
    _icon_and_word(painter, box, f"verdict-{verdict}", text, colors.text, style, scale)
    painter.restore()
    return box


def paint_outcome(  # noqa: PLR0913  (see paint_verdict)
    painter: QPainter,
    rect: QRectF,
    outcome: str,
    text: str,
    theme: Theme,
    *,
    scale: float = 1.0,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> QRectF:
    """Paint the icon and word of a check's outcome; return the rectangle it took.

    Raises:
        KeyError: not one of ``tokens.OUTCOMES``.
    """
    color = theme.outcome(outcome)
    box = _place(rect, verdict_size(text, PLAIN, scale=scale), align)
    painter.save()
    _icon_and_word(painter, box, f"outcome-{outcome}", text, color, PLAIN, scale)
    painter.restore()
    return box


def _place(rect: QRectF, size: QSizeF, align: Qt.AlignmentFlag) -> QRectF:
    width = min(size.width(), rect.width())
    left = rect.right() - width if align & Qt.AlignmentFlag.AlignRight else rect.left()
    return QRectF(left, rect.center().y() - size.height() / 2, width, size.height())


def _ground(painter: QPainter, box: QRectF, tint: str, outline: str, scale: float) -> None:
    inset = _OUTLINE_PX * scale / 2 if outline else 0.0
    pen = QPen(QColor(outline), _OUTLINE_PX * scale) if outline else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(QColor(tint))
    inner = box.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)


def _icon_and_word(  # noqa: PLR0913, PLR0917  (private half of the two above)
    painter: QPainter,
    box: QRectF,
    icon_name: str,
    text: str,
    color: str,
    style: PillStyle,
    scale: float,
) -> None:
    side = style.icon * scale
    left = box.left() + style.left * scale
    paint_icon(painter, QRectF(left, box.center().y() - side / 2, side, side), icon_name, color)
    left += side + style.gap * scale
    word_font = style.font(scale)
    metrics = QFontMetricsF(word_font)
    room = box.right() - style.right * scale - left
    # Half a pixel of rounding must not cost the last letter.
    word = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
    baseline = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(word_font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(left, baseline), word)
