"""The iron beside the code of an interview: whose badge, how to read it, and the number."""

from typing import Final

from PySide6.QtCore import QRectF, QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.drawing.tokens import DARK, LIGHT
from wallet_app.drawing.verdict_mark import PLAIN, paint_verdict
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.iron_aside import BrandMark
from wallet_app.ui.components.key_cap import KeyCap
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import checked_when, error_sentence, issuer_name, verdict_word
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["InterviewAside"]

_RINGS: Final = 420
_RINGS_PER_WIDTH: Final = 0.91
_RINGS_OUT: Final = 0.42
_ART: Final = 84
_PLATE: Final = 116
_DIGITS: Final = 6


class _Plate(QWidget):
    """The badge's picture on white."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self.badge_id = context, ""
        self.setFixedSize(_PLATE, _PLATE)

    def paintEvent(self, _event: QPaintEvent) -> None:
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


class _IronVerdict(QLabel):
    """The verdict on iron, which is dark in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._verdict = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedHeight(look().px(24))

    def show_verdict(self, verdict: str, word: str) -> None:
        self._verdict = verdict
        self.setText(word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._verdict:
            return
        painter = QPainter(self)
        paint_verdict(
            painter, QRectF(self.rect()), self._verdict, self.text(), DARK,
            style=PLAIN, scale=look().scale,
        )  # fmt: skip
        painter.end()


class InterviewAside(QFrame):
    """Shows one badge after the other.

    Signals:
        left: the person closes the screen.
        next_asked: the next badge.
        number_given: the six digits of the reader's page, as a number.
        code_asked: back from the answer to the code.
    """

    left = Signal()
    next_asked = Signal()
    number_given = Signal(int)
    code_asked = Signal()

    def __init__(self, context: Context, *, count: int) -> None:
        super().__init__()
        self._context, self._count = context, count
        words = context.words
        self._plate = _Plate(context)
        self.title = Label("", "display", tone="side.title", wrap=True)
        self.title.max_lines = 3
        self.issuer = Label("", "claim_large", tone="side.text", wrap=True)
        self.issuer.max_lines = 2
        self.holder = Label("", "heading", tone="side.title", wrap=True)
        self.holder.max_lines = 2
        self.awarded = Label("", "body", tone="side.muted", wrap=True)
        self.verdict = _IronVerdict()
        self.checked = Label("", "small", tone="side.muted", wrap=True)
        self.scan = Label("", "body", tone="side.title", wrap=True)
        self.note = Label("", "small", tone="side.muted", wrap=True)
        self.ask_number = _iron(words.text("interview.asked"), "interview-number", icon="key")
        self.ask_number.clicked.connect(self._open_number)
        self.back = _iron(words.text("interview.back"), "interview-back")
        self.back.clicked.connect(self._go_back)
        self._number = self._number_part()
        self.leave = KeyCap(words.text("interview.close_key"), words.text("interview.close"))
        self.leave.setObjectName("interview-close")
        self.leave.clicked.connect(self.left)
        self.onward = KeyCap(words.text("interview.next_key"), "")
        self.onward.setObjectName("interview-next")
        self.onward.setVisible(count > 1)
        self.onward.clicked.connect(self.next_asked)
        self._lay_out()

    def _number_part(self) -> QWidget:
        words = self._context.words
        self.field = Field(words.text("interview.number"), height_px=40, on_iron=True)
        self.field.edit.setObjectName("interview-digits")
        self.field.edit.setMaxLength(_DIGITS)
        self.field.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        pattern = QRegularExpression("[0-9]{0,6}")
        self.field.edit.setValidator(QRegularExpressionValidator(pattern, self.field.edit))
        self.field.submitted.connect(self._give_number)
        self.answer = Button(words.text("interview.answer"), Kind.GOLD)
        self.answer.setObjectName("interview-answer")
        self.answer.setProperty("onIron", True)
        self.answer.clicked.connect(self._give_number)
        part = QWidget()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.field.frame, 1)
        row.addWidget(self.answer)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        text = Label(words.text("interview.asked_text"), "body", tone="side.title", wrap=True)
        column.addWidget(text)
        column.addWidget(self.field.label)
        column.addLayout(row)
        # What is left of the field is where it says what is wrong.
        column.addWidget(self.field)
        part.hide()
        return part

    def _lay_out(self) -> None:
        self.column = QVBoxLayout(self)
        self.column.addWidget(BrandMark(side_px=28, role="brand"))
        self.column.addStretch(1)
        for widget, after in (
            (self._plate, 10),
            (self.title, 0),
            (self.issuer, 8),
            (self.holder, 0),
            (self.awarded, 8),
            (self.verdict, 0),
            (self.checked, 0),
        ):
            self.column.addWidget(widget)
            self.column.addSpacing(after)
        self.column.addStretch(2)
        self.column.addWidget(self.scan)
        self.column.addWidget(self.note)
        self.column.addSpacing(4)
        buttons = QHBoxLayout()
        buttons.addWidget(self.ask_number)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        self.column.addWidget(self._number)
        self.column.addLayout(buttons)
        keys = QHBoxLayout()
        keys.setSpacing(18)
        keys.addWidget(self.leave)
        keys.addWidget(self.onward)
        keys.addStretch(1)
        self.column.addSpacing(6)
        self.column.addLayout(keys)
        self.fit(low=False, narrow=False)
        self.show_waiting(1)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """Leave out what there is no room for."""
        side = 32 if narrow or low else 48
        self.column.setContentsMargins(side, side - 4, side, 24)
        self.column.setSpacing(4 if narrow or low else 8)
        self._plate.setVisible(not low)

    # --- what is shown -----------------------------------------------------------------

    def show_waiting(self, at: int) -> None:
        """Nothing yet: the next badge is being read."""
        self._say_position(at)
        for label in (self.title, self.issuer, self.holder, self.awarded, self.checked, self.note):
            label.setText("")
        self._plate.badge_id = ""
        self._plate.update()
        self.verdict.show_verdict("", "")
        self.scan.setText(self._context.words.text("interview.making"))
        self._show_parts(number=False, ask=False, back=False)

    def show_badge(self, facts: ShareFacts, at: int) -> None:
        """Say whose badge it is, and nothing else of the safe."""
        words, row = facts.words, facts.detail.row
        self._say_position(at)
        self._plate.badge_id = row.id
        self._plate.update()
        self.title.setText(plain_text(row.name, max_chars=160))
        self.issuer.setText(issuer_name(words, row))
        self.holder.setText(plain_text(row.holder, max_chars=120))
        self.holder.setVisible(bool(row.holder))
        awarded = facts.issued_words()
        self.awarded.setText(words.text("interview.awarded", date=awarded) if awarded else "")
        verdict = facts.detail.report.verdict
        self.verdict.show_verdict(verdict.value, verdict_word(words, verdict))
        now = self._context.session.services.now()
        self.checked.setText(checked_when(words, facts.detail.report.checked_at, now))

    def show_code(self, facts: ShareFacts, *, whole: bool, fell: bool) -> None:
        """Say what the code does; ``fell``: it is not the badge itself, which was wanted."""
        words = facts.words
        key = "interview.scan_mine" if whole else "interview.scan_page"
        self.scan.setText(words.text(key, host=facts.host))
        notes = [words.text("interview.fell")] if fell else []
        if whole and not facts.can_answer:
            notes.append(words.text("interview.no_number"))
        self.note.setText(" ".join([*notes, words.text("interview.bright")]))
        self._show_parts(number=False, ask=whole and facts.can_answer, back=False)

    def show_none(self, reason: str) -> None:
        """Say why there is no code."""
        self.scan.setText(self._context.words.text("interview.not_here", reason=reason))
        self._show_parts(number=False, ask=False, back=False)

    def show_failure(self, error: CoffreError) -> None:
        """Say what went wrong."""
        self.scan.setText(error_sentence(self._context.words, error))
        self._show_parts(number=False, ask=False, back=False)

    def show_answered(self, number: int) -> None:
        """Say what the new code is."""
        words = self._context.words
        digits = f"{number:0{_DIGITS}}"
        spaced = f"{digits[:3]}\u202f{digits[3:]}"
        sentence = words.text("interview.answered", number=spaced)
        self.scan.setText(sentence)
        self.note.setText(words.text("interview.bright"))
        self._context.stage.announce(sentence)
        self._show_parts(number=False, ask=False, back=True)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_number(self, error: CoffreError) -> None:
        """Say below the field why there is no answer."""
        self._set_busy(busy=False)
        self.field.show_error(error_sentence(self._context.words, error))

    def forget(self) -> None:
        """Drop every word."""
        self.show_waiting(1)
        self.field.edit.setText("")

    def _say_position(self, at: int) -> None:
        at_next = at % self._count + 1
        words = self._context.words
        self.onward.set_words(words.text("interview.next", at=at_next, count=self._count))

    def _show_parts(self, *, number: bool, ask: bool, back: bool) -> None:
        self._number.setVisible(number)
        self.scan.setVisible(not number)
        self.note.setVisible(not number)
        self.ask_number.setVisible(ask)
        self.back.setVisible(back)
        self._set_busy(busy=False)

    # --- the number --------------------------------------------------------------------

    @Slot()
    def _open_number(self) -> None:
        self.field.edit.setText("")
        self.field.show_error("")
        self._show_parts(number=True, ask=False, back=True)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_back(self) -> None:
        self.code_asked.emit()

    @Slot()
    def _give_number(self) -> None:
        digits = self.field.edit.text()
        if len(digits) != _DIGITS:
            self.field.show_error(self._context.words.text("interview.number_wrong"))
            return
        self._set_busy(busy=True)
        self.number_given.emit(int(digits))

    def _set_busy(self, *, busy: bool) -> None:
        words = self._context.words
        self.answer.set_words(words.text(f"interview.{'answering' if busy else 'answer'}"))
        self.answer.updateGeometry()
        self.answer.setEnabled(not busy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron and its line rings."""
        side = look().tokens.sidebar
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(side.ground))
        size = min(_RINGS, round(self.width() * _RINGS_PER_WIDTH))
        rings = guilloche_pixmap(size, Ink(side.gold, 0.4), ratio=self.devicePixelRatioF())
        away = round(size * _RINGS_OUT)
        painter.drawPixmap(self.width() + away - size, -away - 10, rings)
        painter.end()


def _iron(words: str, name: str, *, icon: str = "") -> Button:
    button = Button(words, Kind.IRON, icon=icon, size=Size.SMALL)
    button.setObjectName(name)
    button.setProperty("onIron", True)
    return button
