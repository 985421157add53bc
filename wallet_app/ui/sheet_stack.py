"""The dialogs that are open over the window, the one on top last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.leaving import close_sheets
from wallet_app.ui.pages.unlock import UnlockPage
from wallet_app.ui.seams import Question

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["SheetStack"]


class SheetStack(QObject):
    """Opens dialogs, keeps messages and the focus ring beside them, asks before words are lost.

    Signals:
        changed: one more is open, or one less.
    """

    changed = Signal()

    def __init__(self, window: "MainWindow", ring: FocusRing, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._ring, self._toast = ring, toast
        self._open: list[Sheet] = []

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def push(self, sheet: Sheet) -> None:
        """Show a dialog over all that is shown."""
        self._open.append(sheet)
        sheet.closed.connect(self._drop)
        sheet.placed.connect(self._clear_footer)
        sheet.leave_asked.connect(self._ask_first)
        sheet.open_sheet()
        self._clear_footer()
        self._ring.raise_()
        self.changed.emit()

    def close_all(self) -> None:
        """Close and empty every one: no dialog holds up the lock."""
        close_sheets(tuple(self._open))

    @Slot()
    def _drop(self) -> None:
        self._open = [sheet for sheet in self._open if sheet is not self.sender()]
        self._clear_footer()
        page = self._window.stack.currentWidget()
        if not self._open and isinstance(page, UnlockPage):
            # Not where the dialog came from: whoever types now types a passphrase, and a
            # space in it would press that.
            page.begin()
        self.changed.emit()

    @Slot()
    def _ask_first(self) -> None:
        sheet = self.sender()
        if isinstance(sheet, Sheet):
            words = self._window.words
            question = Question(
                title=words.text("leaving.title"),
                text=words.text("leaving.text"),
                confirm=words.text("leaving.confirm"),
                cancel=words.text("leaving.cancel"),
            )
            self._window.seams.ask(question, sheet.leave)

    @Slot()
    def _clear_footer(self) -> None:
        # A message must not lie over the buttons of the dialog on top.
        self._toast.keep_clear(*(self._open[-1].footer_span if self._open else (0, 0)))
