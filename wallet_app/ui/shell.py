"""The open safe's frame: side bar and pages. It knows no safe; the window fills it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.ui.actions import Actions
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.side_bar import SideBar, SideItem
from wallet_app.ui.leaving import do_each
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["Shell"]

_FOLD_BELOW: Final = 1080


class Shell(QWidget):
    """Shows one page at a time.

    Signals:
        lock_asked, menu_asked: from the rows at the foot.
        shown: another page is shown.
        again: the id of the page that is shown, which was chosen once more.
    """

    lock_asked = Signal()
    menu_asked = Signal()
    shown = Signal()
    again = Signal(str)

    def __init__(self, words: Words, actions: Actions) -> None:
        super().__init__()
        self._makers: dict[str, Callable[[], Page]] = {}
        self._pages: dict[str, Page] = {}
        self._rows: dict[str, str] = {}
        self.side_bar = SideBar(
            words.text("ui.side_bar"),
            above=[
                SideItem("safe", "safe", words.text("page.safe")),
                SideItem("skills", "skills", words.text("page.skills")),
                SideItem("shares", "shares", words.text("page.shares")),
                SideItem("history", "history", words.text("page.history")),
                SideItem("backups", "backups", words.text("page.backups")),
            ],
            below=[
                SideItem("deleted", "trash", words.text("page.deleted")),
                SideItem("settings", "settings", words.text("page.settings")),
                SideItem(
                    "menu",
                    "more",
                    words.text("page.menu"),
                    actions.shortcut_text("menu"),
                    acts=True,
                ),
            ],
            foot=SideItem(
                "lock", "lock", words.text("page.lock"), actions.shortcut_text("lock"), acts=True
            ),
        )
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        row.addLayout(self._column, 1)
        self.side_bar.chosen.connect(self._on_row)

    def add_page(self, page_id: str, make: Callable[[], Page], *, row: str = "") -> None:
        """Take a page that is made when first wanted.

        ``row`` is the side bar row that is marked while it is shown.
        """
        self._makers[page_id] = make
        self._rows[page_id] = row or page_id

    def put_above(self, notice: QWidget) -> None:
        """Place a notice above the pages; it is seen whichever of them is shown."""
        around = QHBoxLayout()
        around.setContentsMargins(MARGIN, 14, MARGIN, 0)
        around.addWidget(notice)
        self._column.insertLayout(0, around)

    @property
    def current_page(self) -> str:
        """The id of the page that is shown."""
        shown = self._stack.currentWidget()
        return next((page_id for page_id, page in self._pages.items() if page is shown), "")

    def page(self, page_id: str) -> Page:
        """Return one of the pages, making it if need be."""
        if page_id not in self._pages:
            page = self._makers[page_id]()
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def stand_ready(self, page_id: str) -> None:
        """Make a page and stand on it, for a shell that is not shown yet; it does not begin."""
        self._stack.setCurrentWidget(self.page(page_id))

    @property
    def page_ids(self) -> tuple[str, ...]:
        """Every page that this version has."""
        return tuple(self._makers)

    def has_page(self, page_id: str) -> bool:
        """Whether this version has that page."""
        return page_id in self._makers

    def show_page(self, page_id: str) -> None:
        """Show a page and let it begin."""
        page = self.page(page_id)
        if page_id != self.current_page:
            # With its title; whoever takes the focus scrolls on where it must.
            for room in page.findChildren(HeadedRoom):
                room.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(page)
        self.side_bar.mark(self._rows[page_id])
        page.entered()
        self.shown.emit()

    def choose_page(self, page_id: str) -> None:
        """Show a page that a person chose by its name."""
        if page_id == self.current_page:
            self.again.emit(page_id)
        self.show_page(page_id)

    def forget(self) -> None:
        """Let every page drop what it shows."""
        self.side_bar.set_note("safe", "")
        do_each(*(page.forget for page in self._pages.values()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side bar when the window is narrow."""
        self.side_bar.set_folded(folded=event.size().width() < look().px(_FOLD_BELOW))
        super().resizeEvent(event)

    @Slot(str)
    def _on_row(self, row_id: str) -> None:
        if row_id == "lock":
            self.lock_asked.emit()
        elif row_id == "menu":
            self.menu_asked.emit()
        elif self.has_page(row_id):
            self.choose_page(row_id)
