"""The list of skills by framework: name, how many badges, and the badges over time as dots."""

from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from wallet_app.app.skill_times import Span
from wallet_app.drawing.fonts import font
from wallet_app.drawing.skill_dots import paint_dots
from wallet_app.ui.components.line_model import (
    LINE_ROLE,
    Index,
    LineModel,
    as_quiet_list,
    paint_ground,
)
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.text import ShapedText
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
_AT_ONCE: Final = 200
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class SkillsModel(LineModel[SkillLine]):
    """Prepared lines; a heading cannot be chosen, the arrows pass over it."""

    def row_of(self, key: str) -> int:
        """Return where a skill stands; without it the first skill, -1 where there is none."""
        rows = [at for at, line in enumerate(self.lines) if line.skill is not None]
        same = (at for at in rows if (skill := self.lines[at].skill) and skill.key == key)
        return next(same, rows[0] if rows else -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let skills be chosen, and headings not."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.skill is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def texts(self, line: SkillLine) -> tuple[str, str, str]:
        """Return what a line shows, says and tells."""
        return line.text, line.spoken or f"{line.text}, {line.note}", tooltip(line.text)


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


def _stack(painter: QPainter, area: QRectF, line: SkillLine) -> None:
    """Write a heading above its note, where one line has no room for both."""
    tokens = look().tokens
    heading, note = (
        ShapedText(text, role, area.width(), max_lines=1)
        for text, role in ((line.text, "heading"), (line.note, "small"))
    )
    top = area.top() + (area.height() - heading.height - note.height) / 2
    heading.paint(painter, area.left(), top, QColor(tokens.t1))
    note.paint(painter, area.left(), top + heading.height, QColor(tokens.t2))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        if isinstance(line, SkillLine) and line.skill is None:
            return QSize(200, look().px(_HEADING) + (_BAND if index.row() else 0))
        return QSize(200, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, SkillLine):
            return
        painter.save()
        smooth(painter)
        rect = QRectF(option.rect)
        if line.skill is None:
            self._heading(painter, line, rect, first=index.row() == 0)
        else:
            self._skill(painter, line, option)
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
        metrics = QFontMetricsF(font("heading", scale=scale))
        noted = QFontMetricsF(font("small", scale=scale)).horizontalAdvance(line.note)
        if metrics.horizontalAdvance(line.text) + noted + 10 > area.width():
            _stack(painter, area, line)
            return
        painter.setFont(font("heading", scale=scale))
        painter.setPen(QColor(tokens.t1))
        painter.drawText(area, _MIDDLE, line.text)
        area.setLeft(area.left() + metrics.horizontalAdvance(line.text) + 10)
        painter.setFont(font("small", scale=scale))
        painter.setPen(QColor(tokens.t2))
        # On the heading's own line of writing, as in a sentence.
        painter.drawText(area.adjusted(0, 2, 0, 0), _MIDDLE, line.note)

    @staticmethod
    def _skill(painter: QPainter, line: SkillLine, option: QStyleOptionViewItem) -> None:
        tokens, scale, rect = look().tokens, look().scale, QRectF(option.rect)
        paint_ground(painter, option, first=False)
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
        as_quiet_list(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._open)

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
            if not event.isAutoRepeat():
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
