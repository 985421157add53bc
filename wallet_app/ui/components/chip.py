"""Chips: filters that are on or off, and skills that are only words."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.keys import ARROWS, press_on_enter
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["Chip", "ChipGroup", "SkillChip"]

_HEIGHT: Final = 30
_PADDING: Final = 12
_ICON: Final = 16
_GAP: Final = 6
_SKILL_HEIGHT: Final = 28
_SKILL_PADDING: Final = 10


class Chip(QAbstractButton):
    """A rounded button; checkable ones are filled and semibold when on."""

    def __init__(
        self, text: str, *, icon: str = "", checkable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._words = text
        self._count = ""
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", _HEIGHT / 2)
        self.set_words(text)

    def set_words(self, text: str, count: str = "") -> None:
        """Change the words and the count behind them."""
        self._words, self._count = text, count
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{text} {count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the semibold words, so that switching moves nothing."""
        strong = QFontMetricsF(font("compact_strong", scale=look().scale))
        width = strong.horizontalAdvance(self._words) + 2 * look().px(_PADDING)
        if self._icon_name:
            width += look().px(_ICON) + _GAP
        if self._count:
            width += _GAP + strong.horizontalAdvance(self._count)
        return QSize(round(width) + 2, look().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the group: a button alone would walk to its neighbour."""
        if event.key() in ARROWS:
            event.ignore()
        elif not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, words and count."""
        tokens = look().tokens
        on = self.isChecked()
        fill = tokens.act if on else (tokens.hover if self.underMouse() else tokens.surf)
        color = tokens.act_text if on else tokens.t1
        painter = QPainter(self)
        border = tokens.act if on else tokens.edge
        paint_frame(painter, QRectF(self.rect()), self.height() / 2, fill=fill, border=border)
        x = float(look().px(_PADDING))
        if self._icon_name:
            side = look().px(_ICON)
            top = (self.height() - side) / 2
            paint_icon(painter, QRectF(x, top, side, side), self._icon_name, color)
            x += side + _GAP
        role = "compact_strong" if on else "compact"
        x = self._write(painter, x, self._words, role, QColor(color))
        if self._count:
            self._write(
                painter, x + _GAP, self._count, "compact", QColor(color if on else tokens.t3)
            )
        painter.end()

    def _write(self, painter: QPainter, x: float, text: str, role: str, color: QColor) -> float:
        painter.setFont(font(role, scale=look().scale))
        painter.setPen(color)
        metrics = QFontMetricsF(painter.font())
        y = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(x, y), text)
        return x + metrics.horizontalAdvance(text)


class ChipGroup(QWidget):
    """Chips of which one is on; one tab stop, arrows move inside."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self.buttons = QButtonGroup(self)
        self.buttons.setExclusive(True)
        self._row = FlowLayout(self)

    def add(self, chip: Chip, chip_id: int) -> None:
        """Append a chip; ``buttons.idToggled`` tells when it is chosen."""
        chip.setCheckable(True)
        # One of several, and told so: a bare checkable button is called a check box.
        chip.setAutoExclusive(True)
        self.buttons.addButton(chip, chip_id)
        self._row.addWidget(chip)
        self._settle_tab_stop()

    def choose(self, chip_id: int) -> None:
        """Switch one on."""
        self.buttons.button(chip_id).setChecked(True)
        self._settle_tab_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows and choose what is moved to."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        chips = self.buttons.buttons()
        at = next((index for index, chip in enumerate(chips) if chip.hasFocus()), 0)
        chip = chips[(at + step) % len(chips)]
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        chip.setChecked(True)
        self._settle_tab_stop()

    def _settle_tab_stop(self) -> None:
        chosen = self.buttons.checkedButton()
        for at, chip in enumerate(self.buttons.buttons()):
            stop = chip is chosen if chosen is not None else at == 0
            policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)


class SkillChip(Label):
    """A skill: words on a quiet rounded ground, not a button."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "compact", parent=parent)
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        """Words and padding."""
        hint = super().sizeHint()
        return QSize(hint.width() + 2 * look().px(_SKILL_PADDING), look().px(_SKILL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be narrowed down to a few characters; the rest is elided. A short word needs less."""
        hint = super().minimumSizeHint()
        return self.sizeHint().boundedTo(
            QSize(hint.width() + 2 * look().px(_SKILL_PADDING), look().px(_SKILL_HEIGHT))
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and words."""
        tokens = look().tokens
        padding = look().px(_SKILL_PADDING)
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_frame(painter, box, self.height() / 2, fill=tokens.win, border=tokens.line)
        shaped = self.shaped(self.width() - 2 * padding)
        y = (self.height() - shaped.height) / 2
        shaped.paint(painter, padding, y, QColor(tokens.t1))
        painter.end()
