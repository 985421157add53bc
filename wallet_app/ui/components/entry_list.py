"""The rows that the palette found: icon, words, what they are, and a shortcut."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyleOptionViewItem,
)

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.cut_tips import CutTipDelegate
from wallet_app.ui.components.line_model import (
    LINE_ROLE,
    Index,
    LineModel,
    as_quiet_list,
)
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.palette_search import Entry
from wallet_app.ui.theme import look

__all__ = ["EntryList", "EntryRow"]

_ROW: Final = 40
_ICON: Final = 18
_PADDING: Final = 12
_GAP: Final = 12
_MOST_NOTE: Final = 0.55
"""Part of the row that the words at the right may take from the name."""


class _Entries(LineModel[Entry]):
    def texts(self, line: Entry) -> tuple[str, str, str]:
        return line.text, spoken(line), ""


def spoken(entry: Entry) -> str:
    """Return a row in one breath."""
    return ", ".join(part for part in (entry.text, entry.note, entry.keys) if part)


class EntryRow(CutTipDelegate):
    """Draws a row, and tells what of it is cut."""

    def tip(self, cell: QRectF, index: Index) -> str:
        """Return a row in one breath where some of it is cut, else ""."""
        entry = index.data(LINE_ROLE)
        if not isinstance(entry, Entry):
            return ""
        # As when it is marked, which takes the most room.
        name, note = _shown(_words_of(cell).width(), entry, "body_strong")
        whole = (name, note) == (entry.text, entry.keys or entry.note)
        return "" if whole else tooltip(spoken(entry))

    def sizeHint(
        self,
        _option: QStyleOptionViewItem,
        _index: Index,
    ) -> QSize:
        """One height for all; the list sets the width."""
        return QSize(100, look().px(_ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Draw the icon, the words, and at the right the shortcut or what they are."""
        entry = index.data(LINE_ROLE)
        if not isinstance(entry, Entry):
            return
        tokens = look().tokens
        box = QRectF(option.rect)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        smooth(painter)
        if on:
            border = tokens.edge if tokens.outlined else ""
            fill = tokens.surf if tokens.outlined else tokens.sel
            paint_frame(painter, box, RADII["small"], fill=fill, border=border, width=2)
        side = look().px(_ICON)
        place = QRectF(box.left() + _PADDING, box.center().y() - side / 2, side, side)
        paint_icon(painter, place, entry.icon, tokens.brass if on else tokens.t2)
        rest = _words_of(box)
        role = "body_strong" if on else "body"
        name, note = _shown(rest.width(), entry, role)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(tokens.t3))
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, note)
        painter.setFont(font(role, scale=look().scale))
        painter.setPen(QColor(tokens.t1))
        painter.drawText(rest, middle, name)
        painter.restore()


def _words_of(row: QRectF) -> QRectF:
    """Return where the words of a row stand, right of its icon."""
    return row.adjusted(_PADDING + look().px(_ICON) + _GAP, 0, -_PADDING, 0)


def _shown(width: float, entry: Entry, role: str) -> tuple[str, str]:
    """Return what is shown in ``width`` of the words, and of the shortcut or what they are."""
    small = QFontMetricsF(font("small", scale=look().scale))
    cut = Qt.TextElideMode.ElideRight
    note = small.elidedText(entry.keys or entry.note, cut, width * _MOST_NOTE)
    taken = small.horizontalAdvance(note) + _GAP if note else 0.0
    metrics = QFontMetricsF(font(role, scale=look().scale))
    return metrics.elidedText(entry.text, cut, width - taken), note


class EntryList(QListView):
    """Shown below a line that keeps the focus: it hands over the arrows.

    Signals:
        chosen: the entry that was clicked.
        moved: another one is marked; gives it, its place from 1 and how many there are.
    """

    chosen = Signal(object)
    moved = Signal(object, int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows = _Entries(self)
        self.setModel(self._rows)
        self._delegate = EntryRow(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        as_quiet_list(self)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)
        self.entered.connect(self._on_entered)

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown, best first."""
        return self._rows.lines

    @property
    def current(self) -> Entry | None:
        """The marked entry."""
        at = self.currentIndex().row()
        return self._rows.lines[at] if 0 <= at < len(self._rows.lines) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, the first marked."""
        self._rows.show_lines(entries)
        self.scrollToTop()
        self._mark(0)

    def step(self, by: int) -> None:
        """Mark another; beyond an end it goes on at the other."""
        count = len(self._rows.lines)
        if count:
            single = abs(by) == 1
            at = self.currentIndex().row() + by
            self._mark(at % count if single else min(max(at, 0), count - 1))

    def _mark(self, at: int) -> None:
        count = len(self._rows.lines)
        if at < count:
            self.setCurrentIndex(self._rows.index(at))
            self.moved.emit(self._rows.lines[at], at + 1, count)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._rows.lines):
            self.chosen.emit(self._rows.lines[index.row()])
