"""A few ways of seeing the same thing: one frame, the chosen part in the selection colour."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.keys import ARROWS
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look

__all__ = ["Segments"]

_WIDTH: Final = 40
_HEIGHT: Final = 38
_ICON: Final = 18


class _Part(QAbstractButton):
    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon_name = icon
        self.setCheckable(True)
        # One of several, and told so: a bare checkable button is called a check box.
        self.setAutoExclusive(True)
        self.setAccessibleName(name)
        self.setToolTip(tooltip(name))
        # A tooltip is told as description: the same words a second time.
        self.setAccessibleDescription(NOTHING_MORE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ringRadius", RADII["control"])
        self.setFixedSize(look().px(_WIDTH), look().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_WIDTH), look().px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        side = look().px(_ICON)
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        paint_icon(painter, area, self._icon_name, tokens.t1 if on else tokens.t3)
        if on and tokens.outlined:
            line = QRectF(8, self.height() - 7, self.width() - 16, 2)
            painter.fillRect(line, QColor(tokens.t1))
        painter.end()


class Segments(QWidget):
    """One choice among icons; one tab stop, arrows choose."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self._ids: list[str] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group.idToggled.connect(self._on_toggled)

    def add(self, part_id: str, icon: str, name: str) -> None:
        """Append a part; the first is chosen."""
        part = _Part(icon, name)
        self._group.addButton(part, len(self._ids))
        self._ids.append(part_id)
        self._row.addWidget(part)
        if len(self._ids) == 1:
            part.setChecked(True)

    def choose(self, part_id: str) -> None:
        """Choose a part."""
        self._group.button(self._ids.index(part_id)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._ids))
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame and the ground of the chosen part."""
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect())
        paint_frame(painter, box, RADII["control"], fill=tokens.surf)
        chosen = self._group.checkedButton()
        if chosen is not None:
            clip = QPainterPath()
            clip.addRoundedRect(box, RADII["control"], RADII["control"])
            painter.setClipPath(clip)
            painter.fillRect(chosen.geometry(), QColor(tokens.sel))
            painter.setClipping(False)
        paint_frame(painter, box, RADII["control"], border=tokens.edge)
        painter.end()

    @Slot(int, bool)
    def _on_toggled(self, at: int, on: bool) -> None:
        button = self._group.button(at)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        self.update()
        if on:
            self.chosen.emit(self._ids[at])
