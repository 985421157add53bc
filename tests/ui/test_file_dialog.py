"""The file dialog: it goes with the lock, speaks the person's language, starts at home."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCompleter,
    QFileDialog,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, unlock
from wallet_app.ui.backup_files import choose_backup, choose_backup_place
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.seams import Seams


def shown(window: MainWindow) -> QFileDialog:
    (dialog,) = [found for found in window.findChildren(QFileDialog) if found.isVisible()]
    return dialog


def test_locking_closes_an_open_file_dialog_and_what_it_says_later_is_not_used(
    unlocked: MainWindow,
) -> None:
    chosen: list[list[str]] = []
    Seams(unlocked, unlocked).choose_files("Pick", chosen.append)
    dialog = shown(unlocked)
    unlocked.lock()
    assert not dialog.isVisible()
    dialog.filesSelected.emit(["/late.json"])
    assert chosen == []


def test_a_file_chosen_while_the_safe_is_open_is_used(unlocked: MainWindow, tmp_path: Path) -> None:
    chosen: list[Path] = []
    Seams(unlocked, unlocked).choose_save("Save", tmp_path / "new.json", ["*.json"], chosen.append)
    shown(unlocked).accept()
    assert chosen == [tmp_path / "new.json"]


def test_the_lock_key_works_inside_the_dialog(qtbot: QtBot, unlocked: MainWindow) -> None:
    Seams(unlocked, unlocked).choose_files("Pick", lambda _names: None)
    dialog = shown(unlocked)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not unlocked.session.is_open
    assert not dialog.isVisible()


def test_the_dialog_starts_at_the_downloads(
    unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    Path(downloads).mkdir(parents=True, exist_ok=True)
    Seams(unlocked, unlocked).choose_files("Pick", lambda _names: None)
    assert shown(unlocked).directory().path() == downloads
    unlocked.lock()


def test_without_downloads_the_dialog_starts_at_home(
    unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Seams(unlocked, unlocked).choose_files("Pick", lambda _names: None)
    dialog = shown(unlocked)
    assert dialog.directory().path() == str(tmp_path)
    assert dialog.selectedFiles() in ([], [str(tmp_path)])
    unlocked.lock()


def test_backups_are_looked_for_and_kept_by_their_ending_in_the_folder_used_last(
    unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallet_app.ui.backup_files.documents_folder", lambda: tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    chosen: list[Path] = []
    context = replace(unlocked.context, seams=Seams(unlocked, unlocked))
    choose_backup(context, chosen.append)
    dialog = shown(unlocked)
    assert dialog.directory().path() == str(tmp_path)
    assert dialog.nameFilters() == ["Coffre backups (*.coffre)", "All files (*)"]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.filesSelected.emit([str(stick / "old.coffre")])
    dialog.reject()
    choose_backup_place(context, "Coffre 2026-11-23", chosen.append)
    dialog = shown(unlocked)
    assert dialog.directory().path() == str(stick)
    assert dialog.nameFilters()[0] == "Coffre backups (*.coffre)"
    dialog.selectFile("mine")
    dialog.accept()
    assert chosen == [stick / "old.coffre", stick / "mine.coffre"]
    unlocked.lock()
    assert context.seams.backup_folder is None


def test_the_dialog_speaks_french(qtbot: QtBot, open_window: OpenWindow, empty_safe: Path) -> None:
    window = open_window(empty_safe, language="fr")
    unlock(qtbot, window)
    Seams(window, window).choose_files("Choisir", lambda _names: None)
    texts = {label.text().replace("&", "") for label in shown(window).findChildren(QLabel)}
    assert {"Dans\u00a0:", "Nom\u00a0:", "Type de fichier\u00a0:"} <= texts
    assert not [text for text in texts if text in {"Look in:", "Files of type:", "File name:"}]
    window.lock()


def test_sizes_kinds_and_dates_of_files_are_french_whatever_the_system_speaks(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    (folder / "a folder").mkdir(parents=True)
    for name, size in (("b.txt", 1), ("c.txt", 1_500)):
        (folder / name).write_bytes(bytes(size))
        os.utime(folder / name, (0, datetime(2026, 3, 1, 9, 5).timestamp()))  # noqa: DTZ001 - here
    window = open_window(empty_safe, language="fr")
    unlock(qtbot, window)
    Seams(window, window).choose_save("Enregistrer", folder / "new", ["*"], lambda _path: None)
    tree = shown(window).findChild(QTreeView, "treeView")
    assert tree is not None
    model = tree.model()
    qtbot.waitUntil(lambda: model.rowCount(tree.rootIndex()) == 3)

    def said(row: int, column: int) -> str:
        option, index = QStyleOptionViewItem(), model.index(row, column, tree.rootIndex())
        delegate = tree.itemDelegateForIndex(index)
        assert isinstance(delegate, QStyledItemDelegate)
        delegate.initStyleOption(option, index)
        return option.text.replace("\u00a0", " ")

    cells = {said(row, 0): [said(row, column) for column in (1, 2, 3)] for row in range(3)}
    assert cells["a folder"][:2] == ["", "Dossier"]
    assert (cells["b.txt"][0], cells["c.txt"][0]) == ("1 octet", "1,5 ko")
    assert cells["b.txt"][2] == "1er mars 2026, 9 h 05"
    window.lock()


def test_header_and_completions_are_light_on_a_light_page(
    unlocked: MainWindow, tmp_path: Path
) -> None:
    Seams(unlocked, unlocked).choose_save("Save", tmp_path / "a.json", ["*"], lambda _path: None)
    dialog = shown(unlocked)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    (completer,) = dialog.findChildren(QCompleter)
    popup = completer.popup()
    assert popup is not None
    popup.ensurePolished()
    (header,) = [found for found in dialog.findChildren(QHeaderView) if found.isVisible()]
    for widget in (header.viewport(), popup):
        assert widget is not None
        picture = widget.grab().toImage()
        row = picture.height() // 2
        lights = [picture.pixelColor(x, row).lightness() for x in range(picture.width())]
        # The ground of the row: single points may be a letter, an arrow or a frame.
        assert median(lights) > 200
    unlocked.lock()
