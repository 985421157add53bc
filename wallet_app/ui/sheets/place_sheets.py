"""Dialogs that name a place: for backups, to begin a group of computers, to join one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import Field, PassphraseField
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.unlock import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_fields import PlaceAsked, PlaceFields

if TYPE_CHECKING:
    from wallet_app.app.second_place import KeyRequest, PutKeys
    from wallet_app.app.sync import Entry, Found

__all__ = ["JoinSheet", "KeySheet", "SecondPlaceSheet", "StartSheet"]

_WIDTH: Final = 540
_FIELD: Final = 40


class _PlaceSheet(Sheet):
    """Text, fields, Cancel and one action that is under way once and can be refused."""

    def __init__(
        self, window: QWidget, context: Context, key: str, done: Callable[[], None]
    ) -> None:
        words = context.words
        title = words.text(f"{key}.title")
        super().__init__(window, title, width=_WIDTH, close_name=words.text("ui.close"))
        self._context, self._key, self._tell = context, key, done
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        self.content = scroll.column
        self.content.addWidget(Label(words.text(f"{key}.text"), "body", tone="t2", wrap=True))
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text(f"{key}.go"), Kind.PRIMARY)
        self.go.setObjectName("place-sheet-go")
        self.go.clicked.connect(self._submit)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def _add_place(self, folder_key: str) -> PlaceFields:
        place = PlaceFields(self._context, folder_key)
        place.submitted.connect(self._submit)
        # Once the layouts below have counted anew.
        place.reshaped.connect(self.fit, Qt.ConnectionType.QueuedConnection)
        self.content.addWidget(place)
        return place

    def _add_field(self, field: Field) -> None:
        field.submitted.connect(self._submit)
        self.content.addWidget(field)

    def _set_busy(self, *, busy: bool) -> None:
        self.closable = not busy
        words = self._context.words
        self.go.set_words(words.text(f"{self._key}.{'busy' if busy else 'go'}"))
        self.go.updateGeometry()
        self.go.setEnabled(not busy)
        self.cancel.setEnabled(not busy)

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        self._show_error(error)
        self._context.stage.announce(error_sentence(self._context.words, error))
        self.fit()

    def _show_error(self, error: CoffreError) -> None:
        """Say it below the right field."""

    def _finish(self, _nothing: object) -> None:
        self.close_sheet()
        self._tell()

    @Slot()
    def _submit(self) -> None:
        """Do what the sheet is for."""


class SecondPlaceSheet(_PlaceSheet):
    """A place, and the safe's passphrase, which is to open the key that is put there."""

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, "second_place.choose", done)
        words = context.words
        self.place = self._add_place("place.folder_for_backups")
        self.field = PassphraseField(
            words.text("second_place.passphrase"), passphrase_words(words), height_px=_FIELD
        )
        self.field.edit.setObjectName("second-place-passphrase")
        self._add_field(self.field)

    def forget(self) -> None:
        """Empty every field."""
        self.place.forget()
        self.field.take_text()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            asked, passphrase = self.place.take(), Secret.from_text(self.field.take_text())
        except CoffreError as error:
            self._refuse(error)
            return
        self._set_busy(busy=True)
        self._context.session.ask(
            self,
            "choose place",
            partial(_request_choice, asked, passphrase),
            done=self._try,
            failed=self._refuse,
        )

    def _try(self, request: "KeyRequest") -> None:
        self._context.bridge.on_pool(
            self,
            "try place",
            partial(_run_keys, request),
            done=partial(self._keep, request),
            failed=self._refuse,
        )

    def _keep(self, request: "KeyRequest", put: "PutKeys") -> None:
        self._context.session.ask(
            self,
            "keep place",
            partial(_keep_choice, request, put),
            done=self._finish,
            failed=self._refuse,
        )

    def _show_error(self, error: CoffreError) -> None:
        if error.code.startswith("place."):
            self.place.show_error(error)
        else:
            self.field.show_error(error_sentence(self._context.words, error))


class KeySheet(_PlaceSheet):
    """The safe's passphrase, to put the key beside the backups anew."""

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, "second_place.key", done)
        words = context.words
        self.field = PassphraseField(
            words.text("second_place.passphrase"), passphrase_words(words), height_px=_FIELD
        )
        self.field.edit.setObjectName("second-place-key-passphrase")
        self._add_field(self.field)

    def forget(self) -> None:
        """Empty the field."""
        self.field.take_text()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            passphrase = Secret.from_text(self.field.take_text())
        except CoffreError as error:
            self._refuse(error)
            return
        self._set_busy(busy=True)
        self._context.session.ask(
            self,
            "request key",
            partial(_request_key, passphrase),
            done=self._try,
            failed=self._refuse,
        )

    def _try(self, request: "KeyRequest | None") -> None:
        if request is None:
            self._finish(None)
            return
        self._context.bridge.on_pool(
            self,
            "put key",
            partial(_run_keys, request),
            done=partial(self._keep, request),
            failed=self._refuse,
        )

    def _keep(self, request: "KeyRequest", put: "PutKeys") -> None:
        work = partial(_keep_key, request, put)
        self._context.session.ask(self, "keep key", work, done=self._finish, failed=self._refuse)

    def _show_error(self, error: CoffreError) -> None:
        self.field.show_error(error_sentence(self._context.words, error))


class StartSheet(_PlaceSheet):
    """A place and a name for this computer: begins a group."""

    key = "computers.start"

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, self.key, done)
        words = context.words
        self.place = self._add_place("place.folder_for_sync")
        self.label = Field(words.text("computers.label"), height_px=_FIELD)
        self.label.edit.setObjectName("computer-label")
        self._add_field(self.label)
        self._suggest_name()

    def _suggest_name(self) -> None:
        def name(_cancelled: CancelToken) -> str:
            from wallet_app.app.sync import computer_name  # noqa: PLC0415 - off the interface

            return computer_name()

        self._context.bridge.on_pool(
            self, "computer name", name, done=self._take_name, failed=_ignore
        )

    def _take_name(self, name: str) -> None:
        if not self.label.edit.text():
            self.label.edit.setText(name)

    def forget(self) -> None:
        """Empty every field."""
        self.place.forget()
        self.label.edit.setText("")

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            work = self._request(self.place.take())
        except CoffreError as error:
            self._refuse(error)
            return
        self._set_busy(busy=True)
        self._context.session.ask(self, "enter group", work, done=self._enter, failed=self._refuse)

    def _request(self, asked: PlaceAsked) -> Callable[[Safe], "Entry"]:
        return partial(_request_start, asked, self.label.edit.text())

    def _enter(self, entry: "Entry") -> None:
        self._context.bridge.on_pool(
            self, "find group", partial(_run_entry, entry), done=self._keep, failed=self._refuse
        )

    def _keep(self, found: "Found") -> None:
        self._context.session.ask(
            self, "keep group", partial(_keep_group, found), done=self._finish,
            failed=self._refuse,
        )  # fmt: skip

    def _show_error(self, error: CoffreError) -> None:
        self.place.show_error(error)


class JoinSheet(StartSheet):
    """The same with the code that another computer shows: joins its group."""

    key = "computers.join"

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, done)
        self.code = Field(context.words.text("computers.code_field"), height_px=_FIELD)
        self.code.edit.setObjectName("pairing-code")
        self._add_field(self.code)

    def forget(self) -> None:
        """Empty every field."""
        super().forget()
        self.code.edit.setText("")

    def _request(self, asked: PlaceAsked) -> Callable[[Safe], "Entry"]:
        return partial(_request_join, asked, self.label.edit.text(), self.code.edit.text())

    def _show_error(self, error: CoffreError) -> None:
        if error.code.startswith(("sync.code_", "sync.wrong_code")):
            self.code.show_error(error_sentence(self._context.words, error))
        else:
            super()._show_error(error)


def _ignore(_error: CoffreError) -> None:
    """A name is only suggested."""


def _request_choice(asked: PlaceAsked, passphrase: Secret, safe: Safe) -> "KeyRequest":
    with passphrase:
        return safe.second_place.request_choice(asked.settings(), passphrase)


def _request_key(passphrase: Secret, safe: Safe) -> "KeyRequest | None":
    with passphrase:
        return safe.second_place.request_key(passphrase)


def _run_keys(request: "KeyRequest", _cancelled: CancelToken) -> "PutKeys":
    from wallet_app.app.second_place import run_keys  # noqa: PLC0415 - off the interface

    with request.passphrase:
        return run_keys(request)


def _keep_choice(request: "KeyRequest", put: "PutKeys", safe: Safe) -> None:
    safe.second_place.keep_choice(request, put)


def _keep_key(request: "KeyRequest", put: "PutKeys", safe: Safe) -> None:
    safe.second_place.keep_key(request, put)


def _request_start(asked: PlaceAsked, label: str, safe: Safe) -> "Entry":
    return safe.sync.request_start(asked.settings(), label)


def _request_join(asked: PlaceAsked, label: str, typed: str, safe: Safe) -> "Entry":
    return safe.sync.request_join(asked.settings(), label, typed)


def _run_entry(entry: "Entry", _cancelled: CancelToken) -> "Found":
    from wallet_app.app.sync import run_begin, run_find  # noqa: PLC0415 - off the interface

    return run_begin(entry) if entry.code is None else run_find(entry)


def _keep_group(found: "Found", safe: Safe) -> None:
    safe.sync.keep(found)
