"""Which backup to open and where to write one: the dialogs, and the folder they begin in.

That is the folder used last, until the lock; it is written down nowhere. Else Documents.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.context import Context
from wallet_app.ui.file_dialog import FileKind
from wallet_app.ui.seams import Question
from wallet_app.wording import Words

__all__ = ["choose_backup", "choose_backup_place", "with_ending"]

_SUFFIX: Final = ".coffre"


def choose_backup(context: Context, chosen: Callable[[Path], None]) -> None:
    """Let the person pick a backup to read."""

    def take(path: Path) -> None:
        context.seams.backup_folder = path.parent
        chosen(path)

    title = context.words.text("first_run.choose_backup")
    context.seams.choose_file(title, _folder(context), _kind(context.words), take)


def choose_backup_place(context: Context, name: str, chosen: Callable[[Path], None]) -> None:
    """Let the person say where a backup goes; ``name`` is offered, without its ending.

    A file that is there already is replaced only when the person says so.
    """

    def take(path: Path) -> None:
        context.seams.backup_folder = path.parent
        whole = with_ending(path)
        if whole != path and whole.exists():
            # The dialog asked about the name as it was typed, not about this one.
            _ask_to_replace(context, whole, chosen)
        else:
            chosen(whole)

    title = context.words.text("backups_page.back_up")
    suggested = _folder(context) / f"{name}{_SUFFIX}"
    context.seams.choose_save(title, suggested, _kind(context.words), take)


def with_ending(path: Path) -> Path:
    """Return the path with a backup's ending; a date with dots in a name is no ending."""
    if path.suffix.lower() == _SUFFIX:
        return path
    return path.with_name(path.name + _SUFFIX)


def _ask_to_replace(context: Context, path: Path, chosen: Callable[[Path], None]) -> None:
    words = context.words
    question = Question(
        title=words.text("backups_page.replace_title"),
        text=words.text("backups_page.replace", name=path.name),
        confirm=words.text("backups_page.replace_now"),
        cancel=words.text("ui.cancel"),
        danger=True,
    )

    def answered(agreed: bool) -> None:
        if agreed:
            chosen(path)

    context.seams.ask(question, answered)


def _folder(context: Context) -> Path:
    used = context.seams.backup_folder
    return used if used is not None and used.is_dir() else documents_folder()


def _kind(words: Words) -> FileKind:
    filters = (
        words.text("backups_page.filter", suffix=f"*{_SUFFIX}"),
        words.text("file_dialog.all"),
    )
    return FileKind(filters, _SUFFIX)
