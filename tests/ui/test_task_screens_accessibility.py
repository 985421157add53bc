"""Names, plain text, targets and focus of first run, import, sharing, settings and backups."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, badge_of, settle, unlock
from wallet_app.app.share_models import ShownBy
from wallet_app.resources import resource_path
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet

LEAST_TARGET_PX = 24


def screens(qtbot: QtBot, window: MainWindow) -> Iterator[str]:
    """Show one screen after the other; each name is one that is in front now."""
    window.sources_dropped.emit([str(resource_path("samples", "badges"))])
    settle(qtbot, window)
    window.show_page("import")
    yield "import report"
    for page in ("shares", "history", "backups"):
        window.show_page(page)
        settle(qtbot, window)
        yield page
    yield from screens_of_skills(qtbot, window)
    window.show_page("settings")
    settings = window.shell.page("settings")
    assert isinstance(settings, SettingsPage)
    for section in SECTIONS:
        settings.show_named(section)
        settle(qtbot, window)
        yield f"settings {section}"
    settings.change_passphrase.click()
    yield "change passphrase"
    top(window).close_sheet()
    backups = window.shell.page("backups")
    assert isinstance(backups, BackupsPage)
    backups.ask_passphrase(Path("/nowhere/x.coffre"))
    yield "backup"
    top(window).close_sheet()
    window.share_asked.emit(badge_of(window, "verified"))
    settle(qtbot, window)
    sheet = top(window)
    assert isinstance(sheet, ShareSheet)
    for way in ShownBy:
        sheet.show_way(way)
        settle(qtbot, window)
        qtbot.waitUntil(lambda: sheet.findChild(QWidget, "share-values").isVisible())
        yield f"share {way}"
    sheet.show_way(ShownBy.QR)
    settle(qtbot, window)
    sheet.primary.click()
    settle(qtbot, window)
    yield "interview"
    top(window).close_sheet()
    top(window).close_sheet()
    yield from screens_of_several(qtbot, window, settings)


def screens_of_skills(qtbot: QtBot, window: MainWindow) -> Iterator[str]:
    window.show_page("skills")
    settle(qtbot, window)
    yield "skills"
    page = window.shell.page("skills")
    assert isinstance(page, SkillsPage)
    page.mine.years.as_table.click()
    yield "skills, years as a table"
    assert page.mine.shown is not None
    page.open_skill(page.mine.shown.overview.skills[0])
    yield "one skill"
    top(window).close_sheet()
    page.open_record()
    yield "record of skills"
    top(window).close_sheet()
    page.show_tab(1)
    yield "job advert"


def screens_of_several(qtbot: QtBot, window: MainWindow, settings: SettingsPage) -> Iterator[str]:
    window.show_page("shares")
    settle(qtbot, window)
    yield "shares, one chosen"
    assert window.tasks is not None
    window.tasks.showing.show_several(window.library.rows()[:4])
    settle(qtbot, window)
    sheet = top(window)
    assert isinstance(sheet, PortfolioSheet)
    # Without a page it begins as a file: the button with other words is laid out next.
    QCoreApplication.processEvents()
    yield "portfolio"
    sheet.badges.add.click()
    settle(qtbot, window)
    yield "portfolio, adding"
    top(window).close_sheet()
    top(window).close_sheet()
    settings.my_page.publish.click()
    settle(qtbot, window)
    yield "publish my page"
    top(window).close_sheet()


def top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def spoken_name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else widget.accessibleName()


def visible(window: MainWindow) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.objectName().startswith("qt_"):
            yield widget


def faults(window: MainWindow) -> Iterator[str]:
    for widget in visible(window):
        kind = type(widget).__name__
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        if takes_focus and not isinstance(widget, Sheet) and not spoken_name(widget):
            yield f"{kind} has no name"
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield f"{kind} guesses at HTML"
        if isinstance(widget, QAbstractButton):
            if min(widget.width(), widget.height()) < LEAST_TARGET_PX:
                yield f"{kind} {spoken_name(widget)!r} is too small to hit: {widget.size()}"
            if widget.text() and widget.width() < widget.minimumSizeHint().width():
                yield f"{kind} {spoken_name(widget)!r} is cut"


@pytest.mark.parametrize(
    ("language", "size"), [("en", (1280, 820)), ("fr", (960, 640))], ids=["en wide", "fr least"]
)
def test_every_screen_of_tasks_is_named_plain_and_large_enough(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, language: str, size: tuple[int, int]
) -> None:
    window = open_window(sample_safe, language=language)
    window.resize(*size)
    unlock(qtbot, window)
    found = {name: list(faults(window)) for name in screens(qtbot, window)}
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_first_run_is_named_plain_and_large_enough(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, language: str
) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    window = open_window(nothing, language=language)
    window.session.vault_path.rmdir()
    window._show_gate_or_shell()
    assert list(faults(window)) == []
    window.first_run.create_form.restore.click()
    assert list(faults(window)) == []


def test_tab_stays_inside_the_share_dialog_and_visits_every_action(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    unlocked.share_asked.emit(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, ShareSheet)
    walked: list[QWidget] = []
    for _ in range(30):
        focused = unlocked.focusWidget()
        if focused in walked:
            break
        assert sheet.isAncestorOf(focused)
        walked.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for wanted in (sheet.close_button, sheet.cancel, sheet.second, sheet.primary):
        assert wanted in walked
    rows = [widget for widget in walked if sheet.ways.isAncestorOf(widget)]
    assert len(rows) == 1, "the list of ways is one tab stop"


def test_arrows_choose_another_way(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.share_asked.emit(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, ShareSheet)
    first = sheet.ways.current_row()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert sheet.ways.current_row() is not first
    assert sheet.ways.current_row().hasFocus()
