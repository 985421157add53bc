"""The search line: what is looked for, how many were found, and a way to clear it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.field import FieldFrame, IconMark
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.search_line import SearchLine
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tooltip import NOTHING_MORE
from wallet_app.ui.theme import look

__all__ = ["KeyHint", "SearchField"]

_DEBOUNCE_MS = 80
_MAX_QUERY_CHARS = 500


class KeyHint(Label):
    """A keyboard shortcut in a small frame."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "hint", tone="t3")
        self.setFixedSize(self.sizeHint().width() + 14, look().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame and words."""
        tokens = look().tokens
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), 5, fill=tokens.win, border=tokens.line)
        shaped = self.shaped(self.width())
        y = (self.height() - shaped.height) / 2
        shaped.paint_centred(painter, self.width(), y, self._color())
        painter.end()


class SearchField(FieldFrame):
    """A search line; ``searched`` is emitted 80 ms after the last change of the text.

    ``left``: the focus went elsewhere. ``moved_down``: on to what was found.
    """

    searched = Signal(str)
    moved_down = Signal()
    left = Signal()

    def __init__(self, name: str, hint: str, shortcut: str, clear: str) -> None:
        super().__init__(height_px=38)
        self.edit = SearchLine()
        self.edit.setFont(font("body", scale=look().scale))
        self.edit.setFrame(False)
        self.edit.setMinimumHeight(look().px(30))
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(name)
        if hint == name:
            # An empty line is described by its hint: the same words a second time.
            self.edit.setAccessibleDescription(NOTHING_MORE)
        self.edit.setMaxLength(_MAX_QUERY_CHARS)
        self.edit.setProperty("ringHost", True)
        self._count = Label("", "compact", tone="t3")
        self._key = KeyHint(shortcut)
        self._clear_button = IconButton("close", clear, tone="t2", side_px=28, icon_px=16)
        self._clear_button.clicked.connect(self._clear)
        self.row.setContentsMargins(12, 0, 8, 0)
        self.row.addWidget(IconMark("search", "t3", 18))
        self.row.addWidget(self.edit, 1)
        for widget in (self._count, self._key, self._clear_button):
            self.row.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DEBOUNCE_MS)
        self._pause.timeout.connect(self._emit)
        self.edit.textChanged.connect(self._on_text)
        self.edit.installEventFilter(self)
        self._on_text()
        self._pause.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the shortcut give way to what can be searched for."""
        super().resizeEvent(event)
        self._show_key()

    def _show_key(self) -> None:
        is_shown = not self._key.isHidden()
        beside = self._key.width() + self.row.spacing()
        room = self.edit.width() + (beside if is_shown else 0)
        fits = room - beside >= self.edit.sizeHint().width()
        wanted = bool(self._key.text()) and not self.edit.text() and fits
        if wanted != is_shown:
            self._key.setVisible(wanted)

    def add_help(self, name: str) -> IconButton:
        """Put a button inside that tells what can be typed."""
        button = IconButton("help", name, tone="t3", side_px=28, icon_px=16)
        self.row.insertWidget(self.row.count() - 1, button)
        QWidget.setTabOrder(self.edit, button)
        QWidget.setTabOrder(button, self._clear_button)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the line loses the focus."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    @property
    def text(self) -> str:
        """What is typed now."""
        return self.edit.text()

    @property
    def is_waiting(self) -> bool:
        """Whether a change of the text is still to be searched for."""
        return self._pause.isActive()

    @property
    def count(self) -> str:
        """What is said about how many were found."""
        return self._count.text()

    def set_count(self, sentence: str) -> None:
        """Show how many were found, such as "23 of 128"; "" shows nothing."""
        self._count.setText(sentence)
        self._count.setVisible(bool(sentence))

    def search_now(self, text: str) -> None:
        """Search for something at once, as if it had been typed."""
        self.edit.setText(text)
        self._emit_now()

    def forget(self) -> None:
        """Empty the line at once, beyond undoing, and search for nothing."""
        self.edit.setText("")
        self._pause.stop()
        self.set_count("")

    @Slot()
    def _clear(self) -> None:
        # First the focus: it would jump anywhere once this button goes.
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.clear()

    @Slot()
    def _on_text(self) -> None:
        typed = bool(self.edit.text())
        self._key.setVisible(not typed and bool(self._key.text()))
        if self.isVisible():
            self._show_key()
        self._clear_button.setVisible(typed)
        if not typed:
            self.set_count("")
        self._pause.start()

    @Slot()
    def _emit(self) -> None:
        self.searched.emit(self.edit.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down or Enter goes on to what was found."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit_now()
            self.moved_down.emit()
            return
        super().keyPressEvent(event)

    def _emit_now(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._emit()
