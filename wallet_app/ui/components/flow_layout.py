"""Things side by side, continuing on the next line when the width is used up."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

__all__ = ["FlowLayout", "FlowRow", "Line", "size_in"]

Line = list[tuple[QLayoutItem, QSize]]
"""What stands side by side, each with the size it gets."""

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
        self._growing: dict[QWidget, int] = {}
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self._align = align
        self._even_px = even_px
        self._middle = False
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def stay_in_the_middle(self) -> None:
        """Leave half of the height that is not needed above the first line."""
        self._middle = True

    def add_spring(self) -> None:
        """Push what follows to the right end of the line, as long as it is on the same one."""
        QHBoxLayout.addStretch(self)

    def add_growing(self, thing: QWidget, least_px: int = 0) -> None:
        """Append what takes the room that is left on its line, such as a search field.

        ``least_px``: the width for which it still stands on a line; 0 for its natural one.
        """
        self._growing[thing] = least_px
        QHBoxLayout.addWidget(self, thing)

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
        spare = max(0, rect.height() - self.heightForWidth(rect.width())) if self._middle else 0
        y = inner.y() + spare // 2
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

    def _lines(self, width: int) -> Iterator[Line]:
        """Share the items among lines, each with the size it gets."""
        if self._even_px:
            yield from self._even_lines(width)
            return
        yield from self._fill(self._items(), width)

    def _fill(self, items: Sequence[QLayoutItem], width: int) -> Iterator[Line]:
        line: Line = []
        used = 0
        for item in items:
            if item.spacerItem() is not None:
                line.append((item, QSize(0, 0)))
                continue
            if item.isEmpty():
                continue
            size = size_in(item, min(self._natural(item), width))
            if used and used + self._gap + size.width() > width:
                yield self._grown(line, width - used)
                line, used = [], 0
            line.append((item, size))
            used += size.width() + (self._gap if used else 0)
        if used:
            yield self._grown(line, width - used)

    def _natural(self, item: QLayoutItem) -> int:
        """Return the width that it wants on a line."""
        thing, hint = item.widget(), item.sizeHint().width()
        least = self._growing.get(thing, 0) if thing is not None else 0
        return min(least, hint) if least else hint

    def _grown(self, line: Line, left: int) -> Line:
        """Let the first that may grow take what is left."""
        at = next((at for at, (item, _) in enumerate(line) if item.widget() in self._growing), -1)
        if at < 0:
            return line
        item, size = line[at]
        return [*line[:at], (item, size_in(item, size.width() + left)), *line[at + 1 :]]

    def _even_lines(self, width: int) -> Iterator[Line]:
        shown = self._shown()
        fitting = max(1, (width + self._gap) // (self._even_px + self._gap))
        rows = -(-len(shown) // fitting) if shown else 0
        # Six as three and three, not as five and one.
        columns = -(-len(shown) // rows) if rows else 1
        each = (width - self._gap * (columns - 1)) // columns
        for at in range(0, len(shown), columns):
            line = [(item, size_in(item, each)) for item in shown[at : at + columns]]
            tall = max(size.height() for _, size in line)
            yield [(item, QSize(each, tall)) for item, _ in line]

    def _place(self, line: Line, inner: QRect, y: int) -> None:
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


def size_in(item: QLayoutItem, width: int) -> QSize:
    """Return the size of an item at a width, or at the least that it can be."""
    width = max(width, item.minimumSize().width())
    height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return QSize(width, max(height, item.minimumSize().height()))


def _height(line: Line) -> int:
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
