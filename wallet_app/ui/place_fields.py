"""Where to: a folder, or a folder on a server with its name and password."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.open_place import PlaceSettings, named_place
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.field import Field, PassphraseField
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.unlock import passphrase_words
from wallet_app.ui.phrases import error_sentence

__all__ = ["PlaceAsked", "PlaceFields"]

_HEIGHT = 40
_FOLDER, _SERVER, _ZIP = "folder", "server", "zip"


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """What was typed; ``settings`` judges it, off the interface: it loads the network."""

    text: str
    user: str
    password: Secret | None

    def settings(self) -> PlaceSettings:
        """Return the place.

        Raises:
            UserError: ``place.…``.
        """
        return named_place(self.text, user=self.user, password=self.password)


class PlaceFields(QWidget):
    """The fields of one place.

    Signals:
        submitted: Return was pressed in one of them.
        reshaped: others are shown, which need another height.
    """

    submitted = Signal()
    reshaped = Signal()

    def __init__(self, context: Context, folder_key: str, *, zip_key: str = "") -> None:
        """``folder_key`` names the field of the folder.

        ``zip_key`` says what to do with a zip, where one can stand for a place; "" offers none.
        """
        super().__init__()
        self._context, words = context, context.words
        kinds = [(_FOLDER, words.text("place.folder")), (_SERVER, words.text("place.server"))]
        if zip_key:
            kinds.append((_ZIP, words.text("place.zip")))
        self.kind = Choice(words.text("place.kind"), kinds, _FOLDER)
        self.kind.chosen.connect(self._show_kind)
        self.folder = Field(words.text(folder_key), height_px=_HEIGHT)
        self.folder.edit.setObjectName("place-folder")
        self.choose = Button(words.text("place.choose_folder"), icon="folder")
        self.choose.clicked.connect(self._choose_folder)
        self.address = Field(words.text("place.address"), height_px=_HEIGHT)
        self.address.edit.setObjectName("place-address")
        self.address.edit.setPlaceholderText("https://")
        self.user = Field(words.text("place.user"), height_px=_HEIGHT)
        self.user.edit.setObjectName("place-user")
        self.password = PassphraseField(
            words.text("place.password"), passphrase_words(words), height_px=_HEIGHT
        )
        self.password.edit.setObjectName("place-password")
        for field in (self.folder, self.address, self.user, self.password):
            field.submitted.connect(self.submitted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._folder_part())
        column.addWidget(self._server_part())
        zip_text = words.text(zip_key) if zip_key else ""
        self._zip_text = Label(zip_text, "small", tone="t2", wrap=True)
        column.addWidget(self._zip_text)
        self._show_kind(_FOLDER)

    def _folder_part(self) -> QWidget:
        self._folder = QWidget()
        column = QVBoxLayout(self._folder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.folder)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)
        return self._folder

    def _server_part(self) -> QWidget:
        self._server = QWidget()
        column = QVBoxLayout(self._server)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field in (self.address, self.user, self.password):
            column.addWidget(field)
        text = self._context.words.text("place.server_text")
        column.addWidget(Label(text, "small", tone="t2", wrap=True))
        return self._server

    @property
    def is_zip(self) -> bool:
        """Whether a zip stands for a place."""
        return self.kind.current == _ZIP

    @property
    def is_filled(self) -> bool:
        """Whether a place is named."""
        return bool(self._shown.edit.text().strip())

    @property
    def _shown(self) -> Field:
        # Not what is visible: a field on a sheet that is not open yet is not.
        return self.address if self._folder.isHidden() else self.folder

    def take(self) -> PlaceAsked:
        """Return what was typed, and empty the password.

        Raises:
            UserError: ``place.no_folder`` or ``place.no_address`` while nothing is typed,
                ``passphrase.…`` for a password that is no text.
        """
        if not self.is_filled:
            # The core knows one field for both; here only the one that is shown can be filled.
            in_folder = self._shown is self.folder
            raise UserError("place.no_folder" if in_folder else "place.no_address")
        if self._shown is self.folder:
            return PlaceAsked(self.folder.edit.text(), "", None)
        typed = self.password.take_text()
        password = Secret.from_text(typed) if typed else None
        return PlaceAsked(self.address.edit.text(), self.user.edit.text().strip(), password)

    def show_error(self, error: CoffreError) -> None:
        """Say below the right field why the place cannot be used."""
        field = self.password if error.code == "place.wrong_password" else self._shown
        field.show_error(error_sentence(self._context.words, error))
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty every field."""
        self.password.take_text()
        for field in (self.folder, self.address, self.user):
            field.edit.setText("")

    @Slot(str)
    def _show_kind(self, kind: str) -> None:
        self._folder.setVisible(kind == _FOLDER)
        self._server.setVisible(kind == _SERVER)
        self._zip_text.setVisible(kind == _ZIP)
        self.updateGeometry()
        self.reshaped.emit()

    @Slot()
    def _choose_folder(self) -> None:
        title = self._context.words.text("place.choose_folder")
        self._context.seams.choose_folder(title, self._chosen)

    def _chosen(self, names: list[str]) -> None:
        if names:
            self.folder.edit.setText(names[0])
            self.folder.show_error("")
