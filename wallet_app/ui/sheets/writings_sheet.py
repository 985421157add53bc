"""What an issuer wrote at length beside a badge: criteria and evidence, in its own voice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail
from wallet_app.credentials.model import EvidenceItem
from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.prose import Prose
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.safe_markdown import read_markdown
from wallet_app.ui.seams import host_shown, safe_link
from wallet_app.wording import Words, plain_text

__all__ = ["Writing", "WritingsSheet", "criteria_sheet", "evidence_sheet"]

_MAX_ITEMS: Final = 40
_MAX_NAME: Final = 200
_MAX_ADDRESS: Final = 200
_MAX_CHARS_OF_ALL: Final = 60_000
_WIDTH: Final = 680


@dataclass(frozen=True, slots=True)
class Writing:
    """One piece: a heading, words in Markdown, an address; each possibly "".

    ``opens`` is what the link says that leads to the address.
    """

    heading: str
    text: str
    address: str
    opens: str


class WritingsSheet(Sheet):
    """Pieces of foreign text with their addresses; ``link_asked`` when one is to be opened."""

    link_asked = Signal(str)

    def __init__(
        self,
        window: QWidget,
        words: Words,
        title: str,
        writings: Sequence[Writing],
        *,
        subtitle: str = "",
    ) -> None:
        super().__init__(
            window, title, subtitle=subtitle, close_name=words.text("ui.close"), width=_WIDTH
        )
        self._words = words
        self._left = _MAX_CHARS_OF_ALL
        self._addresses: dict[LinkButton, str] = {}
        self.proses: list[Prose] = []
        area = ScrollColumn(margins=(0, 0, 12, 0))
        for at, writing in enumerate(writings[:_MAX_ITEMS]):
            if at:
                area.column.addSpacing(14)
                area.column.addWidget(Line())
                area.column.addSpacing(14)
            self._add(area.column, writing)
        more = len(writings) - _MAX_ITEMS
        if more > 0:
            area.column.addSpacing(14)
            area.column.addWidget(Label(words.plural("writing.more", more), "small", tone="t3"))
        area.column.addStretch(1)
        self.body.addWidget(area, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop the words."""
        self._addresses.clear()
        self.subtitle.setText("")
        for prose in self.proses:
            prose.forget()

    def _add(self, column: QVBoxLayout, writing: Writing) -> None:
        if writing.heading:
            heading = plain_text(writing.heading, max_chars=_MAX_NAME)
            column.addWidget(Label(heading, "claim_large", wrap=True))
            column.addSpacing(6)
        text = writing.text[: self._left]
        self._left -= len(text)
        if text.strip():
            prose = Prose(writing.heading or self.title.text(), read_markdown(text))
            prose.link_asked.connect(self.link_asked)
            self.proses.append(prose)
            column.addWidget(prose)
        if writing.address:
            column.addSpacing(8)
            self._add_address(column, writing)

    def _add_address(self, column: QVBoxLayout, writing: Writing) -> None:
        shown = plain_text(writing.address, max_chars=_MAX_ADDRESS)
        host = host_shown(writing.address)
        if safe_link(writing.address) is None or not host:
            column.addWidget(Label(shown, "value", tone="t2", wrap=True))
            return
        link = LinkButton(f"{writing.opens} ({host})", role="compact")
        self._addresses[link] = writing.address
        link.clicked.connect(self._on_link)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_link(self) -> None:
        link = self.sender()
        if isinstance(link, LinkButton) and link in self._addresses:
            self.link_asked.emit(self._addresses[link])


def criteria_sheet(window: QWidget, words: Words, detail: BadgeDetail) -> WritingsSheet:
    """Return what one had to do for this badge, in the issuer's words."""
    achievement = detail.credential.achievement
    address, opens = achievement.criteria_url, words.text("writing.page")
    writing = Writing("", achievement.criteria, address, opens)
    title = words.text("detail.criteria")
    return WritingsSheet(window, words, title, [writing], subtitle=_name(detail))


def evidence_sheet(window: QWidget, words: Words, detail: BadgeDetail) -> WritingsSheet:
    """Return the work put forward with this badge."""
    items = detail.credential.evidence
    writings = [_evidence(words, item) for item in items]
    title = words.text("detail.evidence", count=words.number(len(items)))
    return WritingsSheet(window, words, title, writings, subtitle=_name(detail))


def _evidence(words: Words, item: EvidenceItem) -> Writing:
    texts = [item.description, item.narrative if item.narrative != item.description else ""]
    heading = item.name or words.text("writing.unnamed")
    return Writing(heading, "\n\n".join(filter(None, texts)), item.url, words.text("writing.work"))


def _name(detail: BadgeDetail) -> str:
    return plain_text(detail.row.name, max_chars=120)
