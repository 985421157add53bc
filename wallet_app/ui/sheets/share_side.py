"""The right of the share dialog: what the reader will see, for one way after the other."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wallet_app.app.certificates import preview_certificate
from wallet_app.app.link_codes import QrCode, screen_code
from wallet_app.app.share_models import ShownBy
from wallet_app.app.task_runner import CancelToken
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.errors import CoffreError
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.linkedin_panel import CardPreview
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_glimpse import PageGlimpse, passes_fewer
from wallet_app.ui.sheets.share_previews import (
    PREVIEW_WIDTH,
    FilePreview,
    PagePreview,
    PaperPreview,
    ProfilePreview,
    QrPreview,
)
from wallet_app.ui.sheets.share_values import host_of
from wallet_app.ui.theme import look

__all__ = ["ShareSide"]

_MARGINS: Final = (30, 20, 30, 20)


class ShareSide(QFrame):
    """Filled anew for each way.

    Signals:
        code_made: the code of these links: a ``QrCode``.
        code_refused: there is none.
    """

    code_made = Signal(object)
    code_refused = Signal()

    def __init__(self, context: Context, facts: ShareFacts) -> None:
        super().__init__()
        self._context, self.facts = context, facts
        self._scroll = ScrollColumn(margins=_MARGINS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def fill(self, way: ShownBy, *, code: QrCode | None, links: tuple[str, ...]) -> None:
        """Show what a reader sees; ``code`` is that of ``links`` when it is made already."""
        words, column = self._context.words, self._scroll.column
        self._scroll.clear()
        if way is ShownBy.QR and not self.facts.code_links:
            return
        if not (self.facts.is_possible(way) or self.facts.can_be_helped(way)):
            return
        column.addWidget(Heading(words.text("share.reader_sees"), "body_strong", wrap=True))
        column.addSpacing(12)
        column.addWidget(self._make(way, code, links), 0, Qt.AlignmentFlag.AlignTop)
        if way is ShownBy.LINKEDIN:
            column.addSpacing(12)
            column.addWidget(CardPreview(self._context, self.facts, PREVIEW_WIDTH))
        caption = f"share.{way}.caption"
        if caption in words:
            column.addSpacing(10)
            host = host_of(links[0]) if way is ShownBy.QR and links else self.facts.host
            said = words.text(caption, host=host)
            if way in (ShownBy.MY_LINK, ShownBy.HTML) and passes_fewer(self.facts):
                said = f"{words.text('share.glimpse.fewer')} {said}"
            column.addWidget(Label(said, "small", tone="t3", wrap=True))
        column.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Drop what is shown."""
        self._scroll.clear()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the quieter ground."""
        tokens = look().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.win)
        painter.fillRect(0, 0, 1, self.height(), tokens.line)
        painter.end()

    def _make(self, way: ShownBy, code: QrCode | None, links: tuple[str, ...]) -> QWidget:
        context, facts = self._context, self.facts
        if way in (ShownBy.MY_LINK, ShownBy.HTML):
            return PageGlimpse(context, facts, in_file=way is ShownBy.HTML)
        if way is ShownBy.QR:
            return self._code(code, links)
        if way is ShownBy.LINKEDIN:
            return ProfilePreview(context, facts)
        if way is ShownBy.PDF:
            return self._paper()
        if way is ShownBy.FILE:
            return FilePreview(facts, facts.file_name(way))
        host = "verifierplus.org" if way is ShownBy.PUBLIC_LINK else facts.host
        if way is ShownBy.PORTFOLIO:
            host = facts.my_host
        return PagePreview(host, facts.words.text(f"share.{way}.preview", host=host))

    def _code(self, code: QrCode | None, links: tuple[str, ...]) -> QrPreview:
        facts, words = self.facts, self._context.words
        host = host_of(links[0]) if links else ""
        name = words.text("share.qr.named", name=facts.detail.row.name, host=host)
        preview = QrPreview(name)
        if code is not None:
            preview.show_matrix(code.matrix)
            return preview

        def make(_cancelled: CancelToken) -> QrCode:
            return screen_code(links)

        self._context.bridge.on_pool(
            preview, "qr", make, done=partial(self._show_code, preview), failed=self._refuse_code
        )
        return preview

    def _show_code(self, preview: QrPreview, code: QrCode) -> None:
        preview.show_matrix(code.matrix)
        self.code_made.emit(code)

    def _refuse_code(self, error: CoffreError) -> None:
        sentence = error_sentence(self._context.words, error)
        self._scroll.column.insertWidget(2, Notice("warning", "", sentence, tone="danger"))
        self.code_refused.emit()

    def _paper(self) -> PaperPreview:
        words, detail = self._context.words, self.facts.detail
        preview = PaperPreview(words.text("share.pdf.named", name=detail.row.name))
        width = round(PREVIEW_WIDTH * max(2.0, self.devicePixelRatioF()))

        def paint(_cancelled: CancelToken) -> QImage | None:
            return decode_picture(preview_certificate(detail, words, width_px=width), width * 2)

        self._context.bridge.on_pool(
            preview, "page", paint, done=preview.show_page, failed=self._context.stage.report
        )
        return preview
