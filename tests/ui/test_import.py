import json
import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from simulators.mixed_files import mixed_folder
from tests.simulators.traces import Needle
from tests.ui.planted_badges import badge_with
from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.app import shared_work
from wallet_app.app.models import ImportOutcome
from wallet_app.resources import resource_path
from wallet_app.ui.components.import_line import ImportLine
from wallet_app.ui.components.text import Label
from wallet_app.ui.import_report import ImportReport
from wallet_app.ui.import_run import ImportRun
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.import_page import ImportPage


@pytest.fixture
def empty(qtbot: QtBot, open_window: OpenWindow, empty_safe: Path) -> MainWindow:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    return window


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Three badges, one of them twice, and three files that are none."""
    folder = tmp_path / "in"
    folder.mkdir()
    samples = sorted(resource_path("samples", "badges").iterdir())
    for sample in (samples[0], samples[1], samples[6]):
        shutil.copy(sample, folder / sample.name)
    shutil.copy(samples[1], folder / "a copy.json")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "notes.txt").write_text("shopping", encoding="utf-8")
    (folder / "empty.json").write_bytes(b"")
    return folder


def run_of(window: MainWindow) -> ImportRun:
    assert window.tasks is not None
    return window.tasks.run


def page_of(window: MainWindow) -> ImportPage:
    page = window.shell.page("import")
    assert isinstance(page, ImportPage)
    return page


def report_of(window: MainWindow) -> ImportReport:
    report = page_of(window).report.currentWidget()
    assert isinstance(report, ImportReport)
    return report


def take(qtbot: QtBot, window: MainWindow, *sources: str) -> None:
    window.sources_dropped.emit(list(sources))
    settle(qtbot, window)


def texts(report: ImportReport) -> str:
    return "\n".join(label.text() for label in report.findChildren(Label))


def test_good_and_bad_files_end_in_one_report_with_a_reason_for_each(
    qtbot: QtBot, empty: MainWindow, mixed: Path
) -> None:
    take(qtbot, empty, str(mixed))
    outcomes = [result.outcome for result in run_of(empty).tally.results]
    assert outcomes.count(ImportOutcome.ADDED) == 3
    assert outcomes.count(ImportOutcome.DUPLICATE) == 1
    assert outcomes.count(ImportOutcome.REFUSED) == 3
    added = [result.badge for result in run_of(empty).tally.added if result.badge]
    assert empty.current_page == "import"
    report = report_of(empty)
    assert report.headline == "7 files read, 3 badges added"
    said = texts(report)
    assert "1 came twice in this import" in said
    assert "a copy.json" in said, "which of the two files was left out"
    verified = sum(row.verdict == "verified" for row in added)
    assert f"All are in your safe, {verified} of them verified" in said
    assert "In your safe\n" not in said, "what is worth a look is in it as well"
    assert "already in your safe" not in said.lower()
    assert "3 refused" in said
    assert "3 files refused: no readable badge" in said, "the same word: a broken badge is one"
    assert "empty.json is empty. Ask for the original file again." in said
    assert str(mixed) not in said, "a file is called by its name"
    empty.show_page("safe")
    settle(qtbot, empty)
    assert len(empty.library.rows()) == 3


def test_from_the_report_the_list_stands_on_what_was_added(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    unlocked.resize(960, 640)
    library = unlocked.library
    settle(qtbot, unlocked)
    for turned in ("eno", "owt"):
        (tmp_path / f"{turned}.json").write_bytes(badge_with(Needle(turned)))
    for again in (False, True):
        last = library.rows()[-1].id
        library.view.make_current(last)
        library.view.scrollToBottom()
        if again:
            unlocked.show_page("import")
        else:
            take(qtbot, unlocked, str(tmp_path / "eno.json"), str(tmp_path / "owt.json"))
        assert unlocked.current_page == "import"
        report_of(unlocked).open_safe.click()
        settle(qtbot, unlocked)
        added = [one.badge.id for one in run_of(unlocked).tally.added if one.badge is not None]
        assert len(added) == 2
        assert library.view.current_id in added
        here = library.view.visualRect(library.view.currentIndex())
        assert library.view.viewport().rect().contains(here)


def test_every_badge_of_an_archive_has_its_line_under_the_name_of_its_file(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "my badges.zip"
    samples = sorted(resource_path("samples", "badges").iterdir())
    wallet = {"type": "UniversalWallet2020", "contents": [{"privateKeyMultibase": "zSECRET"}]}
    with zipfile.ZipFile(path, "w") as archive:
        for sample in samples[:3]:
            archive.write(sample, f"folder/{sample.name}")
        archive.writestr("../up.json", samples[3].read_bytes())
        archive.writestr("notes.txt", "Notes")
        archive.writestr("more.txt", "Notes")
        archive.writestr("wallet.json", json.dumps(wallet))
    take(qtbot, empty, str(path))
    tally = run_of(empty).tally
    assert [(one.outcome, one.inside) for one in tally.results] == [
        *((ImportOutcome.ADDED, one.inside) for one in tally.results[:3]),
        (ImportOutcome.REFUSED, "../up.json"),
    ]
    assert (tally.total, tally.done, tally.sources) == (4, 4, 1)
    report = report_of(empty)
    assert report.headline == "1 file read, 3 badges added"
    texts = [label.text() for label in report.findChildren(Label)]
    assert "my badges.zip" in texts
    assert any("../up.json" in text for text in texts)
    assert any("Private keys inside: 1." in text for text in texts)
    assert any("left aside: 2." in text for text in texts)
    assert "3 things stayed in their files" in texts
    assert not any("SECRET" in text for text in texts)
    lines = [line.accessibleName() for line in report.findChildren(ImportLine)]
    # The third is alone in its group, which names it without a line.
    assert ["folder/01" in lines[0], "folder/03" in lines[1]] == [True, True]


def test_stopping_leaves_out_the_rest_of_an_archive(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "badges.zip"
    samples = sorted(resource_path("samples", "badges").iterdir())
    with zipfile.ZipFile(path, "w") as archive:
        for sample in samples[:4]:
            archive.write(sample, sample.name)
    run = run_of(empty)
    run.progressed.connect(lambda: run.stop() if len(run.tally.results) == 1 else None)
    take(qtbot, empty, str(path))
    assert run.tally.stopped
    assert 1 <= len(run.tally.results) <= 2


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """So many files that processes share them, of every kind."""
    monkeypatch.setattr(shared_work, "PATIENCE_S", -1.0)
    monkeypatch.setattr(shared_work, "WORTH_S", -1.0)
    monkeypatch.setattr(shared_work, "usual_processes", lambda: 2)
    mixed_folder(tmp_path / "many", 60)
    return tmp_path / "many" / "files"


def test_many_files_are_shared_out_and_end_in_their_order(
    qtbot: QtBot, empty: MainWindow, many: Path
) -> None:
    run = run_of(empty)
    empty.sources_dropped.emit([str(many)])
    qtbot.waitUntil(lambda: run.tally.done == 60 and not run.running, timeout=60_000)
    settle(qtbot, empty)
    tally = run.tally
    assert [Path(one.source).name for one in tally.results] == sorted(
        path.name for path in many.iterdir()
    )
    refused = [Path(one.source).suffix for one in tally.having(ImportOutcome.REFUSED)]
    assert refused == [".txt"] * 6
    assert len(tally.added) == 54


def test_stopping_many_ends_the_processes_too(qtbot: QtBot, empty: MainWindow, many: Path) -> None:
    run = run_of(empty)

    def stop_after_three() -> None:
        if run.tally.done >= 3:
            run.stop()

    stopping = run.progressed.connect(stop_after_three)
    empty.sources_dropped.emit([str(many)])
    qtbot.waitUntil(lambda: run.tally.stopped and not run.running, timeout=60_000)
    run.disconnect(stopping)
    settle(qtbot, empty)
    assert not run.running
    assert 3 <= run.tally.done < 60
    assert run.tally.total == 60


def test_a_line_of_the_report_opens_its_badge(qtbot: QtBot, empty: MainWindow, mixed: Path) -> None:
    take(qtbot, empty, str(mixed))
    lines = [line for line in report_of(empty).findChildren(ImportLine) if line.badge_id]
    assert lines
    lines[0].click()
    settle(qtbot, empty)
    assert empty.current_page == "badge"
    assert empty.detail.badge_id == lines[0].badge_id


def test_stopping_keeps_whole_badges_and_leaves_out_the_rest(
    qtbot: QtBot, empty: MainWindow
) -> None:
    run = run_of(empty)

    def stop_after_three() -> None:
        if run.tally.done >= 3:
            run.stop()

    stopping = run.progressed.connect(stop_after_three)
    folder = str(resource_path("samples", "badges"))
    empty.show_page("import")
    take(qtbot, empty, folder)
    assert run.tally.stopped
    assert 3 <= run.tally.done < 10
    assert "You stopped before the end" in texts(report_of(empty))
    empty.show_page("safe")
    settle(qtbot, empty)
    assert len(empty.library.rows()) == run.tally.done
    assert run.disconnect(stopping)
    take(qtbot, empty, folder)
    assert len(run.tally.added) == 10 - len(run.tally.having(ImportOutcome.DUPLICATE))


def test_one_file_is_told_in_a_message_that_opens_it(qtbot: QtBot, empty: MainWindow) -> None:
    badge = sorted(resource_path("samples", "badges").iterdir())[1]
    take(qtbot, empty, str(badge))
    assert empty.current_page == "safe"
    assert "Accueil et médiation numérique" in empty._toast.label.text()
    assert empty._toast.act()
    settle(qtbot, empty)
    assert empty.current_page == "badge"


def test_one_refused_file_is_told_with_its_reason(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("shopping", encoding="utf-8")
    take(qtbot, empty, str(wrong))
    assert empty.current_page == "import"
    assert "no readable badge" in texts(report_of(empty))


def test_a_pasted_document_is_taken_in(qtbot: QtBot, empty: MainWindow) -> None:
    badge = next(resource_path("samples", "badges").glob("02-*.json"))
    seams_of(empty).on_clipboard.setText(badge.read_text(encoding="utf-8"))
    empty.commands["paste"].trigger()
    settle(qtbot, empty)
    assert run_of(empty).tally.results[0].outcome is ImportOutcome.ADDED


def test_a_pasted_picture_is_taken_in(qtbot: QtBot, empty: MainWindow) -> None:
    badge = next(resource_path("samples", "badges").glob("01-*.png"))
    seams_of(empty).on_clipboard.setData("image/png", badge.read_bytes())
    empty.commands["paste"].trigger()
    settle(qtbot, empty)
    assert run_of(empty).tally.results[0].outcome is ImportOutcome.ADDED


def test_pasted_files_are_taken_in(qtbot: QtBot, empty: MainWindow) -> None:
    badge = next(resource_path("samples", "badges").glob("06-*.jwt"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(badge))])
    seams_of(empty).on_clipboard = mime
    empty.commands["paste"].trigger()
    settle(qtbot, empty)
    assert run_of(empty).tally.results[0].outcome is ImportOutcome.ADDED


@pytest.mark.parametrize("agreed", [True, False])
def test_a_link_names_its_host_and_asks_first(
    qtbot: QtBot, empty: MainWindow, *, agreed: bool
) -> None:
    seams = seams_of(empty)
    seams.on_clipboard.setText("https://badges.northgate.example/credentials/2041")
    seams.answers.append(agreed)
    empty.commands["paste"].trigger()
    settle(qtbot, empty)
    assert "badges.northgate.example" in seams.questions[0].text
    if not agreed:
        assert run_of(empty).tally.done == 0
        return
    # The services of this test are offline: the answer is a plain sentence, not a crash.
    (result,) = run_of(empty).tally.results
    assert result.outcome is ImportOutcome.REFUSED
    assert result.error is not None
    assert result.error.code == "source.address.offline"


def test_a_link_that_hides_its_host_is_named_as_the_network_knows_it(
    qtbot: QtBot, empty: MainWindow
) -> None:
    seams = seams_of(empty)
    seams.answers.append(False)
    empty.sources_dropped.emit(["https://bädge.example/x"])
    assert "xn--bdge-loa.example" in seams.questions[0].text


def test_locking_in_the_middle_drops_the_rest_and_every_name(
    qtbot: QtBot, empty: MainWindow
) -> None:
    run = run_of(empty)

    def lock_after_two() -> None:
        if run.tally.done == 2:
            empty.lock()

    run.progressed.connect(lock_after_two)
    empty.show_page("import")
    take(qtbot, empty, str(resource_path("samples", "badges")))
    assert not empty.session.is_open
    assert run.tally.done == 0
    assert not run.running
    assert [line for line in page_of(empty).findChildren(ImportLine) if line.isVisible()] == []
    unlock(qtbot, empty)
    assert 2 <= len(empty.library.rows()) < 10
    assert "at 2 of 10" in empty._toast.label.text()


def test_the_samples_can_be_added_from_the_empty_safe(qtbot: QtBot, empty: MainWindow) -> None:
    empty.samples_asked.emit()
    settle(qtbot, empty)
    assert len(run_of(empty).tally.added) == 10
    empty.show_page("safe")
    settle(qtbot, empty)
    assert len(empty.library.rows()) == 10


def test_a_long_import_can_go_on_in_the_background(
    qtbot: QtBot, empty: MainWindow, mixed: Path
) -> None:
    page = page_of(empty)
    empty.show_page("import")
    run_of(empty).started.connect(page.running.background.click)
    take(qtbot, empty, str(mixed))
    assert empty.current_page in ("safe", "import")
    assert run_of(empty).tally.done == 7


def test_a_file_too_large_to_read_is_not_said_to_hold_no_badge(
    qtbot: QtBot, empty: MainWindow, tmp_path: Path
) -> None:
    large = tmp_path / "film.json"
    with large.open("wb") as file:
        file.truncate(25 * 1024 * 1024)
    take(qtbot, empty, str(large))
    said = texts(report_of(empty))
    assert "1 file could not be read" in said
    assert "no badge" not in said


@pytest.mark.parametrize("address", ["https://127.0.0.1:9/x", "http://192.0.2.7/badge"])
def test_a_refused_address_is_refused_without_a_question_and_in_words_for_addresses(
    qtbot: QtBot, empty: MainWindow, address: str
) -> None:
    take(qtbot, empty, address)
    assert seams_of(empty).questions == []
    said = texts(report_of(empty))
    assert "1 item looked at, 0 badges added" in said
    assert "1 item could not be read" in said
    assert "file" not in said
    assert "left where" not in said
