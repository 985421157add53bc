"""One row of the side bar: where one can go, or a group that opens."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.keys import ARROWS
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look

__all__ = ["NARROW", "ROW_MARGIN", "ROW_PADDING", "WIDE", "SideItem", "SideRow"]

NARROW: Final = 60
WIDE: Final = 232
ROW_MARGIN: Final = 12
ROW_PADDING: Final = 10
_ROW: Final = 36
_INNER_ROW: Final = 32
_LEAST_ROW: Final = 26
_LEAST_ICON_ROW: Final = 22
_ICON: Final = 20
_CHEVRON: Final = 16
_SQUARE: Final = 10
_GAP: Final = 11
_NOTE_GAP: Final = 8
_CHEVRON_GAP: Final = 6


@dataclass(frozen=True, slots=True)
class SideItem:
    """One row.

    Attributes:
        note: stands at the right, such as a count or a shortcut.
        color: of a small square in place of the icon.
        inner: whether it belongs to the group above it.
        opened: of a group, whether its rows are shown; None for a row that is none.
        spoken: what a screen reader hears in place of the text.
        acts: it does something instead of leading to a page, and is told as a button.
        shown: whether the bar shows it while it is wide, narrow (icons only), or both.
    """

    id: str
    icon: str
    text: str
    note: str = ""
    color: str = ""
    inner: bool = False
    opened: bool | None = None
    spoken: str = ""
    acts: bool = False
    shown: Literal["both", "wide", "narrow"] = "both"


class SideRow(QAbstractButton):
    """A row that paints itself; the bar decides what is marked."""

    def __init__(self, item: SideItem) -> None:
        super().__init__()
        self.item = item
        self._folded = False
        self._is_target = False
        self._leads = not item.acts and item.opened is None
        self.setCheckable(self._leads)
        # One of several, and told so: a bare checkable button is called a check box.
        self.setAutoExclusive(self._leads)
        self.setProperty("ringRadius", RADII["small"])
        self.setProperty("onIron", True)
        self.setProperty("ringInside", True)
        self.setProperty("ringInset", ROW_MARGIN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(look().px(_LEAST_ROW))
        self.setMaximumHeight(look().px(_INNER_ROW if item.inner else _ROW))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.set_note(item.note)

    def nextCheckState(self) -> None:
        """A press must not move the mark by itself: the window decides."""

    def set_marked(self, *, marked: bool) -> None:
        """Mark it or not; of rows that exclude each other Qt would keep the last one marked."""
        if self._leads:
            self.setAutoExclusive(False)
            self.setChecked(marked)
            self.setAutoExclusive(True)

    def set_target(self, *, target: bool) -> None:
        """Show that what is dragged over it may be dropped here, or no longer."""
        if self._is_target is not target:
            self._is_target = target
            self.update()

    @property
    def is_target(self) -> bool:
        """Whether it shows that it takes what is dragged."""
        return self._is_target

    def fold(self, *, folded: bool) -> None:
        """Tell the words where they are not shown, or not all of them."""
        self._folded = folded
        self.setMinimumHeight(look().px(_LEAST_ICON_ROW if folded else _LEAST_ROW))
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what is cut now: a bar that scrolls takes room from the words."""
        self._tell_whole()
        super().resizeEvent(event)

    def _tell_whole(self) -> None:
        strong = QFontMetricsF(font("body_strong", scale=look().scale))
        room = self.width() - look().px(_ICON) - 2 * (ROW_MARGIN + ROW_PADDING) - _GAP
        needed = strong.horizontalAdvance(self.item.text)
        if self.note:
            needed += strong.horizontalAdvance(self.note) + _NOTE_GAP
        if self.item.opened is not None:
            needed += look().px(_CHEVRON) + _CHEVRON_GAP
        cut = self._folded or needed > room
        whole = self.item.spoken if self.item.opened is None else ""
        self.setToolTip(tooltip(whole or self.item.text, self.note) if cut else "")
        self.setAccessibleDescription(NOTHING_MORE)

    def set_note(self, note: str) -> None:
        """Change what stands at the right."""
        self.note = note
        self.setAccessibleName(f"{self.item.spoken or self.item.text} {note}".strip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the bar."""
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as the design says, less in a low window; the bar sets the width."""
        return QSize(look().px(_ROW), self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, mark, icon, words and note."""
        side = look().tokens.sidebar
        on = self.isChecked()
        painter = QPainter(self)
        smooth(painter)
        inner = QRectF(self.rect()).adjusted(ROW_MARGIN, 0, -ROW_MARGIN, 0)
        if self._is_target:
            radius = RADII["small"]
            paint_frame(painter, inner, radius, fill=side.row, border=side.gold, width=2)
        elif on or self.underMouse():
            border = side.row_text if on and look().tokens.outlined else ""
            paint_frame(painter, inner, RADII["small"], fill=side.row, border=border)
        if on:
            mark = QRectF(-3, 8, 6, self.height() - 16)
            paint_frame(painter, mark, 3, fill=side.gold)
        icon_px = look().px(_ICON)
        x = inner.left() + ROW_PADDING if not self._is_folded else (self.width() - icon_px) / 2
        self._draw_sign(painter, QRectF(x, (self.height() - icon_px) / 2, icon_px, icon_px), on=on)
        if not self._is_folded:
            self._write(painter, x + icon_px + _GAP, inner.right() - ROW_PADDING, on=on)
        painter.end()

    @property
    def _is_folded(self) -> bool:
        return self.width() <= look().px(NARROW) + 1

    def _has_room_for_note(self, width: float) -> bool:
        """A count or a shortcut gives way to words that fit without it; it is spoken still."""
        words = QFontMetricsF(font("body_strong", scale=look().scale))
        needed = words.horizontalAdvance(self.item.text)
        note = QFontMetricsF(font("small_strong", scale=look().scale)).horizontalAdvance(self.note)
        return needed > width or needed + note <= width

    def _draw_sign(self, painter: QPainter, place: QRectF, *, on: bool) -> None:
        side = look().tokens.sidebar
        if self.item.color:
            square = QRectF(0, 0, look().px(_SQUARE), look().px(_SQUARE))
            square.moveCenter(place.center())
            paint_frame(painter, square, 3, fill=self.item.color)
        elif self.item.icon:
            paint_icon(painter, place, self.item.icon, side.gold if on else side.muted)

    def _write(self, painter: QPainter, left: float, right: float, *, on: bool) -> None:
        side = look().tokens.sidebar
        area = QRectF(left, 0, right - left, self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.item.opened is not None:
            px = look().px(_CHEVRON)
            place = QRectF(area.right() - px, (self.height() - px) / 2, px, px)
            sign = "chevron-down" if self.item.opened else "chevron-right"
            paint_icon(painter, place, sign, side.muted)
            area.setWidth(area.width() - px - _CHEVRON_GAP)
        if self.note and self._has_room_for_note(area.width()):
            painter.setFont(font("small_strong" if on else "small", scale=look().scale))
            painter.setPen(QColor(side.muted))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, self.note)
            taken = QFontMetricsF(painter.font()).horizontalAdvance(self.note)
            area.setWidth(area.width() - taken - _NOTE_GAP)
        quiet = "compact" if self.item.inner else "body"
        painter.setFont(font(f"{quiet}_strong" if on else quiet, scale=look().scale))
        painter.setPen(QColor(side.row_text if on else side.text))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(self.item.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)
