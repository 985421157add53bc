"""Lists of prepared lines: the model, the ground of a row, and two texts at its ends.

What each list says of its lines stays with the list; that lines are replaced as a whole, found
by their row and drawn on one kind of ground stands here.
"""

from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.focus_ring import is_ringed
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.theme import look

__all__ = ["LINE_ROLE", "Ends", "Index", "LineModel", "as_quiet_list", "paint_ends", "paint_ground"]

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The line itself, for the delegate."""
Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class LineModel(QAbstractListModel, Generic[T]):
    """Prepared lines. A list says in ``texts`` what is shown, spoken and told of one."""

    def __init__(self, parent: QObject, lines: Sequence[T] = ()) -> None:
        super().__init__(parent)
        self.lines: list[T] = list(lines)

    def show_lines(self, lines: Sequence[T]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> T | None:
        """Return one line, None where there is none."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def texts(self, line: T) -> tuple[str, str, str]:
        """Return what a line shows, what a screen reader hears, and its tooltip."""
        raise TypeError(type(self), line)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a line, or under ``LINE_ROLE`` the line."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        roles = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return dict(zip(map(int, roles), self.texts(line), strict=True)).get(int(role))


def as_quiet_list(view: QListView) -> None:
    """Let a list be one tab stop that is only looked at: no frame, no editing, no sideways bar."""
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    let_through(view)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, first: bool) -> None:
    """Draw the line above a row, and its frame where it is chosen, pointed at or focused."""
    tokens, flag, state, rect = look().tokens, QStyle.StateFlag, option.state, QRectF(option.rect)
    if not first:
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(tokens.line))
    box = rect.adjusted(4, 3, -4, -2)
    if state & flag.State_Selected:
        border = tokens.edge if tokens.outlined else ""
        paint_frame(painter, box, RADII["small"], fill=tokens.sel, border=border)
    elif state & flag.State_MouseOver:
        paint_frame(painter, box, RADII["small"], fill=tokens.hover)
    if is_ringed(option):
        paint_frame(painter, box, RADII["small"], border=tokens.focus, width=2)


class Ends(NamedTuple):
    """Two texts at the ends of a row: the left one gives way to the right one.

    ``role`` and ``color`` are of the left text, the others of the right.
    """

    left: str
    right: str
    role: str
    color: QColor
    right_role: str
    right_color: QColor


def paint_ends(painter: QPainter, row: QRectF, ends: Ends) -> None:
    """Write both; the left text is elided where they do not fit."""
    scale, middle = look().scale, Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font(ends.right_role, scale=scale))
    painter.setPen(ends.right_color)
    painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, ends.right)
    room = row.width() - QFontMetricsF(painter.font()).horizontalAdvance(ends.right) - 16
    painter.setFont(font(ends.role, scale=scale))
    painter.setPen(ends.color)
    shown = QFontMetricsF(painter.font()).elidedText(ends.left, Qt.TextElideMode.ElideRight, room)
    painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, shown)
