"""The life of a badge as a list: from the day it is dated to the day it ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.history_words import event_sentence, shown_how
from wallet_app.app.life import LifeKind, LifeMoment
from wallet_app.app.models import HistoryEvent
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import local_time
from wallet_app.ui.theme import look
from wallet_app.wording import Words, plain_text

__all__ = ["LifePanel"]

_SHOWN: Final = 9
_MOST: Final = 200
_TRACK: Final = 28
_DOT: Final = 4.5
_DATE: Final = 132
_IN_SENTENCE: Final = ("tag", "collection", "before")
_MAX_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class _Face:
    when: str
    text: str
    beside: str
    ahead: bool
    strong: bool


class _Moment(QWidget):
    """One row: a dot on the line of the life, the day, and what happened."""

    def __init__(self, face: _Face, *, first: bool, last: bool) -> None:
        super().__init__()
        self._face, self._first, self._last = face, first, last
        row = QHBoxLayout(self)
        row.setContentsMargins(look().px(_TRACK), 5, 0, 5)
        row.setSpacing(12)
        day = Label(face.when, "small", tone="t3")
        day.setFixedWidth(look().px(_DATE))
        words = QVBoxLayout()
        words.setSpacing(0)
        role = "compact_strong" if face.strong else "compact"
        said = Label(face.text, role, tone="t2" if face.ahead else "t1", wrap=True)
        words.addWidget(said)
        if face.beside:
            words.addWidget(Label(face.beside, "small", tone="t3", wrap=True))
        row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        day.setBuddy(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        x, y = look().px(8), 5 + look().px(18) / 2
        painter.setPen(QPen(QColor(tokens.line), 2))
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        if not self._last:
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        # What has not come yet is an outline: never told by colour alone.
        painter.setPen(QPen(QColor(tokens.gold), 1.6))
        painter.setBrush(QColor(tokens.surf if self._face.ahead else tokens.gold))
        radius = look().px(_DOT)
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        painter.end()


class LifePanel(Panel):
    """The latest moments, and the earlier ones when they are wanted."""

    def __init__(self, context: Context) -> None:
        super().__init__("panel")
        self._context = context
        self._moments: Sequence[LifeMoment] = ()
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(0)
        self._column.addWidget(Heading(context.words.text("life.title"), "body_strong"))
        self._column.addSpacing(6)
        self.more = LinkButton("")
        self.more.clicked.connect(self._show_all)
        self.more.hide()
        self._column.addWidget(self.more)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._column.addWidget(self._list)
        self._list.setAccessibleName(context.words.text("life.title"))

    def show_life(self, moments: Sequence[LifeMoment]) -> None:
        """Show a life, the earliest moment first."""
        self._moments = moments[-_MOST:]
        self._show_rows()

    def forget(self) -> None:
        """Drop it."""
        self._moments = ()
        self._show_rows()

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._show_rows()

    def _show_rows(self) -> None:
        empty(self._rows)
        faces = list(self._faces())
        hidden = 0 if self._all else max(0, len(faces) - _SHOWN)
        # How it began is never hidden, and one row less would hide nothing worth a button.
        hidden = hidden if hidden > 1 else 0
        shown = [faces[0], *faces[hidden + 1 :]] if hidden else faces
        for at, face in enumerate(shown):
            self._rows.addWidget(_Moment(face, first=at == 0, last=at == len(shown) - 1))
        self.more.set_words(self._context.words.plural("life.show_all", hidden))
        self.more.setVisible(hidden > 0)
        self.setVisible(bool(faces))

    def _faces(self) -> Iterator[_Face]:
        words = self._context.words
        for moment in self._moments:
            when = moment.at if moment.by_day else moment.at.astimezone()
            time = "" if moment.by_day else local_time(words, moment.at)
            text, beside = _told(words, moment)
            beside = " · ".join(filter(None, (beside, time)))
            strong = moment.kind not in (LifeKind.CHECKED, LifeKind.EVENT)
            yield _Face(words.date(when.date()), text, beside, moment.ahead, strong)


def _told(words: Words, moment: LifeMoment) -> tuple[str, str]:
    """Return what happened, and what stands below it in small letters."""
    if moment.kind is LifeKind.CHECKED:
        return words.plural("life.checked", moment.params.get("count", 1)), ""
    if moment.event is None:
        ahead = "_ahead" if moment.ahead else ""
        return words.text(f"life.{moment.kind}{ahead}"), ""
    return _of_event(words, moment.event)


def _of_event(words: Words, event: HistoryEvent) -> tuple[str, str]:
    newer = event.kind == "imported" and event.params.get("outcome") == "newer"
    key = f"life.event.{event.kind}{'_newer' if newer else ''}"
    if key not in words:
        return event_sentence(words, event), ""
    stated = {
        one: plain_text(str(event.params.get(one, "")), max_chars=_MAX_NAME) for one in _IN_SENTENCE
    }
    change = sentence_of_change(words, str(event.params.get("code", "")), event.params)
    if event.kind == "changed" and change:
        return change, ""
    return words.text(key, **stated), shown_how(words, event).removeprefix(" · ")
