"""What the buttons of the share dialog do. Everything that leaves goes into the history."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.link_codes import QrCode
from wallet_app.app.models import ExportKind
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import ShownBy
from wallet_app.app.vault_paths import documents_folder
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.ui.clipboard_guard import copied_sentence
from wallet_app.ui.context import Context
from wallet_app.ui.sheets import share_jobs
from wallet_app.ui.sheets.share_facts import LINKEDIN_HOST, ShareFacts

if TYPE_CHECKING:
    from wallet_app.app.public_links import PublicPlaced, PublicRequest

__all__ = ["ShareActs"]


class ShareActs(QObject):
    """The acts for one badge; ``to``: for whom, as the person told it.

    Signals:
        code_recorded: the code may fill the window now.
        done: something was copied, saved, sent or opened; closing takes none of it back.
        working: whether a server is being waited for.
    """

    code_recorded = Signal()
    done = Signal()
    working = Signal(bool)

    def __init__(self, context: Context, facts: ShareFacts, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.facts = facts

    def act(self, way: ShownBy, *, to: str, code: QrCode | None) -> None:
        """Do what the primary button of a way says."""
        badge_id = self.facts.detail.row.id
        if way is ShownBy.ISSUER_PAGE:
            self._ask_safe(partial(share_jobs.give_issuer_page, badge_id, to), self._copy_link)
        elif way is ShownBy.MY_LINK:
            work = partial(share_jobs.note_link, badge_id, self.facts.my_link, to)
            self._ask_safe(work, self._copy_link)
        elif way is ShownBy.QR and code is not None:
            work = partial(share_jobs.note_code, badge_id, code.link, to)
            self._ask_safe(work, self._tell_recorded)
        elif way is ShownBy.LINKEDIN:
            fields = self.facts.linkedin
            work = partial(share_jobs.note_profile, badge_id, fields, to)
            noted = partial(self._ask_safe, work, _nothing_more)
            self._browse(fields.url, opened=noted, named=LINKEDIN_HOST)
        elif way is ShownBy.PUBLIC_LINK:
            self._upload(to)
        elif way in (ShownBy.HTML, ShownBy.PDF, ShownBy.FILE):
            self._choose_file(way, to)

    def act_second(self, way: ShownBy, *, to: str, code: QrCode | None) -> None:
        """Do what the second button of a way says, if it has one."""
        # One's own browser is nobody else: nothing is shown to anyone by trying.
        if way is ShownBy.ISSUER_PAGE:
            self._browse(self.facts.page)
        elif way is ShownBy.MY_LINK:
            self._browse(self.facts.my_link)
        elif way is ShownBy.QR and code is not None:
            self._choose_code_file(code, to)

    @Slot(str)
    def copy_value(self, value: str) -> None:
        """Put one value on the clipboard."""
        self._copy_link(value)

    def browse(self, address: str) -> None:
        """Open an address of LinkedIn's, which the dialog has named."""
        self._browse(address, named=LINKEDIN_HOST)

    # --- links -------------------------------------------------------------------------

    def _ask_safe(self, work: Callable[[Safe], str], done: Callable[[str], None]) -> None:
        """Get what is shown from the safe, which writes it to the history."""
        self._context.session.ask(self, "share", work, done=done, failed=self._context.stage.report)

    def _copy_link(self, link: str) -> None:
        self._context.seams.copy_text(link)
        seconds = self._context.preferences.settings.clear_clipboard_s
        self._context.stage.toast(copied_sentence(self._context.words, seconds))
        self.done.emit()

    def _browse(
        self, link: str, *, opened: Callable[[], None] | None = None, named: str = ""
    ) -> None:
        told = partial(self._tell_opened, opened or _nothing_to_note)
        self._context.seams.open_link(link, self._context.words, opened=told, named=named)

    def _tell_opened(self, note: Callable[[], None]) -> None:
        note()
        self._context.stage.toast(self._context.words.text("share.opened"))
        self.done.emit()

    def _tell_recorded(self, _link: str) -> None:
        self.code_recorded.emit()

    # --- files -------------------------------------------------------------------------

    def _choose_file(self, way: ShownBy, to: str) -> None:
        words, name = self._context.words, self.facts.file_name(way)
        self._context.seams.choose_save(
            words.text(f"share.{way}.primary"),
            documents_folder() / name,
            [words.text("share.filter", suffix=f"*{Path(name).suffix}")],
            partial(self._save, way, to),
        )

    def _save(self, way: ShownBy, to: str, path: Path) -> None:
        badge_id = self.facts.detail.row.id
        if way is ShownBy.HTML and self.facts.shown is not None:
            services = self._context.session.services
            self._write(partial(share_jobs.save_page, self.facts.shown, services, path, to))
            return
        kind = ExportKind.PDF if way is ShownBy.PDF else ExportKind.ORIGINAL
        language = self._context.words.language
        self._write(partial(share_jobs.save_copy, badge_id, kind, path, language, to))

    def _choose_code_file(self, code: QrCode, to: str) -> None:
        words, stem = self._context.words, Path(self.facts.file_name(ShownBy.FILE)).stem
        self._context.seams.choose_save(
            words.text("share.qr.second"),
            documents_folder() / f"{stem} QR.png",
            [words.text("share.filter", suffix=f"*{suffix}") for suffix in (".png", ".svg")],
            partial(self._save_code, code, to),
        )

    def _save_code(self, code: QrCode, to: str, path: Path) -> None:
        badge_id = self.facts.detail.row.id
        self._write(partial(share_jobs.save_code, badge_id, code, path, to))

    def _write(self, work: Callable[[Safe], str]) -> None:
        self._context.session.ask(
            self, "export", work, done=self._tell_saved, failed=self._context.stage.report
        )

    def _tell_saved(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))
        self.done.emit()

    # --- a public link -----------------------------------------------------------------

    def _upload(self, to: str) -> None:
        self.working.emit(True)
        self._context.session.ask(
            self,
            "public link",
            partial(share_jobs.ask_public, self.facts.detail.row.id, to),
            done=self._send,
            failed=self._refuse,
        )

    def _send(self, request: "PublicRequest") -> None:
        self._context.bridge.on_pool(
            self,
            "upload",
            partial(share_jobs.upload, request),
            done=self._keep,
            failed=partial(self._note_failed, request),
        )

    def _keep(self, placed: "PublicPlaced") -> None:
        self._context.session.ask(
            self,
            "public link",
            lambda safe: safe.note_public(placed),
            done=partial(self._tell_placed, placed),
            failed=self._refuse,
        )

    def _tell_placed(self, placed: "PublicPlaced", _nothing: None) -> None:
        self.working.emit(False)
        self._context.seams.copy_text(placed.view)
        self.done.emit()
        if placed.problem is not None:
            self._context.stage.report(placed.problem)
            return
        self._context.stage.toast(self._context.words.text("share.public_link.created"))

    def _note_failed(self, request: "PublicRequest", error: CoffreError) -> None:
        self._refuse(error)
        if isinstance(error, EnvironmentFault):
            self._context.session.ask(
                self,
                "public link",
                lambda safe: safe.note_public_failed(request, error),
                done=_nothing_more,
                failed=self._context.stage.report,
            )

    def _refuse(self, error: CoffreError) -> None:
        self.working.emit(False)
        self._context.stage.report(error)


def _nothing_to_note() -> None:
    """A look at one's own page shows nothing to anybody."""


def _nothing_more(_said: str | None) -> None:
    """The ledger says what came of it."""
