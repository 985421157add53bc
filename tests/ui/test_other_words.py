"""Other words offered for a search: by the keyboard, and while newer searches come."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.safe import Safe
from wallet_app.app.safe_finding import AlsoFound
from wallet_app.app.search_language import State
from wallet_app.errors import CoffreError
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.page import MARGIN

_PRESS = QEvent.Type.KeyPress
_LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000000)"
    " SELECT count(*) FROM n"
)


def test_enter_that_is_held_down_chooses_other_words_and_opens_no_badge(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.search.edit.setText("sécurité")
    settle(qtbot, unlocked)
    library.other_words.chips[0].setFocus()
    for held in (False, True, True):
        event = QKeyEvent(_PRESS, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", held)
        QApplication.sendEvent(unlocked.focusWidget(), event)
        settle(qtbot, unlocked)
    assert library.search.text == "safety"
    assert library.view.hasFocus()
    assert unlocked.current_page == "safe"
    library.view.make_current(library.model.ids()[0])
    QApplication.sendEvent(library.view, event)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe"


def test_other_words_that_are_stopped_for_a_newer_search_are_no_failure(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, real = Event(), Safe.also_found

    def slow(safe: Safe, query: str, states: Sequence[tuple[State, str]]) -> tuple[AlsoFound, ...]:
        if not running.is_set():
            with safe._vault.database.interruptible():
                running.set()
                safe._vault.database.rows(_LONG)
        return real(safe, query, states)

    failures: list[CoffreError] = []
    monkeypatch.setattr(Safe, "also_found", slow)
    monkeypatch.setattr(unlocked, "report", failures.append)
    unlocked.library.search.edit.setText("sécurité")
    qtbot.waitUntil(running.is_set)
    # A check of all badges tells of each, and the list is read anew each time.
    unlocked.session.changed.emit()
    unlocked.session.changed.emit()
    settle(qtbot, unlocked)
    assert not failures
    assert unlocked.library.other_words.isVisible()


def test_in_large_text_other_words_do_not_run_out_of_the_least_window(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.change(replace(unlocked.settings, text_size=200))
    unlocked.resize(960, 640)
    settle(qtbot, unlocked)
    offered = unlocked.library.other_words
    offered._tell("", [AlsoFound("anticonstitutionnellement " * 2 + "security", "security", 149)])
    qtbot.waitUntil(lambda: offered.chips[0].isVisible() and offered.chips[0].x() > 0)
    assert offered.chips[0].geometry().right() <= offered.width() - MARGIN
