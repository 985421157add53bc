"""What stands on the iron beside an interview's code: the picture, the verdict, the number."""

from typing import Final

from PySide6.QtCore import QRectF, QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from wallet_app.drawing.tokens import DARK, LIGHT
from wallet_app.drawing.verdict_mark import PLAIN, paint_verdict
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.theme import look

__all__ = ["DIGITS", "IronVerdict", "NumberPart", "Plate"]

DIGITS: Final = 6
_ART: Final = 84
_PLATE: Final = 116
_DIGITS: Final = 110
"""The width that six digits need."""


class Plate(QWidget):
    """The badge's picture on white."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self.badge_id = context, ""
        self.setFixedSize(_PLATE, _PLATE)
        context.pictures.arrived.connect(self._on_arrived)

    @Slot(str)
    def _on_arrived(self, badge_id: str) -> None:
        if badge_id == self.badge_id:
            self.update()

    def show_badge(self, badge_id: str) -> None:
        """Show the picture of a badge, or with "" nothing."""
        self.badge_id = badge_id
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the picture."""
        if not self.badge_id:
            return
        painter = QPainter(self)
        smooth(painter)
        paint_frame(painter, QRectF(self.rect()), 22, fill=LIGHT.plate)
        ratio = self.devicePixelRatioF()
        picture = self._context.pictures.pixmap(self.badge_id, _ART, ratio)
        size = picture.deviceIndependentSize()
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(box.topLeft(), picture)
        painter.end()


class IronVerdict(QLabel):
    """The verdict on iron, which is dark in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._verdict = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedHeight(look().px(24))

    def show_verdict(self, verdict: str, word: str) -> None:
        """Show one of the verdicts, or with "" none."""
        self._verdict = verdict
        self.setText(word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and word."""
        if not self._verdict:
            return
        painter = QPainter(self)
        paint_verdict(
            painter, QRectF(self.rect()), self._verdict, self.text(), DARK,
            style=PLAIN, scale=look().scale,
        )  # fmt: skip
        painter.end()


class NumberPart(QWidget):
    """Asks for the six digits that the reader's page shows.

    ``given``: six digits, as a number.
    """

    given = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.field = Field(words.text("interview.number"), height_px=40, on_iron=True)
        self.field.edit.setObjectName("interview-digits")
        self.field.edit.setMaxLength(DIGITS)
        self.field.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        pattern = QRegularExpression("[0-9]{0,6}")
        self.field.edit.setValidator(QRegularExpressionValidator(pattern, self.field.edit))
        self.field.submitted.connect(self._give)
        self.answer = Button(words.text("interview.answer"), Kind.GOLD)
        self.answer.setObjectName("interview-answer")
        self.answer.setProperty("onIron", True)
        self.answer.clicked.connect(self._give)
        line = QWidget()
        row = FlowLayout(line, gap=10)
        row.add_growing(self.field.frame, look().px(_DIGITS))
        row.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        text = Label(words.text("interview.asked_text"), "body", tone="side.title", wrap=True)
        column.addWidget(text)
        column.addWidget(self.field.label)
        column.addWidget(line)
        # What is left of the field is where it says what is wrong.
        column.addWidget(self.field)
        self.hide()

    def begin(self) -> None:
        """Be ready for the digits."""
        self.forget()
        self.show()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the field."""
        self.field.edit.setText("")
        self.field.show_error("")
        self.set_busy(busy=False)

    def refuse(self, error: CoffreError) -> None:
        """Say below the field why there is no answer."""
        self.set_busy(busy=False)
        self.field.show_error(error_sentence(self._context.words, error))

    def set_busy(self, *, busy: bool) -> None:
        """Show that the answer is being signed."""
        words = self._context.words
        self.answer.set_words(words.text(f"interview.{'answering' if busy else 'answer'}"))
        self.answer.updateGeometry()
        self.answer.setEnabled(not busy)

    @Slot()
    def _give(self) -> None:
        digits = self.field.edit.text()
        if len(digits) != DIGITS:
            self.field.show_error(self._context.words.text("interview.number_wrong"))
            return
        self.set_busy(busy=True)
        self.given.emit(int(digits))
