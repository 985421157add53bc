"""What changes without being looked at is told to a screen reader, in a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import PASSPHRASE, badge_of, settle, unlock
from wallet_app.resources import resource_path
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode

Heard = list[str]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Note what Qt is asked to announce, and let it be announced."""
    sentences: Heard = []
    tell = QAccessible.updateAccessibility

    def note(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            sentences.append(event.message())
        tell(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return sentences


def test_opening_and_locking_are_told(qtbot: QtBot, locked: MainWindow, heard: Heard) -> None:
    unlock(qtbot, locked, "not the passphrase at all")
    assert len(heard) == 1
    assert "does not open this safe" in heard.pop()
    unlock(qtbot, locked, PASSPHRASE)
    locked.lock()
    settle(qtbot, locked)
    assert heard == ["The safe is open.", "The safe is locked."]


def test_an_import_tells_each_tenth_and_its_end(
    qtbot: QtBot, unlocked: MainWindow, heard: Heard
) -> None:
    unlocked.show_page("import")
    heard.clear()
    unlocked.sources_dropped.emit([str(resource_path("samples", "badges"))])
    settle(qtbot, unlocked)
    *tenths, end = heard
    files = len(list(resource_path("samples", "badges").iterdir()))
    assert 5 <= len(tenths) <= 10
    assert tenths[-1] == f"{files} of {files} files"
    assert "read" in end


def check_again(window: MainWindow) -> None:
    window.detail.check_again()


def delete(window: MainWindow) -> None:
    window.detail.delete()


ACTS: list[tuple[Callable[[MainWindow], None], str]] = [
    (check_again, "Verified"),
    (delete, "deleted"),
]


@pytest.mark.parametrize(("act", "told"), ACTS, ids=[act.__name__ for act, _ in ACTS])
def test_what_was_done_to_a_badge_is_told(
    qtbot: QtBot,
    unlocked: MainWindow,
    heard: Heard,
    act: Callable[[MainWindow], None],
    told: str,
) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    heard.clear()
    act(unlocked)
    settle(qtbot, unlocked)
    assert any(told in sentence for sentence in heard), heard


def test_a_deletion_that_was_taken_back_is_told(
    qtbot: QtBot, unlocked: MainWindow, heard: Heard
) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    unlocked.detail.delete()
    settle(qtbot, unlocked)
    heard.clear()
    unlocked.undo()
    settle(qtbot, unlocked)
    assert len(heard) == 1, heard


def test_a_search_tells_how_many_were_found(
    qtbot: QtBot, unlocked: MainWindow, heard: Heard
) -> None:
    unlocked.library.search.edit.setFocus()
    heard.clear()
    unlocked.library.search.edit.setText("northgate")
    settle(qtbot, unlocked)
    assert any("badges" in sentence for sentence in heard), heard


def test_a_selection_tells_how_many_there_are(
    qtbot: QtBot, unlocked: MainWindow, heard: Heard
) -> None:
    unlocked.library.modes.choose(Mode.LIST.value)
    heard.clear()
    unlocked.library.model.toggle(0)
    unlocked.library.model.toggle(1)
    settle(qtbot, unlocked)
    assert heard[-1] == "2 badges selected"


def test_a_copy_and_a_failure_are_told(unlocked: MainWindow, heard: Heard) -> None:
    heard.clear()
    unlocked.toast("Copied")
    assert heard == ["Copied"]


def test_a_dialog_and_a_group_are_called_what_they_are(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    def role(thing: object) -> QAccessible.Role:
        found = QAccessible.queryAccessibleInterface(thing)
        assert found is not None
        return found.role()

    bar = unlocked.shell.findChildren(SideBar)[0]
    assert role(bar) is QAccessible.Role.Grouping
    assert role(bar._rows[0]) is QAccessible.Role.RadioButton, "one of several, no check box"
    sheet = Sheet(unlocked, "Show this badge", close_name="Close")
    unlocked.open_sheet(sheet)
    assert role(sheet) is QAccessible.Role.Dialog
    spoken = QAccessible.queryAccessibleInterface(sheet)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name) == "Show this badge"
    sheet.close_sheet()
    settle(qtbot, unlocked)
