"""The page of skills: what it lists, finds and opens, by keyboard too, and what it saves."""

import csv
import io
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.simulators.web import NOW
from tests.ui.showing_helpers import add_signed
from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.app import skills_record
from wallet_app.app.safe import Safe
from wallet_app.app.skill_models import Framework, ProvenSkill, Strength
from wallet_app.app.skills_record import RecordKind
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages import skills_loading
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.sheets.proof_list import ProofModel
from wallet_app.ui.sheets.skill_sheet import SkillSheet
from wallet_app.ui.sheets.skills_record_sheet import SkillsRecordSheet


def skills_page(qtbot: QtBot, window: MainWindow) -> SkillsPage:
    window.show_page("skills")
    settle(qtbot, window)
    page = window.shell.page("skills")
    assert isinstance(page, SkillsPage)
    return page


@pytest.fixture
def page(qtbot: QtBot, unlocked: MainWindow) -> SkillsPage:
    return skills_page(qtbot, unlocked)


def listed(page: SkillsPage) -> list[str]:
    model = page.mine.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def spoken(page: SkillsPage, row: int) -> str:
    return str(page.mine.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def test_skills_stand_under_their_framework_the_proven_first(page: SkillsPage) -> None:
    QAbstractItemModelTester(page.mine.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    names = listed(page)
    own, other = names.index("Northgate Skills Framework"), names.index("Référentiel de Bellerive")
    assert own < names.index("Analyse data") < names.index("Manage risks") < other
    assert spoken(page, names.index("Analyse data")) == (
        "Analyse data, Northgate Skills Framework, 1 badge, 1 verified and in force, March 2026"
    )
    assert "withdrawn" in spoken(page, names.index("Manage risks"))
    assert "Use probability" not in names, "only a badge that is not valid names it"
    assert page.mine._refused.text().startswith("3 more skills are named only by badges")


def test_the_filter_finds_in_names_frameworks_and_badges(qtbot: QtBot, page: SkillsPage) -> None:
    page.search.edit.setText("porter SECOURS bellerive")
    qtbot.waitUntil(lambda: not page.search.is_waiting)
    assert listed(page) == ["Référentiel de Bellerive", "Porter secours"]
    assert page.search.count == "1"
    page.search.edit.setText("zeppelin")
    qtbot.waitUntil(lambda: not page.search.is_waiting)
    assert listed(page) == []
    assert page.mine._found.currentIndex() == 1
    qtbot.keyClick(page.search.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.search.is_waiting)
    assert len(listed(page)) > 20


def test_a_skill_opens_its_proofs_and_a_proof_its_badge_by_keyboard(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage
) -> None:
    view = page.mine.view
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key, "the arrows pass over headings"
    view.make_current("named:referentiel de bellerive=bv 02")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    sheet = top(unlocked)
    assert isinstance(sheet, SkillSheet)
    assert sheet.skill.name == "Porter secours"
    assert sheet.strength.text() == "Not proven now: the badge has ended."
    proof = sheet.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Expired on" in str(proof)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"
    assert unlocked.detail.badge_id == sheet.skill.proofs[0].badge_id
    assert not unlocked.has_sheet


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://xn--pple-43d.com/x", "xn--pple-43d.com"),
        ("https://\u0430pple.com/x", "xn--pple-43d.com"),
        ("https://apple.com@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://skills.example/x", "skills.example"),
    ],
)
def test_the_page_of_a_meaning_is_named_by_its_host_as_the_network_knows_it(
    unlocked: MainWindow, url: str, host: str
) -> None:
    skill = ProvenSkill("k", "Plan", Framework.ESCO, (), url=url)
    sheet = SkillSheet(unlocked, unlocked.context, skill)
    shown = [one.text() for one in sheet.findChildren(LinkButton)]
    assert shown == ([f"What it means, at {host}"] if host else [])
    sheet.dismiss()


def test_headings_cannot_be_chosen(page: SkillsPage) -> None:
    model = page.mine.model
    heading = model.index(0, 0)
    assert not heading.flags() & Qt.ItemFlag.ItemIsEnabled
    page.mine.view._open(heading)
    page.mine.view._open(QModelIndex())
    assert not page.window().findChildren(SkillSheet)


def test_the_figures_of_the_chart_are_in_a_table(qtbot: QtBot, page: SkillsPage) -> None:
    years = page.mine.years
    QAbstractItemModelTester(years.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = page.mine.shown
    assert shown is not None
    figures = [
        [years.table.index(row, column).data() for column in range(4)]
        for row in range(years.table.rowCount())
    ]
    told = [[str(one.year), *map(str, (one.valid, one.over, one.open))]
            for one in reversed(shown.overview.years)]  # fmt: skip
    assert figures == told
    assert figures[0][0] == "2026"
    for one in shown.overview.years:
        assert f"{one.year}, {one.valid} in force" in years.chart.accessibleName()
    assert not years.view.isVisible()
    qtbot.keyClick(years.as_table, Qt.Key.Key_Return)
    assert years.view.isVisible()
    assert years.as_table.accessibleName() == "Show as bars"


def test_what_moves_leads_to_its_badge(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage
) -> None:
    rows = page.mine.moves.findChildren(QAbstractButton)
    assert rows
    due = next(row for row in rows if "due for renewal" in row.accessibleName())
    assert "Usually lasts 1 year." in due.accessibleName()
    qtbot.keyClick(due, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    assert unlocked.current_page == "badge"


def test_an_empty_safe_says_what_will_be_here(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path
) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    page = skills_page(qtbot, window)
    assert page.mine._stack.currentWidget() is page.mine._no_badges
    assert not page.save.isEnabled()


def test_a_change_of_the_safe_is_shown(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage
) -> None:
    before = len(listed(page))
    badge = next(row.id for row in unlocked.library.rows() if row.name == "Robot Builder")
    unlocked.session.ask(
        unlocked, "delete", lambda safe: safe.delete(badge),
        done=lambda _none: unlocked.session.changed.emit(), failed=unlocked.report,
    )  # fmt: skip
    settle(qtbot, unlocked)
    assert 0 < len(listed(page)) < before


def test_many_badges_are_read_some_at_a_time_and_the_progress_is_said(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skills_loading, "_read", lambda safe: safe.read_skills(2))
    page = unlocked.shell.page("skills")
    assert isinstance(page, SkillsPage)
    said: list[str] = []
    page.loading.progressed.connect(lambda _done, _total: said.append(page._summary.text()))
    unlocked.show_page("skills")
    settle(qtbot, unlocked)
    assert len(said) >= 3
    assert said[-1].startswith("Reading skills…")
    assert page._summary.text() == "13 skills proven by 3 verified badges"


def test_where_no_skill_is_proven_the_head_says_why_and_counts_no_zeros(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage
) -> None:
    def keep_none(safe: Safe) -> None:
        for row in safe.badges():
            safe.delete(row.id)

    unlocked.session.ask(
        unlocked, "delete", keep_none, done=lambda _none: None, failed=unlocked.report
    )
    settle(qtbot, unlocked)
    # Verified, and signed by a key that nothing stands behind.
    add_signed(qtbot, unlocked, skill="Read carefully")
    assert "Read carefully" in listed(page)
    assert page._summary.text() == (
        "No skill is proven yet: nobody vouches for the keys that signed the verified badges."
    )
    shown = page.mine.shown
    assert shown is not None
    told = list(skills_record._told(shown.overview))
    record = skills_record._record(told, shown.overview, unlocked.words, NOW)
    assert record.summary == f"{page._summary.text()} As of {unlocked.words.date(NOW.date())}."


def test_a_lock_forgets_every_skill(qtbot: QtBot, unlocked: MainWindow, page: SkillsPage) -> None:
    page.search.edit.setText("data")
    unlocked.lock()
    assert page.mine.shown is None
    assert page.mine.model.rowCount() == 0
    assert page.search.text == ""
    settle(qtbot, unlocked)
    unlock(qtbot, unlocked)
    assert unlocked.current_page == "skills", "and the same page comes back"


def save(qtbot: QtBot, window: MainWindow, page: SkillsPage, kind: RecordKind, to: Path) -> bytes:
    page.save.click()
    sheet = top(window)
    assert isinstance(sheet, SkillsRecordSheet)
    sheet.ways.findChild(QAbstractButton, f"way-{kind}").click()
    seams_of(window).save_to.append(to)
    sheet.go.click()
    settle(qtbot, window)
    assert not window.has_sheet
    (file,) = to.glob(f"*.{kind}")
    return file.read_bytes()


def test_the_record_is_saved_in_four_forms_and_remembered(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage, tmp_path: Path
) -> None:
    to = tmp_path / "saved"
    to.mkdir()
    pdf = save(qtbot, unlocked, page, RecordKind.PDF, to)
    assert pdf.startswith(b"%PDF")
    assert save(qtbot, unlocked, page, RecordKind.PICTURE, to).startswith(b"\x89PNG")
    table = save(qtbot, unlocked, page, RecordKind.TABLE, to).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    names = {row["skill"] for row in rows}
    assert "Analyse data" in names
    assert not names & {"Manage risks", "Use probability"}, "withdrawn, and not valid"
    resume = json.loads(save(qtbot, unlocked, page, RecordKind.RESUME, to))
    skills = {skill["name"]: skill for skill in resume["skills"]}
    assert skills["Analyse data"]["level"] == "1 verified badge"
    assert "Porter secours (no badge in force any more)" in skills
    events: list[str] = []
    unlocked.session.ask(
        unlocked, "history", lambda safe: [event.kind for event in safe.history()],
        done=events.extend, failed=unlocked.report,
    )  # fmt: skip
    settle(qtbot, unlocked)
    assert events.count("skills_saved") == 4


def test_every_dot_has_words_and_the_list_is_one_stop(page: SkillsPage) -> None:
    model = page.mine.model
    for row in range(model.rowCount()):
        line = model.line(row)
        assert line is not None
        if line.skill is not None and line.skill.strength is not Strength.PROVEN:
            assert "roven" in line.spoken or "eclared" in line.spoken
    found = QAccessible.queryAccessibleInterface(page.mine.view)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Skills by framework"
    model_type = ProofModel(page)
    assert model_type.line(0) is None


def test_the_advert_stands_in_its_own_tab_with_the_skills_of_the_safe(
    qtbot: QtBot, unlocked: MainWindow, page: SkillsPage
) -> None:
    tab = page.tabs.findChild(QAbstractButton, "tab-0")
    tab.setFocus()
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    assert page.advert.isVisible()
    assert not page.save.isVisible()
    assert not page.search.isVisible()
    page.advert.read("Nous cherchons une personne qui sait porter secours.")
    settle(qtbot, unlocked)
    asked = [one.skill.name for one in page.advert.reading.demands if one.skill is not None]
    assert asked == ["Porter secours"]
    unlocked.commands["search"].trigger()
    assert page.search.edit.hasFocus(), "and the list is in front again"
    page.show_tab(1)
    unlocked.lock()
    assert not page.advert.reading.demands
