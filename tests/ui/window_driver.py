"""Drives a real window in tests: answers its questions, waits for its jobs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from simulators.keyrings import MemoryKeyring
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.seams import Question, Seams

PASSPHRASE = "velvet orbit granite meadow"
OpenWindow = Callable[..., MainWindow]


class AnsweringSeams(Seams):
    """The desktop of a test: answers from queues, and an unexpected question fails at once."""

    def __init__(self, window: QWidget, stage: MainWindow) -> None:
        super().__init__(window, stage)
        self.answers: list[bool] = []
        self.files: list[list[str]] = []
        self.save_to: list[Path] = []
        self.save_as: Path | None = None
        self.questions: list[Question] = []
        self.browsed: list[str] = []
        self.folders: list[Path] = []
        self.copied: list[str] = []
        self.dragged: list[QMimeData] = []
        self.takes_drops = True
        self.on_clipboard = QMimeData()
        self.store = MemoryKeyring()

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        self.questions.append(question)
        if not self.answers:
            pytest.fail(f"nobody expected the question {question.title!r}")
        answered(self.answers.pop(0))

    def choose_files(self, title: str, chosen: Callable[[list[str]], None]) -> None:
        if not self.files:
            pytest.fail(f"nobody expected the file dialog {title!r}")
        chosen(self.files.pop(0))

    def choose_file(
        self,
        title: str,
        folder: Path,  # noqa: ARG002  (the seam's own signature)
        kind: object,  # noqa: ARG002
        chosen: Callable[[Path], None],
    ) -> None:
        self.choose_files(title, lambda names: chosen(Path(names[0])))

    def choose_folder(self, title: str, chosen: Callable[[list[str]], None]) -> None:
        self.choose_files(title, chosen)

    def choose_save(
        self,
        title: str,
        suggested: Path,
        name_filters: object,  # noqa: ARG002  (the seam's own signature)
        chosen: Callable[[Path], None],
    ) -> None:
        if self.save_as is not None:
            named, self.save_as = self.save_as, None
            chosen(named)
            return
        if not self.save_to:
            pytest.fail(f"nobody expected the save dialog {title!r}")
        chosen(self.save_to.pop(0) / suggested.name)

    def browse(self, link: QUrl) -> None:
        self.browsed.append(link.toString())

    def show_folder(self, folder: Path) -> bool:
        self.folders.append(folder)
        return True

    def copy_text(self, text: str) -> None:
        self.copied.append(text)

    def keyring(
        self,
        cancelled: Callable[[], bool],  # noqa: ARG002  (the seam's own signature)
    ) -> MemoryKeyring:
        return self.store

    def drag(self, mime: QMimeData, picture: QPixmap) -> bool:
        assert not picture.isNull()
        self.dragged.append(mime)
        return self.takes_drops

    def clipboard(self) -> QMimeData:
        return self.on_clipboard


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until every screen has what it asked for, and shows it.

    A turn of the event loop lays out what came, paints it and ends what was dropped; it may
    ask for more.
    """
    qtbot.waitUntil(lambda: is_at_rest(window))
    qtbot.wait(1)
    while not is_at_rest(window):
        qtbot.waitUntil(lambda: is_at_rest(window))
        qtbot.wait(1)


def is_at_rest(window: MainWindow) -> bool:
    """Whether no job is under way, no screens are being made and no search is to start."""
    return not (window.bridge.busy or window.renewal.is_under_way or is_searching(window))


def is_searching(window: MainWindow) -> bool:
    """Whether a typed search, or counting what there is to look for, is still to start."""
    if not window.session.is_open:
        return False
    return window.library.search.is_waiting or window.screens.facets.is_waiting


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase and press the button."""
    window.unlock.field.edit.setText(passphrase)
    window.unlock.button.click()
    settle(qtbot, window)


def all_settings(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    """Show the settings and each of their sections, which are made when first wanted."""
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    for section in SECTIONS:
        page.show_named(section)
        settle(qtbot, window)
    return page


def seams_of(window: MainWindow) -> AnsweringSeams:
    """Return the test's desktop of a window."""
    assert isinstance(window.seams, AnsweringSeams)
    return window.seams


def badge_of(window: MainWindow, verdict: str) -> str:
    """Return the id of the first sample badge with a verdict."""
    for row in window.library.rows():
        if row.verdict.value == verdict:
            return row.id
    raise AssertionError(verdict)
