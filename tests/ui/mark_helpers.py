"""What tests of the owner's own words ask and read."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.safe import Safe
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.note_editor import NoteEditor

T = TypeVar("T")


def ask(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], T]) -> T:
    found: list[T] = []
    window.session.ask(window, "test", work, done=found.append, failed=window.report)
    settle(qtbot, window)
    return found[0]


def change(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], object]) -> None:
    """Change something as another part of the program would, and let the screens hear of it."""
    ask(qtbot, window, work)
    window.session.changed.emit()
    settle(qtbot, window)


def editor(window: MainWindow) -> NoteEditor:
    assert window.detail.marks.own is not None
    return window.detail.marks.own.editor


def sheet_of(window: MainWindow, kind: type[T]) -> T:
    (found,) = [one for one in window.findChildren(QWidget) if isinstance(one, kind)]
    return found
