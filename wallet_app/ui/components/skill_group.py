"""Skills as quiet chips that can be pressed: one tab stop, arrows move inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.keys import ARROWS, press_on_enter
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.theme import look

__all__ = ["SkillGroup", "SkillWords"]

_HEIGHT: Final = 28
_PADDING: Final = 10
_FEW: Final = 60


@dataclass(frozen=True, slots=True)
class SkillWords:
    """What a chip says, what pressing it does, the framework of the skill or "".

    ``skill`` is its name as it is written, not made fit to show.
    """

    name: str
    does: str
    framework: str = ""
    skill: str = ""


class _Chip(QAbstractButton):
    def __init__(self, words: SkillWords) -> None:
        super().__init__()
        self.words = words
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", _HEIGHT / 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        both = ", ".join(filter(None, (words.name, words.framework)))
        self.setAccessibleName(both)
        self.setAccessibleDescription(words.does)
        self.setToolTip(tooltip(words.name))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font("compact", scale=look().scale))
        width = metrics.horizontalAdvance(self.words.name) + 2 * look().px(_PADDING)
        return QSize(round(width) + 2, look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """May be narrowed; the rest is elided."""
        return QSize(min(look().px(_FEW), self.sizeHint().width()), look().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        elif not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        hot = self.underMouse() or self.isDown()
        border = tokens.edge if hot else tokens.line
        box = QRectF(self.rect())
        paint_frame(painter, box, self.height() / 2, fill=tokens.win, border=border)
        painter.setFont(font("compact", scale=look().scale))
        painter.setPen(QColor(tokens.t1))
        metrics = QFontMetricsF(painter.font())
        room = self.width() - 2 * look().px(_PADDING)
        shown = metrics.elidedText(self.words.name, Qt.TextElideMode.ElideRight, room)
        y = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(look().px(_PADDING), y), shown)
        painter.end()


class SkillGroup(QWidget):
    """Chips below the name of their framework. ``chosen`` gives the skill of one pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, skills: Sequence[SkillWords]) -> None:
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.chips: list[_Chip] = []
        frameworks = dict.fromkeys(words.framework for words in skills)
        # Below a framework, those of none would seem to be of it.
        for framework in sorted(frameworks, key=bool):
            self._add(framework, [words for words in skills if words.framework == framework])
        self._stop_at(0)

    def _add(self, framework: str, skills: Sequence[SkillWords]) -> None:
        if framework:
            if self.chips:
                self._column.addSpacing(4)
            self._column.addWidget(Label(framework, "small", tone="t3", wrap=True))
        box = QWidget()
        flow = FlowLayout(box)
        for words in skills:
            chip = _Chip(words)
            chip.clicked.connect(self._press)
            self.chips.append(chip)
            flow.addWidget(chip)
        self._column.addWidget(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        at = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        to = (at + step) % len(self.chips)
        self.chips[to].setFocus(Qt.FocusReason.TabFocusReason)
        self._stop_at(to)

    def _stop_at(self, stop: int) -> None:
        for at, chip in enumerate(self.chips):
            policy = Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)

    @Slot()
    def _press(self) -> None:
        chip = self.sender()
        if isinstance(chip, _Chip):
            self.chosen.emit(chip.words.skill)
