"""The window asks once, then looks once a week, and says only that there is something new."""

from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import seams_of, settle
from wallet_app.app import updates
from wallet_app.app.settings import Updates
from wallet_app.app.updates import Announcement, UpdateSource
from wallet_app.ui import privacy_section
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.privacy_section import PrivacySection
from wallet_app.ui.seams import Seams
from wallet_app.ui.watch_rounds import WatchRounds

PAGE = "https://coffre.example/news"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[UpdateSource]:
    """Have a build that names somebody, who announces a newer version."""
    asked: list[UpdateSource] = []

    def look(source: UpdateSource, _resolver: object) -> Announcement:
        asked.append(source)
        return Announcement("9.0.1", PAGE)

    source = UpdateSource("https://coffre.example/a.json", bytes(32))
    monkeypatch.setattr(updates, "update_source", lambda: source)
    monkeypatch.setattr(updates, "look_for_update", look)
    return asked


def test_a_no_is_remembered(qtbot: QtBot, unlocked: MainWindow, looks: list[UpdateSource]) -> None:
    seams_of(unlocked).answers = [False]
    unlocked.updates.begin()
    unlocked.updates.begin()
    settle(qtbot, unlocked)
    (question,) = seams_of(unlocked).questions
    assert "coffre.example" in question.text
    assert unlocked.settings.updates is Updates.NO
    assert looks == []


def test_a_lock_is_no_answer(
    qtbot: QtBot, unlocked: MainWindow, looks: list[UpdateSource], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seams_of(unlocked), "ask", partial(Seams.ask, seams_of(unlocked)))
    unlocked.updates.begin()
    assert unlocked.has_sheet
    unlocked.lock()
    qtbot.waitUntil(lambda: not unlocked.has_sheet)
    assert unlocked.settings.updates is Updates.UNASKED
    assert looks == []


def test_a_yes_looks_at_once_and_then_in_a_week(
    qtbot: QtBot, unlocked: MainWindow, looks: list[UpdateSource]
) -> None:
    seams_of(unlocked).answers = [True]
    unlocked.updates.begin()
    settle(qtbot, unlocked)
    assert len(looks) == 1
    assert "9.0.1" in unlocked._toast.label.text()
    unlocked.updates.begin()
    settle(qtbot, unlocked)
    assert len(looks) == 1
    unlocked.change(replace(unlocked.settings, updates_asked_on="2026-11-01"))
    unlocked.updates.begin()
    settle(qtbot, unlocked)
    assert len(looks) == 2
    seams_of(unlocked).answers = [True]
    assert unlocked._toast._action is not None
    unlocked._toast._action()
    assert seams_of(unlocked).browsed == [PAGE]


def test_a_build_that_names_nobody_asks_nobody(qtbot: QtBot, unlocked: MainWindow) -> None:
    unlocked.updates.begin()
    settle(qtbot, unlocked)
    assert seams_of(unlocked).questions == []
    assert unlocked.settings.updates is Updates.UNASKED


def test_the_settings_offer_it_only_where_somebody_can_be_asked(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = PrivacySection(unlocked.context, rounds_of(unlocked), unlocked)
    offered = [row.title.text() for row in plain.rows()]
    source = UpdateSource("https://coffre.example/a.json", bytes(32))
    monkeypatch.setattr(privacy_section, "update_source", lambda: source)
    section = PrivacySection(unlocked.context, rounds_of(unlocked), unlocked)
    rows = section.rows()
    assert [row.title.text() for row in rows][len(offered) :] == ["Look for a newer version"]
    assert "coffre.example" in rows[-1].hint.text()
    section.updates.chosen.emit("yes")
    assert unlocked.settings.updates is Updates.YES


def rounds_of(window: MainWindow) -> WatchRounds:
    assert window.tasks is not None
    return window.tasks.rounds
