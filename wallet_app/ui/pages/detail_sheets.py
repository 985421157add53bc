"""What a badge holds beyond its front: criteria, evidence, the file itself. Foreign words."""

import json
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.seams import safe_link
from wallet_app.ui.theme import look
from wallet_app.wording import Words, plain_text

__all__ = ["EverythingSheet", "WritingsSheet", "criteria_sheet", "evidence_sheet"]

_MAX_JSON_CHARS: Final = 400_000
_MAX_ITEMS: Final = 40
_MAX_CHARS: Final = 6_000
_WRITING_WIDTH: Final = 560
_MOST_HEIGHT: Final = 420


class EverythingSheet(Sheet):
    """The signed document as it was read, to read and copy."""

    def __init__(self, window: QWidget, words: Words, detail: BadgeDetail) -> None:
        title = words.text("detail.everything")
        super().__init__(
            window,
            title,
            subtitle=plain_text(detail.row.name, max_chars=120),
            close_name=words.text("ui.close"),
            width=860,
            height=640,
        )
        text = json.dumps(detail.credential.raw, ensure_ascii=False, indent=2, default=str)
        self.text = QPlainTextEdit(text[:_MAX_JSON_CHARS])
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.text.setFont(font("value", scale=look().scale))
        self.text.setAccessibleName(title)
        self.body.addWidget(self.text, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop the document."""
        self.text.clear()
        self.subtitle.setText("")


class WritingsSheet(Sheet):
    """Pieces of foreign text with their addresses; ``link_asked`` when one is to be opened."""

    link_asked = Signal(str)

    def __init__(
        self, window: QWidget, words: Words, title: str, pieces: list[tuple[str, str, str]]
    ) -> None:
        """``pieces`` are heading, text and address, each possibly ""."""
        super().__init__(window, title, close_name=words.text("ui.close"), width=640)
        self._addresses: dict[LinkButton, str] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        for heading, text, address in pieces[:_MAX_ITEMS]:
            self._add_piece(column, heading, text, address)
            column.addSpacing(14)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        # As high as the writings, up to what a reader takes in at once; then it scrolls.
        natural = inside.heightForWidth(look().px(_WRITING_WIDTH))
        area.setMinimumHeight(min(natural + 8, look().px(_MOST_HEIGHT)))
        self.body.addWidget(area, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def _add_piece(self, column: QVBoxLayout, heading: str, text: str, address: str) -> None:
        if heading:
            column.addWidget(Label(plain_text(heading, max_chars=200), "body_strong", wrap=True))
        if text:
            column.addWidget(Label(plain_text(text, max_chars=_MAX_CHARS), "claim", wrap=True))
        if not address:
            return
        shown = plain_text(address, max_chars=120)
        if safe_link(address) is None:
            column.addWidget(Label(shown, "value", tone="t2", wrap=True))
            return
        link = LinkButton(shown, role="value")
        self._addresses[link] = address
        link.clicked.connect(self._on_link)
        column.addWidget(link)

    @Slot()
    def _on_link(self) -> None:
        link = self.sender()
        if isinstance(link, LinkButton):
            self.link_asked.emit(self._addresses[link])


def criteria_sheet(window: QWidget, words: Words, detail: BadgeDetail) -> WritingsSheet:
    """Return what one had to do for this badge, in the issuer's words."""
    achievement = detail.credential.achievement
    piece = ("", achievement.criteria, achievement.criteria_url)
    return WritingsSheet(window, words, words.text("detail.criteria"), [piece])


def evidence_sheet(window: QWidget, words: Words, detail: BadgeDetail) -> WritingsSheet:
    """Return the work put forward with this badge."""
    items = detail.credential.evidence
    pieces = [(item.name, item.description or item.narrative, item.url) for item in items]
    title = words.text("detail.evidence", count=words.number(len(items)))
    return WritingsSheet(window, words, title, pieces)
