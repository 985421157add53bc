"""What the buttons of the share dialog do. Everything that leaves goes into the history."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.models import ExportKind
from wallet_app.app.safe import Safe
from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.clipboard_guard import copied_sentence
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.share_facts import ShareFacts, ShowWay

__all__ = ["ShareActs"]


class ShareActs(QObject):
    """The acts for one badge.

    Signals:
        code_recorded: the code may fill the window now.
    """

    code_recorded = Signal()

    def __init__(self, context: Context, facts: ShareFacts, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._facts = facts

    def act(self, way: ShowWay) -> None:
        """Do what the primary button of a way says."""
        if way is ShowWay.PAGE:
            self._ask_safe(Safe.share_link, self._copy_link)
        elif way is ShowWay.QR:
            self._ask_safe(_record_code, self._tell_recorded)
        elif way is ShowWay.LINKEDIN:
            self._ask_safe(_record_linkedin, self._browse)
        else:
            self._choose_file(way)

    def act_second(self, way: ShowWay) -> None:
        """Do what the second button of a way says, if it has one."""
        if way is ShowWay.PAGE:
            self._ask_safe(Safe.share_link, self._browse)
        elif way is ShowWay.QR:
            self._choose_code_file()

    @Slot(str)
    def copy_value(self, value: str) -> None:
        """Put one value on the clipboard."""
        self._copy_link(value)

    def _ask_safe(self, work: Callable[[Safe, str], str], done: Callable[[str], None]) -> None:
        """Get what is shown from the safe, which writes it to the history."""
        self._context.session.ask(
            self,
            "share",
            partial(_on_badge, work, self._facts.detail.row.id),
            done=done,
            failed=self._context.stage.report,
        )

    def _copy_link(self, link: str) -> None:
        self._context.seams.copy_text(link)
        seconds = self._context.preferences.settings.clear_clipboard_s
        self._context.stage.toast(copied_sentence(self._context.words, seconds))

    def _browse(self, link: str) -> None:
        self._context.seams.open_link(link, self._context.words)

    def _tell_recorded(self, _link: str) -> None:
        self.code_recorded.emit()

    def _choose_file(self, way: ShowWay) -> None:
        words, name = self._context.words, self._facts.file_name(way)
        kind = ExportKind.PDF if way is ShowWay.PDF else ExportKind.ORIGINAL
        self._context.seams.choose_save(
            words.text(f"share.{way}.primary"),
            documents_folder() / name,
            [words.text("share.filter", suffix=f"*{Path(name).suffix}")],
            partial(self._save, kind),
        )

    def _save(self, kind: ExportKind, path: Path) -> None:
        badge_id, language = self._facts.detail.row.id, self._context.words.language

        def work(safe: Safe) -> str:
            safe.export(badge_id, kind, path, language=language)
            return path.name

        self._write(work)

    def _choose_code_file(self) -> None:
        words, stem = self._context.words, Path(self._facts.file_name(ShowWay.FILE)).stem
        self._context.seams.choose_save(
            words.text("share.qr.second"),
            documents_folder() / f"{stem} QR.png",
            [words.text("share.filter", suffix=f"*{suffix}") for suffix in (".png", ".svg")],
            self._save_code,
        )

    def _save_code(self, path: Path) -> None:
        badge_id = self._facts.detail.row.id

        def work(safe: Safe) -> str:
            safe.share_qr(badge_id, path)
            return path.name

        self._write(work)

    def _write(self, work: Callable[[Safe], str]) -> None:
        self._context.session.ask(
            self, "export", work, done=self._tell_saved, failed=self._context.stage.report
        )

    def _tell_saved(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))


def _on_badge(work: Callable[[Safe, str], str], badge_id: str, safe: Safe) -> str:
    return work(safe, badge_id)


def _record_code(safe: Safe, badge_id: str) -> str:
    return safe.share_qr(badge_id).link


def _record_linkedin(safe: Safe, badge_id: str) -> str:
    return safe.linkedin(badge_id).url
