"""The iron beside the code of an interview: whose badge, how to read it, and the number."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wallet_app.app.declared import row_word
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.iron_aside import BrandMark
from wallet_app.ui.components.key_cap import KeyCap
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import checked_when, error_sentence, issuer_name
from wallet_app.ui.sheets.interview_pieces import DIGITS, IronVerdict, NumberPart, Plate
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["InterviewAside"]

_RINGS: Final = 420
_RINGS_LOW: Final = 220
_RINGS_PER_WIDTH: Final = 0.91
_RINGS_OUT: Final = 0.42


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
        self._context, self._count, self._low = context, count, False
        words = context.words
        self._plate = Plate(context)
        self.position = Label("", "small_strong", tone="side.muted")
        self.position.setVisible(count > 1)
        self.title = Label("", "display", tone="side.title", wrap=True)
        self.title.max_lines = 3
        self.issuer = Label("", "claim_large", tone="side.text", wrap=True)
        self.issuer.max_lines = 2
        self.holder = Label("", "heading", tone="side.title", wrap=True)
        self.holder.max_lines = 2
        self.awarded = Label("", "body", tone="side.muted", wrap=True)
        self.verdict = IronVerdict()
        self.checked = Label("", "small", tone="side.muted", wrap=True)
        self.scan = Label("", "body", tone="side.title", wrap=True)
        self.note = Label("", "small", tone="side.muted", wrap=True)
        self.ask_number = _iron(words.text("interview.asked"), "interview-number", icon="key")
        self.ask_number.clicked.connect(self._open_number)
        self.back = _iron(words.text("interview.back"), "interview-back")
        self.back.clicked.connect(self.code_asked)
        self.number = NumberPart(context)
        self.number.given.connect(self.number_given)
        self.leave = KeyCap(words.text("interview.close_key"), words.text("interview.close"))
        self.leave.setObjectName("interview-close")
        self.leave.clicked.connect(self.left)
        self.onward = KeyCap(words.text("interview.next_key"), words.text("interview.next"))
        self.onward.setObjectName("interview-next")
        self.onward.setVisible(count > 1)
        self.onward.clicked.connect(self.next_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        # In large text not all of it may fit on a low screen.
        self._scroll = ScrollColumn(see_through=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.column = self._scroll.column
        self.column.addWidget(BrandMark(side_px=28, role="brand"))
        self.column.addStretch(1)
        for widget, after in (
            (self._plate, 10),
            (self.position, 0),
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
        buttons = FlowRow()
        buttons.add(self.ask_number, self.back)
        self.column.addWidget(self.number)
        self.column.addWidget(buttons)
        keys = FlowRow(gap=18)
        keys.add(self.leave, self.onward)
        self.column.addSpacing(6)
        self.column.addWidget(keys)
        stops = (self.number.field.edit, self.number.answer, self.ask_number, self.back,
                 self.leave, self.onward)  # fmt: skip
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        self.fit(low=False, narrow=False)
        self.show_waiting(1)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """Leave out what there is no room for."""
        side = 32 if narrow or low else 48
        self._scroll.set_margins((side, side - 4, side, 24))
        self.column.setSpacing(4 if narrow or low else 8)
        self._plate.setVisible(not low)
        self._low = low
        self.update()

    # --- what is shown -----------------------------------------------------------------

    def show_waiting(self, at: int) -> None:
        """Nothing yet: the next badge is being read."""
        self._say_position(at)
        for label in (self.title, self.issuer, self.holder, self.awarded, self.checked, self.note):
            label.setText("")
        self._plate.show_badge("")
        self.verdict.show_verdict("", "")
        self.scan.setText(self._context.words.text("interview.making"))
        self._show_parts(number=False, ask=False, back=False)

    def show_badge(self, facts: ShareFacts, at: int) -> None:
        """Say whose badge it is, and nothing else of the safe."""
        words, row = facts.words, facts.detail.row
        self._say_position(at)
        self._plate.show_badge(row.id)
        self.title.setText(plain_text(row.name, max_chars=160))
        self.issuer.setText(issuer_name(words, row))
        self.holder.setText(plain_text(row.holder, max_chars=120))
        self.holder.setVisible(bool(row.holder))
        awarded = facts.issued_words()
        self.awarded.setText(words.text("interview.awarded", date=awarded) if awarded else "")
        self.verdict.show_verdict(row.shown_verdict, row_word(words, row))
        now = self._context.session.services.now()
        self.checked.setText(checked_when(words, facts.detail.report.checked_at, now))

    def show_code(self, facts: ShareFacts, *, whole: bool, fell: bool) -> None:
        """Say what the code does; ``fell``: it is not the badge itself, which was wanted."""
        words = facts.words
        key = "interview.scan_mine" if whole else "interview.scan_page"
        self.scan.setText(words.text(key, host=facts.host))
        notes = [words.text("interview.fell")] if fell else []
        if whole and not facts.can_answer:
            cut = "_cut" if facts.withheld and facts.holds_key else ""
            notes.append(words.text(f"interview.no_number{cut}"))
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
        digits = f"{number:0{DIGITS}}"
        spaced = f"{digits[:3]}\u202f{digits[3:]}"
        sentence = words.text("interview.answered", number=spaced)
        self.scan.setText(sentence)
        self.note.setText(words.text("interview.bright"))
        self._context.stage.announce(sentence)
        self._show_parts(number=False, ask=False, back=True)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop every word."""
        self.show_waiting(1)
        self.number.forget()

    def _say_position(self, at: int) -> None:
        self.position.setText(self._context.words.text("interview.at", at=at, count=self._count))

    def _show_parts(self, *, number: bool, ask: bool, back: bool) -> None:
        self.number.setVisible(number)
        self.scan.setVisible(not number)
        self.note.setVisible(not number)
        self.ask_number.setVisible(ask)
        self.back.setVisible(back)
        self.number.set_busy(busy=False)

    # --- the number --------------------------------------------------------------------

    @Slot()
    def _open_number(self) -> None:
        self._show_parts(number=True, ask=False, back=True)
        self.number.begin()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron and its line rings."""
        side = look().tokens.sidebar
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(side.ground))
        most = _RINGS_LOW if self._low else _RINGS
        size = min(most, round(self.width() * _RINGS_PER_WIDTH))
        rings = guilloche_pixmap(size, Ink(side.gold, 0.4), ratio=self.devicePixelRatioF())
        away = round(size * _RINGS_OUT)
        painter.drawPixmap(self.width() + away - size, -away - 10, rings)
        painter.end()


def _iron(words: str, name: str, *, icon: str = "") -> Button:
    button = Button(words, Kind.IRON, icon=icon, size=Size.SMALL)
    button.setObjectName(name)
    button.setProperty("onIron", True)
    return button.let_wrap()
