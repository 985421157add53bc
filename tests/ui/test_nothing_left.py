"""After a lock nothing of the safe is left: on screens, in models, in Python, on the clipboard.

One badge carries a word that nothing else has, in its name, issuer, description, criteria and
note. Every page and dialog is opened, the safe is locked in each way, and the word is looked for.
"""

import json
import logging
import secrets
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.screenshots.advert_scenes import AdvertPage
from tests.simulators.issuer import Issuer
from tests.simulators.traces import Needle, in_python, in_qt
from tests.simulators.web import WebSimulator
from tests.ui.window_driver import PASSPHRASE, settle, unlock
from wallet_app.app.drafts import Draft
from wallet_app.app.services import Services
from wallet_app.app.share_models import ShownBy
from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength
from wallet_app.crypto.secret import Secret
from wallet_app.storage.header_file import unlock_header
from wallet_app.system.instance_message import Ask, Verb
from wallet_app.system.lock_signals import LockReason, NoLockSignals
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.first_window import FirstWindow
from wallet_app.ui.leaving import Leaving
from wallet_app.ui.lock_triggers import LockTriggers
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
from wallet_app.verification.report import Verdict

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PAGES = (
    "safe",
    "watch",
    "deleted",
    "skills",
    "import",
    "shares",
    "history",
    "backups",
    "settings",
)


class Records(logging.Handler):
    """Every log record of a test, at every level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture
def records() -> Iterator[Records]:
    handler, root = Records(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture
def needle() -> Needle:
    return Needle(f"zq{secrets.token_hex(8)}"[::-1])


def badge_with(needle: Needle) -> bytes:
    word = needle.word
    host = f"https://issuer-{word}.example"
    return json.dumps(
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": f"{host}/assertions/1",
            "recipient": {"type": "email", "hashed": False, "identity": f"{word}@mail.example"},
            "issuedOn": "2026-01-02T00:00:00Z",
            "verification": {"type": "hosted"},
            "evidence": {"name": f"Work {word}", "narrative": f"Told **{word}**"},
            "badge": {
                "type": "BadgeClass",
                "id": f"{host}/badges/1",
                "name": f"Name {word}",
                "description": f"Description {word}",
                "image": f"{host}/badges/1.png",
                "criteria": {"narrative": f"Criteria **{word}**"},
                "endorsement": [{"issuer": f"Friend {word}", "description": f"Praise {word}"}],
                "alignment": [{"targetName": f"Skill {word}", "targetFramework": word}],
                "tags": [f"tag-{word}"],
                "issuer": {
                    "type": "Issuer",
                    "id": f"{host}/",
                    "name": f"Issuer {word}",
                    "url": f"{host}/",
                    "email": f"{word}@issuer.example",
                },
            },
        }
    ).encode()


def signed_badge_with(needle: Needle) -> bytes:
    """A badge with a proof, and terms of its own that carry the word."""
    word = needle.word
    issuer = Issuer.at_did_key(WebSimulator())
    badge = issuer.badge(name=f"Signed {word}")
    badge["@context"] = [*badge["@context"], {f"term{word}": f"https://terms.example/{word}"}]
    badge[f"term{word}"] = f"https://terms.example/value/{word}"
    return json.dumps(issuer.sign(badge)).encode()


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, services: Services, sample_safe: Path, needle: Needle
) -> Iterator[MainWindow]:
    """A window with the real desktop, open, with the badge taken in from a file."""
    shutil.copytree(sample_safe, tmp_path / "safe")
    files = [tmp_path / "hosted.json", tmp_path / "signed.json"]
    files[0].write_bytes(badge_with(needle))
    files[1].write_bytes(signed_badge_with(needle))
    window = MainWindow(services, tmp_path / "safe", tmp_path / "settings.json")
    LockTriggers(window, NoLockSignals())
    window.show()
    unlock(qtbot, window)
    window.sources_dropped.emit([str(file) for file in files])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 12)
    yield window
    window.close()
    window.deleteLater()


def badge_id(window: MainWindow, needle: Needle) -> str:
    hosted = f"Name {needle.word}"
    return next(row.id for row in window.library.rows() if row.name == hosted)


def face_an_advert(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """Read an advert beside skills, say something of it, and begin to declare a skill."""
    page = AdvertPage(window.context)
    window.shell.add_page("advert", lambda: page)
    window.show_page("advert")
    proof = SkillProof("0" * 64, f"Badge {needle.word}", f"Issuer {needle.word}",
                       False, Verdict.VERIFIED, Strength.PROVEN)  # fmt: skip
    skill = ProvenSkill(needle.word, f"Skill {needle.word}", Framework.FREE, (proof,))
    page.advert.set_skills((skill,))
    page.advert.paste.field.setPlainText(f"Experience with {needle.word} required. {needle.word}")
    page.advert.paste.read.click()
    settle(qtbot, window)
    page.advert._make_demand(f"required {needle.word}")
    settle(qtbot, window)
    window.grab()
    page.advert.declare(f"Skill {needle.word}")
    settle(qtbot, window)
    window.findChildren(DeclareSheet)[-1].dismiss()
    settle(qtbot, window)


def look_everywhere(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """Open every page and every dialog, the last ones staying open."""
    badge = badge_id(window, needle)
    write_note(qtbot, window, badge, f"Note {needle.word}")
    for page in PAGES:
        window.show_page(page)
        settle(qtbot, window)
    face_an_advert(qtbot, window, needle)
    for kind in Kind:
        window.library.shelf_filter.show_all(kind)
        settle(qtbot, window)
        window.grab()
        for sheet in window.findChildren(FacetSheet):
            sheet.close_sheet()
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


def look_at_skills(qtbot: QtBot, window: MainWindow, needle: Needle) -> None:
    """The page of skills with its filter, a skill and the record; both dialogs stay open."""
    window.show_page("skills")
    settle(qtbot, window)
    page = window.shell.page("skills")
    assert isinstance(page, SkillsPage)
    assert page.mine.shown is not None
    page.mine.years.as_table.click()
    page.search.edit.setText(needle.word)
    named = [one for one in page.mine.shown.overview.skills if needle.is_in(one.name)]
    page.show_tab(1)
    page.advert.read(f"Somebody who knows {named[0].name}, and {needle.word}.")
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
    for page in ("shares", "settings"):
        window.show_page(page)
        settle(qtbot, window)
    settings = window.shell.page("settings")
    assert isinstance(settings, SettingsPage)
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
    settings._open_change()
    backups = window.shell.page("backups")
    assert isinstance(backups, BackupsPage)


def keyboard(window: MainWindow) -> None:
    window.commands["lock"].trigger()


def idle(window: MainWindow) -> None:
    window.idle.left.emit()


def desktop(window: MainWindow) -> None:
    window.findChildren(LockTriggers)[0].hear(LockReason.SCREEN_LOCKED)


def second_process(window: MainWindow) -> None:
    first = FirstWindow(window, window.session.vault_path)
    first._handle(Ask(Verb.LOCK), lambda _answer: None)
    first.end()


WAYS: tuple[Callable[[MainWindow], None], ...] = (keyboard, idle, desktop, second_process)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_word_is_left_anywhere(
    qtbot: QtBot, window: MainWindow, needle: Needle, records: Records, way: Callable[..., None]
) -> None:
    look_everywhere(qtbot, window, needle)
    assert in_qt(needle), "what is looked for is on the screen"
    assert in_python(needle), "and in memory"
    with qtbot.waitSignal(window.session.closed):
        way(window)
    settle(qtbot, window)
    let_go(qtbot, window)
    assert in_qt(needle) == set()
    assert in_python(needle) == set()
    assert QGuiApplication.clipboard().text() == ""
    assert not QPixmapCache.find("of-a-test", QPixmap())
    assert not [text for text in records.texts if needle.is_in(text)]
    assert not window.has_sheet
    assert window._root.currentWidget() is window.unlock


def let_go(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for work that a lock cannot stop, and for the next round of the event loop."""
    (leaving,) = window.findChildren(Leaving)
    # A job that has ended is told a moment later, and only then is the rest emptied.
    qtbot.waitUntil(lambda: window.bridge.is_at_rest and not leaving.has_traces)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_no_key_is_left_in_what_python_can_reach(
    qtbot: QtBot, window: MainWindow, needle: Needle
) -> None:
    path = window.session.vault_path
    look_everywhere(qtbot, window, needle)
    with qtbot.waitSignal(window.session.closed):
        window.lock()
    settle(qtbot, window)
    let_go(qtbot, window)
    spellings = key_spellings(path)
    for spelled in spellings:
        assert in_python(spelled) == set()


def key_spellings(path: Path) -> list["Needle"]:
    """The vault key as bytes (Latin-1, one letter each), as hex and as base64, turned round."""
    with unlock_header(path, Secret.from_text(PASSPHRASE)).opened.vault_key as key:
        raw = bytes(key.buffer())
    texts = [raw.hex(), b64encode(raw).decode()]
    return [RawNeedle(raw[::-1]), *(Needle(text[::-1]) for text in texts)]


class RawNeedle(Needle):
    """Bytes that are no text."""

    def __init__(self, turned: bytes) -> None:
        object.__setattr__(self, "turned", turned)

    def is_in(self, text: object) -> bool:
        return isinstance(text, bytes | bytearray) and self.turned[::-1] in text  # type: ignore[comparison-overlap]


def test_the_search_for_the_key_finds_one_that_is_there(tmp_path: Path, sample_safe: Path) -> None:
    (raw, in_hex, _base64) = key_spellings(sample_safe)
    kept = {"held": raw.turned[::-1], "spelled": in_hex.turned[::-1]}
    assert in_python(raw)
    assert in_python(in_hex)
    assert kept


def test_what_was_being_written_comes_back_and_nothing_else_of_it_is_kept(
    qtbot: QtBot, window: MainWindow, needle: Needle
) -> None:
    class Editor:
        text = f"half a note {needle.word}"

        def drafts(self) -> list[Draft]:
            return [Draft("", "note", self.text)]

    editor = Editor()
    window.session.offer_drafts_from(editor.drafts)
    with qtbot.waitSignal(window.session.closed):
        window.lock()
    del editor, Editor
    settle(qtbot, window)
    let_go(qtbot, window)
    assert in_python(needle) == set()
    unlock(qtbot, window)
    kept: list[str] = []
    window.session.ask(
        window,
        "drafts",
        lambda safe: [offered.draft.text for offered in safe.drafts()],
        done=kept.extend,
        failed=window.report,
    )
    settle(qtbot, window)
    assert kept == [f"half a note {needle.word}"]
