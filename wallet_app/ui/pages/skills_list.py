"""The list of skills by framework: name, how many badges, and the badges over time as dots."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from wallet_app.app.skill_times import Span
from wallet_app.drawing.fonts import font
from wallet_app.drawing.skill_dots import paint_dots
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.pages.skill_lines import SkillLine
from wallet_app.ui.theme import look

__all__ = ["SkillsList", "SkillsModel", "TimeHead"]

_ROW: Final = 37
_HEADING: Final = 40
_BAND: Final = 8
_SIDE: Final = 20
_GAP: Final = 14
_TIME: Final = 96
_TIME_PART: Final = 0.29
_NOTE: Final = 72
_LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_AT_ONCE: Final = 200
_Index = QModelIndex | QPersistentModelIndex
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class SkillsModel(QAbstractListModel):
    """Prepared lines; a heading cannot be chosen, the arrows pass over it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[SkillLine] = []

    def show_lines(self, lines: Sequence[SkillLine]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> SkillLine | None:
        """Return one line, None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """Return where a skill stands; without it the first skill, -1 where there is none."""
        rows = [at for at, line in enumerate(self._lines) if line.skill is not None]
        same = (at for at in rows if (skill := self._lines[at].skill) and skill.key == key)
        return next(same, rows[0] if rows else -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let skills be chosen, and headings not."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.skill is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts of a line."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        found: dict[int, object] = {
            int(Qt.ItemDataRole.DisplayRole): line.text,
            int(Qt.ItemDataRole.AccessibleTextRole): line.spoken or f"{line.text}, {line.note}",
            int(Qt.ItemDataRole.ToolTipRole): tooltip(line.text),
            int(_LINE_ROLE): line,
        }
        return found.get(int(role))


def _time_box(rect: QRectF) -> QRectF:
    """Return where the dots of a line lie; the years above them stand by the same rule."""
    width = max(look().px(_TIME), rect.width() * _TIME_PART)
    width = min(width, rect.width() * 0.4)
    return QRectF(rect.right() - _SIDE - width, rect.top(), width, rect.height())


class TimeHead(QWidget):
    """The first and the last year, above the dots of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._span: Span | None = None
        self._inner = 0
        self.setFixedHeight(look().px(36))

    def show_span(self, span: Span | None) -> None:
        """Show these years."""
        self._span = span
        self.update()

    @Slot(int)
    def follow(self, inner_width: int) -> None:
        """Keep above lines of that width: a scroll bar takes some of it."""
        self._inner = inner_width
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both years."""
        if self._span is None:
            return
        painter = QPainter(self)
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(look().tokens.t3))
        box = _time_box(QRectF(0, 0, self._inner or self.width(), self.height()))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, str(self._span.first))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, str(self._span.last))
        painter.end()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = index.data(_LINE_ROLE)
        if isinstance(line, SkillLine) and line.skill is None:
            return QSize(200, look().px(_HEADING) + (_BAND if index.row() else 0))
        return QSize(200, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(_LINE_ROLE)
        if not isinstance(line, SkillLine):
            return
        painter.save()
        smooth(painter)
        rect = QRectF(option.rect)
        if line.skill is None:
            self._heading(painter, line, rect, first=index.row() == 0)
        else:
            self._skill(painter, line, rect, option.state)
        painter.restore()

    @staticmethod
    def _heading(painter: QPainter, line: SkillLine, rect: QRectF, *, first: bool) -> None:
        tokens, scale = look().tokens, look().scale
        if not first:
            band = QRectF(rect.left(), rect.top(), rect.width(), _BAND)
            painter.fillRect(band, QColor(tokens.win))
            if tokens.outlined:
                painter.fillRect(
                    QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(tokens.line)
                )
            rect = rect.adjusted(0, _BAND, 0, 0)
        area = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setFont(font("small", scale=scale))
        noted = QFontMetricsF(painter.font()).horizontalAdvance(line.note)
        painter.setFont(font("heading", scale=scale))
        painter.setPen(QColor(tokens.t1))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(
            line.text, Qt.TextElideMode.ElideRight, max(0.0, area.width() - noted - 10)
        )
        painter.drawText(area, _MIDDLE, shown)
        area.setLeft(area.left() + metrics.horizontalAdvance(shown) + 10)
        painter.setFont(font("small", scale=scale))
        painter.setPen(QColor(tokens.t2))
        # On the heading's own line of writing, as in a sentence.
        painter.drawText(area.adjusted(0, 2, 0, 0), _MIDDLE, line.note)

    @staticmethod
    def _skill(painter: QPainter, line: SkillLine, rect: QRectF, state: QStyle.StateFlag) -> None:
        tokens, scale = look().tokens, look().scale
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(tokens.line))
        box = rect.adjusted(4, 3, -4, -2)
        if state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, box, RADII["small"], fill=tokens.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_frame(painter, box, RADII["small"], border=tokens.focus, width=2)
        time = _time_box(rect)
        paint_dots(painter, time, line.dots, tokens, scale)
        noted = QFontMetricsF(font("small", scale=scale)).horizontalAdvance(line.note)
        note = QRectF(0, rect.top(), max(look().px(_NOTE), noted), rect.height())
        note.moveRight(time.left() - _GAP)
        painter.setFont(font("small", scale=scale))
        painter.setPen(QColor(tokens.t2))
        painter.drawText(note, _MIDDLE, line.note)
        area = rect.adjusted(_SIDE, 0, 0, 0)
        area.setRight(note.left() - _GAP)
        painter.setFont(font("body", scale=scale))
        painter.setPen(QColor(tokens.t1))
        shown = QFontMetricsF(painter.font()).elidedText(
            line.text, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, _MIDDLE, shown)


class SkillsList(QListView):
    """One tab stop. ``opened`` gives the skill that is clicked, or that Enter is pressed on."""

    opened = Signal(object)
    inner_width_changed = Signal(int)

    def __init__(self, name: str, model: SkillsModel) -> None:
        super().__init__()
        self.setObjectName("skills")
        self.setAccessibleName(name)
        self.setModel(model)
        self._model = model
        self.setItemDelegate(_Delegate(self))
        # Thousands of skills are laid out some at a time, the first ones at once.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._open)
        look().changed.connect(self.viewport().update)

    def make_current(self, key: str) -> None:
        """Let the arrows begin at a skill; at the first one where it is not listed."""
        row = self._model.row_of(key)
        self.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex())

    @property
    def current_key(self) -> str:
        """The key of the current skill, or ""."""
        line = self._model.line(self.currentIndex().row())
        return line.skill.key if line is not None and line.skill is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def updateGeometries(self) -> None:
        """Tell how wide the lines are."""
        super().updateGeometries()
        self.inner_width_changed.emit(self.viewport().width())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        line = self._model.line(index.row()) if index.isValid() else None
        if line is not None and line.skill is not None:
            self.opened.emit(line.skill)
