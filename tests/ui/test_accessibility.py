"""Every control is named, reachable and large enough, in both languages."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, badge_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode

LEAST_TARGET_PX = 24


def visit_every_screen(qtbot: QtBot, window: MainWindow) -> list[str]:
    """Show each screen once, so that everything it can hold has been made."""
    unlock(qtbot, window)
    window.library.modes.choose(Mode.LIST.value)
    window.show_badge(badge_of(window, "verified"))
    settle(qtbot, window)
    window.detail.delete()
    settle(qtbot, window)
    names = ("safe", "skills", "watch", "deleted", "settings", "import", "shares", "history")
    visited = [*names, "badge"]
    window.show_badge(badge_of(window, "undetermined"))
    for page in visited:
        if window.shell.has_page(page):
            window.shell.show_page(page)
            settle(qtbot, window)
    return visited


@pytest.fixture
def visited(qtbot: QtBot, open_window: OpenWindow, sample_safe: Path,
            language: str) -> MainWindow:  # fmt: skip
    window = open_window(sample_safe, language=language)
    visit_every_screen(qtbot, window)
    return window


def inside_of_qt(widget: QWidget) -> bool:
    """Whether a widget is a part of another control, such as a list's viewport."""
    return widget.objectName().startswith("qt_")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_control_has_a_name_and_every_label_is_plain_text(visited: MainWindow) -> None:
    nameless, rich = [], []
    for widget in visited.findChildren(QWidget):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_focus and not inside_of_qt(widget) and not spoken_name(widget):
            nameless.append(type(widget).__name__)
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            rich.append(widget.text())
    assert nameless == []
    assert rich == []


def spoken_name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else widget.accessibleName()


@pytest.mark.parametrize("language", ["fr"])
def test_every_button_can_be_hit_and_shows_all_its_words(visited: MainWindow) -> None:
    small = [
        (type(button).__name__, button.accessibleName(), button.size().toTuple())
        for button in visited.findChildren(QAbstractButton)
        if button.isVisible()
        and not inside_of_qt(button)
        and min(button.width(), button.height()) < LEAST_TARGET_PX
    ]
    assert small == []
    for page in ("safe", "badge", "skills", "watch", "deleted", "shares", "history", "settings"):
        visited.shell.show_page(page)
        cut = [
            button.accessibleName()
            for button in visited.shell.findChildren(QAbstractButton)
            if button.isVisible() and button.text() and button.width() < button.sizeHint().width()
        ]
        assert cut == []


def test_tab_walks_the_library_and_comes_back(qtbot: QtBot, unlocked: MainWindow) -> None:
    walked: list[QWidget] = []
    unlocked.library.search.edit.setFocus()
    for _ in range(40):
        focused = unlocked.focusWidget()
        if focused in walked:
            break
        walked.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    library = unlocked.library
    for wanted in (library.search.edit, library.view, library.add_button):
        assert wanted in walked
    assert unlocked.focusWidget() in walked
    rows = [widget for widget in walked if unlocked.shell.side_bar.isAncestorOf(widget)]
    assert len(rows) == 1, "the side bar is one tab stop"


class StrayWindows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_screen_ever_flashes_as_a_window_of_its_own(
    qtbot: QtBot, locked: MainWindow
) -> None:
    strays = StrayWindows()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(strays)
    visit_every_screen(qtbot, locked)
    locked.show_badge(badge_of(locked, "suspended"))
    settle(qtbot, locked)
    locked.detail.reading.everything()
    application.removeEventFilter(strays)
    assert strays.seen == []
    assert locked.isActiveWindow()


def test_arrows_move_in_the_side_bar_and_enter_goes_there(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    bar = unlocked.shell.side_bar
    first = next(row for row in bar.findChildren(QAbstractButton) if row.isChecked())
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    focused = unlocked.focusWidget()
    assert focused is not first
    assert bar.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert unlocked.current_page not in ("", "safe")
    assert isinstance(focused, QAbstractButton)
    assert focused.isChecked()


def test_shortcuts_reach_their_places(qtbot: QtBot, unlocked: MainWindow) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    pages = ("safe", "skills", "shares", "history", "backups", "deleted", "settings")
    for key, page in zip(range(Qt.Key.Key_1, Qt.Key.Key_8), pages, strict=True):
        qtbot.keyClick(unlocked, Qt.Key(key), control)
        assert unlocked.current_page == page, "the side bar from top to bottom"
    unlocked.show_page("history")
    qtbot.keyClick(unlocked, Qt.Key.Key_F, control)
    assert unlocked.current_page == "history", "it has a search line of its own"
    assert isinstance(unlocked.focusWidget(), QLineEdit)
    unlocked.show_page("settings")
    qtbot.keyClick(unlocked, Qt.Key.Key_F, control)
    assert unlocked.current_page == "safe"
    assert isinstance(unlocked.focusWidget(), QLineEdit)
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    qtbot.keyClick(unlocked.detail, Qt.Key.Key_Escape)
    assert unlocked.current_page == "safe"


def test_ring_follows_the_keyboard_and_hides_from_the_pointer(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    ring = unlocked.ring
    button = unlocked.library.add_button
    button.setFocus()
    ring.lead_by_keyboard()
    assert ring.isVisible()
    assert ring.geometry().contains(button.mapTo(unlocked, button.rect().center()))
    assert ring.width() == button.width() + 8
    ring.lead_by_pointer()
    assert not ring.isVisible()
