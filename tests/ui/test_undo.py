"""Every edit can be undone from the menu: identities, issuers, and a whole import at once."""

from functools import partial
from pathlib import Path
from shutil import copy

from pytestqt.qtbot import QtBot

from tests.ui.window_driver import badge_of, settle
from wallet_app.resources import resource_path
from wallet_app.ui.components.button import Button
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage


def settings_of(qtbot: QtBot, window: MainWindow, section: str) -> SettingsPage:
    window.show_page("settings")
    page = window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.show_named(section)
    settle(qtbot, window)
    return page


def undo(qtbot: QtBot, window: MainWindow) -> None:
    assert window.commands["undo"].isEnabled()
    window.commands["undo"].trigger()
    settle(qtbot, window)


def identities(qtbot: QtBot, window: MainWindow) -> list[str]:
    found: list[str] = []
    window.session.ask(
        window,
        "identities",
        lambda safe: [one.value for one in safe.people.identities()],
        done=found.extend,
        failed=window.report,
    )
    settle(qtbot, window)
    return found


def issuers(qtbot: QtBot, window: MainWindow) -> list[str]:
    found: list[str] = []
    window.session.ask(
        window,
        "issuers",
        lambda safe: [one.name for one in safe.people.known_issuers()],
        done=found.extend,
        failed=window.report,
    )
    settle(qtbot, window)
    return found


def test_an_identity_that_was_added_or_removed(qtbot: QtBot, unlocked: MainWindow) -> None:
    page = settings_of(qtbot, unlocked, "you")
    page.you._confirm("camille@vasseur.example")
    settle(qtbot, unlocked)
    before = identities(qtbot, unlocked)
    assert before == ["camille@vasseur.example"]
    told = unlocked.undos.what
    undo(qtbot, unlocked)
    assert unlocked._toast.label.text() == f"Undone: {told}"
    assert identities(qtbot, unlocked) == []
    page.you._confirm("camille@vasseur.example")
    settle(qtbot, unlocked)
    page.you.identities.findChildren(Button)[0].click()
    settle(qtbot, unlocked)
    assert identities(qtbot, unlocked) == []
    undo(qtbot, unlocked)
    assert identities(qtbot, unlocked) == before


def test_an_issuer_that_one_knows(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.show_badge(badge_of(unlocked, "verified"))
    settle(qtbot, unlocked)
    unlocked.detail._know_issuer(True)
    settle(qtbot, unlocked)
    known = issuers(qtbot, unlocked)
    assert len(known) == 1
    undo(qtbot, unlocked)
    assert issuers(qtbot, unlocked) == []
    unlocked.detail._know_issuer(True)
    settle(qtbot, unlocked)
    page = settings_of(qtbot, unlocked, "issuers")
    page.issuers.known.findChildren(Button)[0].click()
    settle(qtbot, unlocked)
    assert issuers(qtbot, unlocked) == []
    undo(qtbot, unlocked)
    assert issuers(qtbot, unlocked) == known


def test_an_import_is_undone_as_one_step(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    before = {row.id for row in unlocked.library.rows()}
    folder = tmp_path / "in"
    folder.mkdir()
    for file in sorted(resource_path("samples", "badges").glob("*"))[:3]:
        copy(file, folder / file.name)
    unlocked.library.model.select_all()
    unlocked.library.selection.delete()
    settle(qtbot, unlocked)
    unlocked.session.ask(unlocked, "empty", lambda safe: safe.empty_trash(),
                         done=lambda _none: None, failed=unlocked.report)  # fmt: skip
    settle(qtbot, unlocked)
    unlocked.sources_dropped.emit([str(folder)])
    settle(qtbot, unlocked)
    unlocked.show_page("safe")
    settle(qtbot, unlocked)
    assert len(unlocked.library.rows()) == 3
    assert before
    undo(qtbot, unlocked)
    assert len(unlocked.library.rows()) == 0
    assert unlocked._toast.label.text() == "Undone: 3 badges added"


def test_a_message_takes_back_what_it_tells_of_and_not_what_came_after(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    undone: list[str] = []
    unlocked.offer_undo("Deleted", partial(undone.append, "deletion"))
    assert unlocked._toast._action is not None
    take_back = unlocked._toast._action
    # An import that ends meanwhile tells of itself elsewhere.
    unlocked.keep_undo("Added", partial(undone.append, "import"))
    take_back()
    take_back()
    assert undone == ["deletion"]
    undo(qtbot, unlocked)
    assert undone == ["deletion", "import"]
    unlocked.offer_undo("Deleted", partial(undone.append, "of before the lock"))
    late = unlocked._toast._action
    unlocked.lock()
    assert late is not None
    late()
    assert "of before the lock" not in undone


def test_a_page_whose_badge_an_undo_takes_away_is_left_and_the_walk_counts_anew(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    detail, marks = unlocked.detail, unlocked.detail.marks.work
    first, second, *others = [row.id for row in unlocked.library.rows()]
    marks.delete([first, second])
    settle(qtbot, unlocked)
    unlocked.show_badge(others[0])
    settle(qtbot, unlocked)
    count = len(others)
    assert detail.walk.place.text() == f"1 of {count}"
    undo(qtbot, unlocked)
    assert unlocked.current_page == "badge", "another badge came back"
    assert detail.walk.place.text() == f"3 of {count + 2}"
    marks.delete([first])
    marks.recover_all()
    settle(qtbot, unlocked)
    unlocked.show_badge(first)
    settle(qtbot, unlocked)
    undo(qtbot, unlocked)
    assert unlocked.current_page == "safe"
    assert first not in unlocked.library.model.ids()
