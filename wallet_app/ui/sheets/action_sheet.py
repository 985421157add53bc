"""The dialog that does one thing: text, fields, Cancel, and the button that does it."""

from typing import Final, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import Field, PassphraseField
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.phrases import error_sentence

__all__ = ["FIELD_HEIGHT", "ActionSheet"]

FIELD_HEIGHT: Final = 40
_WIDTH: Final = 520

_AnyField = TypeVar("_AnyField", bound=Field)


class ActionSheet(Sheet):
    """Text, fields, Cancel and one action that is under way once and can be refused."""

    asks_first = True

    def __init__(
        self, window: QWidget, context: Context, title: str, text: str, action: str
    ) -> None:
        super().__init__(window, title, width=_WIDTH, close_name=context.words.text("ui.close"))
        self._context = context
        self._action = action
        self.body.setContentsMargins(0, 0, 0, 0)
        self.scrolled = scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        self.content = scroll.column
        self.content.addWidget(Label(text, "body", tone="t2", wrap=True))
        self.cancel = Button(context.words.text("ui.cancel"), Kind.QUIET)
        # It says by itself what it does: it asks nothing.
        self.cancel.clicked.connect(self.close_sheet)
        self.go = Button(action, Kind.PRIMARY)
        self.go.setObjectName("sheet-go")
        self.go.clicked.connect(self._submit)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def _add_field(self, field: _AnyField) -> _AnyField:
        field.submitted.connect(self._submit)
        self.content.addWidget(field)
        return field

    def _add_passphrase(self, key: str, name: str) -> PassphraseField:
        words = self._context.words
        field = PassphraseField(words.text(key), passphrase_words(words), height_px=FIELD_HEIGHT)
        field.edit.setObjectName(name)
        return self._add_field(field)

    def _set_busy(self, words: str) -> None:
        """Show that the work is under way; "" ends it."""
        self.closable = not words
        self.go.set_words(words or self._action)
        self.go.updateGeometry()
        self.go.setEnabled(not words)
        self.cancel.setEnabled(not words)

    def _refuse_in(self, field: Field, error: CoffreError) -> None:
        self._set_busy("")
        sentence = error_sentence(self._context.words, error)
        field.show_error(sentence)
        self._context.stage.announce(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    @Slot()
    def _submit(self) -> None:
        """Do what the sheet is for."""
