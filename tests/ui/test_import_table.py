"""The report of an import as a table to keep."""

import csv
import io
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.resources import resource_path
from wallet_app.ui.import_report import ImportReport


def test_the_report_is_saved_with_a_reason_for_what_was_left_out(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path, tmp_path: Path
) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    badge = resource_path("samples", "badges", "03-project-management.json")
    bad, again = tmp_path / "=cmd.txt", tmp_path / "again.json"
    bad.write_text("no badge", encoding="utf-8")
    again.write_bytes(badge.read_bytes())
    tasks = window.tasks
    assert tasks is not None
    window.show_page("import")
    with qtbot.waitSignal(tasks.run.finished, timeout=20_000):
        window.sources_dropped.emit([str(badge), str(again), str(bad)])
    settle(qtbot, window)
    report = window.shell.page("import").findChild(ImportReport)
    assert isinstance(report, ImportReport)
    (tmp_path / "out").mkdir()
    seams_of(window).save_to.append(tmp_path / "out")
    report.save.click()
    settle(qtbot, window)
    (path,) = (tmp_path / "out").iterdir()
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["File", "Place in the file", "Outcome"]
    assert [row[2] for row in rows[1:]] == ["Added", "Already in the safe", "Left out"]
    assert rows[1][3:6] == [
        "Project Management Foundations",
        "Northgate College",
        "Not fully checked",
    ]
    # No spreadsheet runs a file's name.
    assert rows[3][0] == "'=cmd.txt"
    assert rows[3][6]
