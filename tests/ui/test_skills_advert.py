"""Skills beside a pasted advert: read, corrected, gone with the lock; and a skill declared."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.screenshots.advert_scenes import ADVERTS, SKILLS
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.app.job_advert import MOST_CHARS, Standing
from wallet_app.ui.components.demand_row import DemandRow
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.skills_advert import SkillsAdvert
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.sheets.declare_sheet import DeclareSheet
from wallet_app.ui.sheets.pick_skill_sheet import PickSkillSheet
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet

# A menu, on the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def advert(qtbot: QtBot, unlocked: MainWindow) -> SkillsAdvert:
    return page_of(qtbot, unlocked)


def page_of(qtbot: QtBot, window: MainWindow) -> SkillsAdvert:
    window.show_page("skills")
    settle(qtbot, window)
    page = window.shell.page("skills")
    assert isinstance(page, SkillsPage)
    page.show_tab(1)
    page.advert.set_skills(SKILLS[window.words.language])
    settle(qtbot, window)
    return page.advert


def read(qtbot: QtBot, window: MainWindow, advert: SkillsAdvert, text: str = "") -> None:
    advert.paste.field.setPlainText(text or ADVERTS[window.words.language])
    advert.paste.read.click()
    settle(qtbot, window)


def counts(advert: SkillsAdvert) -> list[int]:
    return [len(advert.reading.standing(standing)) for standing in Standing]


def choose(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Choose an entry of the menu that is open."""
    menu = window.findChildren(PopupMenu)[-1]
    action = next(one for one in menu.actions() if words in one.text())
    menu.close()
    action.trigger()
    settle(qtbot, window)


def test_an_advert_is_read_marked_and_counted(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)

    assert counts(advert) == [5, 2, 2]
    lists = advert.lists
    assert (lists.figure.text(), lists.rest.text()) == ("5", "of 9")
    rows = [row.face.name for row in lists.groups[Standing.MISSING].rows.rows]
    assert rows == ["Geographic information systems", "European grant management"]
    shown = advert.text.toPlainText()
    marked = [shown[mark.start : mark.end] for mark in advert.text.marks]
    assert "fluent French" in marked
    assert "first aid certificate" in marked


def test_what_is_no_advert_is_refused_kindly_and_stays_to_be_mended(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    advert.paste.read.click()
    assert advert.paste.error.text() == unlocked.words.text("error.advert.empty")
    too_long = QMimeData()
    too_long.setText("a" * (MOST_CHARS + 1))
    unlocked.seams.on_clipboard = too_long  # type: ignore[attr-defined]
    advert.paste.paste.click()
    assert "50,000" in advert.paste.error.text()
    advert.paste.field.insertFromMimeData(too_long)
    assert "50,000" in advert.paste.error.text()
    assert advert.paste.field.toPlainText() == ""
    assert not advert.reading.demands
    qtbot.keyClicks(advert.paste.field, "Welding required")
    assert advert.paste.error.text() == ""
    qtbot.keyClick(advert.paste.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, unlocked)
    assert counts(advert) == [0, 0, 1]


def test_a_mark_is_pressed_by_keyboard_and_corrected_and_the_correction_undone(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    at = advert.text.toPlainText().index("geographic") + 2
    cursor = advert.text.textCursor()
    cursor.setPosition(at)
    advert.text.setTextCursor(cursor)
    advert.text.setFocus()

    qtbot.keyClick(advert.text, Qt.Key.Key_Return)
    choose(qtbot, unlocked, "This is not asked for")
    assert counts(advert) == [5, 2, 1]
    unlocked.undo()
    settle(qtbot, unlocked)
    assert counts(advert) == [5, 2, 2]


def test_words_that_are_selected_become_a_demand_and_then_a_skill(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    shown = advert.text.toPlainText()
    cursor = advert.text.textCursor()
    cursor.setPosition(shown.index("collection projects"))
    cursor.setPosition(shown.index(" from the first"), QTextCursor.MoveMode.KeepAnchor)
    advert.text.setTextCursor(cursor)

    qtbot.keyClick(advert.text, Qt.Key.Key_Space)
    choose(qtbot, unlocked, "This is asked for")
    assert counts(advert) == [5, 2, 3]
    key = next(d.key for d in advert.reading.demands if d.text == "collection projects")
    advert._offer_for_mark(key, QPoint())
    choose(qtbot, unlocked, "skill of yours")
    (sheet,) = unlocked.findChildren(PickSkillSheet)
    qtbot.keyClicks(sheet.search.edit, "report")
    qtbot.waitUntil(lambda: sheet.list.count() == 1)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert counts(advert) == [6, 2, 2]


def test_the_rows_are_one_tab_stop_and_the_arrows_move_inside(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    rows = advert.lists.groups[Standing.PROVEN].rows.rows
    stops = [row for row in rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == rows[:1]
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_End)
    assert rows[-1].hasFocus()
    assert rows[-1].accessibleName().startswith("Accessibility, Proven, Digital")


def test_a_file_that_cannot_be_prepared_says_why(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    assert advert.prepare.isEnabled()
    assert advert.lists.why_not.isHidden()
    advert.read("You feed lions and need a driving licence.")
    settle(qtbot, unlocked)
    assert not advert.prepare.isEnabled()
    assert advert.lists.why_not.isVisible()
    assert advert.lists.why_not.text().startswith("No badge proves a demand")


def test_a_line_below_words_ends_where_they_end(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    advert.read("You need a driving licence.")
    settle(qtbot, unlocked)
    (mark,) = advert.text.marks
    (box,) = advert.text._boxes(mark)
    cursor = advert.text.textCursor()
    places = []
    for at in (mark.start, mark.end):
        cursor.setPosition(at)
        places.append(advert.text.cursorRect(cursor).center().x())
    assert abs(box.left() - places[0]) <= 1
    assert abs(box.right() - places[1]) <= 1


def test_the_proving_badges_go_into_a_portfolio(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    real = [row.id for row in unlocked.library.rows()][:2]
    proofs = [skill.proofs[0] for skill in SKILLS["en"][:5]]
    by_fake = dict(zip([proof.name for proof in proofs], (real * 3)[:5], strict=True))
    advert.set_skills(
        tuple(
            replace(skill, proofs=tuple(
                replace(proof, badge_id=by_fake.get(proof.name, real[0])) for proof in skill.proofs
            ))
            for skill in SKILLS["en"]
        )
    )  # fmt: skip
    settle(qtbot, unlocked)

    advert.prepare.click()
    settle(qtbot, unlocked)

    (sheet,) = unlocked.findChildren(PortfolioSheet)
    assert sorted(sheet.badge_ids) == sorted(real)


def test_a_skill_is_declared_and_the_row_says_by_whom(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert, tmp_path: Path
) -> None:
    read(qtbot, unlocked, advert)
    key = advert.reading.standing(Standing.MISSING)[0].key
    advert._offer_for_mark(key, QPoint())
    choose(qtbot, unlocked, "Declare it yourself")
    (sheet,) = unlocked.findChildren(DeclareSheet)
    assert sheet.name.edit.text() == "Geographic information systems"
    assert sheet.focusWidget() is sheet.name.edit
    settle(qtbot, unlocked)
    top = sheet.agree.mapTo(sheet, QPoint()).y()
    assert top < sheet.name.mapTo(sheet, QPoint()).y(), "what signing takes is said first"
    sheet.name.edit.setText(" ")
    sheet.go.click()
    assert sheet.name.error == unlocked.words.text("error.declare.no_name")
    sheet.name.edit.setText("Geographic information systems")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert unlocked.focusWidget() is sheet.agree, "a key is made only with consent"
    assert sheet.missing.text() == unlocked.words.text("declare.key_needed")
    qtbot.waitUntil(lambda: not sheet.missing.visibleRegion().isEmpty())
    proof = tmp_path / "map.pdf"
    proof.write_bytes(b"a map")
    unlocked.seams.files = [[str(proof)], [str(proof)]]  # type: ignore[attr-defined]
    sheet.choose.click()
    sheet.choose.click()
    assert len(sheet.files.paths) == 1
    sheet.agree.setChecked(True)
    assert sheet.missing.isHidden()
    sheet.link.edit.setText("not a link")
    sheet.go.click()
    settle(qtbot, unlocked)
    assert sheet.link.error == unlocked.words.text("error.declare.url")
    sheet.link.edit.setText("https://camille.example/maps")
    sheet.go.click()
    settle(qtbot, unlocked)

    row = next(one for one in unlocked.library.rows() if one.name.startswith("Geographic"))
    assert row.shown_verdict == "declared"
    unlocked.show_badge(row.id)
    settle(qtbot, unlocked)
    checks = unlocked.detail.checks
    assert checks is not None
    assert checks.result.word.text() == "Declared by you"
    assert checks.result.sentence.text().startswith("You declared this yourself")
    index = unlocked.library.model.index(unlocked.library.model.row_of(row.id))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "you declared this yourself" in spoken
    assert "by yourself" in spoken


def test_nothing_of_an_advert_is_left_after_a_lock(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert, "Zqxwelding required, with Zqxpottery skills.")
    advert._make_demand("Zqxwelding")
    settle(qtbot, unlocked)

    advert.forget()

    texts = [advert.text.toPlainText(), advert.paste.field.toPlainText(), repr(vars(advert))]
    texts += [row.accessibleName() for row in advert.findChildren(DemandRow) if row.isVisible()]
    texts += [label.text() for label in advert.findChildren(QLabel)]
    assert not any("zqx" in text.casefold() for text in texts)
    advert.paste.field.undo()
    assert advert.paste.field.toPlainText() == ""


def stops(qtbot: QtBot, count: int) -> list[QWidget | None]:
    """Press Tab as often, and return where it led."""
    found = []
    for _ in range(count):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    return found


def test_tab_goes_through_the_page_as_the_eye_does(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    page = unlocked.shell.page("skills")
    assert isinstance(page, SkillsPage)
    paste = advert.paste
    page.tabs.focus_current()
    assert stops(qtbot, 3) == [paste.field, paste.paste, paste.read]
    read(qtbot, unlocked, advert)
    page.tabs.focus_current()
    firsts = [group.rows.rows[0] for group in advert.lists.groups.values()]
    assert stops(qtbot, 6) == [advert.change, advert.text, *firsts, advert.prepare]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_control_is_named_reachable_and_large_enough(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, language: str
) -> None:
    window = open_window(sample_safe, language=language)
    unlock(qtbot, window)
    advert = page_of(qtbot, window)
    read(qtbot, window, advert)
    advert.declare("Soudure")
    settle(qtbot, window)
    sheet = window.findChildren(DeclareSheet)[0]
    # What else holds for every control is in ``tests/screens``.
    for top in (advert, sheet):
        for button in top.findChildren(QAbstractButton):
            if button.isVisible():
                assert min(button.width(), button.height()) >= 24, button.accessibleName()
    sheet.dismiss()
    advert.text.setFocus()
    walked = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        if focused is None or focused in walked:
            break
        walked.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for wanted in (advert.text, advert.change, advert.prepare):
        assert wanted in walked
    assert sum(isinstance(one, DemandRow) for one in walked) == len(Standing)


def test_tab_goes_from_the_text_through_the_lists_to_the_button_below_them(
    qtbot: QtBot, unlocked: MainWindow, advert: SkillsAdvert
) -> None:
    read(qtbot, unlocked, advert)
    advert.text.setFocus()
    walked: list[object] = []
    for _ in range(14):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    rows = [at for at, one in enumerate(walked) if isinstance(one, DemandRow)]
    button = walked.index(advert.prepare)
    assert len([at for at in rows if at < button]) == len(Standing)
