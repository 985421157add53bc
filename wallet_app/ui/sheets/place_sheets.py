"""Dialogs that name a place: for backups, to begin a group of computers, to join one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.field import Field
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_fields import PlaceAsked, PlaceFields
from wallet_app.ui.place_runs import keep_key_request, run_key_request
from wallet_app.ui.sheets.action_sheet import FIELD_HEIGHT, ActionSheet

if TYPE_CHECKING:
    from wallet_app.app.second_place import KeyRequest, PutKeys
    from wallet_app.app.sync import Entry, Found

__all__ = ["JoinSheet", "KeySheet", "SecondPlaceSheet", "StartSheet"]


class _PlaceSheet(ActionSheet):
    """Says what it cannot do below the right field, and closes when it is done."""

    def __init__(
        self, window: QWidget, context: Context, key: str, done: Callable[[], None]
    ) -> None:
        title, text, go = (context.words.text(f"{key}.{part}") for part in ("title", "text", "go"))
        super().__init__(window, context, title, text, go)
        self._key, self._tell = key, done

    def _add_place(self, folder_key: str) -> PlaceFields:
        place = PlaceFields(self._context, folder_key)
        place.submitted.connect(self._submit)
        # Once the layouts below have counted anew.
        place.reshaped.connect(self.fit, Qt.ConnectionType.QueuedConnection)
        self.content.addWidget(place)
        return place

    def _begin(self) -> None:
        self._set_busy(self._context.words.text(f"{self._key}.busy"))

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy("")
        self._show_error(error)
        self._context.stage.announce(error_sentence(self._context.words, error))
        self.fit()

    def _show_error(self, error: CoffreError) -> None:
        """Say it below the right field."""

    def _finish(self, _nothing: object) -> None:
        self.close_sheet()
        self._tell()


class KeySheet(_PlaceSheet):
    """The safe's passphrase, to put the key beside the backups anew."""

    key, field_name = "second_place.key", "second-place-key-passphrase"

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, self.key, done)
        self._add_fields()

    def _add_fields(self) -> None:
        self.field = self._add_passphrase("second_place.passphrase", self.field_name)

    def forget(self) -> None:
        """Empty every field."""
        self.field.take_text()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            work = self._request()
        except CoffreError as error:
            self._refuse(error)
            return
        self._begin()
        self._context.session.ask(self, "request key", work, done=self._try, failed=self._refuse)

    def _request(self) -> Callable[[Safe], "KeyRequest | None"]:
        return partial(_request_key, Secret.from_text(self.field.take_text()))

    def _try(self, request: "KeyRequest | None") -> None:
        if request is None:
            self._finish(None)
            return
        self._context.bridge.on_pool(
            self,
            "put key",
            partial(run_key_request, request),
            done=partial(self._keep, request),
            failed=self._refuse,
        )

    def _keep(self, request: "KeyRequest", put: "PutKeys") -> None:
        work = self._kept(request, put)
        self._context.session.ask(self, "keep key", work, done=self._finish, failed=self._refuse)

    def _kept(self, request: "KeyRequest", put: "PutKeys") -> Callable[[Safe], None]:
        return partial(keep_key_request, request, put)

    def _show_error(self, error: CoffreError) -> None:
        self.field.show_error(error_sentence(self._context.words, error))


class SecondPlaceSheet(KeySheet):
    """A place, and the safe's passphrase, which is to open the key that is put there."""

    key, field_name = "second_place.choose", "second-place-passphrase"

    def _add_fields(self) -> None:
        self.place = self._add_place("place.folder_for_backups")
        super()._add_fields()

    def forget(self) -> None:
        """Empty every field."""
        self.place.forget()
        super().forget()

    def _request(self) -> Callable[[Safe], "KeyRequest | None"]:
        asked, passphrase = self.place.take(), Secret.from_text(self.field.take_text())
        return partial(_request_choice, asked, passphrase)

    def _kept(self, request: "KeyRequest", put: "PutKeys") -> Callable[[Safe], None]:
        return partial(_keep_choice, request, put)

    def _show_error(self, error: CoffreError) -> None:
        if error.code.startswith("place."):
            self.place.show_error(error)
        else:
            super()._show_error(error)


class StartSheet(_PlaceSheet):
    """A place and a name for this computer: begins a group."""

    key = "computers.start"

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        super().__init__(window, context, self.key, done)
        words = context.words
        self.place = self._add_place("place.folder_for_sync")
        self.label = Field(words.text("computers.label"), height_px=FIELD_HEIGHT)
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
        self._begin()
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
        self.code = Field(context.words.text("computers.code_field"), height_px=FIELD_HEIGHT)
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


def _keep_choice(request: "KeyRequest", put: "PutKeys", safe: Safe) -> None:
    safe.second_place.keep_choice(request, put)


def _request_start(asked: PlaceAsked, label: str, safe: Safe) -> "Entry":
    return safe.sync.request_start(asked.settings(), label)


def _request_join(asked: PlaceAsked, label: str, typed: str, safe: Safe) -> "Entry":
    return safe.sync.request_join(asked.settings(), label, typed)


def _run_entry(entry: "Entry", _cancelled: CancelToken) -> "Found":
    from wallet_app.app.sync import run_begin, run_find  # noqa: PLC0415 - off the interface

    return run_begin(entry) if entry.code is None else run_find(entry)


def _keep_group(found: "Found", safe: Safe) -> None:
    safe.sync.keep(found)
