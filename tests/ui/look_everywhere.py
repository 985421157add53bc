"""Opens every page and every dialog over a badge that carries a planted word."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.simulators.traces import Needle
from tests.ui.window_driver import all_settings, settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.seams import Question
from wallet_app.ui.search_words import Kind
from wallet_app.ui.sheets.declare_sheet import DeclareSheet
from wallet_app.ui.sheets.facet_sheet import FacetSheet
from wallet_app.ui.sheets.palette_sheet import PaletteSheet
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet

__all__ = ["look_everywhere"]


def badge_id(window: MainWindow, needle: Needle) -> str:
    hosted = f"Name {needle.word}"
    return next(row.id for row in window.library.rows() if row.name == hosted)


def look_everywhere(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """Open every page and every dialog, the last ones staying open."""
    badge = badge_id(window, needle)
    write_note(qtbot, window, badge, f"Note {needle.word}")
    for page in window.shell.page_ids:
        window.show_page(page)
        settle(qtbot, window)
    for kind in Kind:
        window.library.shelf_filter.show_all(kind)
        settle(qtbot, window)
        window.grab()
        for listed in window.findChildren(FacetSheet):
            listed.close_sheet()
    for row in (Kind.ISSUERS, Kind.SKILLS):
        window.shell.side_bar.chosen.emit(f"group:{row}")
    qtbot.keyClicks(window.library.search.edit, f'issuer:"Issuer {needle.word[:6]}')
    settle(qtbot, window)
    window.library.search.edit.setText(needle.word)
    settle(qtbot, window)
    window.library.view.set_mode(window.library.view.mode)
    window.grab()
    window.menus.open_palette()
    (palette,) = window.findChildren(PaletteSheet)
    palette.edit.setText(needle.word)
    qtbot.waitUntil(lambda: bool(palette.results.entries))
    window.grab()
    palette.close_sheet()
    for row in window.library.rows():
        if needle.is_in(row.name):
            window.show_badge(row.id)
            settle(qtbot, window)
            look_inside(qtbot, window)
    look_for_what_is_inside(qtbot, window, needle)
    window.show_badge(badge)
    settle(qtbot, window)
    window.detail.check_again()
    settle(qtbot, window)
    window.grab()
    for open_sheet in (
        window.detail.reading.everything,
        window.detail.reading.criteria,
        window.detail.reading.evidence,
        window.detail.reading.endorsements,
    ):
        open_sheet()
        settle(qtbot, window)
        window.grab()
    look_at_skills(qtbot, window, needle)
    window.share_asked.emit(badge)
    settle(qtbot, window)
    (sheet,) = window.findChildren(ShareSheet)
    for way in ShownBy:
        row = sheet.findChild(QWidget, f"way-{way.value}")
        if isinstance(row, QAbstractButton):
            row.click()
            settle(qtbot, window)
    window.grab()
    show_to_others(qtbot, window, sheet, needle)
    open_over_all(window, needle)


def look_for_what_is_inside(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """A record that a search finds by what it holds, in the list and on its page."""
    window.show_page("safe")
    window.library.look_for("course")
    settle(qtbot, window)
    (row,) = (row for row in window.library.rows() if row.found_inside)
    assert any(needle.is_in(text) for text in row.found_inside)
    window.grab()
    window.library.view.opened.emit(row.id)
    settle(qtbot, window)
    window.detail.show_found()
    window.grab()
    window.show_page("safe")
    window.library.look_for(needle.word)
    settle(qtbot, window)


def look_inside(qtbot: QtBot, window: MainWindow) -> None:
    """What a learner record holds: one open, then the others."""
    panel = window.detail.checks.inside if window.detail.checks is not None else None
    if panel is not None:
        panel.rows[0].checks.turn()
        settle(qtbot, window)
        window.grab()
        panel.turner.next.click()
        settle(qtbot, window)
        window.grab()


def look_at_skills(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """The page of skills with its filter, an advert, a skill and the record, which stay open."""
    window.show_page("skills")
    settle(qtbot, window)
    page = window.shell.page("skills")
    assert isinstance(page, SkillsPage)
    assert page.mine.shown is not None
    page.mine.years.as_table.click()
    page.search.edit.setText(needle.word)
    named = [one for one in page.mine.shown.overview.skills if needle.is_in(one.name)]
    page.show_tab(1)
    page.advert.read(f"Experience with {named[0].name} required. {needle.word}")
    settle(qtbot, window)
    page.advert._make_demand(f"required {needle.word}")
    settle(qtbot, window)
    window.grab()
    page.advert.declare(f"Skill {needle.word}")
    settle(qtbot, window)
    window.findChildren(DeclareSheet)[-1].dismiss()
    settle(qtbot, window)
    page.open_skill(named[0])
    page.open_record()
    window.grab()


def show_to_others(qtbot: QtBot, window: MainWindow, sheet: ShareSheet, needle: Needle) -> None:
    """The signed badge in every dialog that shows it, with a name of whom it is for."""
    sheet.whom.edit.setText(f"For {needle.word}")
    sheet.show_way(ShownBy.ISSUER_PAGE)
    sheet.primary.click()
    settle(qtbot, window)
    window.show_page("shares")
    settle(qtbot, window)
    settings = all_settings(qtbot, window)
    settings.my_page.address.edit.setText(f"https://{needle.word}.example/")
    settings.my_page.save.click()
    settle(qtbot, window)
    settings.my_page.publish.click()
    rows = [row for row in window.library.rows() if needle.is_in(row.name)]
    assert window.tasks is not None
    showing = window.tasks.showing
    showing.show_several(rows)
    settle(qtbot, window)
    (portfolio,) = window.findChildren(PortfolioSheet)
    portfolio.form.title.edit.setText(f"Title {needle.word}")
    portfolio.form.words.setPlainText(f"Words {needle.word}")
    portfolio.badges.add.click()
    settle(qtbot, window)
    for row in rows:
        showing.share(row.id)
        settle(qtbot, window)
        latest = window.findChildren(ShareSheet)[-1]
        for way in ShownBy:
            latest.show_way(way)
            settle(qtbot, window)
    showing.interview([row.id for row in rows])
    settle(qtbot, window)
    window.grab()


def write_note(qtbot: QtBot, window: MainWindow, badge: str, text: str) -> None:
    window.session.ask(
        window,
        "note",
        lambda safe: safe.save_note(badge, text),
        done=lambda _note: None,
        failed=window.report,
    )
    settle(qtbot, window)


def open_over_all(window: MainWindow, needle: Needle) -> None:
    """Questions, file dialogs, menus, message boxes, tooltips and the clipboard."""
    word = needle.word
    question = Question(f"Delete {word}?", word, word, word, danger=True)
    window.seams.ask(question, lambda _agreed: None)
    window.seams.choose_save(word, Path.home() / f"{word}.json", ["*.json"], lambda _path: None)
    window.seams.choose_files(word, lambda _names: None)
    box = QMessageBox(QMessageBox.Icon.Question, word, word, parent=window)
    box.open()
    menu = PopupMenu(window)
    menu.add(word, lambda: None)
    menu.popup(QPoint(5, 5))
    QToolTip.showText(QPoint(5, 5), word, window)
    window.offer_undo(word, lambda: None)
    window.seams.copy_text(f"https://issuer.example/{word}")
    QPixmapCache.insert("of-a-test", QPixmap(4, 4))
    settings = window.shell.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.change_passphrase.click()
    backups = window.shell.page("backups")
    assert isinstance(backups, BackupsPage)
