"""What the reader will see, one small picture for each way of showing. Nothing is invented."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wallet_app.drawing.qr_painting import paint_qr
from wallet_app.drawing.tokens import LIGHT
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.spoken_role import PICTURE, speak_as
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_parts import paint_phone
from wallet_app.ui.sheets.share_values import month_of
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = [
    "PREVIEW_WIDTH",
    "FilePreview",
    "PagePreview",
    "PaperPreview",
    "ProfilePreview",
    "QrPreview",
]

PREVIEW_WIDTH: Final = 286
_ART: Final = 48
_MAX_NAME: Final = 160


class PagePreview(QFrame):
    """A phone at somebody's page: its address, and bars where others decide what stands."""

    def __init__(self, host: str, sentence: str) -> None:
        super().__init__()
        self.setFixedSize(PREVIEW_WIDTH, 380)
        speak_as(self, PICTURE)
        self.setAccessibleName(sentence)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        if host:
            row.addWidget(IconMark("lock", "t3", 12))
            row.addWidget(Label(plain_text(host, max_chars=60), "hint", tone="t3"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addLayout(row)
        column.addStretch(1)
        said = Label(sentence, "small", tone="t2", wrap=True)
        said.center()
        column.addWidget(said)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the phone, its screen and the bars."""
        tokens = look().tokens
        painter = QPainter(self)
        paint_phone(painter, QRectF(self.rect()))
        y = 60.0
        for width, height in ((1.0, 56), (0.82, 12), (0.9, 12), (0.55, 12), (0.7, 12)):
            bar = QRectF(28, y, (self.width() - 56) * width, height)
            border = tokens.line if tokens.outlined else ""
            paint_frame(painter, bar, 6, fill=tokens.sunk, border=border)
            y += height + 14
        painter.end()


class QrPreview(QFrame):
    """The very code that a phone will read, black on white in every theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        speak_as(self, PICTURE)
        self.setFixedSize(PREVIEW_WIDTH, PREVIEW_WIDTH)
        self.setAccessibleName(name)

    def show_matrix(self, matrix: tuple[tuple[bool, ...], ...]) -> None:
        """Show a code; () shows an empty plate."""
        self._matrix = matrix
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the white plate and the code."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        border = look().tokens.line
        paint_frame(painter, box, 12, fill=LIGHT.plate, border=border)
        if self._matrix:
            inner = box.adjusted(8, 8, -8, -8)
            paint_qr(painter, inner, self._matrix, ratio=self.devicePixelRatioF())
        painter.end()


class ProfilePreview(Panel):
    """The entry as a profile shows it: picture, name, organization, dates, a way to the page."""

    def __init__(self, context: Context, facts: ShareFacts) -> None:
        super().__init__()
        self.setFixedWidth(PREVIEW_WIDTH)
        words, fields = facts.words, facts.linkedin
        texts = QVBoxLayout()
        texts.setSpacing(2)
        name = Label(plain_text(fields.name, max_chars=_MAX_NAME), "body_strong", wrap=True)
        texts.addWidget(name)
        organization = plain_text(fields.organization, max_chars=_MAX_NAME)
        texts.addWidget(Label(organization, "compact", wrap=True))
        texts.addWidget(Label(_dates(facts), "small", tone="t3", wrap=True))
        if fields.credential_id:
            number = words.text("share.linkedin.number", id=fields.credential_id)
            texts.addWidget(Label(number, "small", tone="t3", wrap=True))
        if fields.credential_url:
            texts.addSpacing(8)
            texts.addWidget(_Outlined(words.text("share.linkedin.show")), 0,
                            Qt.AlignmentFlag.AlignLeft)  # fmt: skip
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(context.pictures.pixmap(facts.detail.row.id, _ART, 2.0))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(12)
        column.addWidget(Label(words.text("share.linkedin.section"), "heading", wrap=True))
        column.addLayout(row)


def _dates(facts: ShareFacts) -> str:
    words, fields = facts.words, facts.linkedin
    issued = month_of(words, fields.issue_year, fields.issue_month)
    ends = month_of(words, fields.expiration_year, fields.expiration_month)
    if not issued:
        return ""
    key = "share.linkedin.dates" if ends else "share.linkedin.date"
    return words.text(key, issued=issued, ends=ends)


class _Outlined(QLabel):
    """A button of somebody else's page, which is not one here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self._label = Label(text, "small_strong", tone="t2")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.addWidget(self._label)

    def sizeHint(self) -> QSize:
        hint = self._label.sizeHint()
        return QSize(hint.width() + 28, hint.height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), self.height() / 2, border=tokens.edge)
        painter.end()


class PaperPreview(QFrame):
    """The certificate's page, painted by the same hand as the PDF."""

    def __init__(self, name: str) -> None:
        super().__init__()
        speak_as(self, PICTURE)
        self._page = QPixmap()
        self.setFixedSize(PREVIEW_WIDTH, round(PREVIEW_WIDTH * 297 / 210))
        self.setAccessibleName(name)

    def show_page(self, image: QImage | None) -> None:
        """Show the page."""
        self._page = QPixmap() if image is None else QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        painter = QPainter(self)
        smooth(painter)
        painter.fillRect(self.rect(), QColor(LIGHT.plate))
        if not self._page.isNull():
            painter.drawPixmap(self.rect(), self._page)
        paint_frame(painter, QRectF(self.rect()), 2, border=look().tokens.line)
        painter.end()


class FilePreview(Panel):
    """The file as a folder shows it: name, size, and that it is exactly what came."""

    def __init__(self, facts: ShareFacts, name: str) -> None:
        super().__init__()
        self.setFixedWidth(PREVIEW_WIDTH)
        words, original = facts.words, facts.detail.credential.original
        size = max(1, round(len(original.data) / 1024))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 28, 20, 22)
        column.setSpacing(4)
        column.addWidget(IconMark("file", "t2", 44), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        for text, role, tone in (
            (plain_text(name, max_chars=_MAX_NAME), "body_strong", "t1"),
            (words.text("share.original.size", size=words.number(size)), "small", "t2"),
        ):
            label = Label(text, role, tone=tone, wrap=True)
            label.center()
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(Line())
        column.addSpacing(10)
        said: QWidget = Label(words.text("share.original.exact"), "small", tone="t2", wrap=True)
        column.addWidget(said)
