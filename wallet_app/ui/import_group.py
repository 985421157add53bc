"""Sources of an import that ended alike: how many, what that means, and each of them."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.import_line import ImportLine
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.import_faces import import_face, place_name, refusal_sentence
from wallet_app.ui.import_run import display_name
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["GroupFace", "ImportGroup"]

_OPEN_UP_TO: Final = 5
_SHOWN: Final = 100
_INDENT: Final = 38
_MAX_NAME_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class GroupFace:
    """The words and the icon of a group; ``twice``: its badges came more than once."""

    icon: str
    tone: str
    title: str
    text: str
    twice: bool = False


class ImportGroup(QFrame):
    """One badge is opened by its button; small groups are unfolded, large ones unfold."""

    def __init__(
        self, context: Context, face: GroupFace, results: list[ImportResult], *, first: bool
    ) -> None:
        super().__init__()
        self._context = context
        self._results = results
        self._twice = face.twice
        self._first = first
        self._single = _only_badge(results)
        self._lines = QWidget()
        self._rows = QVBoxLayout(self._lines)
        self._rows.setContentsMargins(_INDENT, 0, 0, 6)
        self._rows.setSpacing(0)
        self._button = Button("", size=Size.SMALL)
        self._button.setAccessibleDescription(face.title)
        self._button.clicked.connect(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top(face))
        column.addWidget(self._lines)
        self._lines.hide()
        self._is_filled = False
        context.pictures.arrived.connect(self._show_picture)
        self._show_lines(shown=not self._single and len(results) <= _OPEN_UP_TO)

    def _top(self, face: GroupFace) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(face.title, "body_strong", wrap=True))
        if self._single and self._results[0].badge is not None:
            name = plain_text(self._results[0].badge.name, max_chars=_MAX_NAME_CHARS)
            texts.addWidget(Label(name, "claim", wrap=True))
            if self._results[0].outcome is ImportOutcome.DUPLICATE:
                # Of two files with one badge, it says which one was left out.
                texts.addWidget(Label(place_name(self._results[0]), "small_strong", wrap=True))
        texts.addWidget(Label(face.text, "small", tone="t2", wrap=True))
        top = QHBoxLayout()
        top.setContentsMargins(18, 11, 18, 11)
        top.setSpacing(14)
        top.addWidget(IconMark(face.icon, face.tone, 22))
        top.addLayout(texts, 1)
        top.addWidget(self._button)
        return top

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        if self._first:
            return
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(look().tokens.line))
        painter.end()

    @Slot()
    def _act(self) -> None:
        if self._single:
            self._context.stage.show_badge(self._single)
        else:
            self._show_lines(shown=self._lines.isHidden())

    def _show_lines(self, *, shown: bool) -> None:
        if shown and not self._is_filled:
            self._fill()
        self._lines.setVisible(shown)
        words = self._context.words
        key = "intake.hide" if shown else "intake.see"
        self._button.set_words(words.plural(key, len(self._results)))
        self._button.updateGeometry()

    def _fill(self) -> None:
        self._is_filled = True
        file = ""
        for result in self._results[:_SHOWN]:
            if result.inside and result.source != file:
                self._rows.addWidget(_file_name(result))
            file = result.source if result.inside else ""
            self._rows.addWidget(self._row(result))
        more = len(self._results) - _SHOWN
        if more > 0:
            text = self._context.words.plural("intake.and_more", more)
            self._rows.addWidget(Label(text, "small", tone="t3"))

    def _row(self, result: ImportResult) -> QWidget:
        if result.outcome is ImportOutcome.REFUSED or result.error is not None:
            return _Refusal(self._context, result)
        ratio = self.devicePixelRatioF()
        line = ImportLine(import_face(self._context, result, ratio, twice=self._twice))
        if result.badge is not None:
            line.set_badge(result.badge.id)
            line.clicked.connect(self._open)
        return line

    @Slot(str)
    def _show_picture(self, badge_id: str) -> None:
        for line in self.findChildren(ImportLine):
            if line.badge_id == badge_id:
                line.update()

    @Slot()
    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, ImportLine):
            self._context.stage.show_badge(line.badge_id)


def _only_badge(results: list[ImportResult]) -> str:
    """Return the id of the badge when there is exactly one result and it can be opened."""
    if len(results) != 1 or results[0].badge is None or results[0].error is not None:
        return ""
    return results[0].badge.id


def _file_name(result: ImportResult) -> QWidget:
    """Return the name of a file that holds several badges, over the lines of those."""
    name = plain_text(display_name(result.source), max_chars=_MAX_NAME_CHARS)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 6, 18, 6)
    column.addWidget(Label(name, "small_strong", tone="t2"))
    return holder


class _Refusal(QWidget):
    """One file and the whole sentence that says why it was left out."""

    def __init__(self, context: Context, result: ImportResult) -> None:
        super().__init__()
        name = place_name(result)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 18, 6)
        column.setSpacing(0)
        file_name = Label(name, "value")
        file_name.setToolTip("")
        column.addWidget(file_name)
        column.addWidget(Label(refusal_sentence(context, result), "small", tone="t2", wrap=True))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
