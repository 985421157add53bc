"""What may be typed next, in a small list below a field; the field keeps the focus."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import SCRIM
from wallet_app.ui.components.painting import paint_frame, paint_shadow
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.theme import look

__all__ = ["Suggestion", "Suggestions"]

_ROW: Final = 34
_PAD: Final = 12
_EDGE: Final = 6
_SHADOW: Final = 24
_RADIUS: Final = 10
_WIDTH: Final = 420
_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to type: ``insert`` takes the place of the text from ``start`` to ``end``.

    ``note`` says at the right what it is, or how many badges it finds.
    """

    text: str
    insert: str
    start: int
    end: int
    note: str = ""

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        return f"{self.text}, {self.note}" if self.note else self.text


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: object) -> QSize:
        return QSize(100, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        row = index.data(_ROLE) if isinstance(index, QModelIndex) else None
        if not isinstance(row, Suggestion):
            return
        tokens, box = look().tokens, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            border = tokens.edge if tokens.outlined else ""
            paint_frame(painter, box, 6, fill=tokens.sel, border=border)
        area = box.adjusted(_PAD, 0, -_PAD, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(tokens.t3))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, row.note)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(row.note) + _PAD
        area.setWidth(area.width() - taken)
        painter.setFont(font("compact", scale=look().scale))
        painter.setPen(QColor(tokens.t1))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class Suggestions(QFrame):
    """Lies over the window below ``field``. None is chosen until an arrow or a click does.

    Signals:
        chosen: a ``Suggestion``. pointed: the words of the one that an arrow came to.
    """

    chosen = Signal(object)
    pointed = Signal(str)

    def __init__(self, field: QWidget, name: str) -> None:
        super().__init__(field)
        self._field = field
        self._list = QListWidget()
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_Delegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        let_through(self._list)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(_SHADOW + _EDGE,) * 4)
        column.addWidget(self._list)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is offered now."""
        rows = (self._list.item(at).data(_ROLE) for at in range(self._list.count()))
        return [row.text for row in rows if not self.isHidden()]

    def offer(self, rows: Sequence[Suggestion]) -> None:
        """Show these; none takes the list away."""
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_ROLE, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self._list.addItem(item)
        self._list.setCurrentRow(-1)
        self.setVisible(bool(rows))
        if rows:
            self._place(len(rows))

    def point_first(self) -> None:
        """Mark the first, as an arrow would."""
        if not self.isHidden():
            self._point(-1, 1)

    def take_key(self, event: QKeyEvent) -> bool:
        """Move by arrows, take by Enter, go away by Escape; False: the key is not ours."""
        if self.isHidden():
            return False
        key, at = event.key(), self._list.currentRow()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None:
            self._point(at, step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self._take(self._list.item(at))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the window is resized or left."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shadow and ground."""
        tokens = look().tokens
        box = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter = QPainter(self)
        paint_shadow(painter, box, _RADIUS, SCRIM[0])
        paint_frame(painter, box, _RADIUS, fill=tokens.surf, border=tokens.line)
        painter.end()

    def _point(self, at: int, step: int) -> None:
        count = self._list.count()
        to = at + step
        # Above the first and below the last is the line itself, with none chosen.
        to = -1 if to >= count else (count - 1 if to < -1 else to)
        self._list.setCurrentRow(to)
        if to >= 0:
            self.pointed.emit(self._list.item(to).data(_ROLE).spoken)

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        row = item.data(_ROLE)
        self.hide()
        self.chosen.emit(row)

    def _place(self, count: int) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 6))
        width = min(look().px(_WIDTH), self._field.width()) + 2 * _SHADOW
        height = count * look().px(_ROW) + 2 * (_SHADOW + _EDGE)
        self.setGeometry(corner.x() - _SHADOW, corner.y() - _SHADOW, width, height)
        self.show()
        self.raise_()
