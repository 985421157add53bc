"""LinkedIn in the dialog that shows a badge: its entries, the post and the picture."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.ladder_helpers import open_share
from tests.ui.window_driver import badge_of, seams_of, settle
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.linkedin_panel import LinkedInPanel
from wallet_app.ui.sheets.share_sheet import ShareSheet


def panel_of(sheet: ShareSheet) -> LinkedInPanel:
    return sheet.findChildren(LinkedInPanel)[-1]


def press(panel: LinkedInPanel, name: str) -> None:
    found = panel.findChild(QAbstractButton, name)
    assert found is not None
    found.click()


def test_the_number_of_the_issuers_page_stands_in_the_address_from_then_on(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge = badge_of(unlocked, "verified")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.LINKEDIN)
    panel = panel_of(sheet)
    panel.number.edit.setText("Northgate")
    press(panel, "linkedin-keep-number")
    settle(qtbot, unlocked)
    assert panel.number.error
    panel.number.edit.setText("https://www.linkedin.com/company/12345/")
    press(panel, "linkedin-keep-number")
    settle(qtbot, unlocked)
    assert "organizationId=12345" in sheet.facts.linkedin.url
    sheet.primary.click()
    settle(qtbot, unlocked)
    assert "organizationId=12345" in seams_of(unlocked).browsed[0]


def test_the_text_of_a_post_is_copied_in_the_language_that_is_chosen(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge = badge_of(unlocked, "verified")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.LINKEDIN)
    panel = panel_of(sheet)
    text = panel.findChild(QPlainTextEdit, "linkedin-post")
    assert text is not None
    for language in ("en", "fr"):
        panel.language.choose(language)
        panel.language.chosen.emit(language)
        press(panel, "linkedin-copy-post")
        copied = seams_of(unlocked).copied[-1]
        assert copied == sheet.facts.post_text(language), "its no-break spaces too"
        assert copied.split() == text.toPlainText().split()
        assert sheet.facts.detail.row.name in copied
    assert len(set(seams_of(unlocked).copied)) == 2


def test_the_picture_for_a_post_is_saved_as_promised(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path
) -> None:
    badge = badge_of(unlocked, "verified")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.LINKEDIN)
    seams_of(unlocked).save_to.append(tmp_path)
    press(panel_of(sheet), "linkedin-save-card")
    settle(qtbot, unlocked)
    (file,) = tmp_path.glob("*.png")
    image = QImage(str(file))
    assert (image.width(), image.height()) == (1200, 627)


def test_a_post_is_begun_by_one_press_and_another_host_is_asked_about(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    badge = badge_of(unlocked, "verified")
    sheet = open_share(qtbot, unlocked, badge, ShownBy.LINKEDIN)
    seams = seams_of(unlocked)
    press(panel_of(sheet), "linkedin-write-post")
    assert seams.browsed[0].startswith("https://www.linkedin.com/sharing/")
    others = (
        "https://www.linkedin.com.example/",
        "http://www.linkedin.com/",
        "https://www.linkedin.com:8443/",
    )
    seams.answers += [False] * len(others)
    for other in others:
        seams.open_link(other, unlocked.words, named="www.linkedin.com")
    assert (len(seams.browsed), len(seams.questions)) == (1, len(others))


# --- withholding -------------------------------------------------------------------------
