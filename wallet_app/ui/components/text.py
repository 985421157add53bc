"""Text as the design asks for it: roles, line heights, and never anything but plain text.

Qt's labels guess at HTML and have no line height. ``Label`` is a ``QLabel``, so screen
readers know it, that draws its own plain text.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QToolTip, QWidget

from wallet_app.drawing.fonts import font, line_height
from wallet_app.drawing.tokens import DARK, Theme
from wallet_app.ui.components.spoken_role import HEADING, speak_as
from wallet_app.ui.components.text_places import python_place, qt_place
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.theme import look

__all__ = [
    "Heading",
    "Label",
    "MachineValue",
    "ShapedText",
    "plain_label",
    "selectable_value",
    "tone_color",
]

_READING_CHARS: Final = 68
_WIDTHS_KEPT: Final = 16
_HEADINGS: Final = frozenset(
    {"display", "badge_title", "badge_title_small", "page_title", "section", "heading"}
)
"""Roles that a screen reader is told as headings: one key goes from one to the next."""


def tone_color(tokens: Theme, tone: str) -> QColor:
    """Return the colour of a tone.

    A token's name, ``verdict.X``, ``outcome.X``, ``side.X``, or ``iron.X`` for the colour of
    a verdict on the side bar's ground, which is dark in every theme.
    """
    kind, _, name = tone.partition(".")
    if kind == "verdict":
        return QColor(tokens.verdict(name).text)
    if kind == "outcome":
        return QColor(tokens.outcome(name))
    if kind == "iron":
        return QColor(DARK.verdict(name).text)
    if kind == "side":
        return QColor(str(getattr(tokens.sidebar, name)))
    return QColor(str(getattr(tokens, tone)))


class ShapedText:
    """A text broken into lines of one height, ready to paint any number of times."""

    def __init__(
        self, text: str, role: str, width: float, *, max_lines: int = 0, lead_chars: int = 0
    ) -> None:
        """Break ``text`` at ``width``; beyond ``max_lines`` (0: no limit) it is elided.

        The first ``lead_chars`` characters are set semibold.
        """
        self._font = font(role, scale=look().scale)
        self._line_px = line_height(role, scale=look().scale)
        self._lead_chars = lead_chars
        self._layout = self._shape(text, width, most=max_lines)
        count = self._layout.lineCount()
        self.elided = 0 < max_lines < count
        if self.elided:
            start = python_place(text, self._layout.lineAt(max_lines - 1).textStart())
            metrics = QFontMetricsF(self._font)
            rest = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
            self._layout = self._shape(text[:start] + rest, width)
            count = min(self._layout.lineCount(), max_lines)
        self.lines = count
        self.height = count * self._line_px
        lines = (self._layout.lineAt(at) for at in range(count))
        self.width = max((line.naturalTextWidth() for line in lines), default=0.0)

    def _shape(self, text: str, width: float, *, most: int = 0) -> QTextLayout:
        """Break ``text``; beyond ``most`` lines (0: no limit) one more tells that it goes on."""
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if self._lead_chars:
            layout.setFormats([_semibold(self._font, qt_place(text, self._lead_chars))])
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            line.setPosition(QPointF(0, y + (self._line_px - line.height()) / 2))
            y += self._line_px
            if 0 < most < layout.lineCount():
                break
        layout.endLayout()
        return layout

    def paint(self, painter: QPainter, x: float, y: float, color: QColor) -> None:
        """Draw with the top left corner of the first line box at ``x``, ``y``."""
        painter.setPen(color)
        for at in range(self.lines):
            self._layout.lineAt(at).draw(painter, QPointF(x, y))

    def paint_right(self, painter: QPainter, right: float, y: float, color: QColor) -> None:
        """Draw each line so that it ends at ``right``."""
        painter.setPen(color)
        for at in range(self.lines):
            line = self._layout.lineAt(at)
            line.draw(painter, QPointF(right - line.naturalTextWidth(), y))

    def paint_centred(self, painter: QPainter, width: float, y: float, color: QColor) -> None:
        """Draw each line in the middle of ``width``."""
        painter.setPen(color)
        for at in range(self.lines):
            line = self._layout.lineAt(at)
            line.draw(painter, QPointF((width - line.naturalTextWidth()) / 2, y))


def _semibold(base: QFont, chars: int) -> QTextLayout.FormatRange:
    strong = QFont(base)
    strong.setWeight(QFont.Weight.DemiBold)
    format_ = QTextCharFormat()
    format_.setFont(strong)
    found = QTextLayout.FormatRange()
    found.start = 0
    found.length = chars
    found.format = format_
    return found


class Label(QLabel):
    """Plain text in one role and tone. Wrapping labels grow; others are elided."""

    _titles = False

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: str = "t1",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``wrap`` breaks lines at the label's width, at most 68 characters wide."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._role = role
        self._tone = tone
        self._is_heading = self._titles or role in _HEADINGS
        if self._is_heading:
            speak_as(self, HEADING)
        self._lead_chars = 0
        self._align = Qt.AlignmentFlag.AlignLeft
        self.max_lines = 0 if wrap else 1
        self._measured: tuple[object, ...] = ()
        self._heights: dict[int, int] = {}
        self._hint = QSize()
        self.setFont(font(role, scale=look().scale))
        self.setWordWrap(wrap)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def set_lead(self, chars: int) -> None:
        """Set the first ``chars`` characters semibold."""
        self._lead_chars = chars
        self.updateGeometry()
        self.update()

    def center(self) -> None:
        """Align the lines in the middle."""
        self._align = Qt.AlignmentFlag.AlignHCenter
        self.update()

    def align_right(self) -> None:
        """Align the lines at the right, as for dates and numbers."""
        self._align = Qt.AlignmentFlag.AlignRight
        self.update()

    def shaped(self, width: float) -> ShapedText:
        """Return the text as it would be drawn at ``width``."""
        return ShapedText(
            self.text(),
            self._role,
            width,
            max_lines=self.max_lines,
            lead_chars=self._lead_chars,
        )

    def setText(self, text: str) -> None:
        """Show another text; nothing of the one before is kept."""
        self._measured = ()
        super().setText(text)
        if self._is_heading:
            # What is told as something else than a label is not told its text.
            self.setAccessibleName(text)

    def _measure_anew(self) -> None:
        """Drop what was measured when anything that it rests on is another.

        Layouts ask for every label of every page whenever one of them changes: breaking all
        texts anew each time held up the window for a tenth of a second.
        """
        now = (self.text(), self._lead_chars, self.max_lines, self.wordWrap(), look().scale)
        if now != self._measured:
            self._measured = now
            self._heights.clear()
            self._hint = QSize()

    def hasHeightForWidth(self) -> bool:
        """Wrapping text grows downwards."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """Height of the text broken at ``width``."""
        self._measure_anew()
        height = self._heights.get(width)
        if height is None:
            if len(self._heights) >= _WIDTHS_KEPT:
                self._heights.clear()
            height = self._heights[width] = round(self.shaped(width).height)
        return height

    def event(self, event: QEvent) -> bool:
        """Tell the whole text to who points at it, where it is elided."""
        silent = not self.toolTip()
        if silent and isinstance(event, QHelpEvent) and self.shaped(self.width()).elided:
            QToolTip.showText(event.globalPos(), tooltip(self.text()), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Natural size, limited to a readable width when wrapping."""
        self._measure_anew()
        if not self._hint.isValid():
            self._hint = self._natural_size()
        return QSize(self._hint)

    def _natural_size(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        natural = ShapedText(self.text(), self._role, 1e6, lead_chars=self._lead_chars)
        width = natural.width + 1
        if self.wordWrap():
            width = min(width, _READING_CHARS * metrics.averageCharWidth())
            return QSize(round(width), self.heightForWidth(round(width)))
        return QSize(round(width), round(natural.height or metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """A few characters wide: wrapping breaks, other text is elided."""
        few = QFontMetricsF(self.font()).averageCharWidth() * 6
        hint = self.sizeHint()
        if not self.wordWrap():
            return QSize(min(round(few), hint.width()), hint.height())
        return QSize(min(round(few), hint.width()), round(line_height(self._role)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        shaped = self.shaped(self.width())
        y = max(0.0, (self.height() - shaped.height) / 2)
        painter = QPainter(self)
        if self._align == Qt.AlignmentFlag.AlignHCenter:
            shaped.paint_centred(painter, self.width(), y, self._color())
        elif self._align == Qt.AlignmentFlag.AlignRight:
            shaped.paint(painter, self.width() - shaped.width, y, self._color())
        else:
            shaped.paint(painter, 0, y, self._color())
        painter.end()

    def _color(self) -> QColor:
        return tone_color(look().tokens, self._tone)


class Heading(Label):
    """A label told as a heading, though small. Known from the start: Qt asks once, early."""

    _titles = True


def plain_label(text: str, role: str = "body", *, tone: str = "t1", wrap: bool = False) -> Label:
    """Return a label for any text, foreign text included."""
    return Label(text, role, tone=tone, wrap=wrap)


def selectable_value(text: str, role: str = "value") -> QLabel:
    """Return a short machine value, such as a folder, that can be selected and copied.

    It breaks at word boundaries only: use ``MachineValue`` for keys and fingerprints.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setFont(font(role, scale=look().scale))
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(text)
    return label


class MachineValue(QPlainTextEdit):
    """A key, address or fingerprint in mono: wraps anywhere, can be selected and copied."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.setProperty("machine", True)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        let_through(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setFont(font("value", scale=look().scale))
        self.document().setDocumentMargin(0)
        self.setPlainText(text)
        self.setAccessibleName(f"{name}: {text}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """A long value takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        metrics = QFontMetricsF(self.font())
        per_line = max(1, int((width - 2) / max(metrics.horizontalAdvance("0"), 1.0)))
        lines = max(1, -(-len(self.toPlainText()) // per_line))
        return round(lines * metrics.lineSpacing()) + 2

    def sizeHint(self) -> QSize:
        """One line of a few words."""
        return QSize(look().px(240), self.heightForWidth(look().px(240)))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine."""
        return QSize(look().px(80), look().px(18))
