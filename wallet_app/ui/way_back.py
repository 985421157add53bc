"""The way back: where the window was when it opened a badge, or led on an errand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.shell import Shell

__all__ = ["WayBack"]

_MOST: Final = 16


@dataclass(frozen=True, slots=True)
class _Stop:
    """A page, the badge that it showed if it was the page of one, and what had the focus."""

    page: str
    badge_id: str
    focused: QWidget | None


class WayBack(QObject):
    """Made with the screens and gone with them: what it keeps does not outlive a lock.

    Going anywhere else by the side bar or a shortcut is a new beginning and forgets the way.
    """

    def __init__(self, window: "MainWindow", shell: "Shell") -> None:
        super().__init__(shell)
        self._window, self._shell = window, shell
        self._stops: list[_Stop] = []
        self._at = ""
        shell.shown.connect(self._on_shown)

    @property
    def leads_to(self) -> str:
        """The page that ``go`` would show, or "" for none."""
        return self._stops[-1].page if self._stops else ""

    def leave_for(self, page: str) -> None:
        """Keep where the window is now; ``page`` is shown next, and leads back here."""
        here = self._shell.current_page
        if not here or here == page:
            return
        badge_id = self._window.detail.badge_id if here == "badge" else ""
        self._stops = [*self._stops, _Stop(here, badge_id, QApplication.focusWidget())][-_MOST:]
        self._at = page

    def show_badge(self, badge_id: str) -> None:
        """Open the page of a badge, which leads back here."""
        self.leave_for("badge")
        self._show_page("badge", badge_id)

    def _show_page(self, page: str, badge_id: str) -> None:
        """Show a page, and the badge on it unless ``badge_id`` is "".

        It is shown empty, and asked for last: the safe's thread, which reads it, takes Python's
        lock away from whatever were still to be done here. A record with much in it held up the
        window for 0.15 s like that.
        """
        detail = self._window.detail
        if badge_id:
            detail.expect(badge_id)
        self._shell.show_page(page)
        if badge_id:
            detail.load(badge_id)

    def go(self) -> bool:
        """Show what was shown before, as it was; return whether there was anything.

        From the page of a badge there always is: the safe.
        """
        here = self._shell.current_page
        if not self._stops or here != self._at:
            if here == "badge":
                self._shell.show_page("safe")
            return here == "badge"
        left = self._window.detail.badge_id if self._at == "badge" else ""
        stop = self._stops.pop()
        self._at = stop.page
        self._show_page(stop.page, stop.badge_id)
        self._shell.page(stop.page).returned(left, stop.focused)
        return True

    @Slot()
    def _on_shown(self) -> None:
        """Forget the way elsewhere, and let the page say where it leads."""
        here = self._shell.current_page
        if here != self._at:
            self._stops, self._at = [], ""
        self._shell.page(here).come_from(self.leads_to)
