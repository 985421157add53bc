"""One of the nine checks: a row that is a button, and the evidence it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Label, MachineValue, ShapedText
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.theme import look

__all__ = ["CheckRow", "EvidenceLine", "RowWords"]

_HEIGHT: Final = 37
_AROUND: Final = 14
_PADDING: Final = 16
_GAP: Final = 12
_ICON: Final = 18
_CHEVRON: Final = 16
_NAME_WIDTH: Final = 184
_NARROW: Final = 520
_FINDING_LEAST: Final = 90
_APART: Final = 6
_HEIGHTS_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row says: its name, the finding, the outcome word, and open or closed."""

    name: str
    finding: str
    outcome: str
    opened: str
    closed: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A label and its value; a machine value is set in mono and can be selected.

    ``apart``: it begins another thing, such as the next document.
    """

    label: str
    value: str
    machine: bool = False
    apart: bool = False


class _Head(QAbstractButton):
    """The row itself: one line high, more when the words need them.

    It is a plain button that says whether it is open: a checkable one would be told as a check
    box that is not checked, and right after that as passed.
    """

    opened_changed = Signal(bool)

    def __init__(self, outcome: str, words: RowWords) -> None:
        super().__init__()
        self._outcome, self._words = outcome, words
        self._is_open = False
        self._heights: dict[tuple[int, bool, float], int] = {}
        self.clicked.connect(self._turn_over)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringInside", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.opened_changed.connect(self._name_state)
        self._name_state()

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self._is_open

    def set_open(self, *, opened: bool) -> None:
        """Be open or closed."""
        if opened is not self._is_open:
            self._is_open = opened
            self.opened_changed.emit(opened)
            self.update()

    @Slot()
    def _turn_over(self) -> None:
        self.set_open(opened=not self._is_open)

    @Slot()
    def _name_state(self) -> None:
        words = self._words
        state = words.opened if self.is_open else words.closed
        self.setAccessibleName(f"{words.name}, {words.outcome}, {state}")
        self.setAccessibleDescription(words.finding)
        self.setToolTip(tooltip(words.finding) if not self.is_open else "")
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(_HEIGHT))

    def heightForWidth(self, width: int) -> int:
        # Layouts ask for it some ninety times while a page of nine opens.
        asked = (width, self.is_open, look().scale)
        if asked not in self._heights:
            if len(self._heights) >= _HEIGHTS_KEPT:
                self._heights.clear()
            self._heights[asked] = self._measure(width)
        return self._heights[asked]

    def _measure(self, width: int) -> int:
        found = None if self.is_open else self._finding(width)
        tall = self._name(width).height + look().px(_AROUND)
        if found is not None:
            tall = max(tall, found.height + look().px(_AROUND))
        return max(look().px(_HEIGHT), round(tall))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        if self.is_open:
            painter.fillRect(self.rect(), tokens.win)
        elif self.underMouse():
            painter.fillRect(self.rect(), tokens.hover)
        color = tokens.outcome(self._outcome)
        self._icon(painter, _PADDING, _ICON, (f"outcome-{self._outcome}", color))
        chevron = "chevron-down" if self.is_open else "chevron-right"
        right = self.width() - _PADDING - look().px(_CHEVRON)
        self._icon(painter, right, _CHEVRON, (chevron, tokens.t3))
        self._texts(painter)
        painter.end()

    def _icon(self, painter: QPainter, x: float, side_px: int, face: tuple[str, str]) -> None:
        side = look().px(side_px)
        top = (self.height() - side) / 2
        paint_icon(painter, QRectF(x, top, side, side), *face)

    def _texts(self, painter: QPainter) -> None:
        tokens, spans = look().tokens, _Spans.of(self.width(), self._words.outcome)
        outcome = ShapedText(self._words.outcome, "small_strong", spans.outcome[1], max_lines=1)
        outcome_color = QColor(tokens.outcome(self._outcome))
        outcome.paint(painter, spans.outcome[0], self._middle(outcome), outcome_color)
        name = self._name(self.width())
        name.paint(painter, spans.name[0], self._middle(name), QColor(tokens.t1))
        found = self._finding(self.width())
        if found is not None and not self.is_open:
            found.paint(painter, spans.finding[0], self._middle(found), QColor(tokens.t2))

    def _middle(self, text: ShapedText) -> float:
        return (self.height() - text.height) / 2

    def _name(self, width: int) -> ShapedText:
        spans = _Spans.of(width, self._words.outcome)
        return ShapedText(self._words.name, "body_strong", spans.name[1])

    def _finding(self, width: int) -> ShapedText | None:
        spans = _Spans.of(width, self._words.outcome)
        if spans.finding[1] < look().px(_FINDING_LEAST):
            return None
        # The first sentence; whatever follows it is in the evidence below.
        text = self._words.finding.split(". ", 1)[0].removesuffix(".")
        return ShapedText(text, "compact_tight", spans.finding[1], max_lines=2)


@dataclass(frozen=True, slots=True)
class _Spans:
    """Left edge and width of the three texts in a row of some width."""

    name: tuple[float, float]
    finding: tuple[float, float]
    outcome: tuple[float, float]

    @classmethod
    def of(cls, width: int, outcome: str) -> "_Spans":
        px = look().px
        left = _PADDING + px(_ICON) + _GAP
        right = width - _PADDING - px(_CHEVRON) - _GAP
        word_font = font("small_strong", scale=look().scale)
        word = QFontMetricsF(word_font).horizontalAdvance(outcome) + 1
        room = max(0.0, right - word - _GAP - left)
        name = min(float(px(_NAME_WIDTH)), room) if width >= px(_NARROW) else room
        found = left + name + _GAP
        return cls(
            name=(left, name),
            finding=(found, max(0.0, right - word - _GAP - found)),
            outcome=(right - word, word),
        )


class _Evidence(QFrame):
    """A plain sentence, then label and value pairs, then at most one button."""

    def __init__(self, sentences: Sequence[str], lines: Sequence[EvidenceLine]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        indent = _PADDING + look().px(_ICON) + _GAP
        column.setContentsMargins(indent, 2, _PADDING, 14)
        column.setSpacing(8)
        for sentence in sentences:
            column.addWidget(Label(sentence, "compact", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, look().px(104))
        grid.setColumnStretch(1, 1)
        at = -1
        for line in lines:
            at += 1
            if line.apart:
                grid.setRowMinimumHeight(at, _APART)
                at += 1
            label = Label(line.label, "small", tone="t3")
            value: QWidget = Label(line.value, "compact", wrap=True)
            if line.machine:
                value = MachineValue(line.label, line.value)
            label.setBuddy(value)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1)
        column.addLayout(grid)

    def add_button(self, button: Button) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.win)
        painter.end()


class CheckRow(QFrame):
    """A check with its evidence. ``opened`` tells when it was opened or closed.

    Attributes:
        lined: whether a line parts it from what is above.
    """

    opened = Signal(bool)

    def __init__(
        self,
        outcome: str,
        words: RowWords,
        sentences: Sequence[str],
        lines: Sequence[EvidenceLine],
    ) -> None:
        super().__init__()
        self.lined = True
        self.head = _Head(outcome, words)
        self._says = (sentences, lines)
        self._buttons: list[Button] = []
        self._evidence: _Evidence | None = None
        self._clip = QWidget()
        self._column = QVBoxLayout(self._clip)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._clip.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._clip)
        self._slide = QPropertyAnimation(self._clip, b"maximumHeight", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._settle)
        self.head.opened_changed.connect(self._turn)

    @property
    def evidence(self) -> QWidget:
        """What it opens, made when it is first wanted: a page has nine, and opens one or none."""
        if self._evidence is None:
            self._evidence = _Evidence(*self._says)
            for button in self._buttons:
                self._evidence.add_button(button)
            self._column.addWidget(self._evidence)
            order_as_seen(self)
        return self._evidence

    def add_button(self, button: Button) -> None:
        """Put a small button below the evidence."""
        button.setParent(self._clip)
        self._buttons.append(button)

    def set_open(self, *, opened: bool) -> None:
        """Open or close the evidence at once."""
        self.head.set_open(opened=opened)
        self._slide.stop()
        self._settle()

    @Slot(bool)
    def _turn(self, checked: bool) -> None:
        self._slide.stop()
        evidence = self.evidence
        full = evidence.heightForWidth(self.width())
        if full < 0:
            full = evidence.sizeHint().height()
        self._clip.show()
        self._slide.setDuration(look().duration)
        self._slide.setStartValue(0 if checked else self._clip.height())
        self._slide.setEndValue(full if checked else 0)
        self._slide.start()
        self.opened.emit(checked)

    @Slot()
    def _settle(self) -> None:
        self._clip.setMaximumHeight(16_777_215)
        self._clip.setVisible(self.head.is_open)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint with a new palette."""
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above the row."""
        if not self.lined:
            return
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, look().tokens.line)
        painter.end()
