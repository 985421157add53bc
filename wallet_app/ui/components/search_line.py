"""A line edit that shows which parts of its text are terms; the text stays plain text.

The pieces are given from outside, as places in the text. They are painted below the line's
own text, which takes their colours as text formats: the line draws, selects and scrolls as
any other does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QLineEdit

from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text_places import qt_place
from wallet_app.ui.theme import look

__all__ = ["Mark", "SearchLine"]

_PAD: Final = 5
_GAP: Final = 11
_RADIUS: Final = 5
_AROUND_HINT: Final = 10
"""What a line keeps free beside its text, with its caret (Qt's own margins)."""
_CARET_INSET: Final = 5
"""How far ``QLineEdit.cursorRect`` begins before the caret (Qt's own margin)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One term: from ``start`` to ``end`` of the text, its key up to ``value_at``."""

    start: int
    value_at: int
    end: int


class SearchLine(QLineEdit):
    """Escape first empties the line; on an empty line it is the window's.

    Attributes:
        takes_key: asked first about each key; True when it was used.
        holds_escape: whether Escape is for that, before the window's own shortcut for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(_PAD + 1, 0, _PAD, 0)
        self._read: Callable[[str], Sequence[Mark]] | None = None
        self._marks: Sequence[Mark] = ()
        self._composing = False
        self.takes_key: Callable[[QKeyEvent], bool] | None = None
        self.holds_escape: Callable[[], bool] | None = None
        self.textChanged.connect(self._mark_anew)
        look().changed.connect(self._mark_anew)

    def read_by(self, read: Callable[[str], Sequence[Mark]]) -> None:
        """Show the terms that ``read`` finds in the text."""
        self._read = read
        self._mark_anew()

    @property
    def marks(self) -> Sequence[Mark]:
        """The terms that are shown."""
        return self._marks

    def sizeHint(self) -> QSize:
        """Wide enough for what it says while it is empty."""
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(max(hint.width(), words + 2 * _PAD + _AROUND_HINT), hint.height())

    def event(self, event: QEvent) -> bool:
        """Claim Escape while it takes suggestions away, or empties the line."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        is_held = bool(self.text()) or (self.holds_escape is not None and self.holds_escape())
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_override and is_held and is_escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask whoever shows suggestions first."""
        if self.takes_key is not None and self.takes_key(event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave a text that is being composed as its input method wants it."""
        super().inputMethodEvent(event)
        if isinstance(event, _FormatEvent):
            return
        self._composing = bool(event.preeditString())
        self._mark_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of the terms, then the line itself."""
        if self._marks and not self._composing:
            painter = QPainter(self)
            tokens = look().tokens
            border = tokens.edge if tokens.outlined else ""
            for box in self._boxes():
                paint_frame(painter, box, _RADIUS, fill=tokens.sel, border=border)
            painter.end()
        super().paintEvent(event)

    @Slot()
    def _mark_anew(self) -> None:
        marks = () if self._read is None else tuple(self._read(self.text()))
        if self._composing or not (marks or self._marks):
            return
        self._marks = marks
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                start - self.cursorPosition(), length, form)
            for start, length, form in self._formats()
        ]  # fmt: skip
        # Without a text of its own the event changes nothing but the formats.
        QApplication.sendEvent(self, _FormatEvent("", attributes))
        self.update()

    def _formats(self) -> list[tuple[int, int, QTextCharFormat]]:
        key, gap = QTextCharFormat(), QTextCharFormat()
        key.setForeground(QColor(look().tokens.brass))
        key.setFontWeight(QFont.Weight.DemiBold)
        gap.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        gap.setFontLetterSpacing(_GAP)
        text, found = self.text(), []
        for mark in self._marks:
            start, value_at, end = self._places(mark)
            if mark.start and text[mark.start - 1].isspace():
                found.append((start - 1, 1, gap))
            found.append((start, value_at - start, key))
            if mark.end < len(text) and text[mark.end].isspace():
                found.append((end, 1, gap))
        return found

    def _places(self, mark: Mark) -> tuple[int, int, int]:
        """Return the three places of a mark as Qt counts them."""
        text = self.text()
        return (
            qt_place(text, mark.start), qt_place(text, mark.value_at), qt_place(text, mark.end)
        )  # fmt: skip

    def _boxes(self) -> list[QRectF]:
        layout = QTextLayout(self.text(), self.font())
        ranges = []
        for start, length, form in self._formats():
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = start, length, form
            ranges.append(span)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        caret = self.cursorRect()
        left = caret.left() + _CARET_INSET - _x(line, self.cursorPosition())
        # One px above and below the highest letters, whatever the size of the text.
        height = caret.height() + 6
        top = caret.center().y() - height / 2 + 0.5
        return [
            QRectF(
                left + _x(line, start) - _PAD, top,
                _x(line, end) - _x(line, start) + 2 * _PAD, height)
            for start, _value_at, end in map(self._places, self._marks)
        ]  # fmt: skip


class _FormatEvent(QInputMethodEvent):
    """Changes formats only."""


def _x(line: object, at: int) -> float:
    found = line.cursorToX(at)  # type: ignore[attr-defined]  # a QTextLine
    return float(found[0] if isinstance(found, tuple) else found)
