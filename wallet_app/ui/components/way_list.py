"""A list of ways to do something, each with a name and a hint; one is chosen. One tab stop."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.keys import ENTER
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import ShapedText
from wallet_app.ui.theme import look

__all__ = ["Way", "WayList"]

_ROW: Final = 52
_RADIUS: Final = 10
_ICON: Final = 22
_MARK: Final = 3
_LEFT: Final = 14
_AROUND: Final = 12


@dataclass(frozen=True, slots=True)
class Way:
    """One row. One that is not possible is faint; choosing it leads to why."""

    id: str
    icon: str
    title: str
    hint: str
    possible: bool = True


class _Row(QAbstractButton):
    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way
        self.setObjectName(f"way-{way.id}")
        self.setCheckable(True)
        # One of several, and told so: a bare checkable button is called a check box.
        self.setAutoExclusive(True)
        self.setText(way.title.replace("&", "&&"))
        self.setAccessibleName(f"{way.title}, {way.hint}")
        self.setProperty("ringRadius", _RADIUS)
        self.setProperty("ringInside", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(200, look().px(_ROW))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Words that need more lines make the row taller."""
        title, hint = self._shaped(width)
        return max(look().px(_ROW), round(title.height + hint.height) + look().px(_AROUND))

    def _shaped(self, width: int) -> tuple[ShapedText, ShapedText]:
        room = width - _LEFT - look().px(_ICON) - _LEFT - 10
        title = ShapedText(self.way.title, "body_strong", room)
        return title, ShapedText(self.way.hint, "small", room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        on = self.isChecked()
        painter = QPainter(self)
        smooth(painter)
        if on or self.underMouse():
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            painter.setClipPath(outline)
            painter.fillRect(self.rect(), QColor(tokens.sel if on else tokens.hover))
            if on:
                painter.fillRect(QRectF(0, 0, _MARK, self.height()), QColor(tokens.gold))
            painter.setClipping(False)
            if on and tokens.outlined:
                painter.setPen(QColor(tokens.edge))
                painter.drawPath(outline)
        color = tokens.brass if on else tokens.t2
        side = look().px(_ICON)
        top = (self.height() - side) / 2
        if not self.way.possible:
            painter.setOpacity(0.5)
        paint_icon(painter, QRectF(_LEFT, top, side, side), self.way.icon, color)
        painter.setOpacity(1.0)
        self._write(painter, _LEFT + side + _LEFT)
        painter.end()

    def _write(self, painter: QPainter, left: float) -> None:
        tokens, possible = look().tokens, self.way.possible
        title, hint = self._shaped(self.width())
        top = (self.height() - title.height - hint.height) / 2
        title.paint(painter, left, top, QColor(tokens.t1 if possible else tokens.t3))
        below = QColor(tokens.t2 if possible else tokens.t3)
        hint.paint(painter, left, top + title.height, below)


class WayList(QWidget):
    """``chosen`` gives the id of a way; ``entered``: Enter was pressed on the marked one."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, name: str, ways: list[Way]) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._rows = [_Row(way) for way in ways]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, row in enumerate(self._rows):
            self._group.addButton(row, at)
            column.addWidget(row)
        self._group.idClicked.connect(self._tell)

    def choose(self, way_id: str) -> None:
        """Mark a way, without a signal."""
        for row in self._rows:
            row.setChecked(row.way.id == way_id)
        self._settle_tab_stop()

    def current_row(self) -> QWidget:
        """Return the marked row, for the focus."""
        return self._group.checkedButton() or self._rows[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, to the first with Home and the last with End; Enter goes on."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
            return
        count, at = len(self._rows), self._group.checkedId()
        places = {
            Qt.Key.Key_Down: (at + 1) % count,
            Qt.Key.Key_Up: (at - 1) % count,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or at < 0:
            super().keyPressEvent(event)
            return
        row = self._rows[place]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        row.click()

    @Slot(int)
    def _tell(self, at: int) -> None:
        self._settle_tab_stop()
        self.chosen.emit(self._rows[at].way.id)

    def _settle_tab_stop(self) -> None:
        for row in self._rows:
            policy = Qt.FocusPolicy
            row.setFocusPolicy(policy.StrongFocus if row.isChecked() else policy.ClickFocus)
