"""The keyboard in the window; what holds for every screen is in ``tests/screens``."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import all_settings, badge_of, settle, unlock
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode


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
    all_settings(qtbot, window)
    return visited


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
