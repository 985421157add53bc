"""Saves a copy of one badge, or the proof of its check, where the person says."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.context import Context
from wallet_app.ui.pages import detail_work
from wallet_app.ui.pages.copy_name import PROOF_SUFFIXES, copy_stem, copy_suffix

__all__ = ["BadgeSaving"]


class BadgeSaving(QObject):
    """Asks for a place, writes there and says so."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask_copy(self, detail: BadgeDetail) -> None:
        """Save the original file, byte for byte."""
        words, suffix = self._context.words, copy_suffix(detail)
        title, kinds = (
            words.text("detail.save_title"),
            words.text("detail.save_filter", suffix=suffix),
        )
        self._ask_place(detail, ExportKind.ORIGINAL, title, suffix, kinds)

    def ask_proof(self, detail: BadgeDetail, kind: ExportKind) -> None:
        """Save the receipt of the check, or the pack of its evidence."""
        words, suffix = self._context.words, PROOF_SUFFIXES[kind]
        title = words.text(f"detail.save_{kind.value}")
        kinds = words.text("detail.save_proof_filter", suffix=suffix)
        self._ask_place(detail, kind, title, suffix, kinds)

    def _ask_place(
        self, detail: BadgeDetail, kind: ExportKind, title: str, suffix: str, kinds: str
    ) -> None:
        place = documents_folder() / f"{copy_stem(detail.row.name)}.{suffix}"
        save = partial(self._save, detail.row.id, kind)
        self._context.seams.choose_save(title, place, [kinds], save)

    def _save(self, badge_id: str, kind: ExportKind, path: Path) -> None:
        work = partial(detail_work.export, badge_id, path, self._context.words.language, kind)
        self._context.session.ask(
            self, "export", work, done=self._tell_saved, failed=self._context.stage.report
        )

    def _tell_saved(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))
