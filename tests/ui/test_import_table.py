"""The report of an import as a table to keep."""

import csv
import io
import json
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator
from tests.ui.showing_helpers import in_safe
from tests.ui.window_driver import OpenWindow, seams_of, settle, unlock
from wallet_app.app.import_table import import_table
from wallet_app.resources import resource_path
from wallet_app.ui.import_faces import tile_counts
from wallet_app.ui.import_report import ImportReport
from wallet_app.verification.report import Verdict


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
    assert [row[2] for row in rows[1:]] == ["Added", "Twice in the same import", "Refused"]
    assert rows[1][3:6] == [
        "Project Management Foundations",
        "calls itself “Northgate College”",
        "Not fully checked",
    ]
    # No spreadsheet runs a file's name.
    assert rows[3][0] == "'=cmd.txt"
    assert rows[3][6]
    told = in_safe(qtbot, window, lambda safe: safe.history()[:1])
    assert [(one.kind, dict(one.params)) for one in told] == [
        ("import_saved", {"name": path.name}),
    ]


def own_word(tmp_path: Path) -> Path:
    """A badge that its own holder signed, in a school's name, and that ends soon."""
    issuer = Issuer.at_did_key(WebSimulator(), key=SigningKey.ed25519("forger"))
    issuer.name = "University of Everywhere"
    badge = issuer.badge(name="Doctor", validUntil="2026-12-24T12:00:00Z")
    badge["credentialSubject"]["id"] = issuer.id
    file = tmp_path / "doctor.json"
    file.write_text(json.dumps(issuer.sign(badge)), encoding="utf-8")
    return file


def test_a_holders_own_word_is_verified_in_no_report_and_on_no_list(
    qtbot: QtBot, open_window: OpenWindow, empty_safe: Path, tmp_path: Path
) -> None:
    window = open_window(empty_safe)
    unlock(qtbot, window)
    tasks = window.tasks
    assert tasks is not None
    window.show_page("import")
    with qtbot.waitSignal(tasks.run.finished, timeout=20_000):
        window.sources_dropped.emit([str(own_word(tmp_path))])
    settle(qtbot, window)
    (result,) = tasks.run.tally.results
    assert result.badge is not None
    assert result.badge.verdict is Verdict.VERIFIED

    report = window.shell.page("import").findChild(ImportReport)
    assert isinstance(report, ImportReport)
    said = " ".join(label.text() for label in report.findChildren(QLabel))
    table = import_table(tasks.run.tally.results, window.words, str).decode("utf-8-sig")
    window.show_page("watch")
    settle(qtbot, window)
    watch = window.shell.page("watch")
    face = watch._face(result.badge)  # type: ignore[attr-defined]

    for text in (said, table, face.word):
        assert "Declared by its holder" in text or "1 declared by its holder" in text
        assert "is verified" not in text
        assert "Verified" not in text
        assert "Signed by its issuer" not in text
    assert face.verdict == "declared"
    assert tile_counts(tasks.run.tally)["verified"] == 0
