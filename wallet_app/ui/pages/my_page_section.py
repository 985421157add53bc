"""My page in the settings: its address, publishing it, whether it is there, taking it off."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import MyPage, PageCheck
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import MachineValue
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.publish_sheet import PublishSheet
from wallet_app.wording import plain_text

if TYPE_CHECKING:
    from wallet_app.app.my_page import TakeOffRequest

__all__ = ["VERIFIER_PLUS", "MyPageSection"]

VERIFIER_PLUS: Final = "https://verifierplus.org"
"""The service of others that keeps public links; named wherever one is offered."""

_NO, _YES = "no", "yes"
_HEIGHT: Final = 40


class MyPageSection(SettingsSection):
    """Nothing is sent or asked before a button says so."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "my_page.section", "my_page.section_text")
        words = context.words
        self._page = MyPage()
        self._fingerprint = ""
        self.address = Field(words.text("my_page.address"), height_px=_HEIGHT)
        self.address.edit.setObjectName("my-page-address")
        self.address.set_hint(words.text("my_page.address_placeholder"))
        self.address.submitted.connect(self._keep_address)
        self.save = _button(words.text("my_page.save"), "my-page-save", size=Size.NORMAL)
        self.save.clicked.connect(self._keep_address)
        self.publish = _button(words.text("my_page.publish_go"), "my-page-publish")
        self.publish.clicked.connect(self._open_publish)
        self.check = _button(words.text("my_page.check_go"), "my-page-check")
        self.check.clicked.connect(self._look)
        self.remove = _button(words.text("my_page.remove_go"), "my-page-remove", Kind.DANGER)
        self.remove.clicked.connect(self._ask_remove)
        self.hash = MachineValue(words.text("my_page.hash"), "")
        self.hash.setObjectName("my-page-hash")
        options = [(_NO, words.text("my_page.public_no")), (_YES, words.text("my_page.public_yes"))]
        self.public = Choice(words.text("my_page.public"), options, _NO)
        self.public.setObjectName("my-page-public")
        self.public.chosen.connect(self._change_public)
        self._fill()

    def _fill(self) -> None:
        words = self.context.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.address.label.hide()
        row.addWidget(self.address, 1)
        row.addWidget(self.save)
        self._address_row = SettingRow(
            words.text("my_page.address"), words.text("my_page.address_text"), holder,
            first=True, wide=True,
        )  # fmt: skip
        self._publish_row = SettingRow(words.text("my_page.publish"), "", self.publish)
        self._publish_row.hint.show()
        self._check_row = SettingRow(
            words.text("my_page.check"), words.text("my_page.check_text"), self.check
        )
        self._remove_row = SettingRow(
            words.text("my_page.remove"), words.text("my_page.remove_text"), self.remove
        )
        panel = Panel()
        column = QVBoxLayout(panel)
        column.setContentsMargins(18, 2, 18, 2)
        column.setSpacing(0)
        for one in (
            self._address_row,
            self._publish_row,
            self._check_row,
            SettingRow(words.text("my_page.hash"), words.text("my_page.hash_text"), self.hash,
                       wide=True),
            self._remove_row,
            SettingRow(words.text("my_page.public"), words.text("my_page.public_text"),
                       self.public),
        ):  # fmt: skip
            column.addWidget(one)
        self.column.addWidget(panel)
        self.column.addStretch(1)
        self._show(MyPage())

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Read what the safe knows of the page."""
        self.ask("my page", _read, self._take)

    def forget(self) -> None:
        """Drop the address and the place."""
        self._show(MyPage())
        self.hash.setPlainText("")

    def focus_first(self) -> None:
        """Be ready for the address."""
        self.address.edit.setFocus()

    def _take(self, read: tuple[MyPage, str, str]) -> None:
        page, server, fingerprint = read
        self.public.choose(_YES if server else _NO)
        self._fingerprint = fingerprint
        self.hash.setPlainText(fingerprint)
        self.hash.setAccessibleName(f"{self.context.words.text('my_page.hash')}: {fingerprint}")
        self.hash.updateGeometry()
        self._show(page)

    def _show(self, page: MyPage) -> None:
        words, self._page = self.context.words, page
        self.address.edit.setText(page.address)
        self.address.show_error("")
        self.check.setEnabled(bool(page.address))
        self._check_row.hint.setText(words.text("my_page.check_text"))
        self._publish_row.hint.setText(self._published_words(page))
        self._remove_row.setVisible(bool(page.published_in))
        self.publish.setEnabled(True)

    def _published_words(self, page: MyPage) -> str:
        words = self.context.words
        parts = [words.text("my_page.publish_text")]
        if page.published_at is None:
            parts.append(words.text("my_page.never"))
        else:
            now = self.context.session.services.now()
            moment = event_moment(words, page.published_at, now)
            said = words.text("my_page.published", moment=moment[:1].lower() + moment[1:])
            place = words.text("my_page.where", place=plain_text(page.published_in, max_chars=200))
            parts.append(f"{said}, {place}.")
            if page.sha256 != self._fingerprint:
                parts.append(words.text("my_page.outdated"))
        return " ".join(parts)

    # --- changes -----------------------------------------------------------------------

    @Slot()
    def _keep_address(self) -> None:
        typed = self.address.edit.text().strip()
        self.context.session.ask(
            self, "my page", partial(_set_address, typed), done=self._tell_address,
            failed=self._refuse_address,
        )  # fmt: skip

    def _tell_address(self, page: MyPage) -> None:
        self._show(page)
        told = "my_page.saved" if page.address else "my_page.removed"
        self.context.stage.toast(self.context.words.text(told))

    def _refuse_address(self, error: CoffreError) -> None:
        sentence = error_sentence(self.context.words, error)
        self.address.show_error(sentence)
        self.context.stage.announce(sentence)

    @Slot()
    def _open_publish(self) -> None:
        sheet = PublishSheet(self.window(), self.context, self._page, self.entered)
        self.context.stage.open_sheet(sheet)

    @Slot(str)
    def _change_public(self, chosen: str) -> None:
        self.ask("public links", partial(_allow, chosen == _YES), self._took_public)

    def _took_public(self, _server: str) -> None:
        """The safe has kept it."""

    # --- is it there? ------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        words = self.context.words
        self.check.setEnabled(False)
        self._check_row.hint.setText(words.text("my_page.checking"))
        self.context.bridge.on_pool(
            self,
            "look at page",
            partial(_look, self._page.address, self.context.session.services),
            done=self._say_seen,
            failed=self._say_unseen,
        )

    def _say_seen(self, found: PageCheck) -> None:
        self._say("my_page.right" if found is PageCheck.SAME else "my_page.wrong")

    def _say(self, key: str) -> None:
        sentence = self.context.words.text(key)
        self.check.setEnabled(True)
        self._check_row.hint.setText(sentence)
        self.context.stage.announce(sentence)

    def _say_unseen(self, error: CoffreError) -> None:
        self.check.setEnabled(True)
        sentence = error_sentence(self.context.words, error)
        self._check_row.hint.setText(sentence)
        self.context.stage.announce(sentence)

    # --- taking it off -----------------------------------------------------------------

    @Slot()
    def _ask_remove(self) -> None:
        words = self.context.words
        place = plain_text(self._page.published_in, max_chars=200)
        question = Question(
            title=words.text("my_page.remove_title"),
            text=words.text("my_page.remove_ask", place=place),
            confirm=words.text("my_page.remove_go"),
            cancel=words.text("ui.cancel"),
            danger=True,
        )
        self.context.seams.ask(question, self._take_off)

    def _take_off(self, agreed: bool) -> None:
        if agreed:
            self.ask("take page off", _request_off, self._run_off)

    def _run_off(self, request: "TakeOffRequest") -> None:
        self.context.bridge.on_pool(
            self,
            "take page off",
            partial(_take_off, request),
            done=self._note_off,
            failed=self.context.stage.report,
        )

    def _note_off(self, _was_there: bool) -> None:
        self.change(
            "take page off",
            _note_off,
            self.context.words.text("my_page.removed_page"),
        )


def _button(
    words: str, name: str, kind: Kind = Kind.SECONDARY, *, size: Size = Size.SMALL
) -> Button:
    button = Button(words, kind, size=size)
    button.setObjectName(name)
    return button


def _read(safe: Safe) -> tuple[MyPage, str, str]:
    from wallet_app.app.my_page import page_sha256  # noqa: PLC0415 - off the interface

    return safe.my_page(), safe.public_server(), page_sha256()


def _set_address(address: str, safe: Safe) -> MyPage:
    return safe.set_my_page(address)


def _allow(on: bool, safe: Safe) -> str:
    return safe.allow_public_links(VERIFIER_PLUS if on else "")


def _look(address: str, services: Services, _cancelled: CancelToken) -> PageCheck:
    from wallet_app.app.my_page import look_at_page  # noqa: PLC0415 - off the interface

    return look_at_page(address, services)


def _request_off(safe: Safe) -> "TakeOffRequest":
    return safe.take_off_request()


def _note_off(safe: Safe) -> None:
    safe.note_taken_off()


def _take_off(request: "TakeOffRequest", _cancelled: CancelToken) -> bool:
    from wallet_app.app.my_page import run_take_off  # noqa: PLC0415 - off the interface

    return run_take_off(request)
