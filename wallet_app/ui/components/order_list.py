"""A list whose rows the person puts in order: by dragging, or with Alt and the arrows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFontMetricsF, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from wallet_app.drawing.fonts import font, line_height
from wallet_app.drawing.tokens import RADII
from wallet_app.drawing.verdict_mark import PILL, paint_verdict, verdict_size
from wallet_app.ui.components.focus_ring import is_ringed
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.components.verdict_pill import pill_style
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.theme import look

__all__ = ["OrderList", "OrderedRow"]

_ROW: Final = 84
_ABOVE_MARK: Final = 3
_ART: Final = 36
_PAD: Final = 12
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class OrderedRow:
    """One row; ``problem`` says in red why it cannot go along, "" when it can.

    ``verdict`` and ``word``: the result of its check, as who is shown it will read it.
    """

    id: str
    title: str
    subtitle: str
    verdict: str
    word: str
    problem: str = ""

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        said = (self.title, self.problem or self.subtitle, self.word)
        return ", ".join(part for part in said if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: "OrderList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(100, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(_ROW_ROLE)
        if not isinstance(row, OrderedRow):
            return
        tokens, box = look().tokens, QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        smooth(painter)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            border = tokens.edge if tokens.outlined else ""
            paint_frame(painter, box, RADII["small"], fill=tokens.sel, border=border)
        if is_ringed(option):
            paint_frame(painter, box, RADII["small"], border=tokens.focus, width=2)
        side = look().px(_ART)
        art = QRectF(box.left() + _PAD, box.center().y() - side / 2, side, side)
        picture = self._view.picture(row.id, side, painter.device().devicePixelRatio())
        size = picture.deviceIndependentSize()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(art.center())
        painter.drawPixmap(place.topLeft(), picture)
        self._write(painter, row, box.adjusted(_PAD + side + _PAD, 0, -_PAD, 0))
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, row: OrderedRow, area: QRectF) -> None:
        tokens, scale = look().tokens, look().scale
        first, second = (line_height(role, scale=scale) for role in ("badge_name", "small"))
        mark = verdict_size(row.word, PILL, scale=scale).height()
        top = area.center().y() - (first + second + look().px(_ABOVE_MARK) + mark) / 2
        below = (row.problem, tokens.danger) if row.problem else (row.subtitle, tokens.t2)
        for text, role, color, y, height in (
            (row.title, "badge_name", tokens.t1, top, first),
            (below[0], "small", below[1], top + first, second),
        ):
            painter.setFont(font(role, scale=scale))
            painter.setPen(QColor(color))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            line = QRectF(area.left(), y, area.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        foot = QRectF(
            area.left(), top + first + second + look().px(_ABOVE_MARK), area.width(), mark
        )
        style = pill_style(row.verdict)
        paint_verdict(painter, foot, row.verdict, row.word, tokens, style=style, scale=scale)


class OrderList(QListWidget):
    """One tab stop.

    Signals:
        reordered: the order is another one.
        removal_asked: the current row is to go.
    """

    reordered = Signal()
    removal_asked = Signal()

    def __init__(self, name: str, picture_of: Callable[[str, int, float], QPixmap]) -> None:
        """``picture_of`` gives the picture of a row: its id, side in px, device pixels a px."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        let_through(self)
        self._picture_of = picture_of
        self.setItemDelegate(_Delegate(self))

    def picture(self, row_id: str, side: int, ratio: float) -> QPixmap:
        """Return the picture of a row."""
        return self._picture_of(row_id, side, ratio)

    def show_rows(self, rows: list[OrderedRow]) -> None:
        """Replace everything; the current row stays where it is, if it is there still."""
        current = self.current_id
        self.clear()
        for row in rows:
            item = QListWidgetItem()
            item.setData(_ROW_ROLE, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            item.setToolTip(tooltip(row.title, row.subtitle, row.problem))
            self.addItem(item)
        ids = [row.id for row in rows]
        if ids:
            self.setCurrentRow(ids.index(current) if current in ids else 0)

    @property
    def rows(self) -> list[OrderedRow]:
        """The rows in their order."""
        return [self.item(at).data(_ROW_ROLE) for at in range(self.count())]

    @property
    def current_id(self) -> str:
        """The row that buttons act on, "" for none."""
        row = self.currentIndex().data(_ROW_ROLE)
        return row.id if isinstance(row, OrderedRow) else ""

    def move_current(self, by: int) -> None:
        """Move the current row up or down."""
        at = self.currentRow()
        if at < 0 or not 0 <= at + by < self.count():
            return
        item = self.takeItem(at)
        self.insertItem(at + by, item)
        self.setCurrentRow(at + by)
        self.reordered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow moves; Delete takes out."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(step)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Delete before the window's own shortcut for it does."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the new order after a drop."""
        super().dropEvent(event)
        self.reordered.emit()
