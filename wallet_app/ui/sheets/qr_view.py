"""The code for an interview: it fills the window, name and issuer stand beside it, Esc closes."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.drawing.qr_painting import paint_qr
from wallet_app.drawing.tokens import DARK, LIGHT
from wallet_app.drawing.verdict_mark import PLAIN, paint_verdict
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.iron_aside import BrandMark
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import checked_when, issuer_name, verdict_word
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["QrView"]

_ASIDE: Final = 460
_ASIDE_NARROW: Final = 340
_ASIDE_PART: Final = 0.45
_NARROW: Final = 1120
_LOW: Final = 700
_RINGS: Final = 420
_RINGS_PER_WIDTH: Final = 0.91
_RINGS_OUT: Final = 0.42
_ART: Final = 84
_PLATE: Final = 116
_AROUND: Final = 0.03


class _Code(QWidget):
    def __init__(self, name: str, matrix: tuple[tuple[bool, ...], ...]) -> None:
        super().__init__()
        self._matrix = matrix
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.plate))
        away = min(self.width(), self.height()) * _AROUND
        box = QRectF(self.rect()).adjusted(away, away, -away, -away)
        paint_qr(painter, box, self._matrix, ratio=self.devicePixelRatioF())
        painter.end()


class _Plate(QWidget):
    """The badge's picture on white."""

    def __init__(self, context: Context, badge_id: str) -> None:
        super().__init__()
        self._context, self._badge_id = context, badge_id
        self.setFixedSize(_PLATE, _PLATE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        smooth(painter)
        paint_frame(painter, QRectF(self.rect()), 22, fill=LIGHT.plate)
        ratio = self.devicePixelRatioF()
        picture = self._context.pictures.pixmap(self._badge_id, _ART, ratio)
        size = picture.deviceIndependentSize()
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(box.topLeft(), picture)
        painter.end()


class _IronVerdict(QLabel):
    """The verdict on iron, which is dark in every theme."""

    def __init__(self, verdict: str, word: str) -> None:
        super().__init__()
        self._verdict = verdict
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(word)
        self.setFixedHeight(look().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_verdict(
            painter, QRectF(self.rect()), self._verdict, self.text(), DARK,
            style=PLAIN, scale=look().scale,
        )  # fmt: skip
        painter.end()


class _Aside(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(48, 52, 48, 40)
        self.column.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().tokens.sidebar
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(side.ground))
        size = min(_RINGS, round(self.width() * _RINGS_PER_WIDTH))
        rings = guilloche_pixmap(size, Ink(side.gold, 0.4), ratio=self.devicePixelRatioF())
        away = round(size * _RINGS_OUT)
        painter.drawPixmap(self.width() + away - size, -away - 10, rings)
        painter.end()


class QrView(Sheet):
    """Covers the whole window: nothing else of the safe can be seen."""

    def __init__(
        self,
        window: QWidget,
        context: Context,
        facts: ShareFacts,
        matrix: tuple[tuple[bool, ...], ...],
    ) -> None:
        super().__init__(window, facts.words.text("share.qr.title"))
        self.setObjectName("qr-view")
        self.paper.hide()
        self._aside = _Aside()
        name = facts.words.text("share.qr.named", name=facts.detail.row.name, host=facts.host)
        self.code = _Code(name, matrix)
        self._fill(context, facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.code, 1)
        row.addWidget(self._aside)

    def _fill(self, context: Context, facts: ShareFacts) -> None:
        words, row, column = facts.words, facts.detail.row, self._aside.column
        low = self._window.height() < look().px(_LOW)
        column.addWidget(BrandMark(side_px=28, role="brand"))
        column.addStretch(1)
        if not low:
            column.addWidget(_Plate(context, row.id))
            column.addSpacing(10)
        role = "badge_title_small" if low else "display"
        title = Label(plain_text(row.name, max_chars=160), role, tone="side.title", wrap=True)
        title.max_lines = 3
        column.addWidget(title)
        issuer = Label(issuer_name(words, row), "claim_large", tone="side.text", wrap=True)
        issuer.max_lines = 2
        column.addWidget(issuer)
        column.addSpacing(10)
        if row.holder:
            holder = plain_text(row.holder, max_chars=120)
            said_holder = Label(holder, "heading", tone="side.title", wrap=True)
            said_holder.max_lines = 2
            column.addWidget(said_holder)
        awarded = facts.issued_words()
        if awarded:
            said = words.text("share.qr.awarded", date=awarded)
            column.addWidget(Label(said, "body", tone="side.muted", wrap=True))
        column.addSpacing(12)
        verdict = facts.detail.report.verdict
        column.addWidget(_IronVerdict(verdict.value, verdict_word(words, verdict)))
        checked = checked_when(words, facts.detail.report.checked_at,
                               context.session.services.now())  # fmt: skip
        column.addWidget(Label(checked, "small", tone="side.muted", wrap=True))
        column.addStretch(2)
        scan = words.text("share.qr.scan", host=facts.host)
        column.addWidget(Label(scan, "body", tone="side.title", wrap=True))
        column.addSpacing(10)
        self.leave = Button(words.text("share.qr.close"), Kind.IRON)
        self.leave.setObjectName("qr-close")
        self.leave.setProperty("onIron", True)
        self.leave.clicked.connect(self.dismiss)
        column.addWidget(self.leave)

    def minimumSizeHint(self) -> QSize:
        """As small as the window may be."""
        return QSize(0, 0)

    def forget(self) -> None:
        """Nothing can be taken back from a picture; it goes with the sheet."""
        self.code.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything is covered."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.plate))
        painter.end()

    def _cover(self) -> None:
        area = self._window.rect()
        self.setGeometry(area)
        if hasattr(self, "_aside"):
            narrow = area.width() < _NARROW or area.height() < _LOW
            wanted = look().px(_ASIDE_NARROW if narrow else _ASIDE)
            self._aside.setFixedWidth(min(wanted, round(area.width() * _ASIDE_PART)))
            side = 32 if narrow else 48
            self._aside.column.setContentsMargins(side, side - 4, side, 28)
            self._aside.column.setSpacing(4 if narrow else 8)

    def mousePressEvent(self, event: object) -> None:
        """A click beside a control closes nothing: the reader may touch the screen."""
