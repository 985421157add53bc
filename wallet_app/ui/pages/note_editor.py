"""The field in which the note on a badge is written; saved by hand, or on leaving the page."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from wallet_app.app.safe_marks import Note
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.note_keeper import NoteFound, NoteKeeper
from wallet_app.ui.theme import look

__all__ = ["NoteEditor"]

_HEIGHT: Final = 132
_SETTLED_MS: Final = 150
_AROUND: Final = 84
"""As much as a message at the foot of the window covers."""


class _Text(QPlainTextEdit):
    """Plain text whatever is pasted. Ctrl+S saves; Tab goes on."""

    save_asked = Signal()
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody begins here."""
        super().focusInEvent(event)
        self.entered.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Save):
            # The window's own shortcut would save a copy of the badge.
            if event.type() == QEvent.Type.KeyPress:
                self.save_asked.emit()
            event.accept()
            return True
        return super().event(event)


class NoteEditor(QWidget):
    """One note. ``earlier_asked``: its earlier texts are to be shown (``Note``)."""

    earlier_asked = Signal(object)

    def __init__(self, context: Context, keeper: NoteKeeper) -> None:
        super().__init__()
        self._context = context
        self._keeper = keeper
        self._note: Note | None = None
        self._draft: str | None = None
        self._begins = False
        words = context.words
        self.text = _Text()
        let_through(self.text)
        self.text.setAccessibleName(words.text("own.note"))
        self.text.setPlaceholderText(words.text("own.note_hint"))
        self.text.setFont(font("body", scale=look().scale))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look().px(_HEIGHT))
        self.text.setEnabled(False)
        self.state = Label("", "small", tone="t3", wrap=True)
        self.save = Button(words.text("own.save"), size=Size.SMALL)
        self.drop = Button(words.text("own.drop"), size=Size.SMALL)
        self.earlier = LinkButton("", tone="t2")
        below = QWidget()
        foot = FootLayout(below)
        foot.addWidget(self.state, 1)
        for button in (self.earlier, self.drop, self.save):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(below)
        self.text.textChanged.connect(self._on_text)
        self.text.save_asked.connect(self.save_now)
        self.text.entered.connect(self._scroll_soon)
        self.save.clicked.connect(self.save_now)
        self.drop.clicked.connect(self._drop)
        self.earlier.clicked.connect(self._ask_earlier)
        keeper.kept.connect(self._take)
        self._show_state()

    @property
    def is_changed(self) -> bool:
        """Whether what stands here is not saved."""
        return self._note is not None and self.text.toPlainText() != self._note.text

    def show_note(self, found: NoteFound) -> None:
        """Show a note, with what was being written on it before."""
        unsaved = self._keeper.text_of(found.note.badge_id)
        written = found.draft if unsaved is None else unsaved
        self._note, self._draft = found.note, found.draft
        self.text.setEnabled(True)
        self._put(found.note.text if written is None else written)
        if self._begins:
            self.write_on()

    def write_on(self) -> None:
        """Put the cursor behind the text, as soon as the text is there."""
        self._begins = self._note is None
        if not self._begins:
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll_soon()

    @Slot()
    def _scroll_soon(self) -> None:
        """Show the whole field once it has its place on the page: Qt shows the cursor only."""
        QTimer.singleShot(0, self, self._scroll_here)
        # What stands above it may be filled and grow in the meantime.
        QTimer.singleShot(_SETTLED_MS, self, self._scroll_if_here)

    @Slot()
    def _scroll_if_here(self) -> None:
        if self.text.hasFocus():
            self._scroll_here()

    @Slot()
    def _scroll_here(self) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self)
                # Qt leaves what is in view as it is, however close to the edge.
                foot = self.mapTo(above.viewport(), self.rect().bottomLeft()).y()
                hidden = foot + look().px(_AROUND) - above.viewport().height()
                bar = above.verticalScrollBar()
                bar.setValue(bar.value() + max(0, hidden))
            above = above.parentWidget()

    def look_again(self, found: NoteFound) -> None:
        """Follow what became of the note elsewhere; what is being written stays."""
        note = self._note
        if note is None or found.note.badge_id != note.badge_id:
            return
        text = self.text.toPlainText()
        if self._draft is not None and found.draft is None and text == self._draft:
            # It was discarded, or saved.
            self._draft = None
            self._keeper.write(note.badge_id, None)
        if self._keeper.text_of(note.badge_id) is None:
            self._note = found.note
            self._put(found.note.text)

    def hand_over(self) -> None:
        """Be replaced by another editor: what is written stays with the keeper."""
        self._note = None

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when the page is left."""
        self.save_now()
        super().hideEvent(event)

    @Slot()
    def save_now(self) -> None:
        """Save what was written; nothing is done where nothing was."""
        if self._note is not None:
            self._keeper.save(self._note)

    def _put(self, text: str) -> None:
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self._on_text()

    @Slot(object)
    def _take(self, note: Note) -> None:
        before = self._note
        if before is None or before.badge_id != note.badge_id:
            return
        # What was written on while the safe was saving is left as it stands.
        went_on = self._keeper.text_of(note.badge_id) is not None
        self._note = note
        self._put(self.text.toPlainText() if went_on else note.text)

    @Slot()
    def _on_text(self) -> None:
        if self._note is not None:
            text = self.text.toPlainText() if self.is_changed else None
            self._keeper.write(self._note.badge_id, text)
        self._show_state()

    def _show_state(self) -> None:
        words, note, changed = self._context.words, self._note, self.is_changed
        if not changed and (self.save.hasFocus() or self.drop.hasFocus()):
            # They go, and Qt would hand the focus to whatever comes below.
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.save.setVisible(changed)
        self.drop.setVisible(changed)
        earlier = len(note.earlier) if note is not None else 0
        self.earlier.setVisible(bool(earlier) and not changed)
        self.earlier.set_words(words.plural("own.earlier", earlier))
        self.state.setText("" if note is None else self._state_of(note, changed=changed))

    def _state_of(self, note: Note, *, changed: bool) -> str:
        words = self._context.words
        if changed:
            return words.text("own.unsaved")
        if note.unseen:
            return words.text("own.elsewhere")
        if not note.text or note.at is None:
            return ""
        now = self._context.session.services.now()
        return words.text("own.saved_at", moment=event_moment(words, note.at, now))

    @Slot()
    def _drop(self) -> None:
        if self._note is not None:
            self._keeper.drop(self._note)
            self._put(self._note.text)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask_earlier(self) -> None:
        if self._note is not None:
            self.earlier_asked.emit(self._note)
