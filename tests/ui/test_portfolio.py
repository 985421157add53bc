"""Several badges as one: chosen order, own words, and nothing said that does not leave."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.showing_helpers import PAGE, add_signed, codes_in, in_safe, set_page, shares, top
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.declared import row_word
from wallet_app.app.share_models import ShownBy
from wallet_app.sharing.portfolio_link import read_portfolio_text
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.interview import InterviewView
from wallet_app.ui.sheets.pick_badges_sheet import PickBadgesSheet
from wallet_app.ui.sheets.portfolio_form import Form
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet


@pytest.fixture
def three(qtbot: QtBot, unlocked: MainWindow) -> list[str]:
    """Two small signed badges and a hosted one, which no link can carry."""
    first = add_signed(qtbot, unlocked, "First Reader")
    second = add_signed(qtbot, unlocked, "Second Reader", held=False)
    hosted = next(row.id for row in unlocked.library.rows() if row.name == "Robot Builder")
    return [first, second, hosted]


def open_sheet(qtbot: QtBot, window: MainWindow, badge_ids: list[str]) -> PortfolioSheet:
    rows = {row.id: row for row in window.library.rows()}
    assert window.tasks is not None
    window.tasks.showing.show([rows[badge_id] for badge_id in badge_ids])
    qtbot.waitUntil(lambda: bool(window.findChildren(PortfolioSheet)))
    sheet = top(window)
    assert isinstance(sheet, PortfolioSheet)
    qtbot.waitUntil(lambda: len(sheet._known) == len(badge_ids))
    settle(qtbot, window)
    return sheet


def row_of(window: MainWindow, badge_id: str) -> int:
    model = window.library.model
    return next(at for at in range(model.rowCount()) if model.badge_id(at) == badge_id)


def choose(sheet: PortfolioSheet, form: Form) -> None:
    sheet.form.choice.choose(form.value)
    sheet.form.choice.chosen.emit(form.value)


def said(sheet: PortfolioSheet) -> str:
    return " ".join(one.text() for one in sheet.findChildren(Label) if one.isVisibleTo(sheet))


def test_the_selection_of_the_library_leads_here(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    for badge_id in three[:2]:
        unlocked.library.model.toggle(row_of(unlocked, badge_id))
    unlocked.library.selection.show_them.click()
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, PortfolioSheet)
    assert set(sheet.badge_ids) == set(three[:2])


def test_ctrl_enter_shows_the_selection_else_the_current_badge(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    view = unlocked.library.view
    view.setFocus()
    view.make_current(three[1])
    unlocked.commands["show"].trigger()
    settle(qtbot, unlocked)
    alone = top(unlocked)
    assert isinstance(alone, ShareSheet)
    alone.dismiss()
    settle(qtbot, unlocked)
    for badge_id in three[:2]:
        unlocked.library.model.toggle(row_of(unlocked, badge_id))
    view.setFocus()
    unlocked.commands["show"].trigger()
    settle(qtbot, unlocked)
    assert isinstance(top(unlocked), PortfolioSheet)


def test_tab_goes_through_the_selection_bar_in_order_and_closing_comes_last(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    selection = unlocked.library.selection
    unlocked.library.model.toggle(row_of(unlocked, three[0]))
    bar = selection.bar
    unlocked.library.view.setFocus()
    order = (
        selection.show_them, selection.file, selection.star, selection.save, selection.remove,
        selection.more,
    )  # fmt: skip
    for button in (*order, bar.close_button):
        qtbot.keyClick(unlocked.focusWidget(), Qt.Key.Key_Tab)
        assert unlocked.focusWidget() is button


def test_one_selected_badge_is_shown_by_itself(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    unlocked.library.model.toggle(row_of(unlocked, three[0]))
    unlocked.library.selection.show_them.click()
    settle(qtbot, unlocked)
    assert isinstance(top(unlocked), ShareSheet)


def test_the_link_holds_the_badges_in_the_persons_order_with_their_words(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    set_page(qtbot, unlocked)
    sheet = open_sheet(qtbot, unlocked, three[:2])
    sheet.list.setFocus()
    sheet.list.setCurrentRow(0)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert list(sheet.badge_ids) == [three[1], three[0]]
    sheet.form.title.edit.setText("Camille")
    sheet.form.words.setPlainText("What I can do")
    qtbot.keyClicks(sheet.form.until.edit, "31.01.2027")
    assert "The last day is 31 January 2027." in said(sheet)
    assert sheet.form.until.edit.accessibleDescription() == "The last day is 31 January 2027."
    sheet.form.theme.choose("paper")
    sheet.form.whom.edit.setText("Sam")
    sheet.primary.click()
    settle(qtbot, unlocked)
    (link,) = seams_of(unlocked).copied
    page, _, text = link.partition("#")
    meta, badges = read_portfolio_text(text)
    assert page == PAGE
    assert (meta.title, meta.words, meta.until, meta.theme) == (
        "Camille", "What I can do", date(2027, 1, 31), "paper",
    )  # fmt: skip
    assert len(badges) == 2
    (entry,) = shares(qtbot, unlocked)
    assert (entry.way, entry.to) == (ShownBy.PORTFOLIO, "Sam")
    assert [badge for badge, _ in entry.badges] == [three[1], three[0]]


def test_buttons_move_and_leave_out(qtbot: QtBot, unlocked: MainWindow, three: list[str]) -> None:
    sheet = open_sheet(qtbot, unlocked, three)
    sheet.list.setCurrentRow(2)
    assert not sheet.badges.down.isEnabled()
    sheet.badges.up.click()
    assert sheet.badge_ids[1] == three[2]
    assert sheet.list.current_id == three[2], "the same badge can be moved on"
    assert "Robot Builder" in sheet.badges.out.accessibleName()
    shown = {row.id: row for row in unlocked.library.rows()}
    for row in sheet.list.rows:
        assert row.verdict == shown[row.id].shown_verdict
        assert row.spoken.endswith(f", {row_word(unlocked.words, shown[row.id])}")
    sheet.badges.out.click()
    assert three[2] not in sheet.badge_ids


def test_a_badge_that_no_link_carries_is_named_with_the_reason_and_goes_into_a_pdf_alone(
    qtbot: QtBot, unlocked: MainWindow, three: list[str], tmp_path: Path
) -> None:
    set_page(qtbot, unlocked)
    sheet = open_sheet(qtbot, unlocked, three)
    assert "1 badge cannot go along" in said(sheet)
    assert "Robot Builder carries no signature" in said(sheet)
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert len(read_portfolio_text(seams_of(unlocked).copied[0].partition("#")[2])[1]) == 2
    paper = sheet.findChild(QAbstractButton, "portfolio-paper")
    assert paper is not None
    paper.click()
    assert sheet.form.form is Form.PDF
    assert sheet.primary.hasFocus()
    assert "cannot go along" not in said(sheet)
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.primary.click()
    settle(qtbot, unlocked)
    (pdf,) = tmp_path.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert {len(entry.badges) for entry in shares(qtbot, unlocked)} == {2, 3}


def test_each_badge_that_cannot_go_along_has_a_line_of_its_own(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    sheet = open_sheet(qtbot, unlocked, [row.id for row in unlocked.library.rows()])
    (problem,) = [one.problem for one in sheet._known.values() if one.problem]
    sheet._known = {key: replace(one, problem=problem) for key, one in sheet._known.items()}
    sheet._show_state()
    settle(qtbot, unlocked)
    notice = sheet.findChild(Notice, "portfolio-refused")
    assert notice is not None
    first, *lines = [label.text() for label in notice.findChildren(Label) if label.text()]
    assert first == "10 badges cannot go along:"
    assert len(lines) == 6
    assert lines[0].startswith("Robot Builder carries no signature")
    assert lines[-1] == "And 5 more badges."


def test_without_a_page_it_begins_as_a_file_and_says_what_a_link_lacks(
    qtbot: QtBot, unlocked: MainWindow, three: list[str], tmp_path: Path
) -> None:
    sheet = open_sheet(qtbot, unlocked, three[:2])
    assert sheet.form.form is Form.HTML
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.primary.click()
    settle(qtbot, unlocked)
    (file,) = tmp_path.glob("*.html")
    assert b'"1m.' in file.read_bytes()
    choose(sheet, Form.LINK)
    assert not sheet.primary.isEnabled()
    assert "You have no page of your own yet" in said(sheet)


@pytest.mark.parametrize("typed", ["2020-01-01", "31/12/2020", "tomorrow", "01/31/2027"])
def test_a_last_day_must_be_one_to_come(
    qtbot: QtBot, unlocked: MainWindow, three: list[str], typed: str
) -> None:
    set_page(qtbot, unlocked)
    sheet = open_sheet(qtbot, unlocked, three[:2])
    sheet.form.until.edit.setText(typed)
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert sheet.form.until.error
    assert seams_of(unlocked).copied == []


def test_more_badges_are_found_and_ticked(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    assert unlocked.tasks is not None
    row = next(row for row in unlocked.library.rows() if row.id == three[0])
    unlocked.tasks.showing.show_several([row])
    settle(qtbot, unlocked)
    sheet = top(unlocked)
    assert isinstance(sheet, PortfolioSheet)
    sheet.badges.add.click()
    settle(qtbot, unlocked)
    pick = top(unlocked)
    assert isinstance(pick, PickBadgesSheet)
    pick.search.edit.setText("second reader")
    qtbot.waitUntil(lambda: not pick.search.is_waiting)
    settle(qtbot, unlocked)
    # What a layout is given is shown with the next events.
    QCoreApplication.processEvents()
    (box,) = [one for one in pick.findChildren(TickBox) if one.isVisibleTo(pick)]
    box.click()
    pick.go.click()
    settle(qtbot, unlocked)
    assert list(sheet.badge_ids) == three[:2]


def test_every_personal_value_of_every_badge_is_named(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    other = badge_of(unlocked, "verified")
    sheet = open_sheet(qtbot, unlocked, [three[0], other])
    for badge_id in (three[0], other):
        credential = in_safe(qtbot, unlocked, lambda safe, one=badge_id: safe.badge(one)).credential
        for value in (credential.holder_name, *(r.value for r in credential.recipients)):
            assert value in said(sheet)


def test_codes_one_by_one(qtbot: QtBot, unlocked: MainWindow, three: list[str]) -> None:
    set_page(qtbot, unlocked)
    sheet = open_sheet(qtbot, unlocked, three[:2])
    sheet.form.title.edit.setText("Camille")
    sheet.badges.list.setFocus()
    sheet.badges.list.setCurrentRow(0)
    qtbot.keyClick(sheet.badges.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    sheet.codes.setFocus()
    sheet.codes.click()
    settle(qtbot, unlocked)
    codes = top(unlocked)
    assert isinstance(codes, InterviewView)
    qtbot.keyClick(codes, Qt.Key.Key_Escape)
    settle(qtbot, unlocked)
    assert top(unlocked) is sheet
    assert sheet.form.title_text == "Camille"
    assert list(sheet.badge_ids) == [three[1], three[0]]
    assert unlocked.focusWidget() is sheet.codes


def test_codes_leave_out_what_has_none_and_say_so_before(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    sheet = open_sheet(qtbot, unlocked, three)
    seams = seams_of(unlocked)
    seams.answers += [False, True]
    sheet.codes.click()
    settle(qtbot, unlocked)
    assert top(unlocked) is sheet, "a question is not an answer"
    question = seams.questions[0]
    assert question.title == "2 badges have no code"
    assert "“First Reader”, “Second Reader”" in question.text
    sheet.codes.click()
    settle(qtbot, unlocked)
    view = top(unlocked)
    assert isinstance(view, InterviewView)
    assert view._ids == (three[2],)
    assert codes_in(view)


def test_where_no_badge_has_a_code_something_else_is_offered(
    qtbot: QtBot, unlocked: MainWindow, three: list[str]
) -> None:
    sheet = open_sheet(qtbot, unlocked, three[:2])
    seams = seams_of(unlocked)
    seams.answers += [False]
    sheet.codes.click()
    settle(qtbot, unlocked)
    assert seams.questions[0].title == "No badge here has a code"
    assert seams.questions[0].confirm == "Set up my page"
    sheet.close_sheet()
    set_page(qtbot, unlocked)
    bigs = [add_signed(qtbot, unlocked, name, big=True) for name in ("Much", "Much more")]
    sheet = open_sheet(qtbot, unlocked, bigs)
    seams.answers += [True]
    sheet.codes.click()
    settle(qtbot, unlocked)
    assert sheet.form.form is Form.PDF


def test_linkedin_one_by_one(qtbot: QtBot, unlocked: MainWindow, three: list[str]) -> None:
    sheet = open_sheet(qtbot, unlocked, three[:2])
    sheet.profile.click()
    settle(qtbot, unlocked)
    first = top(unlocked)
    assert isinstance(first, ShareSheet)
    assert first.way is ShownBy.LINKEDIN
    assert "1 of 2" in first.subtitle.text()
    first.next.click()
    settle(qtbot, unlocked)
    second = top(unlocked)
    assert isinstance(second, ShareSheet)
    assert second.facts.detail.row.id == three[1]
    assert second.way is ShownBy.LINKEDIN
    assert not second.next.isVisible()


def test_a_lock_takes_it_all(qtbot: QtBot, unlocked: MainWindow, three: list[str]) -> None:
    sheet = open_sheet(qtbot, unlocked, three)
    sheet.badges.add.click()
    unlocked.lock()
    settle(qtbot, unlocked)
    qtbot.waitUntil(lambda: not unlocked.findChildren(PortfolioSheet))
    assert not unlocked.has_sheet
