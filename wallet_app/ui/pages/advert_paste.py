"""Where an advert is pasted: one field, what is done with it, and what went wrong."""

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from wallet_app.app.job_advert import MOST_CHARS
from wallet_app.drawing.fonts import font
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.theme import look

__all__ = ["AdvertPaste", "private_row"]

_LEAST: Final = 160
_WIDEST: Final = 860


class _Field(QPlainTextEdit):
    """Plain text whatever is pasted. Ctrl+Enter submits; Tab goes on."""

    submitted = Signal()
    too_long = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Refuse what is no advert before a field has to lay it out."""
        if len(source.text()) > MOST_CHARS:
            self.too_long.emit()
            return
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+Enter before the window's own shortcut for it does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        return super().event(event)


def private_row(context: Context) -> QHBoxLayout:
    """Return the promise that stands below every advert."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconMark("lock", "t3", 16))
    row.addWidget(Label(context.words.text("advert.private"), "small", tone="t2", wrap=True), 1)
    return row


class AdvertPaste(QWidget):
    """``wanted`` gives the text that is to be read."""

    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.field = _Field()
        let_through(self.field)
        self.field.setObjectName("advert-field")
        self.field.setAccessibleName(words.text("advert.field"))
        self.field.setPlaceholderText(words.text("advert.hint"))
        self.field.setFont(font("body", scale=look().scale))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(look().px(_LEAST))
        self.field.submitted.connect(self._submit)
        self.field.too_long.connect(self._refuse_long)
        self.field.textChanged.connect(self._clear_error)
        self.error = Label("", "small_strong", tone="danger", wrap=True)
        self.paste = Button(words.text("advert.paste"), icon="paste")
        self.paste.clicked.connect(self._paste)
        self.read = Button(words.text("advert.read"), Kind.PRIMARY)
        self.read.setObjectName("advert-read")
        self.read.clicked.connect(self._submit)
        self._lay_out()
        self._clear_error()

    def _lay_out(self) -> None:
        words = self._context.words
        panel = self._panel = Panel()
        panel.setMaximumWidth(look().px(_WIDEST))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(28, 26, 28, 20)
        inside.setSpacing(12)
        inside.addWidget(Label(words.text("advert.empty_title"), "badge_title_small", wrap=True))
        inside.addWidget(Label(words.text("advert.empty_text"), "body", tone="t2", wrap=True))
        inside.addWidget(self.field, 1)
        inside.addWidget(self.error)
        promise, foot = QWidget(), QWidget()
        promise.setLayout(private_row(self._context))
        acts = FootLayout(foot)
        acts.addWidget(promise, 1)
        acts.addWidget(self.paste)
        acts.addWidget(self.read)
        inside.addWidget(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(panel, 20)
        row.addStretch(1)

    def least_height(self, width: int) -> int:
        """Return the height at which nothing is cut at ``width``."""
        layout, most = self._panel.layout(), self._panel.maximumWidth()
        return layout.minimumHeightForWidth(min(width, most)) if layout is not None else 0

    def begin(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the advert is being read."""
        words = self._context.words
        self.read.set_words(words.text("advert.reading" if busy else "advert.read"))
        self.read.setEnabled(not busy)

    def refuse(self, error: CoffreError) -> None:
        """Say below the field why the text was not read."""
        sentence = error_sentence(self._context.words, error)
        self.error.setText(sentence)
        self.error.show()
        self.field.setAccessibleDescription(sentence)
        self._context.stage.announce(sentence)
        self.begin()

    def forget(self) -> None:
        """Drop the text, and what could be undone into it."""
        self.field.setPlainText("")
        self.set_busy(busy=False)

    @Slot()
    def _clear_error(self) -> None:
        self.error.setText("")
        self.error.hide()
        self.field.setAccessibleDescription("")

    @Slot()
    def _refuse_long(self) -> None:
        limit = self._context.words.number(MOST_CHARS)
        self.refuse(UserError("advert.too_long", {"limit": limit}))

    @Slot()
    def _paste(self) -> None:
        text = self._context.seams.clipboard().text()
        if not text.strip():
            self.refuse(UserError("advert.no_text"))
        elif len(text) > MOST_CHARS:
            self._refuse_long()
        else:
            self.field.setPlainText(text)
            self.begin()

    @Slot()
    def _submit(self) -> None:
        text = self.field.toPlainText()
        if not text.strip():
            self.refuse(UserError("advert.empty"))
        elif len(text) > MOST_CHARS:
            self._refuse_long()
        elif self.read.isEnabled():
            self.wanted.emit(text)
