from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QImage, QKeyEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import settle
from wallet_app.app.settings import Theme as Choice
from wallet_app.drawing.tokens import contrast
from wallet_app.ui.actions import ACTIONS
from wallet_app.ui.components.button import Button, IconButton, LinkButton
from wallet_app.ui.components.chip import Chip, ChipGroup
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.question import QuestionSheet
from wallet_app.ui.components.selection_bar import SelectionBar
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.side_row import SideItem, SideRow
from wallet_app.ui.components.text import Heading, Label, MachineValue, ShapedText
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.components.year_chart import YearChart
from wallet_app.ui.intake import pasted_bytes, sources_of
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.seams import safe_link
from wallet_app.ui.theme import look


@pytest.fixture
def stage(qtbot: QtBot) -> QMainWindow:
    """A window with one button below whatever is opened over it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QPushButton("below"))
    window.resize(800, 600)
    window.show()
    return window


def make_sheet(stage: QMainWindow) -> tuple[Sheet, QLineEdit, QLineEdit]:
    sheet = Sheet(stage, "Title", close_name="Close")
    first, second = QLineEdit(), QLineEdit()
    sheet.body.addWidget(first)
    sheet.body.addWidget(second)
    return sheet, first, second


def test_sheet_keeps_tab_inside_and_gives_the_focus_back(qtbot: QtBot, stage: QMainWindow) -> None:
    below = stage.centralWidget()
    below.setFocus()
    sheet, first, second = make_sheet(stage)
    sheet.open_sheet(first)
    walked = []
    for _ in range(6):
        focused = stage.focusWidget()
        walked.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert below not in walked
    assert set(walked) == {first, second, sheet.close_button}
    QTest.keyClick(stage.focusWidget(), Qt.Key.Key_Backtab)
    assert sheet.isAncestorOf(stage.focusWidget())
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert stage.focusWidget() is below


def test_sheet_that_must_not_be_interrupted_stays_on_escape(stage: QMainWindow) -> None:
    sheet, first, _ = make_sheet(stage)
    sheet.open_sheet(first)
    sheet.closable = False
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.close_sheet()


def test_a_click_beside_a_sheet_closes_it_unless_something_is_written(
    qtbot: QtBot, stage: QMainWindow
) -> None:
    sheet = Sheet(stage, "Title")
    line = QLineEdit()
    sheet.body.addWidget(line)
    sheet.open_sheet()
    qtbot.keyClicks(line, "words")
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert sheet.isVisible()
    line.clear()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not sheet.isVisible()


def test_sheet_covers_the_window_after_it_is_resized(stage: QMainWindow) -> None:
    sheet, first, _ = make_sheet(stage)
    sheet.open_sheet(first)
    stage.resize(500, 400)
    assert sheet.size() == stage.size()
    assert sheet.rect().contains(sheet.paper.geometry())
    sheet.close_sheet()


@pytest.mark.parametrize(("press", "expected"), [("confirm", True), ("cancel", False)])
def test_question_answers_once(
    qtbot: QtBot, stage: QMainWindow, press: str, expected: bool
) -> None:
    sheet = QuestionSheet(stage, title="Sure?", text="It goes.", confirm="Go", cancel="Stay")
    answers: list[bool] = []
    sheet.answered.connect(answers.append)
    sheet.open_sheet()
    button = getattr(sheet, press)
    assert isinstance(button, Button)
    button.click()
    assert answers == [expected]


def test_opening_and_closing_sheets_leaves_nothing_behind(qtbot: QtBot, stage: QMainWindow) -> None:
    def cycle() -> None:
        sheet, first, _ = make_sheet(stage)
        sheet.open_sheet(first)
        with qtbot.waitSignal(sheet.destroyed):
            sheet.close_sheet()

    cycle()
    before = len(stage.findChildren(QWidget))
    for _ in range(20):
        cycle()
    assert len(stage.findChildren(QWidget)) == before


def test_toast_does_its_action_once_and_forgets_its_words(stage: QMainWindow) -> None:
    toast = Toast(stage)
    done: list[str] = []
    toast.show_text("Deleted", action_text="Undo", action=lambda: done.append("undo"))
    assert toast.isVisible()
    assert toast.act()
    assert done == ["undo"]
    assert not toast.act()
    assert toast.label.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_stays_within_the_window(stage: QMainWindow) -> None:
    stage.resize(300, 200)
    button = QPushButton("more", stage)
    button.setGeometry(240, 10, 50, 30)
    button.show()
    menu = PopupMenu(button)
    menu.add("Something longer than the button", stage.update)
    menu.open_below(button)
    right = menu.mapToGlobal(menu.rect().topRight())
    assert right.x() == button.mapToGlobal(button.rect().topRight()).x()
    menu.close()


def test_label_shows_markup_as_it_is_written(qtbot: QtBot) -> None:
    label = Label("<b>bold</b> & <img src='x'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b> & <img src='x'>"


def test_long_text_is_elided_after_the_lines_it_may_take(qtbot: QtBot) -> None:
    text = "One rather long name of a badge " * 5
    one, two = (ShapedText(text, "badge_name", 200, max_lines=lines) for lines in (1, 2))
    assert (one.lines, two.lines) == (1, 2)
    assert one.elided
    assert not ShapedText("Short", "badge_name", 200, max_lines=2).elided
    # Qt counts an emoji twice: what follows one is neither left out nor set semibold.
    wide = ShapedText("\U0001f393" * 20 + " " + text, "badge_name", 200, max_lines=4, lead_chars=20)
    whole = wide._layout.text()
    assert (text[:20] in whole, whole.count("\U0001f393")) == (True, 20)
    assert wide._layout.formats()[0].length == 40


def test_wrapping_label_grows_when_it_gets_narrow(qtbot: QtBot) -> None:
    label = Label("Several words that need more than one line when narrow", wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(120) > label.heightForWidth(600)


def test_long_fingerprint_breaks_inside_and_copies_whole(qtbot: QtBot) -> None:
    value = MachineValue("Fingerprint", "a" * 64)
    qtbot.addWidget(value)
    assert value.heightForWidth(120) > 2 * value.heightForWidth(900)
    assert value.minimumSizeHint().width() < 120
    assert value.toPlainText() == "a" * 64
    assert value.accessibleName().startswith("Fingerprint: aaa")


def test_arrows_choose_among_chips(qtbot: QtBot) -> None:
    group = ChipGroup("Filter")
    qtbot.addWidget(group)
    chips = [Chip(name) for name in ("All", "Verified")]
    for at, chip in enumerate(chips):
        group.add(chip, at)
    group.choose(0)
    group.show()
    chips[0].setFocus()
    QTest.keyClick(chips[0], Qt.Key.Key_Right)
    assert group.buttons.checkedId() == 1
    stops = [chip for chip in chips if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [chips[1]]


def test_a_key_that_is_held_down_presses_once(qtbot: QtBot) -> None:
    button = Button("Go")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for held in (False, True, True):
        press, enter, none = QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier
        QCoreApplication.sendEvent(button, QKeyEvent(press, enter, none, "", held))
    assert len(pressed) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize(
    "make", [lambda: Button("Go"), lambda: IconButton("add", "Add"), lambda: LinkButton("More")]
)
def test_every_button_is_pressed_by_enter_and_space(
    qtbot: QtBot, make: Callable[[], QAbstractButton], key: Qt.Key
) -> None:
    button = make()
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_actions_have_unique_names_and_shortcuts() -> None:
    ids = [spec.id for spec in ACTIONS]
    shortcuts = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(set(ids)) == len(ids)
    assert len(set(shortcuts)) == len(shortcuts)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "mailto:x@y.example", "https://", "coffre:x",
     "https://bank.example@evil.example/", "//host.example", "", "not a link"],
)  # fmt: skip
def test_only_plain_web_addresses_are_ever_offered(address: str) -> None:
    assert safe_link(address) is None


def test_a_host_in_other_letters_is_shown_in_its_ascii_form() -> None:
    link = safe_link("https://n\u043erthgate.example/badge")
    assert link is not None
    assert link.host(QUrl.ComponentFormattingOption.FullyEncoded).startswith("xn--")


def test_dropped_files_and_links_are_sources_and_other_schemes_are_not() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/a.png"), QUrl("https://x.example/b"), QUrl("ftp://x/")])
    assert sources_of(mime) == ["/home/a.png", "https://x.example/b"]


@pytest.mark.parametrize(
    ("text", "is_source", "is_badge"),
    [
        ("https://x.example/badge", True, False),
        (' {"type": "Assertion"} ', False, True),
        ("eyJhbGciOiJFZERTQSJ9.e30.c2ln", False, True),
        ("a shopping list", False, False),
        ("https://x.example/ and more", False, False),
    ],
)
def test_pasted_text_is_a_link_or_a_badge_or_nothing(
    text: str, is_source: bool, is_badge: bool
) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert bool(sources_of(mime)) is is_source
    assert bool(pasted_bytes(mime)) is is_badge


def test_a_chart_is_told_as_a_picture_that_says_what_it_shows(qtbot: QtBot) -> None:
    chart = YearChart()
    qtbot.addWidget(chart)
    chart.show_bars((), "Badges per year")
    told = QAccessible.queryAccessibleInterface(chart)
    assert told.role() == QAccessible.Role.Graphic
    assert told.text(QAccessible.Text.Name) == "Badges per year"


@pytest.mark.parametrize("theme", [Choice.LIGHT, Choice.DARK, Choice.HIGH_CONTRAST])
def test_the_ring_is_seen_on_inverted_ground(
    qtbot: QtBot, unlocked: MainWindow, theme: Choice
) -> None:
    look().choose(theme)
    unlocked.library.model.toggle(0)
    settle(qtbot, unlocked)
    bar = unlocked.library.findChildren(SelectionBar)[0]
    bar.close_button.setFocus()
    color = unlocked.ring._color()
    assert contrast(color, look().tokens.invert) >= 3
    look().choose(Choice.SYSTEM)


def test_a_heading_is_told_as_one_with_the_words_that_it_has_now(qtbot: QtBot) -> None:
    for label in (Label("Skills", "page_title"), Heading("Nine checks")):
        qtbot.addWidget(label)
        label.setText("Shares")
        told = QAccessible.queryAccessibleInterface(label)
        assert told.role() == QAccessible.Role.Heading
        assert told.text(QAccessible.Text.Name) == "Shares"
        label.setText("")
        assert not label.accessibleName()


def test_a_screen_reader_comes_to_the_actions_of_a_sheet_last(stage: QMainWindow) -> None:
    sheet = Sheet(stage, "Title", close_name="Close")
    sheet.footer.addWidget(Button("Save"))
    sheet.body.addWidget(Button("Content"))
    sheet.open_sheet()
    told = [button.text() for button in sheet.paper.findChildren(Button)]
    assert told == ["Content", "Save"]


def test_what_acts_in_the_side_bar_is_told_as_a_button(qtbot: QtBot) -> None:
    place, act = SideItem("safe", "safe", "Safe"), SideItem("lock", "lock", "Lock", acts=True)
    group = SideItem("group", "skills", "Issuers", opened=False)
    roles = []
    for item in (place, act, group):
        row = SideRow(item)
        qtbot.addWidget(row)
        row.set_marked(marked=True)
        roles.append(QAccessible.queryAccessibleInterface(row).role())
    assert roles == [QAccessible.Role.RadioButton, QAccessible.Role.Button, QAccessible.Role.Button]


@pytest.mark.parametrize("theme", [Choice.LIGHT, Choice.DARK, Choice.HIGH_CONTRAST])
def test_what_cannot_be_pressed_is_seen_on_iron(qtbot: QtBot, theme: Choice) -> None:
    look().choose(theme)
    for button in (
        IconButton("eye", "Show", tone="side.text"),
        LinkButton("Way", tone="side.text"),
    ):
        qtbot.addWidget(button)
        button.setProperty("onIron", True)
        button.setEnabled(False)
        button.resize(button.sizeHint().expandedTo(button.size()))
        picture = QImage(button.size(), QImage.Format.Format_RGB32)
        picture.fill(QColor(look().tokens.sidebar.ground))
        region, flags = QRegion(button.rect()), QWidget.RenderFlag.DrawChildren
        button.render(picture, QPoint(), region, flags)
        colors = {picture.pixelColor(x, y).name() for x in range(picture.width())
                  for y in range(picture.height())}  # fmt: skip
        assert max(contrast(color, look().tokens.sidebar.ground) for color in colors) >= 4.5
    look().choose(Choice.SYSTEM)
