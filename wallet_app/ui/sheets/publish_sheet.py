"""The dialog that publishes the person's page: where the file goes, and where it opens."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import MyPage
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import documents_folder
from wallet_app.errors import CoffreError
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.place_fields import PlaceAsked, PlaceFields
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.action_sheet import FIELD_HEIGHT, ActionSheet

if TYPE_CHECKING:
    from wallet_app.app.my_page import PublishedPage, PublishRequest

__all__ = ["PublishSheet"]

_TAKEN = "share.page_taken"
_OF_ADDRESS = frozenset({"share.page_address", "share.no_page"})


class PublishSheet(ActionSheet):
    """One file, to a folder, a server, or as a zip; never a badge."""

    def __init__(
        self, window: QWidget, context: Context, page: MyPage, done: Callable[[], None]
    ) -> None:
        words = context.words
        title, text, go = (words.text(f"my_page.sheet.{part}") for part in ("title", "text", "go"))
        super().__init__(window, context, title, text, go)
        self._tell_done = done
        self._asked: PlaceAsked | Path | None = None
        self.content.addWidget(Label(words.text("my_page.sheet.step_place"), "heading"))
        self.place = PlaceFields(
            context, "my_page.sheet.folder_field", zip_key="my_page.sheet.zip_text"
        )
        self.place.submitted.connect(self._submit)
        self.place.reshaped.connect(self._reshape, Qt.ConnectionType.QueuedConnection)
        self.content.addWidget(self.place)
        self.content.addWidget(Label(words.text("my_page.sheet.step_address"), "heading"))
        self.address = Field(words.text("my_page.sheet.address"), height_px=FIELD_HEIGHT)
        self.address.edit.setObjectName("publish-address")
        self.address.set_hint(words.text("my_page.address_placeholder"))
        self.address.edit.setText(page.address)
        self._add_field(self.address)

    @Slot()
    def _reshape(self) -> None:
        key = "my_page.sheet.go_zip" if self.place.is_zip else "my_page.sheet.go"
        self._action = self._context.words.text(key)
        self.go.set_words(self._action)
        self.go.updateGeometry()
        self.fit()

    def forget(self) -> None:
        """Empty every field."""
        self.place.forget()
        self.address.edit.setText("")
        self._asked = None

    # --- where to ----------------------------------------------------------------------

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        if self.place.is_zip:
            self._choose_zip()
            return
        try:
            self._begin(self.place.take())
        except CoffreError as error:
            self._refuse(error)

    def _choose_zip(self) -> None:
        words = self._context.words
        name = f"{words.text('my_page.sheet.file_name')}.zip"
        self._context.seams.choose_save(
            words.text("my_page.sheet.title"),
            documents_folder() / name,
            [words.text("my_page.sheet.filter", suffix="*.zip")],
            self._begin,
        )

    def _begin(self, asked: PlaceAsked | Path, *, over: bool = False) -> None:
        self._set_busy(self._context.words.text("my_page.sheet.busy"))
        self._asked = asked
        self._context.session.ask(
            self,
            "publish page",
            partial(_request, asked, self.address.edit.text().strip(), over),
            done=self._write,
            failed=self._refuse,
        )

    # --- doing it ----------------------------------------------------------------------

    def _write(self, request: "PublishRequest") -> None:
        self._context.bridge.on_pool(
            self,
            "publish page",
            partial(_publish, request, self._context.session.services),
            done=self._keep,
            failed=self._refuse,
        )

    def _keep(self, published: "PublishedPage") -> None:
        self._context.session.ask(
            self, "publish page", partial(_keep, published), done=self._finish, failed=self._refuse
        )

    def _finish(self, page: MyPage) -> None:
        words = self._context.words
        if isinstance(self._asked, Path):
            told = words.text("my_page.sheet.done_zip", name=Path(page.published_in).name)
        else:
            told = words.text("my_page.sheet.done")
        self.close_sheet()
        self._context.stage.toast(told)
        self._tell_done()

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy("")
        if error.code == _TAKEN and self._asked is not None:
            self._ask_over(error, self._asked)
            return
        if error.code in _OF_ADDRESS:
            self._refuse_in(self.address, error)
            return
        if self.place.is_zip:
            self._context.stage.report(error)
        else:
            self.place.show_error(error)
            self._context.stage.announce(error_sentence(self._context.words, error))
        self.fit()

    def _ask_over(self, error: CoffreError, asked: PlaceAsked | Path) -> None:
        words = self._context.words
        question = Question(
            title=words.text("my_page.sheet.taken_title"),
            text=error_sentence(words, error),
            confirm=words.text("my_page.sheet.replace"),
            cancel=words.text("ui.cancel"),
            danger=True,
        )
        self._context.seams.ask(question, partial(self._answer_over, asked))

    def _answer_over(self, asked: PlaceAsked | Path, agreed: bool) -> None:
        if agreed:
            self._begin(asked, over=True)


def _request(asked: PlaceAsked | Path, address: str, over: bool, safe: Safe) -> "PublishRequest":
    # First the address: the file is named as it opens there.
    safe.set_my_page(address)
    to = asked if isinstance(asked, Path) else asked.settings()
    return safe.publish_request(to, over=over)


def _publish(
    request: "PublishRequest", services: Services, _cancelled: CancelToken
) -> "PublishedPage":
    from wallet_app.app.my_page import run_publish  # noqa: PLC0415 - off the interface

    return run_publish(request, services)


def _keep(published: "PublishedPage", safe: Safe) -> MyPage:
    return safe.note_published(published)
