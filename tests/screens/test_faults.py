"""The walk through the screens finds each kind of fault: one small window for each."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.screens.faults import faults
from tests.screens.painted import Watch
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.text import Label, ShapedText
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.theme import look
from wallet_app.wording import Words

FOREIGN = "Applications for the regional apprenticeship programme"
Fill = Callable[[QWidget], None]


@pytest.fixture
def watch(qapp: object) -> Iterator[Watch]:
    look()
    watch = Watch().start()
    yield watch
    watch.stop()


def found(qtbot: QtBot, watch: Watch, fill: Fill) -> list[str]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    fill(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return list(faults(window, watch))


def ours() -> str:
    return Words("en").text("backups_page.opens_with")


class Painted(QAbstractButton):
    """Writes one line by hand."""

    def __init__(self, parent: QWidget, text: str, *, elide: bool) -> None:
        super().__init__(parent)
        self._text, self._elide = text, elide
        self.setAccessibleName(text)
        self.setGeometry(10, 10, 120, 40)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        return QSize(120, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt)
        painter = QPainter(self)
        if self._elide:
            shaped = ShapedText(self._text, "body", self.width(), max_lines=1)
            shaped.paint(painter, 0, 0, Qt.GlobalColor.black)
        else:
            painter.setFont(font("body"))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


def nothing_wrong(window: QWidget) -> None:
    column = QVBoxLayout(window)
    column.addWidget(Label(ours(), wrap=True))
    column.addWidget(Button("Open"))
    field = QLineEdit()
    field.setAccessibleName("Name")
    column.addWidget(field)


def elided_words(window: QWidget) -> None:
    Label(ours(), parent=window).setGeometry(10, 10, 80, 24)


def label_cut_at_the_foot(window: QWidget) -> None:
    Label(ours(), wrap=True, parent=window).setGeometry(10, 10, 80, 30)


def cut_button(window: QWidget) -> None:
    Button("Show to someone else", parent=window).setGeometry(10, 10, 60, 38)


def small_button(window: QWidget) -> None:
    Button("A", parent=window).setGeometry(10, 10, 60, 20)


def wrapped_button_too_low(window: QWidget) -> None:
    Button("Show to someone else", parent=window).let_wrap().setGeometry(10, 10, 110, 38)


def out_of_bounds(window: QWidget) -> None:
    holder = QWidget(window)
    holder.setGeometry(10, 10, 100, 40)
    Button("Open", parent=holder).setGeometry(60, 0, 80, 38)


def overlapping(window: QWidget) -> None:
    Button("One", parent=window).setGeometry(10, 10, 100, 38)
    Button("Two", parent=window).setGeometry(60, 10, 100, 38)


def cut_hint(window: QWidget) -> None:
    field = QLineEdit(window)
    field.setAccessibleName("Name")
    field.setPlaceholderText(ours())
    field.setGeometry(10, 10, 90, 38)


def nameless(window: QWidget) -> None:
    QLineEdit(window)


def html(window: QWidget) -> None:
    QLabel("<b>A</b>", window)


def keyboard_trap(window: QWidget) -> None:
    edit = QPlainTextEdit(window)
    edit.setAccessibleName("Note")


def unreachable(window: QWidget) -> None:
    class Trap(QWidget):
        def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802  (Qt)
            return True

    first, second = Trap(window), QLineEdit(window)
    first.setAccessibleName("Trap")
    first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    second.setAccessibleName("Behind")
    second.move(0, 100)
    first.setFocus()


def against_the_order(window: QWidget) -> None:
    column = QVBoxLayout(window)
    above, below = Button("Above"), Button("Below")
    column.addWidget(above)
    column.addWidget(below)
    QWidget.setTabOrder(below, above)
    below.setFocus()


def painted_and_elided(window: QWidget) -> None:
    Painted(window, ours(), elide=True)


def painted_over_the_edge(window: QWidget) -> None:
    Painted(window, ours(), elide=False)


def foreign_and_nowhere_whole(window: QWidget) -> None:
    Painted(window, FOREIGN, elide=True)


KINDS: list[tuple[Fill, str]] = [
    (elided_words, "is elided"),
    (label_cut_at_the_foot, "is cut at the foot"),
    (cut_button, "is cut"),
    (small_button, "too small to hit"),
    (wrapped_button_too_low, "runs out of its room"),
    (out_of_bounds, "reaches out of what holds it"),
    (overlapping, "lies over"),
    (cut_hint, "(placeholder)"),
    (nameless, "has no name"),
    (html, "guesses at HTML"),
    (keyboard_trap, "keeps Tab for itself"),
    (unreachable, "is not reached by Tab"),
    (against_the_order, "stands before it"),
    (painted_and_elided, "is elided"),
    (painted_over_the_edge, "runs out of its room"),
    (foreign_and_nowhere_whole, "in no tooltip"),
]


def test_a_good_window_has_no_fault(qtbot: QtBot, watch: Watch) -> None:
    assert found(qtbot, watch, nothing_wrong) == []


@pytest.mark.parametrize(("fill", "fault"), KINDS, ids=[fill.__name__ for fill, _ in KINDS])
def test_every_kind_of_fault_is_found(qtbot: QtBot, watch: Watch, fill: Fill, fault: str) -> None:
    told = found(qtbot, watch, fill)
    assert any(fault in sentence for sentence in told), told


def test_a_name_from_elsewhere_may_be_elided_if_it_is_told_whole(
    qtbot: QtBot, watch: Watch
) -> None:
    def fill(window: QWidget) -> None:
        Painted(window, FOREIGN, elide=True).setToolTip(tooltip(FOREIGN))
        Label(FOREIGN, parent=window).setGeometry(10, 80, 80, 24)

    assert found(qtbot, watch, fill) == []


def test_watching_ends_without_a_trace(qapp: object) -> None:
    before = (Words.text, ShapedText.__init__, ShapedText.paint, QPainter.drawText)
    watch = Watch().start()
    assert Words.text is not before[0]
    watch.stop()
    assert (Words.text, ShapedText.__init__, ShapedText.paint, QPainter.drawText) == before


def test_text_that_stands_out_too_little_is_seen(qtbot: QtBot, watch: Watch) -> None:
    class Faint(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt)
            painter = QPainter(self)
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            painter.setFont(font("body"))
            for at, color in enumerate(("#777777", "#767676")):
                painter.setPen(QColor(color))
                line = QRectF(10, 10 + 40 * at, 200, 30)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"Words {at}")
            painter.end()

    window = Faint()
    qtbot.addWidget(window)
    window.resize(300, 120)
    window.show()
    told = watch.hard_to_read(window)
    assert [sentence[:9] for sentence in told] == ["“Words 0”"], "4.48 and 4.54 to 1"
