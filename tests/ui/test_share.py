from hashlib import sha256
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.showing_helpers import shares
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.models import HistoryEvent
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.value_table import ValueTable
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.interview import InterviewView
from wallet_app.ui.sheets.share_sheet import ShareSheet


def open_share(qtbot: QtBot, window: MainWindow, badge_id: str) -> ShareSheet:
    window.share_asked.emit(badge_id)
    settle(qtbot, window)
    (sheet,) = window.findChildren(ShareSheet)
    return sheet


def choose(qtbot: QtBot, window: MainWindow, sheet: ShareSheet, way: ShownBy) -> None:
    row = sheet.findChild(QWidget, f"way-{way.value}")
    assert row is not None
    row.click()  # type: ignore[attr-defined]  # rows are buttons
    settle(qtbot, window)
    # What stood there before goes with the next events.
    qtbot.waitUntil(lambda: len(sheet.findChildren(ValueTable)) == 1)
    qtbot.waitUntil(sheet.findChildren(ValueTable)[0].isVisible)


def press(qtbot: QtBot, window: MainWindow, sheet: ShareSheet) -> None:
    sheet.primary.click()
    settle(qtbot, window)


def with_page(window: MainWindow) -> str:
    return badge_of(window, "verified")


def codes_in(widget: QWidget) -> list[str]:
    """Read what a phone would read from the pixels of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    import io  # noqa: PLC0415

    with Image.open(io.BytesIO(buffer.data().data())) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def history(qtbot: QtBot, window: MainWindow) -> list[HistoryEvent]:
    found: list[HistoryEvent] = []
    window.session.ask(
        window, "history", lambda safe: safe.history(), done=found.extend, failed=window.report
    )
    settle(qtbot, window)
    return found


def test_looking_at_the_ways_shows_nothing_to_anyone(qtbot: QtBot, unlocked: MainWindow) -> None:
    before = history(qtbot, unlocked)
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    for way in ShownBy:
        choose(qtbot, unlocked, sheet, way)
    for key, at in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_End, -1)):
        qtbot.keyClick(sheet.ways.current_row(), key)
        assert sheet.ways.current_row() is sheet.ways._rows[at]
        assert sheet.way.value == sheet.ways._rows[at].way.id
    sheet.dismiss()
    assert history(qtbot, unlocked) == before
    assert seams_of(unlocked).copied == []
    assert seams_of(unlocked).browsed == []


@pytest.mark.parametrize("size", [(1280, 820), (960, 640)])
def test_what_was_done_is_said_beside_the_buttons_not_on_them(
    qtbot: QtBot, unlocked: MainWindow, size: tuple[int, int]
) -> None:
    unlocked.resize(*size)
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.ISSUER_PAGE)
    press(qtbot, unlocked, sheet)
    toast = unlocked._toast
    assert toast.isVisible()
    for button in (sheet.cancel, sheet.second, sheet.primary):
        if button.isVisible():
            place = QRect(button.mapTo(unlocked, QPoint(0, 0)), button.size())
            assert not place.intersects(toast.geometry()), button.text()
    assert toast.y() > 0
    foot = toast.y()
    sheet.dismiss()
    settle(qtbot, unlocked)
    assert toast.y() > foot, "it comes down when nothing is in its way"


def test_the_link_is_copied_whole_and_written_to_the_history(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.ISSUER_PAGE)
    press(qtbot, unlocked, sheet)
    assert seams_of(unlocked).copied == [sheet.facts.page]
    latest = history(qtbot, unlocked)[0]
    assert (latest.kind, latest.params["as"]) == ("shared", "link")


def test_to_try_a_page_in_ones_own_browser_shows_nothing_to_anyone(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.ISSUER_PAGE)
    seams.answers.append(True)
    sheet.second.click()
    settle(qtbot, unlocked)
    assert seams.browsed == [sheet.facts.page]
    assert shares(qtbot, unlocked) == ()


def test_what_was_done_cannot_be_cancelled_only_closed(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    assert sheet.cancel.words == "Cancel"
    sheet.primary.setFocus()
    press(qtbot, unlocked, sheet)
    assert sheet.cancel.words == "Close"
    assert sheet.cancel.hasFocus(), "another Enter does not show it again"


def test_enter_on_a_way_leads_to_its_button_and_the_keys_of_showing_press_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.ISSUER_PAGE)
    row = sheet.ways.current_row()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert sheet.primary.hasFocus()
    assert seams_of(unlocked).copied == []
    assert sheet.primary.toolTip() == "Ctrl Enter"
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, unlocked)
    assert seams_of(unlocked).copied == [sheet.facts.page]


def test_tab_comes_to_for_whom_after_what_stands_above_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.LINKEDIN)
    stops = sheet._stops()
    table = sheet.findChild(ValueTable, "share-values")
    assert table is not None
    copies = [at for at, stop in enumerate(stops) if table.isAncestorOf(stop)]
    whom = stops.index(sheet.whom.edit)
    assert copies
    assert max(copies) < whom < stops.index(sheet.cancel)


def test_the_code_on_the_screen_reads_back_to_the_link(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.QR)
    assert codes_in(sheet) == [sheet.facts.page]
    press(qtbot, unlocked, sheet)
    (view,) = unlocked.findChildren(InterviewView)
    assert codes_in(view) == [sheet.facts.page]
    said = [label.text() for label in view.findChildren(Label)]
    assert sheet.facts.detail.row.name in said
    assert unlocked.isFullScreen()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert not unlocked.isFullScreen()
    assert sheet.isVisible()


def test_the_code_is_saved_as_a_picture_that_reads_back(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.QR)
    seams_of(unlocked).save_to.append(tmp_path)
    sheet.second.click()
    settle(qtbot, unlocked)
    (saved,) = tmp_path.glob("*.png")
    with Image.open(saved) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text == sheet.facts.page


def test_each_linkedin_field_is_copied_exactly(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.LINKEDIN)
    fields = sheet.facts.linkedin
    table = sheet.findChild(ValueTable, "share-values")
    assert table is not None
    buttons = [child for child in table.findChildren(QWidget) if hasattr(child, "value")]
    for button in buttons:
        button.click()
    copied = seams_of(unlocked).copied
    assert copied[0] == fields.name
    assert copied[1] == fields.organization
    assert copied[-1] == fields.credential_url
    assert all(button.accessibleName().startswith("Copy: ") for button in buttons)


def test_linkedin_opens_by_the_button_of_the_dialog_that_names_its_host(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    seams = seams_of(unlocked)
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.LINKEDIN)
    said = [label.text() for label in sheet._middle.findChildren(QLabel)]
    assert any("opens www.linkedin.com" in one and "sees your visit" in one for one in said)
    assert sheet.facts.foot(ShownBy.LINKEDIN)[1] == "www.linkedin.com"
    assert (seams.browsed, shares(qtbot, unlocked)) == ([], ()), "nothing was shown to anyone"
    press(qtbot, unlocked, sheet)
    assert seams.questions == []
    assert [entry.way for entry in shares(qtbot, unlocked)] == [ShownBy.LINKEDIN]
    assert seams.browsed == [QUrl(sheet.facts.linkedin.url).toString()]
    assert sheet.cancel.words == "Close"
    assert "Opened in your browser." in [
        label.text() for label in unlocked._toast.findChildren(QLabel)
    ]
    assert sheet.isVisible(), "the fields stay beside the browser"
    sheet.close_sheet()
    back = unlocked.words.text("share.linkedin.back")
    assert back in said, "the ledger says of it what the dialog said before"
    unlocked.show_page("shares")
    settle(qtbot, unlocked)
    assert back in [label.text() for label in unlocked.findChildren(QLabel)]


def test_pdf_and_original_are_saved_as_promised(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    for way in (ShownBy.PDF, ShownBy.FILE):
        choose(qtbot, unlocked, sheet, way)
        seams_of(unlocked).save_to.append(tmp_path)
        press(qtbot, unlocked, sheet)
    pdf, original = (tmp_path / sheet.facts.file_name(way) for way in (ShownBy.PDF, ShownBy.FILE))
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert sha256(original.read_bytes()).hexdigest() == sheet.facts.detail.row.id


def test_every_personal_value_is_named_before_the_whole_badge_leaves(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    choose(qtbot, unlocked, sheet, ShownBy.FILE)
    said = {label.text() for label in sheet.findChildren(Label) if label.isVisible()}
    credential = sheet.facts.detail.credential
    assert credential.holder_name in said
    for recipient in credential.recipients:
        assert recipient.hashed or recipient.value in said
    for evidence in credential.evidence:
        assert (evidence.url or evidence.name or evidence.narrative) in said


def test_a_badge_without_a_page_says_why_it_has_no_link_and_no_code(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    pageless = None
    for row in unlocked.library.rows():
        sheet = open_share(qtbot, unlocked, row.id)
        if not sheet.facts.page:
            pageless = sheet
            break
        sheet.close_sheet()
        qtbot.waitUntil(lambda: not unlocked.findChildren(ShareSheet))
    if pageless is None:
        pytest.skip("every sample badge names a page")
    row = pageless.findChild(QWidget, "way-link")
    assert row is not None
    assert "names no page" in row.accessibleName()
    for way in (ShownBy.ISSUER_PAGE, ShownBy.QR):
        pageless.show_way(way)
        # What stood there before goes with the next events.
        notice = pageless.findChildren(Notice, "share-refused")[-1]
        assert notice.text.text() == pageless.facts.problem(way) != ""
        assert not pageless.primary.isVisible(), "nothing can be done that is not possible"
    pageless.show_way(ShownBy.FILE)
    assert pageless.primary.isVisible()
    assert pageless.primary.isEnabled()


def test_a_badge_that_is_not_verified_carries_its_verdict_along(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    sheet = open_share(qtbot, unlocked, badge_of(unlocked, "revoked"))
    notices = [notice.text.text() for notice in sheet.findChildren(Notice) if notice.isVisible()]
    assert any(text.startswith("Revoked:") for text in notices)
    sheet.close_sheet()
    qtbot.waitUntil(lambda: not unlocked.findChildren(ShareSheet))
    sheet = open_share(qtbot, unlocked, badge_of(unlocked, "verified"))
    assert [notice for notice in sheet.findChildren(Notice) if notice.isVisible()] == []


def test_locking_closes_every_dialog_and_leaves_no_name(qtbot: QtBot, unlocked: MainWindow) -> None:
    sheet = open_share(qtbot, unlocked, with_page(unlocked))
    name = sheet.facts.detail.row.name
    choose(qtbot, unlocked, sheet, ShownBy.QR)
    press(qtbot, unlocked, sheet)
    assert unlocked.findChildren(InterviewView)
    unlocked.lock()
    settle(qtbot, unlocked)
    qtbot.waitUntil(lambda: not unlocked.findChildren(Sheet))
    assert name not in {label.text() for label in unlocked.findChildren(Label)}
    assert not unlocked.isFullScreen()
