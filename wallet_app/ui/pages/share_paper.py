"""One share at the right of the list: all that is known of it, and what can be done about it."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.history_words import way_words
from wallet_app.app.share_models import LedgerEntry, Recall, ShownBy
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label, MachineValue
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.pages.shares_list import state_words, what_words
from wallet_app.wording import Words, plain_text

__all__ = ["SharePaper"]

_MAX_NAME = 200
_CAN_COPY = frozenset({ShownBy.ISSUER_PAGE, ShownBy.MY_LINK, ShownBy.PUBLIC_LINK})


class SharePaper(Panel):
    """Filled anew for each share.

    Signals:
        badge_asked: the id of a badge to open.
        copy_asked, end_asked: for the share that is shown.
    """

    badge_asked = Signal(str)
    copy_asked = Signal(object)
    end_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.entry: LedgerEntry | None = None
        self._scroll = ScrollColumn(margins=(22, 20, 22, 18))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._scroll)
        self.show_entry(None)

    def show_entry(self, entry: LedgerEntry | None) -> None:
        """Show one share, or with None what to do."""
        self.entry = entry
        words, column = self._context.words, self._scroll.column
        self._scroll.clear()
        if entry is None:
            column.addWidget(Label(words.text("shares_page.pick"), "body", tone="t2", wrap=True))
            column.addStretch(1)
            return
        now = self._context.session.services.now()
        column.addWidget(Label(what_words(words, entry), "badge_name", wrap=True))
        column.addSpacing(2)
        column.addWidget(Label(state_words(words, entry), "small_strong", tone="t2", wrap=True))
        column.addSpacing(14)
        for key, text in _facts(words, entry, now):
            self._pair(words.text(f"shares_page.{key}"), text)
        if entry.link:
            self._machine("shares_page.where", entry.link)
        if entry.sha256:
            self._machine("shares_page.fingerprint", entry.sha256)
        self._pair(words.text("shares_page.back"), words.text(f"shares_page.recall.{_end(entry)}"))
        column.addSpacing(6)
        column.addWidget(self._buttons(entry))
        column.addStretch(1)

    def forget(self) -> None:
        """Drop every name."""
        self.show_entry(None)

    def _pair(self, name: str, text: str) -> None:
        column = self._scroll.column
        column.addWidget(Label(name, "small", tone="t3", wrap=True))
        column.addWidget(Label(text, "compact", wrap=True))
        column.addSpacing(10)

    def _machine(self, key: str, text: str) -> None:
        name, column = self._context.words.text(key), self._scroll.column
        column.addWidget(Label(name, "small", tone="t3", wrap=True))
        column.addWidget(MachineValue(name, text))
        column.addSpacing(10)

    def _buttons(self, entry: LedgerEntry) -> QWidget:
        words, holder = self._context.words, QWidget()
        flow = FlowLayout(holder, gap=8)
        open_badge = Button(words.text("shares_page.open_badge"), size=Size.SMALL)
        open_badge.setObjectName("share-open-badge")
        open_badge.setEnabled(bool(entry.rows))
        open_badge.clicked.connect(self._open_badge)
        flow.addWidget(open_badge)
        if entry.end is None and entry.way in _CAN_COPY and (entry.link or entry.rows):
            copy = Button(words.text("shares_page.copy"), icon="copy", size=Size.SMALL)
            copy.setObjectName("share-copy")
            copy.clicked.connect(self._ask_copy)
            flow.addWidget(copy)
        if entry.end is None and entry.recall is Recall.HERE:
            stop = Button(words.text("shares_page.stop"), Kind.DANGER, size=Size.SMALL)
            stop.setObjectName("share-stop")
            stop.clicked.connect(self._ask_end)
            flow.addWidget(stop)
        return holder

    @Slot()
    def _open_badge(self) -> None:
        if self.entry is not None and self.entry.rows:
            first = next(badge for badge, _ in self.entry.badges if badge in self.entry.rows)
            self.badge_asked.emit(first)

    @Slot()
    def _ask_copy(self) -> None:
        self.copy_asked.emit(self.entry)

    @Slot()
    def _ask_end(self) -> None:
        self.end_asked.emit(self.entry)


def _facts(words: Words, entry: LedgerEntry, now: datetime) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if len(entry.badges) > 1:
        names = [plain_text(name, max_chars=_MAX_NAME) for _, name in entry.badges]
        found.append(("what", " · ".join(names)))
    to = plain_text(entry.to, max_chars=_MAX_NAME)
    way = way_words(words, entry)
    found += [
        ("whom", to or words.text("shares_page.not_told")),
        ("when", event_moment(words, entry.at, now)),
        ("how", way[:1].upper() + way[1:]),
    ]
    if entry.until is not None:
        found.append(("until", words.date(entry.until)))
    return found


def _end(entry: LedgerEntry) -> str:
    return "ended" if entry.end is not None else entry.recall.value
