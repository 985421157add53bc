"""Things side by side, continuing on the next line when the width is used up."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

__all__ = ["FlowLayout", "FlowRow"]

_LEFT: Final = Qt.AlignmentFlag.AlignLeft


class FlowLayout(QHBoxLayout):
    """Places its items at their natural size, left to right, top to bottom.

    What does not fit on a line at all gets the whole line, and the height it needs there. Qt's
    layout keeps the items, and only their places are chosen here: items that Python keeps are
    destroyed by nobody (96 bytes each, measured with PySide6 6.11.3).
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        gap: int = 8,
        align: Qt.AlignmentFlag = _LEFT,
        even_px: int = 0,
        line_gap: int | None = None,
    ) -> None:
        """``gap`` lies between items, ``line_gap`` (else the same) between lines.

        ``even_px``: columns of one width instead, as many as fit at this width or more.
        """
        super().__init__(parent)
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self._align = align
        self._even_px = even_px
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def add_spring(self) -> None:
        """Push what follows to the right end of the line, as long as it is on the same one."""
        self.addStretch()

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """More lines when narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        lines = list(self._lines(inner))
        tall = sum(map(_height, lines)) + self._line_gap * max(0, len(lines) - 1)
        return tall + margins.top() + margins.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        """Return the same: no line can be lower."""
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items in ``rect``."""
        QLayout.setGeometry(self, rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for line in self._lines(inner.width()):
            self._place(line, inner, y)
            y += _height(line) + self._line_gap

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return self._with_margins(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        sizes = [item.minimumSize() for item in self._shown()]
        return self._with_margins(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def maximumSize(self) -> QSize:
        """Return no limit."""
        return QLayout.maximumSize(self)

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        wide = width + margins.left() + margins.right()
        return QSize(wide, height + margins.top() + margins.bottom())

    def _items(self) -> list[QLayoutItem]:
        return [item for at in range(self.count()) if (item := self.itemAt(at)) is not None]

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items() if item.spacerItem() is None and not item.isEmpty()]

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        """Share the items among lines, each with the size it gets."""
        if self._even_px:
            yield from self._even_lines(width)
            return
        line: list[tuple[QLayoutItem, QSize]] = []
        used = 0
        for item in self._items():
            if item.spacerItem() is not None:
                line.append((item, QSize(0, 0)))
                continue
            if item.isEmpty():
                continue
            size = _size_in(item, min(item.sizeHint().width(), width))
            if used and used + self._gap + size.width() > width:
                yield line
                line, used = [], 0
            line.append((item, size))
            used += size.width() + (self._gap if used else 0)
        if used:
            yield line

    def _even_lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        shown = self._shown()
        fitting = max(1, (width + self._gap) // (self._even_px + self._gap))
        rows = -(-len(shown) // fitting) if shown else 0
        # Six as three and three, not as five and one.
        columns = -(-len(shown) // rows) if rows else 1
        each = (width - self._gap * (columns - 1)) // columns
        for at in range(0, len(shown), columns):
            line = [(item, _size_in(item, each)) for item in shown[at : at + columns]]
            tall = max(size.height() for _, size in line)
            yield [(item, QSize(each, tall)) for item, _ in line]

    def _place(self, line: list[tuple[QLayoutItem, QSize]], inner: QRect, y: int) -> None:
        height = _height(line)
        things = [size for item, size in line if item.spacerItem() is None]
        used = sum(size.width() for size in things) + self._gap * (len(things) - 1)
        left = max(0, inner.width() - used)
        springs = len(line) - len(things)
        x = inner.x() + (0 if springs else _offset(self._align, left))
        for item, size in line:
            if item.spacerItem() is not None:
                x += left // springs
                continue
            top = y + (height - size.height()) // 2
            item.setGeometry(QRect(x, top, size.width(), size.height()))
            x += size.width() + self._gap


def _size_in(item: QLayoutItem, width: int) -> QSize:
    width = max(width, item.minimumSize().width())
    height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return QSize(width, max(height, item.minimumSize().height()))


def _height(line: list[tuple[QLayoutItem, QSize]]) -> int:
    return max(size.height() for _, size in line)


def _offset(align: Qt.AlignmentFlag, left: int) -> int:
    if align & Qt.AlignmentFlag.AlignHCenter:
        return left // 2
    return left if align & Qt.AlignmentFlag.AlignRight else 0


class FlowRow(QWidget):
    """A row of things that continues on the next line; see ``FlowLayout``."""

    def __init__(self, *, gap: int = 8, align: Qt.AlignmentFlag = _LEFT, even_px: int = 0) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=gap, align=align, even_px=even_px)

    def add(self, *things: QWidget) -> None:
        """Append what has no other place."""
        for thing in things:
            self._flow.addWidget(thing)

    def add_spring(self) -> None:
        """Push what follows to the right end of the line."""
        self._flow.add_spring()
