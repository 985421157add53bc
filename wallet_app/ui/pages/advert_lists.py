"""How the demands of an advert stand: the score above, three lists below."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.job_advert import Reading, Standing
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.demand_row import DemandRows
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.advert_words import row_face, score_sentence
from wallet_app.ui.theme import look

__all__ = ["AdvertLists"]

_SEGMENT: Final = 10
_GAP: Final = 3
_MOST_SEGMENTS: Final = 24
"""Beyond this many the parts of the bar are too narrow to be counted: they grow together."""


class _ScoreBar(QWidget):
    """One part for each demand: filled, quiet, or an outline. The words say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, int, int] = (0, 0, 0)
        self.setFixedHeight(look().px(_SEGMENT))

    def set_counts(self, counts: tuple[int, int, int]) -> None:
        self._counts = counts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(self._counts)
        if not total:
            return
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        gap = _GAP if total <= _MOST_SEGMENTS else 0
        width = (self.width() - gap * (total - 1)) / total
        faces = ((tokens.verdict("verified").text, ""), (tokens.edge, ""), ("", tokens.edge))
        at = 0
        for count, (fill, border) in zip(self._counts, faces, strict=True):
            for _ in range(count):
                box = QRectF(at * (width + gap), 0, width, self.height())
                paint_frame(painter, box, min(_GAP, width / 2), fill=fill, border=border)
                at += 1
        painter.end()


class _Group(QWidget):
    """A heading with its count, and the rows of one standing."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.count = Label("", "small", tone="t2")
        self.rows = DemandRows(title)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 10)
        head.setSpacing(10)
        head.addWidget(Label(title, "heading"))
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.rows)


class _Band(QWidget):
    """The gap between two lists on one sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(look().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.win)
        painter.end()


class AdvertLists(QWidget):
    """The right half of the page.

    Signals:
        opened: the key of a demand whose proof is to be shown, or that has none.
        menu_asked: the key of a demand and the place on the screen.
    """

    opened = Signal(str, object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._words = context.words
        self.figure = Label("", "figure")
        self.rest = Label("", "figure_rest", tone="t2")
        self.sentence = Label("", "small", tone="t2", wrap=True)
        self._bar = _ScoreBar()
        self.prepare = Button(self._words.text("advert.prepare"), icon="copy")
        self.prepare.setObjectName("advert-prepare")
        self.why_not = Label(self._words.text("advert.prepare_none"), "small", tone="t2", wrap=True)
        self.why_not.hide()
        self.groups = {
            standing: _Group(self._words.text(f"advert.{standing}.title")) for standing in Standing
        }
        self._bands = {standing: _Band() for standing in tuple(Standing)[1:]}
        for standing, group in self.groups.items():
            group.rows.chosen.connect(partial(self._choose, standing))
            group.rows.menu_asked.connect(self.menu_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._score())
        panel = Panel()
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        scroll = ScrollColumn(margins=(0, 0, 0, 6))
        for standing, group in self.groups.items():
            if standing in self._bands:
                scroll.column.addWidget(self._bands[standing])
            scroll.column.addWidget(group)
        scroll.column.addStretch(1)
        inside.addWidget(scroll)
        column.addWidget(panel, 1)
        column.addWidget(self.why_not)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.prepare)
        column.addLayout(foot)

    def _score(self) -> Panel:
        panel = Panel()
        row = QHBoxLayout(panel)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(6)
        bottom = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.figure, 0, bottom)
        row.addWidget(self.rest, 0, bottom)
        row.addSpacing(14)
        said = QVBoxLayout()
        said.setSpacing(8)
        said.addStretch(1)
        said.addWidget(self._bar)
        said.addWidget(self.sentence)
        said.addStretch(1)
        row.addLayout(said, 1)
        return panel

    def show_reading(self, reading: Reading) -> None:
        """Show the demands of an advert."""
        words, total = self._words, len(reading.demands)
        counts = tuple(len(reading.standing(standing)) for standing in Standing)
        proven = counts[0]
        self._bar.set_counts((counts[0], counts[1], counts[2]))
        self.figure.setText(words.number(proven) if total else "")
        self.rest.setText(words.text("advert.of", total=words.number(total)) if total else "")
        self.figure.setAccessibleName(
            words.text("advert.score_name", proven=words.number(proven), total=words.number(total))
        )
        said = f"{score_sentence(words, reading)}. {words.text('advert.correct')}"
        self.sentence.setText(said if total else words.text("advert.none"))
        for widget in (self.figure, self.rest, self._bar):
            widget.setVisible(bool(total))
        self._show_groups(reading)
        self.prepare.setEnabled(bool(proven))
        self.why_not.setVisible(bool(reading.text) and not proven)
        self.prepare.setToolTip("" if proven else words.text("advert.prepare_none"))

    def _show_groups(self, reading: Reading) -> None:
        above = False
        for standing, group in self.groups.items():
            demands = reading.standing(standing)
            group.count.setText(self._words.number(len(demands)))
            group.rows.fill(tuple(row_face(self._words, demand) for demand in demands))
            group.setVisible(bool(demands))
            if standing in self._bands:
                self._bands[standing].setVisible(bool(demands) and above)
            above = above or bool(demands)
        order_as_seen(self)

    def forget(self) -> None:
        """Drop every name."""
        self.show_reading(Reading(""))

    def _choose(self, standing: Standing, key: str) -> None:
        row = next(row for row in self.groups[standing].rows.rows if row.face.key == key)
        self.opened.emit(key, row.mapToGlobal(row.rect().bottomRight()))
