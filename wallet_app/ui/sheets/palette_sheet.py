"""The palette: a line in which one types what one wants to do, and what that may mean."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from wallet_app.app.safe_finding import FirstBadges
from wallet_app.app.safe_marks import Shelves
from wallet_app.drawing.fonts import font
from wallet_app.errors import CoffreError
from wallet_app.ui.actions import State
from wallet_app.ui.components.entry_list import EntryList, spoken
from wallet_app.ui.components.field import FieldFrame, IconMark
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.palette_entries import badge_entries, command_entries, shelf_entries
from wallet_app.ui.palette_search import Entry, find
from wallet_app.ui.theme import look

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["PaletteSheet"]

_WIDTH: Final = 640
_HEIGHT: Final = 480
_FROM_TOP: Final = 72
_PAUSE_MS: Final = 80
_MOST_BADGES: Final = 20
_MAX_QUERY: Final = 200
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class PaletteSheet(Sheet):
    """Offers what ``state`` allows; the safe is asked for badges and shelves while it is open."""

    def __init__(self, parent: QWidget, window: "MainWindow", state: State) -> None:
        words = window.words
        super().__init__(parent, words.text("palette.title"), width=_WIDTH, height=_HEIGHT)
        self._main = window
        self._commands = command_entries(window, state)
        self._shelves: list[Entry] = []
        self._badges: list[Entry] = []
        self._fill()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_badges)
        self.edit.textChanged.connect(self._on_text)
        self.results.chosen.connect(self._run)
        self.results.moved.connect(self._announce)
        self._show()
        if state.unlocked:
            window.session.ask(
                self,
                "shelves",
                lambda safe: safe.shelves(),
                done=self._take_shelves,
                failed=_let_be,
            )

    def _fill(self) -> None:
        words = self._main.words
        self.title.hide()
        self.close_button.hide()
        self.header_line.hide()
        self.edit = QLineEdit()
        self.edit.setFont(font("body", scale=look().scale))
        self.edit.setFrame(False)
        self.edit.setMaxLength(_MAX_QUERY)
        self.edit.setPlaceholderText(words.text("palette.hint"))
        self.edit.setAccessibleName(words.text("palette.title"))
        self.edit.setProperty("ringHost", True)
        frame = FieldFrame(height_px=44)
        frame.row.addWidget(IconMark("search", "t3", 18))
        frame.row.addWidget(self.edit, 1)
        self.results = EntryList(words.text("palette.results"))
        self.nothing = Label(words.text("palette.nothing"), "body", tone="t2", wrap=True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        self.body.setContentsMargins(16, 16, 16, 8)
        self.body.setSpacing(10)
        self.body.addWidget(frame)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.results, 1)
        self.footer.addWidget(Label(words.text("palette.keys"), "small", tone="t3"))
        self.footer.addStretch(1)

    @property
    def is_waiting(self) -> bool:
        """Whether the safe is still to be asked for what was typed."""
        return self._pause.isActive()

    def forget(self) -> None:
        """Drop what was typed and found."""
        self._pause.stop()
        self.edit.setText("")
        self._badges, self._shelves = [], []
        self.results.show_entries(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down mark, Enter does it; letters go to the line."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.results.step(step)
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (entry := self.results.current) is not None:
                self._run(entry)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _cover(self) -> None:
        """Lie near the top, where one looks for a line to type in."""
        super()._cover()
        paper = self.paper.geometry()
        paper.moveTop(min(look().px(_FROM_TOP), paper.top()))
        self.paper.setGeometry(paper)
        self.update()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._show()
        if self._main.session.is_open:
            self._pause.start()

    @Slot()
    def _ask_badges(self) -> None:
        query = self.edit.text().strip()
        if not query:
            self._badges = []
            return
        self._main.session.ask(
            self,
            "palette",
            lambda safe: safe.first_badges(query, limit=_MOST_BADGES),
            done=partial(self._take_badges, query),
            failed=_let_be,
        )

    def _take_badges(self, query: str, found: FirstBadges) -> None:
        if query != self.edit.text().strip():
            return
        self._badges = badge_entries(self._main, query, found.rows)
        self._show(keep=True)

    def _take_shelves(self, shelves: Shelves) -> None:
        self._shelves = shelf_entries(self._main, shelves)
        self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        """Show what the typed letters mean; ``keep`` where the mark stands on what it did."""
        query = self.edit.text()
        found: Sequence[Entry] = find(query, [*self._commands, *self._shelves])
        if query.strip():
            found = [*found, *self._badges]
        marked = self.results.current
        self.results.show_entries(found)
        if keep and marked is not None and marked in found:
            self.results.step(list(found).index(marked))
        self.results.setVisible(bool(found))
        self.nothing.setVisible(not found)

    @Slot(object, int, int)
    def _announce(self, entry: Entry, at: int, count: int) -> None:
        place = self._main.words.text("palette.place", at=at, count=count)
        self._main.announce(f"{spoken(entry)}. {place}")

    @Slot(object)
    def _run(self, entry: Entry) -> None:
        self.close_sheet()
        entry.run()


def _let_be(_error: CoffreError) -> None:
    """Commands and pages are there all the same."""
