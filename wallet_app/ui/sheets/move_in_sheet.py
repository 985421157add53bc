"""The dialog that brings another wallet's file in, and says what became of it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.moving_in import MoveInReport
from wallet_app.app.moving_words import lines_of_report
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import PassphraseField
from wallet_app.ui.components.line_list import LineList
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.moving_run import MovingRun
from wallet_app.ui.pages.unlock import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.wording import plain_text

__all__ = ["MoveInSheet"]

_WIDTH: Final = 560
_FIELD_HEIGHT: Final = 40
_NEEDS: Final = ("wallet.needs_password", "wallet.wrong_password")


class MoveInSheet(Sheet):
    """Says what will happen, asks for a password where one is needed, and reports."""

    def __init__(self, window: QWidget, context: Context, path: Path) -> None:
        words = context.words
        super().__init__(
            window, words.text("moving_page.bring_in"), width=_WIDTH,
            close_name=words.text("ui.close"),
        )  # fmt: skip
        self._context, self._path = context, path
        self.run = MovingRun(context, self)
        self.run.progressed.connect(self._advance)
        self.run.finished.connect(self._show_report)
        self.run.failed.connect(self._refuse)
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(12)
        self.body.addWidget(scroll, 1)
        self._column = scroll.column
        name = plain_text(path.name, max_chars=120)
        self.text = Label(words.text("moving_page.bring_in_text", name=name), "body", tone="t2",
                          wrap=True)  # fmt: skip
        self.text.setObjectName("move-in-text")
        self._column.addWidget(self.text)
        self.found = LineList()
        self.found.setObjectName("move-in-found")
        self._column.addWidget(self.found)
        self.field = PassphraseField(
            words.text("moving_page.password"), passphrase_words(words), height_px=_FIELD_HEIGHT
        )
        self.field.edit.setObjectName("wallet-password")
        self.field.submitted.connect(self._submit)
        self.field.hide()
        self._column.addWidget(self.field)
        self._add_buttons()

    def _add_buttons(self) -> None:
        words = self._context.words
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self._leave)
        self.go = Button(words.text("moving_page.bring_in_now"), Kind.PRIMARY)
        self.go.setObjectName("move-in-go")
        self.go.clicked.connect(self._submit)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def forget(self) -> None:
        """Empty the field, and drop what was read."""
        self.field.take_text()
        self.text.setText("")
        self.found.set_lines(())
        self.run.forget()

    @Slot()
    def _leave(self) -> None:
        """Close, or while work is under way stop it."""
        if self.closable:
            self.dismiss()
        else:
            self.run.stop()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        password = None
        if not self.field.isHidden():
            try:
                password = Secret.from_text(self.field.take_text())
            except CoffreError as error:
                self._refuse(error)
                return
        self._set_busy(busy=True)
        self.run.start(self._path, password)

    def _set_busy(self, *, busy: bool) -> None:
        words = self._context.words
        self.closable = not busy
        key = "moving_page.bringing_in" if busy else "moving_page.bring_in_now"
        self.go.set_words(words.text(key))
        self.go.updateGeometry()
        self.go.setEnabled(not busy)
        self.cancel.set_words(words.text("moving_page.stop" if busy else "ui.cancel"))
        self.cancel.updateGeometry()

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        words = self._context.words
        if total > 1:
            numbers = {"done": words.number(done), "total": words.number(total)}
            self.text.setText(words.text("moving_page.progress", **numbers))

    @Slot(object)
    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        sentence = error_sentence(self._context.words, error)
        if error.code in _NEEDS or not self.field.isHidden():
            self.field.show()
            wrong = error.code != _NEEDS[0]
            self.field.show_error(sentence if wrong else "")
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if error.code == _NEEDS[0] or error.code not in _NEEDS:
            self.text.setText(sentence)
        self._context.stage.announce(sentence)
        self.fit()

    @Slot(object)
    def _show_report(self, report: MoveInReport) -> None:
        words = self._context.words
        self._set_busy(busy=False)
        *lines, last = [*lines_of_report(report, words)] or [words.text("moving_page.nothing")]
        advice = report.wallet.keys_in_clear or report.keep_file
        self.text.hide()
        self.found.set_lines(lines if advice else [*lines, last])
        self.field.hide()
        if advice:
            heading = words.text("moving_page.and_the_file")
            self.advice = Notice("warning", heading, last)
            self._column.addWidget(self.advice)
        self.go.hide()
        self.cancel.set_words(words.text("ui.close"))
        self.cancel.updateGeometry()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.stage.announce(" ".join([*lines, last]))
        self.fit()
