"""What Coffre would say about a fault of its own: all of it, and it goes nowhere by itself."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wallet_app.app.crash_files import save_text
from wallet_app.app.vault_paths import documents_folder
from wallet_app.drawing.fonts import font
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look

__all__ = ["CrashSheet"]

_WIDTH: Final = 720
_HEIGHT: Final = 560


class CrashSheet(Sheet):
    """Shows the report as it is; copy it, save it, or delete it.

    Signals:
        seen: it was closed, or deleted; it is not shown again.
    """

    seen = Signal()

    def __init__(self, window: QWidget, context: Context, text: str) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("crash.title"),
            width=_WIDTH,
            height=_HEIGHT,
            close_name=words.text("ui.close"),
        )
        self._context, self._text = context, text
        self.body.addWidget(Label(words.text("crash.text"), "body", tone="t2", wrap=True))
        self.report = QPlainTextEdit(text)
        let_through(self.report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(font("value", scale=look().scale))
        self.report.setAccessibleName(words.text("crash.report"))
        self.body.addWidget(self.report, 1)
        self.delete_it = Button(words.text("crash.delete"), Kind.DANGER)
        self.copy = Button(words.text("crash.copy"), icon="copy")
        self.save = Button(words.text("crash.save"), icon="download")
        self.close_it = Button(words.text("ui.close"), Kind.PRIMARY)
        self.delete_it.clicked.connect(self._delete)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_save)
        self.close_it.clicked.connect(self.dismiss)
        self.footer.addWidget(self.delete_it)
        self.footer.addStretch(1)
        for button in (self.copy, self.save, self.close_it):
            self.footer.addWidget(button)
        self.closed.connect(self.seen)

    @Slot()
    def _delete(self) -> None:
        self.close_sheet()
        self._context.stage.toast(self._context.words.text("crash.deleted"))

    @Slot()
    def _copy(self) -> None:
        self._context.seams.copy_text(self._text)
        self._context.stage.toast(self._context.words.text("crash.copied"))

    @Slot()
    def _ask_save(self) -> None:
        words = self._context.words
        suggested = documents_folder() / f"{words.text('crash.file')}.txt"
        self._context.seams.choose_save(
            words.text("crash.save"), suggested, [words.text("crash.filter")], self._save
        )

    def _save(self, path: Path) -> None:
        # A few kilobytes, and no safe need be open: written here.
        try:
            save_text(path, self._text)
        except CoffreError as error:
            self._context.stage.report(error)
            return
        self._context.stage.toast(self._context.words.text("crash.saved"))
