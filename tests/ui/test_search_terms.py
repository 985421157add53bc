"""The terms of the search line: what may be typed next, what is marked, what is not known."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.facets import Facet, Facets, merged_facets
from wallet_app.app.search_language import State, read_pieces
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.search_help import suggestions
from wallet_app.ui.search_words import Kind, found_of, state_word
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_that_is_offered_is_understood(language: str) -> None:
    words = Words(language)
    for state in State:
        (piece,) = read_pieces(f"is:{state_word(words, state)}")
        assert (piece.field, piece.value) == ("is", state.value)
    facets = Facets(
        issuers=(Facet('The "Best" School', 2), Facet("Évry", 1)), skills=(Facet("C++", 3),)
    )
    for kind in (Kind.ISSUERS, Kind.SKILLS):
        for found in found_of(words, facets, kind, 9):
            (piece,) = read_pieces(found.term)
            assert (piece.field, piece.value, piece.whole) == (kind.field, found.name, True)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("iss", ["issuer:"]),
        ("x sin", ["since:"]),
        ("i", []),
        ("is:re", ["revoked"]),
        ("is:revoked", []),
        ("issuer:col", ["Northgate College"]),
        ('issuer:"north', ["Northgate College"]),
        ("skill:zz", []),
        ("since:20", []),
        ("python", []),
        ("", []),
    ],
)
def test_what_may_be_typed_next(text: str, offered: list[str]) -> None:
    facets = Facets(
        issuers=merged_facets([("Northgate College", 6, True)]), states={State.REVOKED: 1}
    )
    found = suggestions(Words("en"), facets, text, len(text))
    assert [one.text for one in found] == offered


def test_a_suggestion_is_taken_by_keyboard_and_can_be_undone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    library.focus_search()
    qtbot.keyClicks(library.search.edit, "is:rev")
    assert library.search_help.list.texts == ["revoked"]
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Down)
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.search.text == "is:revoked "
    assert [row.verdict for row in library.rows()] == [Verdict.REVOKED]
    assert library.search_help.list.isHidden()
    library.search.edit.undo()
    assert library.search.text == "is:rev"
    # Qt counts an emoji twice, and Python once.
    library.search.edit.setText("\U0001f393\U0001f393 ")
    qtbot.keyClicks(library.search.edit, "is:rev")
    assert library.search_help.list.texts == ["revoked"]
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Down)
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Return)
    assert library.search.text == "\U0001f393\U0001f393 is:revoked "


def test_enter_shows_everything_for_no_term_that_is_not_finished(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    library = unlocked.library
    edit, offered, hint = library.search.edit, library.search_help.list, library.term_hint
    library.focus_search()
    qtbot.keyClicks(edit, "is:rev")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.search.text == "is:revoked ", "only that one fits"
    assert [row.verdict for row in library.rows()] == [Verdict.REVOKED]
    assert library.view.hasFocus()
    assert hint.isHidden()

    library.focus_search()
    qtbot.keyClicks(edit, "is:expi")
    assert hint.isHidden(), "not while one types"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.hasFocus(), "two fit: which one is meant?"
    assert offered.texts == ["expired", "expiring"]
    library.view.setFocus()
    assert hint.label.text().startswith("“is:expi” is not finished")
    assert hint.isVisible()
    edit.setFocus()
    for _ in range(2):
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert library.search.text == "is:expired "
    assert hint.isHidden()

    library.search.edit.setText("not:since:soon")
    settle(qtbot, unlocked)
    library.view.setFocus()
    assert hint.isHidden() is library.shows_no_match
    library.focus_search("is:famous")
    settle(qtbot, unlocked)
    assert library.shows_no_match
    assert library._no_match.sentence.text().startswith("“is:famous” is not understood.")


def test_escape_takes_the_suggestions_away_first(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    library.focus_search()
    qtbot.keyClicks(library.search.edit, "is:")
    assert library.search_help.list.isVisible()
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Escape)
    assert library.search_help.list.isHidden()
    assert library.search.text == "is:"
    qtbot.keyClicks(library.search.edit, "v")
    assert library.search_help.list.isVisible()
    qtbot.keyClick(library.search.edit, Qt.Key.Key_Return)
    assert library.view.hasFocus()
    assert library.search_help.list.isHidden()
    qtbot.keyClicks(library.search.edit, " is:")
    assert library.search_help.list.isVisible()
    library.clear()
    assert library.search_help.list.isHidden(), "nothing is typed any more"


def test_terms_are_marked_and_the_text_stays_plain(qtbot: QtBot, unlocked: MainWindow) -> None:
    edit = unlocked.library.search.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "skill:data not:expired num")
    text = edit.text()
    assert text == "skill:data not:expired num"
    assert [text[mark.start : mark.end] for mark in edit.marks] == ["skill:data", "not:expired"]
    assert [text[mark.start : mark.value_at] for mark in edit.marks] == ["skill:", "not:"]
    plain = edit.grab().toImage()
    edit.read_by(lambda _text: ())
    assert plain != edit.grab().toImage()
    edit.selectAll()
    edit.copy()
    edit.setText("")
    assert edit.marks == ()
    edit.paste()
    assert edit.text() == text


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, on menus
def test_the_help_tells_the_terms_and_begins_one(qtbot: QtBot, unlocked: MainWindow) -> None:
    library = unlocked.library
    library.search_help.button.click()
    menu = next(menu for menu in unlocked.findChildren(QMenu) if menu.isVisible())
    keys = [action.text().partition("\t")[0] for action in menu.actions() if "\t" in action.text()]
    told = ("is", "issuer", "skill", "since", "before", "tag", "in", "note", "not")
    assert keys == [f"{key}:" for key in told]
    next(one for one in menu.actions() if one.text().startswith("skill:")).trigger()
    menu.close()
    assert library.search.text == "skill:"
    assert library.search_help.list.texts


# --- orders and many at once ------------------------------------------------------------------


def test_the_cross_leaves_the_cursor_in_the_line(qtbot: QtBot, unlocked: MainWindow) -> None:
    search = unlocked.library.search
    search.edit.setText("iso")
    settle(qtbot, unlocked)
    qtbot.mouseClick(search._clear_button, Qt.MouseButton.LeftButton)
    assert search.text == ""
    assert unlocked.focusWidget() is search.edit
