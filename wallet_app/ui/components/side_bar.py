"""The door of the safe: where you are, and where else you can go. One tab stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.keys import ARROWS
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text import Label, tone_color
from wallet_app.ui.theme import look

__all__ = ["SideBar", "SideItem"]

_WIDE: Final = 232
_NARROW: Final = 60
_ROW: Final = 36
_MARGIN: Final = 12
_PADDING: Final = 10
_ICON: Final = 20
_GAP: Final = 11
_MARK: Final = 28


@dataclass(frozen=True, slots=True)
class SideItem:
    """One row: ``note`` stands at the right, such as a count or a shortcut."""

    id: str
    icon: str
    text: str
    note: str = ""


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(look().px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        smooth(painter)
        side = look().px(_MARK)
        paint_app_mark(painter, QRectF(8, 2, side, side), on_iron=True)
        if self.width() > look().px(_NARROW):
            painter.setFont(font("brand", scale=look().scale))
            painter.setPen(tone_color(look().tokens, "side.title"))
            area = QRectF(8 + side + 10, 2, self.width(), side)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, "Coffre")
        painter.end()


class _Row(QAbstractButton):
    def __init__(self, item: SideItem) -> None:
        super().__init__()
        self.item = item
        self.setCheckable(True)
        self.setProperty("ringRadius", RADII["small"])
        self.setProperty("onIron", True)
        self.setProperty("ringInside", True)
        self.setProperty("ringInset", _MARGIN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look().px(_ROW))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.set_note(item.note)

    def set_note(self, note: str) -> None:
        self.note = note
        self.setAccessibleName(f"{self.item.text} {note}".strip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_ROW), look().px(_ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().tokens.sidebar
        on = self.isChecked()
        painter = QPainter(self)
        smooth(painter)
        inner = QRectF(self.rect()).adjusted(_MARGIN, 0, -_MARGIN, 0)
        if on or self.underMouse():
            border = side.row_text if on and look().tokens.outlined else ""
            paint_frame(painter, inner, RADII["small"], fill=side.row, border=border)
        if on:
            mark = QRectF(-3, 8, 6, self.height() - 16)
            paint_frame(painter, mark, 3, fill=side.gold)
        icon_px = look().px(_ICON)
        x = inner.left() + _PADDING if not self._is_folded else (self.width() - icon_px) / 2
        top = (self.height() - icon_px) / 2
        icon_color = side.gold if on else side.muted
        paint_icon(painter, QRectF(x, top, icon_px, icon_px), self.item.icon, icon_color)
        if not self._is_folded:
            self._write(painter, x + icon_px + _GAP, inner.right() - _PADDING, on=on)
        painter.end()

    @property
    def _is_folded(self) -> bool:
        return self.width() <= look().px(_NARROW) + 1

    def _write(self, painter: QPainter, left: float, right: float, *, on: bool) -> None:
        side = look().tokens.sidebar
        area = QRectF(left, 0, right - left, self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.note:
            painter.setFont(font("small_strong" if on else "small", scale=look().scale))
            painter.setPen(QColor(side.muted))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, self.note)
            area.setWidth(area.width() - QFontMetricsF(painter.font()).horizontalAdvance(self.note))
        painter.setFont(font("body_strong" if on else "body", scale=look().scale))
        painter.setPen(QColor(side.row_text if on else side.text))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(self.item.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)


class _Divider(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(21)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRectF(_MARGIN, 10, self.width() - 2 * _MARGIN, 1)
        painter.fillRect(line, QColor(look().tokens.sidebar.line))
        painter.end()


class Shelves:
    """The rows that come and go, some below a head: ``at`` is where they stand among all."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.rows: list[_Row] = []
        self._headed = False
        self._head = Label("", "small_strong", tone="side.muted")
        self._head.hide()
        self._above = QVBoxLayout()
        self._below = QVBoxLayout()
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN + _PADDING, 0, _MARGIN, 0)
        head.addWidget(self._head)
        self.column = QVBoxLayout()
        for part in (self._above, head, self._below):
            part.setSpacing(0)
            self.column.addLayout(part)

    def show(self, above: list[_Row], head: str, below: list[_Row], *, folded: bool) -> None:
        """Show these and no others."""
        self.rows = [*above, *below]
        self._headed = bool(below)
        self._head.setText(head)
        self._head.setFixedHeight(look().px(44))
        for part, rows in ((self._above, above), (self._below, below)):
            for row in rows:
                part.addWidget(row)
        self.fold(folded=folded)

    def fold(self, *, folded: bool) -> None:
        """Be away while the bar shows icons only: all would look alike."""
        self._head.setVisible(self._headed and not folded)
        for row in self.rows:
            row.setVisible(not folded)


class SideBar(QFrame):
    """Brand, pages above, tools below, and the lock at the foot.

    ``chosen`` gives the id of the row that was activated; the bar marks a page only when
    told so by ``mark``, because a page may refuse to be left.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, above: list[SideItem], below: list[SideItem], foot: SideItem
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows: list[_Row] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(0)
        brand = QVBoxLayout()
        brand.setContentsMargins(_MARGIN, 0, 0, 0)
        brand.addWidget(_Brand())
        column.addLayout(brand)
        self._mark = ("", "")
        self.mark_label = Label("", "small_strong", tone="side.gold")
        self.mark_label.setObjectName("side-bar-mark")
        self.mark_label.hide()
        self._mark_row = QVBoxLayout()
        self._mark_row.addWidget(self.mark_label)
        column.addLayout(self._mark_row)
        for item in above:
            column.addWidget(self._make(item))
        self._shelves = Shelves(len(self._rows))
        column.addLayout(self._shelves.column)
        column.addStretch(1)
        for item in below:
            column.addWidget(self._make(item))
        column.addWidget(_Divider())
        column.addWidget(self._make(foot))
        self.set_folded(folded=False)
        self._settle_tab_stop(self._rows[0])

    def mark(self, page_id: str) -> None:
        """Show where the person is; an id of no row marks none."""
        for row in self._rows:
            row.setChecked(row.item.id == page_id)
            if row.isChecked():
                self._settle_tab_stop(row)

    def set_note(self, page_id: str, note: str) -> None:
        """Change the count of a row."""
        for row in self._rows:
            if row.item.id == page_id:
                row.set_note(note)

    def set_shelves(self, above: Sequence[SideItem], head: str, below: Sequence[SideItem]) -> None:
        """Show what else there is to choose from, some of it below a head of its own."""
        had_focus = any(row.hasFocus() for row in self._shelves.rows)
        for old in self._shelves.rows:
            self._rows.remove(old)
            old.hide()
            old.deleteLater()
        made = [[self._new_row(item) for item in items] for items in (above, below)]
        self._rows[self._shelves.at : self._shelves.at] = [*made[0], *made[1]]
        folded = self.width() <= look().px(_NARROW)
        self._shelves.show(made[0], head, made[1], folded=folded)
        if had_focus:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if not any(row.focusPolicy() is Qt.FocusPolicy.StrongFocus for row in self._rows):
            self._settle_tab_stop(self._rows[0])

    def set_mark(self, text: str, short: str) -> None:
        """Say below the brand what kind of safe this is; ``short`` where the bar is folded."""
        self._mark = (text, short)
        self.mark_label.setAccessibleName(text)
        self.mark_label.setVisible(bool(text))
        self._say_mark()

    def _say_mark(self) -> None:
        text, short = self._mark
        folded = self.width() <= look().px(_NARROW)
        self.mark_label.setText(short if folded else text)
        inset = 4 if folded else _MARGIN + _PADDING
        self._mark_row.setContentsMargins(inset, 0, inset, 12)

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only, with tooltips, or icons and words."""
        self.setFixedWidth(look().px(_NARROW if folded else _WIDE))
        self._say_mark()
        self._shelves.fold(folded=folded)
        for row in self._rows:
            row.setToolTip(row.item.text if folded else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; Enter and Space activate."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        at = next((index for index, row in enumerate(self._rows) if row.hasFocus()), -1)
        if at >= 0 and key in steps:
            shown = [row for row in self._rows if not row.isHidden()]
            at = shown.index(self._rows[at])
            row = shown[(at + steps[key]) % len(shown)]
            self._settle_tab_stop(row)
            row.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rows[at].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().tokens.sidebar.ground))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint with a new palette."""
        self.update()
        super().changeEvent(event)

    def _make(self, item: SideItem) -> _Row:
        row = self._new_row(item)
        self._rows.append(row)
        return row

    def _new_row(self, item: SideItem) -> _Row:
        row = _Row(item)
        row.clicked.connect(self._on_clicked)
        return row

    def _settle_tab_stop(self, stop: _Row) -> None:
        for row in self._rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            # A click must not move the mark by itself: the window decides.
            row.setChecked(not row.isChecked())
            self.chosen.emit(row.item.id)
