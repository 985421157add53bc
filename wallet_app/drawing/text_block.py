"""Text in a box: a fixed line height, a greatest number of lines, elided at the end.

QSS and ``drawText`` have no line height and elide one line only; names take two, and the
certificate as many as the page has room for.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextLayout,
    QTextOption,
)

__all__ = ["TextBlock", "text_block"]

_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text that are ready to be painted.

    Attributes:
        lines: the text of each line, the last one elided when something was cut.
        cut: whether not all of the text is there; show it in full elsewhere.
        width: of the widest line, in the units of the font.
    """

    lines: tuple[str, ...]
    font: QFont
    line_height: float
    cut: bool
    width: float

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.line_height

    def paint(self, painter: QPainter, top_left: QPointF, color: str) -> float:
        """Paint the lines; return the y below the last one."""
        metrics = QFontMetricsF(self.font, painter.device())
        inset = (self.line_height - metrics.ascent() - metrics.descent()) / 2
        painter.setFont(self.font)
        painter.setPen(QColor(color))
        y = top_left.y()
        for line in self.lines:
            painter.drawText(QPointF(top_left.x(), y + inset + metrics.ascent()), line)
            y += self.line_height
        return y


def text_block(
    text: str, font: QFont, width: float, line_height: float, *, max_lines: int = 1_000
) -> TextBlock:
    """Return ``text`` broken into lines of ``width``.

    A word wider than the line is broken. ``text`` is plain text; make strangers' text
    safe with ``wording.plain_text`` first.

    Args:
        text: one paragraph.
        font: its pixel size, ``width`` and ``line_height`` share one unit.
        width: greatest width of a line.
        line_height: distance of the lines.
        max_lines: at least 1.
    """
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    starts: list[int] = []
    widest = 0.0
    while len(starts) <= max_lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    cut = len(starts) > max_lines
    # Qt counts UTF-16 units, Python counts characters.
    units = text.encode("utf-16-le", "surrogatepass")
    ends = [*starts[1:], len(units) // 2]
    lines = [_part(units, *pair).rstrip() for pair in zip(starts, ends, strict=True)][:max_lines]
    if cut:
        lines[-1] = _elided(_part(units, starts[max_lines - 1], len(units) // 2), font, width)
    return TextBlock(tuple(lines) if text else (), font, line_height, cut, min(widest, width))


def _part(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def _elided(rest: str, font: QFont, width: float) -> str:
    metrics = QFontMetricsF(font)
    # The rest of a long text need not be measured to its end.
    head = rest[:600]
    if metrics.horizontalAdvance(head) + metrics.horizontalAdvance(_ELLIPSIS) <= width:
        return head.rstrip() + _ELLIPSIS
    return metrics.elidedText(head, Qt.TextElideMode.ElideRight, width)


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
