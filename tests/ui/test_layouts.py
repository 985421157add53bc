"""Where pieces are put when there is much room, little, or none."""

from itertools import combinations

from PySide6.QtWidgets import (
    QApplication,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from wallet_app.ui.components.button import Button
from wallet_app.ui.components.chip import SkillChip
from wallet_app.ui.components.flow_layout import FlowLayout, FlowRow
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label


def test_flow_layout_breaks_lines(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for at in range(6):
        flow.addWidget(Label(f"skill number {at}"))
    assert flow.heightForWidth(150) > flow.heightForWidth(2_000)
    outer = QWidget()
    qtbot.addWidget(outer)
    QVBoxLayout(outer).addWidget(box)


def test_a_short_word_gets_no_more_room_than_it_has_letters_for(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    flow = FlowLayout(row)
    for word in ("Go", "Data analysis"):
        flow.addWidget(SkillChip(word))
    row.resize(400, 60)
    row.show()

    for chip in row.findChildren(SkillChip):
        assert chip.width() == chip.sizeHint().width()


def test_a_button_in_a_narrow_column_breaks_its_words(qtbot: QtBot) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    column.setFixedWidth(160)
    button = Button("Open with the keyring of this computer", icon="key").let_wrap()
    inside = QVBoxLayout(column)
    inside.addWidget(button)
    inside.addStretch(1)
    column.resize(160, 300)
    column.show()
    assert button.width() < button.sizeHint().width()
    assert button.height() == button.heightForWidth(button.width()) > button.sizeHint().height()


def test_a_row_that_flows_loses_nothing(qtbot: QtBot) -> None:
    row = FlowRow()
    qtbot.addWidget(row)
    buttons = [Button(f"Button {number}") for number in range(4)]
    row.add(*buttons[:2])
    row.add_spring()
    row.add(*buttons[2:])
    for width in (700, 300, 130):
        row.resize(width, row.heightForWidth(width))
        row.show()
        places = [button.geometry() for button in buttons]
        assert all(row.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for a, b in combinations(places, 2))
    row.resize(700, row.heightForWidth(700))
    assert buttons[3].geometry().right() == row.rect().right(), "pushed to the end of the line"


def test_a_column_asks_for_the_same_height_whether_its_bar_shows_or_not(qtbot: QtBot) -> None:
    column = ScrollColumn(margins=(20, 10, 20, 10))
    column.column.addWidget(Label("word " * 40, "body", wrap=True))
    qtbot.addWidget(column)
    column.resize(300, 1000)
    column.show()
    wanted = {width: column.heightForWidth(width) for width in range(280, 320)}
    column.resize(300, 40)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert column.column.contentsMargins().right() < 20, "the bar stands in the margin"
    assert {width: column.heightForWidth(width) for width in wanted} == wanted


def test_a_column_of_fixed_lines_asks_for_all_of_them(qtbot: QtBot) -> None:
    column = ScrollColumn()
    for _ in range(3):
        line = QWidget()
        line.setFixedHeight(30)
        column.column.addWidget(line)
    qtbot.addWidget(column)
    assert column.heightForWidth(300) == 90


def test_where_note_and_actions_have_no_room_the_actions_stand_below(qtbot: QtBot) -> None:
    foot = QWidget()
    qtbot.addWidget(foot)
    layout = FootLayout(foot)
    note, cancel, go = Label("What leaves, in short"), Button("Cancel"), Button("Save it there")
    layout.addWidget(note, 1)
    layout.addWidget(cancel)
    layout.addWidget(go.let_wrap())
    for width, lines in ((700, 1), (300, 2), (190, 2)):
        foot.resize(width, layout.totalHeightForWidth(width))
        foot.show()
        places = [thing.geometry() for thing in (note, cancel, go)]
        assert all(foot.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for a, b in combinations(places, 2))
        assert (cancel.y() > note.geometry().bottom()) is (lines > 1)
        assert go.geometry().right() >= width - 1, "actions end at the right"
        assert abs(cancel.geometry().center().y() - go.geometry().center().y()) <= 1
    assert go.width() < go.sizeHint().width(), "the widest breaks its words"


def test_in_a_low_window_a_page_scrolls_with_its_head(qtbot: QtBot) -> None:
    head, content = PageHead("Title", margin=28), QWidget()
    room = HeadedRoom([head], content)
    qtbot.addWidget(room)
    for height, scrolls in ((600, False), (200, True)):
        room.resize(500, height)
        room.show()
        QApplication.processEvents()
        assert (room.verticalScrollBar().maximum() > 0) is scrolls
        assert content.height() >= 220
