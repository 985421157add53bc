"""What every screen behind the side bar is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from wallet_app.ui.context import Context

__all__ = ["MARGIN", "Page"]

MARGIN = 28
"""Distance of the content from the window's edge and from the side bar."""


class Page(QWidget):
    """One screen. Pages are made once per language and live until the next."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def entered(self) -> None:
        """Be shown: fetch what is shown, put the focus where work begins."""

    def returned(self, badge_id: str, focused: QWidget | None) -> None:  # noqa: ARG002
        """Be shown again after a badge was looked at from here, after ``entered``.

        ``badge_id`` is the badge that was shown last, "" for none; ``focused`` had the focus.
        """
        if focused is not None and isValid(focused) and self.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def come_from(self, page: str) -> None:
        """Be told, whenever it is shown, which page the way back leads to; "" for none."""

    def search_here(self) -> bool:
        """Put the focus on the page's own search line; False: it has none."""
        return False

    def forget(self) -> None:
        """Drop every trace of the safe's content: it is locking."""
