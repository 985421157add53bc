"""The head of the library's list: what the columns are, and by which of them it is ordered."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.pages.badge_view import SCROLL_BAR
from wallet_app.ui.pages.library_order import Order
from wallet_app.ui.pages.list_columns import ListColumns, card_slice
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["ListHeader"]

_ARROW: Final = 14
_GAP: Final = 4
_LATEST_FIRST: Final = frozenset({Order.ISSUED})
_DATES: Final = frozenset({Order.ISSUED, Order.EXPIRES})

_Column = tuple[QRectF, str, tuple[Order, ...]]
"""Where the name of a column stands, its words, and the orders that go by it."""


class ListHeader(QWidget):
    """Painted; by the keyboard the same orders are chosen in the menu above.

    ``order_asked``: the order of a column that was clicked.
    """

    order_asked = Signal(object)

    def __init__(self, words: Words, order: Order) -> None:
        super().__init__()
        self._words, self._order = words, order
        self._ends = False
        self.setFixedHeight(look().px(36))
        self.setMouseTracking(True)

    def tell_ends(self, *, ends: bool) -> None:
        """Name the last column by what it shows: when badges end, or were awarded."""
        self._ends = ends
        self.update()

    def show_order(self, order: Order) -> None:
        """Say by which column the badges are ordered."""
        self._order = order
        self.update()

    def order_at(self, place: QPointF) -> Order | None:
        """Return the order that a click there asks for, or None."""
        for box, _words, orders in self._columns():
            if orders and box.contains(place):
                return orders[0]
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Order by the column that is clicked."""
        order = self.order_at(event.position())
        if order is not None and event.button() is Qt.MouseButton.LeftButton:
            self.order_asked.emit(order)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click does something."""
        clicks = self.order_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if clicks else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def _columns(self) -> Iterator[_Column]:
        height, words = self.height(), self._words
        row = QRectF(0, 0, self.width() - SCROLL_BAR, height)
        columns = ListColumns.of(card_slice(row))
        name = QRectF(columns.name.left(), 0, columns.name.width(), height)
        yield name, words.text("library.column_badge"), (Order.NAME, Order.ISSUER)
        if columns.skills.width():
            yield columns.skills, words.text("library.column_skills"), ()
        if not columns.folded:
            verdict = QRectF(columns.verdict.left(), 0, columns.verdict.width(), height)
            yield verdict, words.text("library.column_verdict"), (Order.VERDICT,)
        if not columns.stacked and not columns.folded:
            key, order = ("end", Order.EXPIRES) if self._ends else ("date", Order.ISSUED)
            yield columns.date, words.text(f"library.column_{key}"), (order,)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded top, the names of the columns and the arrow of the order."""
        tokens = look().tokens
        painter = QPainter(self)
        width = self.width() - SCROLL_BAR
        box = card_slice(QRectF(0, 0, width, self.height() + 20))
        paint_frame(painter, box, RADII["card"], fill=tokens.surf, border=tokens.line)
        painter.setFont(font("small", scale=look().scale))
        for place, words, orders in self._columns():
            self._write(painter, place, words, orders)
        painter.end()

    def _write(
        self, painter: QPainter, place: QRectF, words: str, orders: tuple[Order, ...]
    ) -> None:
        tokens, arrow, marked = look().tokens, look().px(_ARROW), self._order in orders
        wide = painter.fontMetrics().horizontalAdvance(words)
        all_of_it = wide + (_GAP + arrow if marked else 0)
        # Dates stand at the right edge, and so does what they are.
        left = place.right() - all_of_it if _DATES.intersection(orders) else place.left()
        color = tokens.t1 if marked else tokens.t3
        painter.setPen(QColor(color))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, place.width(), self.height()), middle, words)
        if marked:
            icon = "chevron-down" if self._order in _LATEST_FIRST else "chevron-up"
            top = (self.height() - arrow) / 2
            paint_icon(painter, QRectF(left + wide + _GAP, top, arrow, arrow), icon, color)
