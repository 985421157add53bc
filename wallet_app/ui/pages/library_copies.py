"""Copies of several badges, saved one by one into a folder that the person chose."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from wallet_app.app.models import ExportKind
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.ui.context import Context
from wallet_app.ui.pages.copy_name import copy_stem, copy_suffix

__all__ = ["SeveralCopies"]

_MOST_ALIKE: Final = 1_000


class SeveralCopies(QObject):
    """Asks for a folder, writes there and says how many."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask(self, badge_ids: Sequence[str]) -> None:
        """Save the original files of these badges, byte for byte."""
        title = self._context.words.text("select.copies_title")
        self._context.seams.choose_folder(title, partial(self._save, tuple(badge_ids)))

    def _save(self, badge_ids: tuple[str, ...], folders: list[str]) -> None:
        if folders:
            work = partial(_write, badge_ids, Path(folders[0]))
            self._context.session.ask_cancellable(
                self, "copies", work, done=self._tell, failed=self._context.stage.report
            )

    def _tell(self, count: int) -> None:
        self._context.stage.toast(self._context.words.plural("select.copies_saved", count))


def _write(badge_ids: tuple[str, ...], folder: Path, safe: Safe, cancelled: CancelToken) -> int:
    done = 0
    for badge_id in badge_ids:
        if cancelled():
            break
        detail = safe.badge(badge_id)
        place = _free(folder, copy_stem(detail.row.name), copy_suffix(detail))
        safe.export(badge_id, ExportKind.ORIGINAL, place)
        done += 1
    return done


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name that is not taken: nothing that lies there is replaced."""
    names = (f"{stem}.{suffix}", *(f"{stem} ({at}).{suffix}" for at in range(2, _MOST_ALIKE)))
    return next(path for path in map(folder.joinpath, names) if not path.exists())
