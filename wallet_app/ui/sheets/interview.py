"""The screen for an interview: a code that fills it, and beside it no more than is shown anyway.

The code is black on white in every theme and stands on nothing else. Escape closes, the arrows
lead to the next badge of a selection.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from wallet_app.app.link_codes import QrCode, screen_code
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.drawing.fonts import font
from wallet_app.drawing.qr_painting import paint_qr
from wallet_app.drawing.tokens import LIGHT
from wallet_app.errors import CoffreError
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.spoken_role import PICTURE, speak_as
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.facts_reader import FactsReader
from wallet_app.ui.sheets.interview_aside import InterviewAside
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_jobs import note_code
from wallet_app.ui.sheets.share_values import host_of
from wallet_app.ui.theme import look

__all__ = ["HOLD_S", "InterviewView"]

HOLD_S: Final = 5 * 60.0
"""How long showing a code may keep the safe from locking for want of touch, in seconds."""

_ASIDE: Final = 460
_ASIDE_NARROW: Final = 340
_ASIDE_PART: Final = 0.45
_NARROW: Final = 1120
_LOW: Final = 700
_AROUND: Final = 0.03
_STEPS: Final = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
}


class _Code(QWidget):
    """The code, drawn on whole device pixels."""

    def __init__(self) -> None:
        super().__init__()
        speak_as(self, PICTURE)
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self._words = ""

    def show_code(self, name: str, matrix: tuple[tuple[bool, ...], ...]) -> None:
        self._matrix, self._words = matrix, ""
        self.setAccessibleName(name)
        self.update()

    def show_words(self, words: str) -> None:
        """Say in the middle that there is no code: a blank screen looks broken."""
        self._matrix, self._words = (), words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.plate))
        if self._matrix:
            away = min(self.width(), self.height()) * _AROUND
            box = QRectF(self.rect()).adjusted(away, away, -away, -away)
            paint_qr(painter, box, self._matrix, ratio=self.devicePixelRatioF())
        elif self._words:
            painter.setFont(font("display", scale=look().scale))
            painter.setPen(QColor(LIGHT.t1))
            wrap = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            away = round(self.width() * _AROUND)
            painter.drawText(self.rect().adjusted(away, 0, -away, 0), wrap, self._words)
        painter.end()


class InterviewView(Sheet):
    """Covers the whole window: nothing else of the safe can be seen.

    ``moved``: another badge is shown now.
    """

    moved = Signal(str)

    def __init__(
        self, window: QWidget, context: Context, badge_ids: Sequence[str], *, whole: bool = True
    ) -> None:
        """Show the first of ``badge_ids``; ``whole``: the badge itself, where it fits."""
        super().__init__(window, context.words.text("share.qr.title"))
        self.setObjectName("interview")
        self.paper.hide()
        self._context, self._ids, self._whole = context, tuple(badge_ids), whole
        self._at = 0
        self._noted: set[str] = set()
        self._facts: ShareFacts | None = None
        self._link = ""
        self._reader = FactsReader(context, self)
        self.code = _Code()
        self.aside = InterviewAside(context, count=len(self._ids))
        self.aside.left.connect(self.dismiss)
        self.aside.next_asked.connect(self._next)
        self.aside.number_given.connect(self._answer)
        self.aside.code_asked.connect(self._show_own_code)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.code, 1)
        row.addWidget(self.aside)
        for button in self.aside.findChildren(QAbstractButton):
            button.installEventFilter(self)

    def begin(self, facts: ShareFacts | None = None) -> None:
        """Show the first badge; its ``facts`` where they are at hand, already recorded."""
        if facts is None:
            self._load()
        else:
            self._noted.add(facts.detail.row.id)
            self._take_facts(facts)

    # --- badges ------------------------------------------------------------------------

    @Slot()
    def _next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        if len(self._ids) > 1:
            self._at = (self._at + by) % len(self._ids)
            self._load()

    def _load(self) -> None:
        self._clear()
        self.aside.show_waiting(self._at + 1)
        self._reader.read(self._ids[self._at], self._take_facts, self._fail)

    def _take_facts(self, facts: ShareFacts) -> None:
        if facts.detail.row.id != self._ids[self._at]:
            return
        self._facts = facts
        self.aside.show_badge(facts, self._at + 1)
        self.moved.emit(facts.detail.row.id)
        links = facts.code_links if self._whole else facts.code_links[-1:]
        if not links:
            words = self._context.words
            self.code.show_words(words.text("interview.none"))
            self.aside.show_none(words.text("interview.no_code"))
            return
        self._make(links, partial(self._take_code, facts))

    def _make(self, links: tuple[str, ...], done: Callable[[QrCode], None]) -> None:
        def make(_cancelled: CancelToken) -> QrCode:
            return screen_code(links)

        self._context.bridge.on_pool(self, "qr", make, done=done, failed=self._fail)

    def _take_code(self, facts: ShareFacts, code: QrCode) -> None:
        if facts is not self._facts:
            return
        self._link = code.link
        self._show(facts, code)
        whole = code.link == facts.my_link
        self.aside.show_code(facts, whole=whole, fell=self._whole and facts.code_fell)
        if facts.detail.row.id in self._noted:
            return
        # Coming back to a badge with the arrows is no other share of it.
        self._noted.add(facts.detail.row.id)
        work = partial(note_code, facts.detail.row.id, code.link, "")
        self._context.session.ask(
            self, "share", work, done=_noted, failed=self._context.stage.report
        )

    def _show(self, facts: ShareFacts, code: QrCode) -> None:
        name = facts.detail.row.name
        words = self._context.words
        self.code.show_code(
            words.text("share.qr.named", name=name, host=host_of(code.link)), code.matrix
        )

    def _fail(self, error: CoffreError) -> None:
        if not self._link:
            self.code.show_words(self._context.words.text("interview.none"))
        self.aside.show_failure(error)

    # --- somebody is there now ---------------------------------------------------------

    @Slot(int)
    def _answer(self, number: int) -> None:
        facts = self._facts
        if facts is None:
            return
        self._context.session.ask(
            self,
            "answer",
            partial(_answer, facts.detail.row.id, number),
            done=partial(self._take_answer, facts, number),
            failed=self.aside.number.refuse,
        )

    def _take_answer(self, facts: ShareFacts, number: int, link: str) -> None:
        if facts is self._facts:
            self._make((link,), partial(self._show_answer, facts, number))

    def _show_answer(self, facts: ShareFacts, number: int, code: QrCode) -> None:
        if facts is self._facts:
            self._show(facts, code)
            self.aside.show_answered(number)

    @Slot()
    def _show_own_code(self) -> None:
        if self._facts is not None and self._link:
            self._make((self._link,), partial(self._take_code, self._facts))

    # -----------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """As small as the window may be."""
        return QSize(0, 0)

    def _clear(self) -> None:
        self._facts, self._link = None, ""
        self.code.show_code("", ())

    def forget(self) -> None:
        """Drop the code and every word."""
        self._clear()
        self.aside.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows lead to the next badge, Escape out."""
        if not self._use(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows before a focused button moves the focus by them."""
        if isinstance(watched, QAbstractButton) and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._use(event)
        return super().eventFilter(watched, event)

    def _use(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self._step(step)
        event.accept()
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything is covered."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.plate))
        painter.end()

    def _cover(self) -> None:
        area = self._window.rect()
        self.setGeometry(area)
        if hasattr(self, "aside"):
            narrow = area.width() < look().px(_NARROW)
            wanted = look().px(_ASIDE_NARROW if narrow else _ASIDE)
            self.aside.setFixedWidth(min(wanted, round(area.width() * _ASIDE_PART)))
            self.aside.fit(low=area.height() < look().px(_LOW), narrow=narrow)

    def mousePressEvent(self, event: object) -> None:
        """A click beside a control closes nothing: the reader may touch the screen."""


def _answer(badge_id: str, number: int, safe: Safe) -> str:
    return safe.answer(badge_id, number)


def _noted(_link: str) -> None:
    """Nothing more is to be done."""
