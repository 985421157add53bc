"""Fields: a label above, the box, and a sentence below when something is wrong."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallet_app.crypto.secret import MAX_SECRET_BYTES
from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import Label, tone_color
from wallet_app.ui.theme import look

__all__ = ["Field", "FieldFrame", "IconMark", "PassphraseField", "PassphraseWords"]

_PADDING: Final = 14
_DOTS: Final = "\u2022" * 20
_HINT_ROOM: Final = 28
"""What the line has not for its text, beside the padding."""


class IconMark(QWidget):
    """A small drawing beside words that say the same; screen readers skip it."""

    def __init__(self, icon: str, tone: str, side_px: int = 16) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(look().px(side_px), look().px(side_px))

    def set_face(self, icon: str, tone: str) -> None:
        """Change drawing and colour."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        color = tone_color(look().tokens, self._tone).name()
        paint_icon(painter, QRectF(self.rect()), self._icon, color)
        painter.end()


class FieldFrame(QFrame):
    """The box around a line edit and what stands inside it at the right."""

    def __init__(self, *, height_px: int = 44, on_iron: bool = False) -> None:
        super().__init__()
        self._on_iron = on_iron
        self._wrong = False
        self.setFixedHeight(look().px(height_px))
        self.setProperty("ringRadius", RADII["control"])
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look().px(_PADDING), 0, 8, 0)
        self.row.setSpacing(8)

    def set_wrong(self, *, wrong: bool) -> None:
        """Show or clear the border of an error."""
        self._wrong = wrong
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and border."""
        tokens = look().tokens
        fill = tokens.sidebar.field if self._on_iron else tokens.surf
        border = tokens.sidebar.edge if self._on_iron else tokens.edge
        if self._wrong:
            tone = "iron.failed" if self._on_iron else "danger"
            border = tone_color(tokens, tone).name()
        painter = QPainter(self)
        width = 2.0 if self._wrong else 1.0
        paint_frame(
            painter, QRectF(self.rect()), RADII["control"], fill=fill, border=border, width=width
        )
        painter.end()


class Field(QWidget):
    """A labelled line edit with room for an error sentence.

    Attributes:
        edit: the line edit, named by the label for screen readers.
    """

    submitted = Signal()

    def __init__(
        self,
        label: str,
        *,
        note: str = "",
        height_px: int = 44,
        on_iron: bool = False,
        edit: QLineEdit | None = None,
    ) -> None:
        """``note`` stands beside the label, less loud: that it may be left empty."""
        super().__init__()
        tone = "side.text" if on_iron else "t1"
        if note:
            self.label = Label(f"{label} {note}", "compact", tone=tone, wrap=True)
            self.label.set_lead(len(label))
        else:
            self.label = Label(label, "compact_strong", tone=tone, wrap=True)
        self.frame = FieldFrame(height_px=height_px, on_iron=on_iron)
        self.edit = edit or QLineEdit()
        self.edit.setFont(font("body", scale=look().scale))
        self.edit.setFrame(False)
        self.edit.setAccessibleName(label)
        self.edit.setProperty("ringHost", True)
        self.label.setBuddy(self.edit)
        self.frame.row.addWidget(self.edit, 1)
        self._error_mark = IconMark("warning", "iron.failed" if on_iron else "danger")
        self._error = Label(
            "", "small_strong", tone="iron.failed" if on_iron else "danger", wrap=True
        )
        error_row = QHBoxLayout()
        error_row.setContentsMargins(0, 2, 0, 0)
        error_row.setSpacing(6)
        error_row.addWidget(self._error_mark, 0, Qt.AlignmentFlag.AlignTop)
        error_row.addWidget(self._error, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.frame)
        self._hint = Label("", "small", tone="side.text" if on_iron else "t2", wrap=True)
        self._hint.hide()
        column.addWidget(self._hint)
        column.addLayout(error_row)
        self.edit.returnPressed.connect(self.submitted)
        self.edit.textEdited.connect(self._clear)
        self.show_error("")
        if on_iron:
            look().changed.connect(self._color_text)
            self._color_text()

    def set_hint(self, hint: str) -> None:
        """Show an example in the empty line; below it where it has no room there."""
        self._hint.setText(hint)
        self._place_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the example still has room in the line."""
        super().resizeEvent(event)
        self._place_hint()

    def _place_hint(self) -> None:
        hint, padding = self._hint.text(), look().px(_PADDING) + _HINT_ROOM
        needed = self.edit.fontMetrics().horizontalAdvance(hint)
        fits = needed <= self.width() - padding
        self.edit.setPlaceholderText(hint if fits else "")
        self._hint.setVisible(bool(hint) and not fits)

    def keep_room_for_error(self, lines: int) -> None:
        """Hold lines free for what may be wrong, so that nothing moves when it is said."""
        for part in (self._error, self._error_mark):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        self._error.setMinimumHeight(lines * self._error.fontMetrics().lineSpacing())

    def show_error(self, sentence: str) -> None:
        """Show what is wrong below the box, or clear it with ""."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._error_mark.setVisible(bool(sentence))
        self.frame.set_wrong(wrong=bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    @property
    def error(self) -> str:
        """The sentence shown below the box, or ""."""
        return self._error.text()

    @Slot()
    def _clear(self) -> None:
        self.show_error("")

    @Slot()
    def _color_text(self) -> None:
        side = look().tokens.sidebar
        self.edit.setStyleSheet(
            f"color: {side.title}; selection-background-color: {side.gold};"
            f"selection-color: {side.ground};"
        )


@dataclass(frozen=True, slots=True)
class PassphraseWords:
    """The words a passphrase field needs: how to reveal, hide, and the Caps Lock warning."""

    reveal: str
    hide: str
    caps_lock: str


class PassphraseField(Field):
    """A passphrase: dots, a reveal button with state, Caps Lock stated in words."""

    _looks_filled = False

    def __init__(
        self, label: str, words: PassphraseWords, *, height_px: int = 44, on_iron: bool = False
    ) -> None:
        super().__init__(label, height_px=height_px, on_iron=on_iron)
        self._words = words
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(MAX_SECRET_BYTES)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._caps = Label(words.caps_lock, "hint", tone="side.text" if on_iron else "t2")
        self._caps.hide()
        self.reveal = IconButton(
            "eye", words.reveal, tone="side.text" if on_iron else "t2", side_px=32
        )
        self.reveal.setCheckable(False)
        self.reveal.clicked.connect(self._toggle)
        self.frame.row.addWidget(self._caps)
        self.frame.row.addWidget(self.reveal)
        self.edit.installEventFilter(self)

    @property
    def caps_lock_shown(self) -> bool:
        """Whether Caps Lock is being said."""
        return not self._caps.isHidden()

    def take_text(self) -> str:
        """Return what was typed and empty the field."""
        text = self.edit.text()
        # Not clear(): that could be undone, and the passphrase would be back.
        self.edit.setText("")
        self.set_revealed(revealed=False)
        return text

    def look_filled(self, *, filled: bool) -> None:
        """Look as if something stood here, while what did is being used; it is as long for all."""
        self._looks_filled = filled
        self._place_hint()

    def _place_hint(self) -> None:
        super()._place_hint()
        if self._looks_filled:
            self.edit.setPlaceholderText(_DOTS)

    def set_revealed(self, *, revealed: bool) -> None:
        """Show the passphrase in clear, or as dots."""
        mode = QLineEdit.EchoMode.Normal if revealed else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        face = ("eye-off", self._words.hide) if revealed else ("eye", self._words.reveal)
        self.reveal.set_face(*face)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock: a letter typed in the case that Shift does not explain."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_caps(event)
        elif event.type() == QEvent.Type.FocusOut:
            self._caps.hide()
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.setVisible(not self._caps.isVisible())
            return
        typed = event.text()
        if len(typed) == 1 and typed.isalpha() and typed.lower() != typed.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(typed.isupper() != shifted)

    @Slot()
    def _toggle(self) -> None:
        self.set_revealed(revealed=self.edit.echoMode() == QLineEdit.EchoMode.Password)
