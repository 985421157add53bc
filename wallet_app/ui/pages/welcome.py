"""The empty safe: what to do first."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.badge_art import badge_art_pixmap
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["WelcomePanel"]

_WIDTH: Final = 920
_RADIUS: Final = 20
_RINGS: Final = 224
_MARK: Final = 64
_ART: Final = 46


class _Rings(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_RINGS, _RINGS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        rings = guilloche_pixmap(_RINGS, Ink(tokens.gold, 0.24), ratio=self.devicePixelRatio())
        painter.drawPixmap(0, 0, rings)
        inner = (_RINGS - _MARK) / 2
        mark = QRectF(inner, inner, _MARK, _MARK)
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

    choose_files = Signal()
    choose_folder = Signal()
    paste = Signal()
    samples = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
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
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 28, 0)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        self.first.clicked.connect(self.choose_files)

    def _frame(self, words: Words) -> QFrame:
        frame = _DropFrame()
        title = Label(words.text("welcome.title"), "display", wrap=True)
        title.center()
        text = Label(words.text("welcome.text"), "body", tone="t2", wrap=True)
        text.center()
        column = QVBoxLayout(frame)
        column.setContentsMargins(40, 10, 40, 40)
        column.setSpacing(8)
        column.addWidget(_Rings(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        row = QHBoxLayout()
        row.addSpacing(120)
        row.addWidget(text, 1)
        row.addSpacing(120)
        column.addLayout(row)
        column.addSpacing(18)
        column.addLayout(self._buttons(words))
        return frame

    def _buttons(self, words: Words) -> QHBoxLayout:
        folder = Button(words.text("welcome.choose_folder"), icon="folder", size=Size.LARGE)
        folder.clicked.connect(self.choose_folder)
        link = Button(words.text("welcome.paste"), icon="link", size=Size.LARGE)
        link.clicked.connect(self.paste)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for button in (self.first, folder, link):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _samples(self, words: Words) -> Panel:
        panel = Panel()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(words.text("welcome.demo_title"), "body_strong"))
        texts.addWidget(Label(words.text("welcome.demo_text"), "small", tone="t2", wrap=True))
        button = Button(words.text("welcome.demo_open"), size=Size.SMALL)
        button.clicked.connect(self.samples)
        row = QHBoxLayout(panel)
        row.setContentsMargins(28, 18, 20, 18)
        row.setSpacing(8)
        for seed in ("verified", "iron", "gold"):
            row.addWidget(_SampleArt(seed))
        row.addSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(button)
        return panel


def _private(words: Words) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    row.addWidget(IconMark("lock", "t3"))
    row.addWidget(Label(words.text("welcome.private"), "small", tone="t3"))
    row.addStretch(1)
    return row
