"""The door of the safe: where you are, and where else you can go. One tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.side_row import (
    NARROW,
    ROW_MARGIN,
    ROW_PADDING,
    WIDE,
    SideItem,
    SideRow,
)
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import Label, tone_color
from wallet_app.ui.theme import look

__all__ = ["SideBar", "SideItem"]

_MARK: Final = 28
_KEPT: Final = 2
"""So many rows of what comes and goes stay in view in the lowest window; the rest scrolls."""
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OPENS: Final = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(look().px(_MARK) + 4)
        self.setMaximumHeight(look().px(48))

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        smooth(painter)
        side = look().px(_MARK)
        paint_app_mark(painter, QRectF(8, 2, side, side), on_iron=True)
        if self.width() > look().px(NARROW):
            painter.setFont(font("brand", scale=look().scale))
            painter.setPen(tone_color(look().tokens, "side.title"))
            area = QRectF(8 + side + 10, 2, self.width(), side)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, "Coffre")
        painter.end()


class _Divider(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(9)
        self.setMaximumHeight(21)

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRectF(ROW_MARGIN, self.height() // 2, self.width() - 2 * ROW_MARGIN, 1)
        painter.fillRect(line, QColor(look().tokens.sidebar.line))
        painter.end()


class Shelves(ScrollColumn):
    """The rows that come and go, some below a head; they scroll where they are too many.

    Attributes:
        at: where they stand among all rows of the bar.
    """

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.rows: list[SideRow] = []
        self._headed = False
        self._head = Label("", "small_strong", tone="side.muted")
        self._head.hide()
        self._parts = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        head = QVBoxLayout()
        head.setContentsMargins(ROW_MARGIN + ROW_PADDING, 0, ROW_MARGIN, 0)
        head.addWidget(self._head)
        above, below, groups = self._parts
        groups.setContentsMargins(0, 8, 0, 0)
        for part in (above, head, below, groups):
            part.setSpacing(0)
            self.column.addLayout(part)
        self.column.addStretch(1)

    def show_rows(self, parts: Sequence[Sequence[SideRow]], head: str, *, folded: bool) -> None:
        """Show these and no others: above the head, below it, and groups at the end."""
        self.rows = [row for rows in parts for row in rows]
        self._headed = bool(parts[1])
        self._head.setText(head)
        self._head.setFixedHeight(look().px(44))
        for layout, rows in zip(self._parts, parts, strict=True):
            for row in rows:
                layout.addWidget(row)
        self.fold(folded=folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the bar: a scrolling area would keep the arrows for itself."""
        event.ignore()

    def fold(self, *, folded: bool) -> None:
        """Show the rows of this width: what has no icon of its own would look alike."""
        self._head.setVisible(self._headed and not folded)
        for row in self.rows:
            row.setVisible(row.item.shown in ("both", "narrow" if folded else "wide"))
        kept = [row.minimumHeight() for row in self.rows if not row.isHidden()][:_KEPT]
        self.setMinimumHeight(sum(kept))


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
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self._rows: list[SideRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(0)
        brand = QVBoxLayout()
        brand.setContentsMargins(ROW_MARGIN, 0, 0, 0)
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
        column.addWidget(self._shelves, 1)
        for item in below:
            column.addWidget(self._make(item))
        column.addWidget(_Divider())
        column.addWidget(self._make(foot))
        self.set_folded(folded=False)
        self._settle_tab_stop(self._rows[0])

    def mark(self, page_id: str) -> None:
        """Show where the person is; an id of no row marks none."""
        for row in self._rows:
            row.set_marked(marked=row.item.id == page_id)
            if row.isChecked():
                self._settle_tab_stop(self._rows[0] if row.isHidden() else row)

    def row(self, row_id: str) -> QWidget | None:
        """Return the row of an id, to open something beside it."""
        return next((row for row in self._rows if row.item.id == row_id), None)

    def show_target(self, target: SideRow | None) -> None:
        """Show which row takes what is dragged over the bar; those beside it come into view."""
        for row in self._rows:
            row.set_target(target=row is target)
        if target in self._shelves.rows:
            self._shelves.ensureWidgetVisible(target, 0, target.height())

    def set_note(self, page_id: str, note: str) -> None:
        """Change the count of a row."""
        for row in self._rows:
            if row.item.id == page_id:
                row.set_note(note)

    def set_shelves(
        self,
        above: Sequence[SideItem],
        head: str,
        below: Sequence[SideItem],
        groups: Sequence[SideItem] = (),
    ) -> None:
        """Show what else there is to choose from, some of it below a head of its own."""
        focused = next((row.item.id for row in self._shelves.rows if row.hasFocus()), None)
        marked = next((row.item.id for row in self._rows if row.isChecked()), "")
        for old in self._shelves.rows:
            self._rows.remove(old)
            old.hide()
            old.deleteLater()
        made = [[self._new_row(item) for item in items] for items in (above, below, groups)]
        self._rows[self._shelves.at : self._shelves.at] = [row for rows in made for row in rows]
        folded = self.width() <= look().px(NARROW)
        for row in (row for rows in made for row in rows):
            row.fold(folded=folded)
        self._shelves.show_rows(made, head, folded=folded)
        self.mark(marked)
        if focused is not None:
            shown = (row for row in self._shelves.rows if not row.isHidden())
            same = (row for row in shown if row.item.id == focused)
            next(same, self._rows[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        if not any(row.focusPolicy() is Qt.FocusPolicy.StrongFocus for row in self._rows):
            self._settle_tab_stop(self._rows[0])

    def has_row(self, row_id: str) -> bool:
        """Whether there is a row of that id now."""
        return any(row.item.id == row_id for row in self._rows)

    def set_mark(self, text: str, short: str) -> None:
        """Say below the brand what kind of safe this is; ``short`` where the bar is folded."""
        self._mark = (text, short)
        self.mark_label.setAccessibleName(text)
        self.mark_label.setVisible(bool(text))
        self._say_mark()

    def _say_mark(self) -> None:
        text, short = self._mark
        folded = self.width() <= look().px(NARROW)
        self.mark_label.setText(short if folded else text)
        inset = 4 if folded else ROW_MARGIN + ROW_PADDING
        self._mark_row.setContentsMargins(inset, 0, inset, 12)

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only, with tooltips, or icons and words."""
        self.setFixedWidth(look().px(NARROW if folded else WIDE))
        self._say_mark()
        for row in self._rows:
            row.fold(folded=folded)
        self._shelves.fold(folded=folded)
        self._keep_tab_stop_in_view()

    def _keep_tab_stop_in_view(self) -> None:
        stops = (row for row in self._rows if row.focusPolicy() is Qt.FocusPolicy.StrongFocus)
        stop = next(stops, None)
        if stop is not None and stop.isHidden():
            had_focus = stop.hasFocus()
            self._settle_tab_stop(self._rows[0])
            if had_focus:
                self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End move, Right and Left open and close; Enter and Space activate."""
        key = Qt.Key(event.key())
        at = next((index for index, row in enumerate(self._rows) if row.hasFocus()), -1)
        if at >= 0 and key in (*_STEPS, Qt.Key.Key_Home, Qt.Key.Key_End):
            shown = [row for row in self._rows if not row.isHidden()]
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(shown) - 1}
            beside = shown.index(self._rows[at]) + _STEPS.get(key, 0)
            self._move_to(shown[ends.get(key, beside % len(shown))])
        elif at >= 0 and key in _OPENS:
            self._open_or_close(at, opens=_OPENS[key])
        elif at >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._rows[at].click()
        else:
            super().keyPressEvent(event)

    def _open_or_close(self, at: int, *, opens: bool) -> None:
        """Open or close a group; to the left of what is inside lies its group."""
        item = self._rows[at].item
        if item.opened is not None and item.opened is not opens:
            self._rows[at].click()
        elif item.inner and not opens:
            heads = [row for row in self._rows[:at] if row.item.opened is not None]
            self._move_to(heads[-1])

    def _move_to(self, row: SideRow) -> None:
        self._settle_tab_stop(row)
        row.setFocus(Qt.FocusReason.TabFocusReason)
        if row in self._shelves.rows:
            self._shelves.ensureWidgetVisible(row, 0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().tokens.sidebar.ground))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint with a new palette."""
        self.update()
        super().changeEvent(event)

    def _make(self, item: SideItem) -> SideRow:
        row = self._new_row(item)
        self._rows.append(row)
        return row

    def _new_row(self, item: SideItem) -> SideRow:
        row = SideRow(item)
        row.clicked.connect(self._on_clicked)
        return row

    def _settle_tab_stop(self, stop: SideRow) -> None:
        for row in self._rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, SideRow):
            self.chosen.emit(row.item.id)
