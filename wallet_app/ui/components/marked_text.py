"""A text to be read, with phrases marked in it that can be pressed. Plain text, whatever it is.

A mark is told by more than its colour: what is asked for without proof is underlined only,
the others stand on a tint, and a screen reader hears the mark as the cursor comes into it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from wallet_app.drawing.fonts import font, line_height
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text_places import qt_place
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.theme import look

__all__ = ["Mark", "MarkedText", "Tint", "paint_tint"]

_TITLE_CHARS: Final = 120
_LINE: Final = 25
_RADIUS: Final = 4


class Tint(StrEnum):
    """How a phrase is marked."""

    GOOD = "good"
    QUIET = "quiet"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of the text as Python counts them.

    Attributes:
        key: given back when it is pressed. spoken: what a screen reader hears.
    """

    key: str
    start: int
    end: int
    tint: Tint
    spoken: str


def paint_tint(painter: QPainter, box: QRectF, tint: Tint) -> None:
    """Paint the ground of a mark."""
    tokens = look().tokens
    if tint is Tint.BARE:
        painter.save()
        # Flat: a square end would reach below the full stop.
        style, end = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(QColor(tokens.t2), 1.5, style, end))
        y = round(box.bottom()) - 1.0
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.restore()
        return
    fill = tokens.verdict("verified" if tint is Tint.GOOD else "expired").tint
    # Without tints a frame tells it: whole for the one, dashed for the other.
    border = tokens.t1 if tokens.outlined else ""
    paint_frame(
        painter, box, _RADIUS, fill=fill, border=border, dashed=bool(border) and tint is Tint.QUIET
    )


class MarkedText(QTextEdit):
    """Read only; the cursor moves in it by keyboard, Enter presses the mark below it.

    Signals:
        pressed: the key of a mark, and the place on the screen.
        selected: words that the person chose and asked about, and the place.
        entered: what is to be said of the mark that the cursor came into.
    """

    pressed = Signal(str, QPoint)
    selected = Signal(str, QPoint)
    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._text = ""
        self._under = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font("body", scale=look().scale))
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ringRadius", RADII["focus"])
        let_through(self)
        self.viewport().setMouseTracking(True)
        self.setStyleSheet("QTextEdit { background: transparent; border: none; padding: 0; }")
        self.cursorPositionChanged.connect(self._tell)
        look().changed.connect(self._restyle)

    # --- what is shown -----------------------------------------------------------------

    def show_text(self, text: str, marks: Sequence[Mark]) -> None:
        """Show ``text`` with its marks; the same text keeps its place."""
        place = self.verticalScrollBar().value() if text == self._text else 0
        at = self.textCursor().position() if text == self._text else 0
        self._text, self._marks = text, tuple(marks)
        self.setPlainText(text)
        self._restyle()
        cursor = self.textCursor()
        cursor.setPosition(min(at, self._at(len(text))))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place)

    def forget(self) -> None:
        """Drop the text."""
        self.show_text("", ())
        self.setAccessibleName("")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as given."""
        return self._marks

    def _at(self, place: int) -> int:
        """Return Qt's place for a Python one: Qt counts some characters twice."""
        return qt_place(self._text, place)

    @Slot()
    def _restyle(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(_block(_LINE))
        cursor.setCharFormat(_characters("body", look().tokens.t1))
        self._style_title()
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        for mark in self._marks:
            cursor.setPosition(self._at(mark.start))
            cursor.setPosition(self._at(mark.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(strong)
        self.viewport().update()

    def _style_title(self) -> None:
        """Set a short first line as a title, and a short line below it quieter."""
        lines = self._text.split("\n", 2)
        if len(lines) < 2 or not 0 < len(lines[0]) <= _TITLE_CHARS:
            return
        first = QTextCursor(self.document().firstBlock())
        first.select(QTextCursor.SelectionType.BlockUnderCursor)
        first.setCharFormat(_characters("heading", look().tokens.t1))
        if 0 < len(lines[1]) <= _TITLE_CHARS:
            second = QTextCursor(self.document().firstBlock().next())
            second.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            second.setCharFormat(_characters("body", look().tokens.t2))

    # --- painting ----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of the marks, then the text over them."""
        painter = QPainter(self.viewport())
        smooth(painter)
        shown = QRectF(self.viewport().rect())
        for mark in self._marks:
            for box in self._boxes(mark):
                if box.intersects(shown):
                    paint_tint(painter, box, mark.tint)
        painter.end()
        super().paintEvent(event)

    def _boxes(self, mark: Mark) -> Iterator[QRectF]:
        """Give one box for each line that a mark stands on, as placed in the viewport."""
        start, end = self._at(mark.start), self._at(mark.end)
        block = self.document().findBlock(start)
        top = -self.verticalScrollBar().value()
        while block.isValid() and block.position() < end:
            layout = block.layout()
            corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                first = max(start - block.position(), line.textStart())
                last = min(end - block.position(), line.textStart() + line.textLength())
                if first >= last:
                    continue
                if block.text()[last - 1 : last].isspace():
                    # The space at which a line breaks belongs to nothing.
                    last -= 1
                left, right = _x_of(line, first), _x_of(line, last)
                box = QRectF(left, line.y(), right - left, line.height())
                # A tint has room around its words; a line is below them and nothing else.
                side = 0.0 if mark.tint is Tint.BARE else 1.5
                yield box.translated(corner.x(), corner.y() + top).adjusted(-side, 1.5, side, -0.5)
            block = block.next()

    # --- pressing ----------------------------------------------------------------------

    def _mark_at(self, position: int) -> Mark | None:
        return next(
            (one for one in self._marks if self._at(one.start) <= position <= self._at(one.end)),
            None,
        )

    def _mark_below(self, place: QPointF) -> Mark | None:
        return next(
            (one for one in self._marks if any(box.contains(place) for box in self._boxes(one))),
            None,
        )

    @Slot()
    def _tell(self) -> None:
        mark = self._mark_at(self.textCursor().position())
        under = mark.key if mark is not None else ""
        if mark is not None and under != self._under and self.hasFocus():
            self.entered.emit(mark.spoken)
        self._under = under

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be pressed."""
        super().mouseMoveEvent(event)
        over = self._mark_below(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the mark below the pointer, or ask about the words that were selected."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.globalPosition().toPoint()
        mark = self._mark_below(event.position())
        if self.textCursor().hasSelection():
            self._ask_about_selection(place)
        elif mark is not None:
            self.pressed.emit(mark.key, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press what the cursor stands in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press_by_key()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask about the words below the pointer or the cursor; Qt's own menu has no use here."""
        mark = self._mark_below(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard or mark is None:
            self._press_by_key()
        else:
            self.pressed.emit(mark.key, event.globalPos())

    def _press_by_key(self) -> None:
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        mark = self._mark_at(self.textCursor().position())
        if self.textCursor().hasSelection():
            self._ask_about_selection(place)
        elif mark is not None:
            self.pressed.emit(mark.key, place)

    def _ask_about_selection(self, place: QPoint) -> None:
        words = " ".join(self.textCursor().selectedText().split())
        if words:
            self.selected.emit(words, place)


def _x_of(line: QTextLine, at: int) -> float:
    found: object = line.cursorToX(at)
    # The binding gives the place back, too.
    return float(found[0]) if isinstance(found, tuple) else 0.0


def _block(height: int) -> QTextBlockFormat:
    found = QTextBlockFormat()
    least = max(look().px(height), round(line_height("body", scale=look().scale)))
    found.setLineHeight(least, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return found


def _characters(role: str, color: str) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(font(role, scale=look().scale))
    found.setForeground(QColor(color))
    return found
