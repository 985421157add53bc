"""A recovery code in three steps: who asks, the words once, three of them typed back.

Only the last step lets the code open the safe: a sheet that was never printed or was copied
wrongly must not replace one that is right.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.recovery_sheet import make_sheet, places_to_confirm, words_confirmed
from wallet_app.app.safe import Safe
from wallet_app.app.safe_keys import new_recovery_code
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import Field, PassphraseField
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.recovery_words import RecoveryWords

if TYPE_CHECKING:
    from wallet_app.app.recovery_sheet import RecoverySheet
    from wallet_app.crypto.recovery_code import RecoveryCode

__all__ = ["RecoveryCodeSheet"]

_WIDTH: Final = 560
_FIELD_HEIGHT: Final = 40
_ERROR_LINES: Final = 2


class RecoveryCodeSheet(Sheet):
    """Makes a recovery code for the open safe.

    Signals:
        made: the code opens the safe; the passphrase is still held until the sheet closes.
    """

    made = Signal()

    def __init__(
        self, window: QWidget, context: Context, given: Secret | None = None, *, why: str = ""
    ) -> None:
        """``given`` is the passphrase when it was typed just now; the sheet wipes it.

        ``why`` is said above the words, where nobody asked for a sheet.
        """
        words = context.words
        super().__init__(
            window, words.text("recovery.title"), width=_WIDTH, close_name=words.text("ui.close")
        )
        self._context = context
        self.given = given
        self._code: RecoveryCode | None = None
        self._sheet: RecoverySheet | None = None
        self._is_made = False
        self.asking = self._make_asking()
        self.showing = RecoveryWords(context, why)
        self.confirming = self._make_confirming()
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        for step in (self.asking, self.showing, self.confirming):
            scroll.column.addWidget(step)
        self.body.addWidget(scroll, 1)
        self.aside = Button(words.text("recovery.later"), Kind.QUIET)
        self.aside.setObjectName("recovery-aside")
        self.go = Button(words.text("recovery.next"), Kind.PRIMARY)
        self.go.setObjectName("recovery-go")
        self.footer.addStretch(1)
        self.footer.addWidget(self.aside)
        self.footer.addWidget(self.go)
        self.aside.clicked.connect(self._step_aside)
        self.go.clicked.connect(self._go_on)
        self.closed.connect(self._end)
        self._show_step(self.asking if given is None else self.showing)

    # --- the three steps ---------------------------------------------------------------

    def _make_asking(self) -> QWidget:
        words = self._context.words
        self.field = PassphraseField(
            words.text("unlock.passphrase"), passphrase_words(words), height_px=_FIELD_HEIGHT
        )
        self.field.edit.setObjectName("recovery-passphrase")
        self.field.submitted.connect(self._go_on)
        return _column(Label(words.text("recovery.ask_text"), "body", tone="t2", wrap=True),
                       self.field)  # fmt: skip

    def _make_confirming(self) -> QWidget:
        words = self._context.words
        self.places = places_to_confirm()
        self.fields = [
            Field(words.text("recovery.word", place=place), height_px=_FIELD_HEIGHT)
            for place in self.places
        ]
        for field in self.fields:
            field.submitted.connect(self._go_on)
            field.keep_room_for_error(_ERROR_LINES)
            field.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            )
        return _column(Label(words.text("recovery.confirm_text"), "body", tone="t2", wrap=True),
                       *self.fields)  # fmt: skip

    def _show_step(self, step: QWidget) -> None:
        words = self._context.words
        for other in (self.asking, self.showing, self.confirming):
            other.setVisible(other is step)
        if step is self.showing:
            self._draw_once()
        keys = {
            self.asking: ("ui.cancel", "recovery.ask_next"),
            self.showing: ("recovery.later", "recovery.next"),
            self.confirming: ("recovery.back", "recovery.finish"),
        }
        aside, go = keys[step]
        self.aside.set_words(words.text(aside))
        self.go.set_words(words.text(go))
        for button in (self.aside, self.go):
            button.updateGeometry()
        first = {self.asking: self.field.edit, self.confirming: self.fields[0].edit}
        if step in first and self.isVisible():
            first[step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_once(self) -> None:
        if self._sheet is not None:
            return
        self._code = new_recovery_code()
        session = self._context.session
        language = self._context.words.language
        self._sheet = make_sheet(self._code, session.vault_path, language, session.services.now())
        self.showing.show_sheet(self._sheet)

    # --- going on ----------------------------------------------------------------------

    @Slot()
    def _go_on(self) -> None:
        if not self.go.isEnabled():
            return
        if self.asking.isVisibleTo(self):
            self._check_passphrase()
        elif self.showing.isVisibleTo(self):
            self._show_step(self.confirming)
        else:
            self._confirm()

    @Slot()
    def _step_aside(self) -> None:
        if self.confirming.isVisibleTo(self):
            self._show_step(self.showing)
        elif self.showing.is_saved:
            # A sheet on paper that opens nothing would be trusted.
            self.dismiss()
        elif self.closable:
            # "Later" says by itself what it does.
            self.close_sheet()

    @Slot()
    def dismiss(self) -> None:
        """Ask first once the words are shown: they are never shown again."""
        if self._sheet is None or not self.closable:
            super().dismiss()
            return
        words = self._context.words
        question = Question(
            title=words.text("recovery.leave_title"),
            text=words.text(f"recovery.leave_{'saved' if self.showing.is_saved else 'text'}"),
            confirm=words.text("recovery.leave"),
            cancel=words.text("recovery.stay"),
        )
        self._context.seams.ask(question, self._leave)

    def _leave(self, agreed: bool) -> None:
        if agreed:
            self.close_sheet()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the words does nothing: it may be a slip."""
        if self._sheet is None:
            super().mousePressEvent(event)
        else:
            event.accept()

    def _check_passphrase(self) -> None:
        try:
            given = Secret.from_text(self.field.take_text())
        except CoffreError as error:
            self._refuse_passphrase(error)
            return
        self.given = given
        self._set_busy(busy=True)

        def check(safe: Safe) -> None:
            safe.keys.check(given)

        self._context.session.ask(
            self, "check passphrase", check, done=self._passed, failed=self._refuse_passphrase
        )

    def _passed(self, _nothing: None) -> None:
        self._set_busy(busy=False)
        self._show_step(self.showing)

    def _refuse_passphrase(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        self._wipe_given()
        self._say_in(self.field, error)

    def _confirm(self) -> None:
        sheet, code, given = self._sheet, self._code, self.given
        if sheet is None or code is None or given is None:
            return
        typed = {
            place: field.edit.text() for place, field in zip(self.places, self.fields, strict=True)
        }
        wrong = words_confirmed(sheet, typed)
        if wrong:
            field = self.fields[self.places.index(wrong)]
            self._say_in(field, UserError("recovery.not_confirmed", {"place": wrong}))
            return
        self._set_busy(busy=True)

        def put(safe: Safe) -> None:
            safe.keys.put_recovery(given, code)

        self._context.session.ask(
            self, "recovery code", put, done=self._finish, failed=self._refuse
        )

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        self._say_in(self.fields[0], error)

    def _finish(self, _nothing: None) -> None:
        self._is_made = True
        self._context.stage.toast(self._context.words.text("recovery.made"))
        self._context.session.changed.emit()
        self.made.emit()
        self.close_sheet()

    def _say_in(self, field: Field, error: CoffreError) -> None:
        sentence = error_sentence(self._context.words, error)
        field.show_error(sentence)
        self._context.stage.announce(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, *, busy: bool) -> None:
        self.closable = not busy
        for button in (self.aside, self.go):
            button.setEnabled(not busy)
        if busy:
            self.go.set_words(self._context.words.text("recovery.writing"))
            self.go.updateGeometry()
        elif self.confirming.isVisibleTo(self):
            self._show_step(self.confirming)
        elif self.asking.isVisibleTo(self):
            self._show_step(self.asking)

    # --- the end -----------------------------------------------------------------------

    def forget(self) -> None:
        """Drop the words and the passphrase."""
        self.field.take_text()
        self._sheet = None
        if self._code is not None:
            self._code.secret.wipe()
            self._code = None
        self.showing.forget()
        for field in self.fields:
            field.edit.setText("")
        self._wipe_given()

    def _wipe_given(self) -> None:
        if self.given is not None:
            self.given.wipe()
            self.given = None

    @Slot()
    def _end(self) -> None:
        postponed = self._sheet is not None and not self._is_made
        self.forget()
        if postponed and self._context.session.is_open:
            said = self._context.words.text("recovery.postponed")
            self._context.stage.toast(said, icon="info")


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    for widget in widgets:
        column.addWidget(widget)
    return page
