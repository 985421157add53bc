"""One line of a list that is a button: icon, name, what is known of it, and where it leads."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import tone_color
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look

__all__ = ["DemandRow", "DemandRows", "RowFace"]

_HEIGHT: Final = 42
_PAD: Final = 20
_ICON: Final = 18
_GAP: Final = 12
_CHEVRON: Final = 16
_LEAST_NAME: Final = 0.45
"""A name has at least this part of a row before what is known of it takes room."""


@dataclass(frozen=True, slots=True)
class RowFace:
    """What a row shows; ``spoken`` is all of it in words, ``link`` stands for the chevron."""

    key: str
    icon: str
    tone: str
    name: str
    detail: str
    spoken: str
    link: str = ""


class DemandRow(QAbstractButton):
    """Signals: ``menu_asked``: its key and the place on the screen."""

    menu_asked = Signal(str, QPoint)

    def __init__(self, face: RowFace) -> None:
        super().__init__()
        self.face = face
        self.setAccessibleName(face.spoken)
        self.setToolTip(tooltip(face.name, face.detail))
        self.setAccessibleDescription(NOTHING_MORE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", RADII["focus"])
        self.setProperty("ringInside", True)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(look().px(240), look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be narrow: the texts are elided."""
        return QSize(look().px(120), look().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; the arrows belong to the list."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        elif not press_on_enter(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be corrected."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        middle = self.mapToGlobal(self.rect().center())
        self.menu_asked.emit(self.face.key, middle if by_key else event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        tokens, face = look().tokens, self.face
        painter = QPainter(self)
        smooth(painter)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        middle, left = self.height() / 2, float(look().px(_PAD))
        side = look().px(_ICON)
        color = tone_color(tokens, face.tone).name()
        paint_icon(painter, QRectF(left, middle - side / 2, side, side), face.icon, color)
        left += side + look().px(_GAP)
        right = self._paint_end(painter, self.width() - look().px(_PAD), middle)
        self._paint_words(painter, left, right - look().px(_GAP))
        painter.end()

    def _paint_end(self, painter: QPainter, right: float, middle: float) -> float:
        """Draw chevron or link at the right; return where it begins."""
        tokens = look().tokens
        if not self.face.link:
            side = look().px(_CHEVRON)
            box = QRectF(right - side, middle - side / 2, side, side)
            paint_icon(painter, box, "chevron-right", tokens.t3)
            return box.left()
        small = font("small", scale=look().scale)
        metrics = QFontMetricsF(small)
        width = metrics.horizontalAdvance(self.face.link)
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(small)
        painter.setPen(QColor(tokens.t1))
        painter.drawText(QPointF(right - width, baseline), self.face.link)
        painter.fillRect(QRectF(right - width, round(baseline + 3), width, 1.5), tokens.gold)
        return right - width

    def _paint_words(self, painter: QPainter, left: float, right: float) -> None:
        tokens, face = look().tokens, self.face
        strong = QFontMetricsF(font("body_strong", scale=look().scale))
        small = QFontMetricsF(font("small", scale=look().scale))
        room = right - left
        wanted = small.horizontalAdvance(face.detail) + look().px(_GAP) if face.detail else 0.0
        most = room - min(wanted, room * (1 - _LEAST_NAME))
        name = strong.elidedText(face.name, Qt.TextElideMode.ElideRight, most)
        baseline = self.height() / 2 + (strong.ascent() - strong.descent()) / 2
        painter.setFont(font("body_strong", scale=look().scale))
        painter.setPen(QColor(tokens.t1))
        painter.drawText(QPointF(left, baseline), name)
        left += strong.horizontalAdvance(name) + look().px(_GAP)
        detail = small.elidedText(face.detail, Qt.TextElideMode.ElideRight, max(0.0, right - left))
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(tokens.t2))
        painter.drawText(QPointF(left, baseline), detail)


class DemandRows(QWidget):
    """Rows below each other: one tab stop, the arrows move inside.

    Signals:
        chosen: the key of the row that was pressed.
        menu_asked: the key of a row and the place on the screen.
    """

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, name: str) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[DemandRow] = []

    def fill(self, faces: tuple[RowFace, ...]) -> None:
        """Show these rows in place of those before; the focus stays at its key."""
        focused = next((row.face.key for row in self.rows if row.hasFocus()), "")
        empty(self._column)
        self.rows = []
        for face in faces:
            self._column.addWidget(Line())
            self.rows.append(self._row(face))
            self._column.addWidget(self.rows[-1])
        self._settle()
        # Filled while its page is not shown yet, Qt does not ask the layouts around again.
        self.updateGeometry()
        for row in self.rows:
            if row.face.key == focused:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, face: RowFace) -> DemandRow:
        row = DemandRow(face)
        row.clicked.connect(self._on_clicked)
        row.menu_asked.connect(self.menu_asked)
        return row

    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, DemandRow):
            self._settle(row)
            self.chosen.emit(row.face.key)

    def _settle(self, current: DemandRow | None = None) -> None:
        """Let one row alone be the tab stop."""
        stop = current or next(iter(self.rows), None)
        for row in self.rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows, Home and End move between the rows."""
        at = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1)
        places = {
            Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.rows) - 1,
        }  # fmt: skip
        to = places.get(Qt.Key(event.key()), -1)
        if at < 0 or not 0 <= to < len(self.rows):
            super().keyPressEvent(event)
            return
        self._settle(self.rows[to])
        self.rows[to].setFocus(Qt.FocusReason.TabFocusReason)
