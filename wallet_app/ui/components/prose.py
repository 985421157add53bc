"""Words that somebody wrote at length: paragraphs, lists and links, in the issuer's voice.

It draws pieces (``safe_markdown``) and knows no other way in: no HTML, no picture, no file.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser

from wallet_app.drawing.fonts import font, line_height
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.safe_markdown import Form, Piece, Span
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["Prose"]

_INDENT: Final = 22
_ABOVE_HEADING: Final = 14
_BELOW: Final = 8
_BELOW_ITEM: Final = 3
_LARGE_LEVELS: Final = 2
_MAX_NAME: Final = 200
_RULE: Final = "·  ·  ·"


class Prose(QTextBrowser):
    """As high as its words at its width. ``link_asked`` gives the web address of a link."""

    link_asked = Signal(str)

    def __init__(self, name: str, pieces: Iterable[Piece]) -> None:
        super().__init__()
        self._pieces = tuple(pieces)
        self.setProperty("prose", True)
        self.setAccessibleName(plain_text(name, max_chars=_MAX_NAME))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        let_through(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.document().setDocumentMargin(0)
        self._write()
        self.anchorClicked.connect(self._on_link)
        look().changed.connect(self._write)

    def forget(self) -> None:
        """Drop the words."""
        self._pieces = ()
        self.clear()

    # --- nothing comes in --------------------------------------------------------------

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing, wherever it may be."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words, and no format that another program would load things for."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    # --- size --------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Words grow downwards."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        document = self.document()
        if document.textWidth() != width:
            document.setTextWidth(max(width, 1))
        return round(document.size().height()) + 2

    def sizeHint(self) -> QSize:
        """As a column that is good to read."""
        return QSize(look().px(320), self.heightForWidth(self.width() or look().px(320)))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine."""
        return QSize(look().px(120), look().px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # --- writing -----------------------------------------------------------------------

    @Slot()
    def _write(self) -> None:
        self.clear()
        self.document().setDefaultFont(font("claim", scale=look().scale))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for at, piece in enumerate(self._pieces):
            block = _block_format(piece, first=at == 0)
            if at:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            if piece.marker:
                cursor.insertText(f"{piece.marker} ", _letters(Span(""), piece))
            if piece.form is Form.RULE:
                cursor.insertText(_RULE, _letters(Span(""), piece))
            for span in piece.spans:
                cursor.insertText(span.text, _letters(span, piece))
        cursor.endEditBlock()
        self.updateGeometry()

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        self.link_asked.emit(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def _block_format(piece: Piece, *, first: bool) -> QTextBlockFormat:
    form, step = QTextBlockFormat(), look().px(_INDENT)
    role = _role(piece)
    form.setLineHeight(
        line_height(role, scale=look().scale), QTextBlockFormat.LineHeightTypes.MinimumHeight.value
    )
    form.setBottomMargin(_BELOW_ITEM if piece.form in (Form.ITEM, Form.CODE) else _BELOW)
    if piece.form is Form.HEADING and not first:
        form.setTopMargin(_ABOVE_HEADING)
    if piece.form is Form.ITEM:
        form.setLeftMargin(step * max(piece.level, 1))
        form.setTextIndent(-step * 0.7)
    if piece.form is Form.QUOTE:
        form.setLeftMargin(step * piece.level)
    if piece.form is Form.CODE:
        form.setLeftMargin(step)
    if piece.form is Form.RULE:
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return form


def _role(piece: Piece) -> str:
    if piece.form is Form.HEADING:
        return "claim_large" if piece.level <= _LARGE_LEVELS else "claim"
    return "value" if piece.form is Form.CODE else "claim"


def _letters(span: Span, piece: Piece) -> QTextCharFormat:
    tokens, form = look().tokens, QTextCharFormat()
    shape = QFont(font("value" if span.code else _role(piece), scale=look().scale))
    if span.strong or piece.form is Form.HEADING:
        shape.setWeight(QFont.Weight.DemiBold)
    shape.setItalic(span.slanted)
    form.setFont(shape)
    quiet = piece.form in (Form.QUOTE, Form.RULE)
    form.setForeground(QColor(tokens.t2 if quiet else tokens.t1))
    if span.link:
        form.setAnchor(True)
        form.setAnchorHref(span.link)
        form.setFontUnderline(True)
        form.setUnderlineColor(QColor(tokens.gold))
        form.setToolTip("")
    return form
