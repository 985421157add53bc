"""Who types a word that stands on the cards is offered the search for it; a search stays one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.facets import Facets
from wallet_app.app.search_language import State
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.search_help import suggestions
from wallet_app.ui.state_names import states_meant
from wallet_app.verification.report import Verdict
from wallet_app.wording import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_state_that_is_shown_is_known(language: str) -> None:
    words = Words(language)
    for state in State:
        shelf = words.text(f"shelf.state.{state.value}")
        assert state in states_meant(shelf.upper()), shelf
        name = f"verdict.{state.value}.name"
        assert name not in words or state in states_meant(words.text(name)), name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("verifie", [State.VERIFIED]),
        ("expirées", [State.EXPIRED]),
        ("non valide", [State.FAILED]),
        ("non  valides", [State.FAILED]),
        ("favourite", [State.FAVOURITE]),
        ("bientot expire", [State.EXPIRING]),
        ("valid", []),
        ("expir", []),
        ("min", []),
        ("python", []),
        ("the expired badges", []),
        ("not " * 200, []),
        ("", []),
    ],
)
def test_a_state_is_meant_by_its_whole_name_only(typed: str, meant: list[State]) -> None:
    assert list(states_meant(typed)) == meant


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Expired ", ["Show the 3 expired badges"]),
        ("révoqué", ["Show the revoked badge"]),
        ("verified", []),
        ("expired skill:python", []),
    ],
)
def test_a_state_is_offered_below_the_line(text: str, offered: list[str]) -> None:
    facets = Facets(states={State.REVOKED: 1, State.EXPIRED: 3})
    found = suggestions(Words("en"), facets, text, len(text))
    assert [one.text for one in found] == offered
    assert [one.insert for one in found if one.end != len(text)] == []


def test_a_word_of_the_cards_leads_to_its_badges_by_two_presses_of_enter(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.focus_search()
    qtbot.keyClicks(library.search.edit, "not valid")
    settle(qtbot, unlocked)
    assert library.shows_no_match, "the search is what was typed"
    assert library._no_match.others[0].text() == "Show the badge that is not valid"
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Return)
    assert library._no_match.others[0].hasFocus()
    qtbot.keyClick(library._no_match.others[0], Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.search.text == "is:invalid"
    assert [row.verdict for row in library.rows()] == [Verdict.FAILED]


def test_enter_before_the_answer_leaves_the_cursor_where_one_types(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.focus_search()
    qtbot.keyClicks(library.search.edit, "zeppelin")
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.shows_no_match
    assert library.search.edit.hasFocus()


def test_a_word_that_finds_a_part_says_so_beside_what_it_finds(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.search.edit.setText("northgate")
    settle(qtbot, unlocked)
    assert library.other_words.isHidden()
    unlocked.session.ask(
        unlocked,
        "note",
        lambda safe: safe.save_note(safe.badges()[0].id, "expired"),
        done=lambda _done: None,
        failed=unlocked.report,
    )
    library.search.edit.setText("expired")
    settle(qtbot, unlocked)
    assert library.rows(), "a note has the word"
    chip = library.other_words.chips[0]
    assert chip.isVisible()
    assert chip.text().startswith("Show the ")
    chip.click()
    settle(qtbot, unlocked)
    assert {row.verdict for row in library.rows()} == {Verdict.EXPIRED}
