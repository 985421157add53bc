"""The empty safe: what to do first."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.badge_art import badge_art_pixmap
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.ui.components.button import Button, Kind, LinkButton, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.pages.adding import Adding
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["WelcomePanel"]

_WIDTH: Final = 920
_RADIUS: Final = 20
_RINGS: Final = 224
_LEAST_RINGS: Final = 120
_MARK: Final = 64
_ART: Final = 46


class _Rings(QWidget):
    def __init__(self) -> None:
        super().__init__()
        # In a low window it shrinks, so that the words below keep their place.
        self.setMinimumSize(_LEAST_RINGS, _LEAST_RINGS)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(_RINGS, _RINGS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        rings = guilloche_pixmap(_RINGS, Ink(tokens.gold, 0.24), ratio=self.devicePixelRatio())
        side = float(min(self.width(), self.height(), _RINGS))
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawPixmap(place, rings, QRectF(rings.rect()))
        mark = QRectF(0, 0, _MARK * side / _RINGS, _MARK * side / _RINGS)
        mark.moveCenter(place.center())
        paint_app_mark(painter, mark, on_iron=tokens.is_dark)
        painter.end()


class _SampleArt(QWidget):
    def __init__(self, seed: str) -> None:
        super().__init__()
        self._seed = seed
        self.setFixedSize(_ART, _ART)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatio()
        painter.drawPixmap(0, 0, badge_art_pixmap(self._seed, _ART, ratio))
        painter.end()


class _DropFrame(QFrame):
    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        paint_frame(
            painter,
            QRectF(self.rect()),
            _RADIUS,
            fill=tokens.surf,
            border=tokens.edge,
            width=2,
            dashed=True,
        )
        painter.end()


class WelcomePanel(QWidget):
    """Three ways to add the first badge, and sample badges to look around."""

    def __init__(self, words: Words, adding: Adding) -> None:
        super().__init__()
        self._adding = adding
        self.first = Button(
            words.text("welcome.choose"), Kind.PRIMARY, icon="folder", size=Size.LARGE
        )
        middle = QWidget()
        middle.setMaximumWidth(look().px(_WIDTH))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(22)
        column.addStretch(1)
        column.addWidget(self._frame(words))
        column.addWidget(self._samples(words))
        column.addLayout(_private(words))
        column.addStretch(1)
        scroll = ScrollColumn(margins=(28, 0, 28, 0))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        scroll.column.addLayout(row, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.first.clicked.connect(adding.files)

    def _frame(self, words: Words) -> QFrame:
        frame = _DropFrame()
        title = Label(words.text("welcome.title"), "display", wrap=True)
        title.center()
        text = Label(words.text("welcome.text"), "body", tone="t2", wrap=True)
        text.center()
        column = QVBoxLayout(frame)
        column.setContentsMargins(40, 10, 40, 28)
        column.setSpacing(8)
        column.addWidget(_Rings(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        row = QHBoxLayout()
        row.addSpacing(120)
        row.addWidget(text, 1)
        row.addSpacing(120)
        column.addLayout(row)
        column.addSpacing(18)
        column.addWidget(self._buttons(words))
        column.addSpacing(8)
        column.addWidget(self._codes(words))
        return frame

    def _buttons(self, words: Words) -> FlowRow:
        folder = Button(words.text("welcome.choose_folder"), icon="folder", size=Size.LARGE)
        folder.clicked.connect(self._adding.folder)
        link = Button(words.text("welcome.paste"), icon="link", size=Size.LARGE)
        link.clicked.connect(self._adding.paste)
        row = FlowRow(gap=12, align=Qt.AlignmentFlag.AlignHCenter)
        for button in (self.first, folder, link):
            row.add(button)
        return row

    def _codes(self, words: Words) -> FlowRow:
        row = FlowRow(gap=18, align=Qt.AlignmentFlag.AlignHCenter)
        row.add(IconMark("qr", "t3"))
        for key, asked in (("screen", self._adding.screen), ("picture", self._adding.picture)):
            link = LinkButton(words.text(f"codes.{key}"))
            link.clicked.connect(asked)
            row.add(link)
        return row

    def _samples(self, words: Words) -> Panel:
        panel = Panel()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(words.text("welcome.demo_title"), "body_strong", wrap=True))
        texts.addWidget(Label(words.text("welcome.demo_text"), "small", tone="t2", wrap=True))
        button = Button(words.text("welcome.demo_open"), size=Size.SMALL).let_wrap()
        button.clicked.connect(self._adding.samples)
        row = QHBoxLayout(panel)
        row.setContentsMargins(28, 18, 20, 18)
        row.setSpacing(8)
        for seed in ("verified", "iron", "gold"):
            row.addWidget(_SampleArt(seed))
        row.addSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return panel


def _private(words: Words) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    row.addWidget(IconMark("lock", "t3"))
    row.addWidget(Label(words.text("welcome.private"), "small", tone="t3", wrap=True))
    row.addStretch(1)
    return row
