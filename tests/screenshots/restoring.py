"""The list of what a backup would change, and of what it did, with one line of each kind."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.screenshots.studio import NOW, settle
from wallet_app.app.copies import CopyRow
from wallet_app.app.merging import Change, ChangeKind, MergeChanges, Merged, OpenedBackup
from wallet_app.app.models import BackupSummary
from wallet_app.storage.contents import Contents
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.changes_sheet import ChangesSheet

__all__ = ["show_changes"]

_NAMES = ("Facilitating Collaborative Workshops", "Volunteer Mentor", "Green IT Essentials")


def _changes() -> MergeChanges:
    lines = (
        Change(ChangeKind.ADDED, "1" * 64, _NAMES[0]),
        Change(ChangeKind.OTHER_COPY, "1" * 64, _NAMES[0], _NAMES[1]),
        Change(ChangeKind.MOVED_TO_TRASH, "2" * 64, _NAMES[1]),
        Change(ChangeKind.KEPT_DELETED, "3" * 64, _NAMES[2]),
        Change(ChangeKind.KEPT_DELETED, "4" * 64, "English for Professional Purposes, C1"),
        Change(ChangeKind.NOTE_CONFLICT, "2" * 64, _NAMES[1]),
        Change(ChangeKind.TAG_ADDED, "2" * 64, _NAMES[1], "2026"),
        Change(ChangeKind.COLLECTION_RENAMED, "c0", "Languages", "Langues"),
    )
    return MergeChanges("Coffre.coffre", lines, reports=6, unchanged=120)


def show_changes(window: MainWindow, camera: Callable[[str, MainWindow], None]) -> None:
    made_at = NOW - timedelta(days=3)
    summary = BackupSummary(Path("Coffre.coffre"), made_at, 124, 40, 9_000_000, "Coffre")
    sheet = ChangesSheet(window, window.context, OpenedBackup(summary, Contents({})), _changes())
    window.open_sheet(sheet)
    next(iter(sheet.ticks.values())).setChecked(True)
    settle(window)
    camera("restore-changes", window)
    copy = CopyRow("2026-11-23T094100Z-s3", NOW, 9_000_000, 3, "merge", proven=True)
    sheet._finish(Merged(_changes(), copy))
    settle(window)
    camera("restore-done", window)
    sheet.dismiss()
    settle(window)
