"""From badge to badge without going back: in the order in which the library shows them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context

__all__ = ["DetailWalk"]


class DetailWalk(QObject):
    """Two buttons and the place in the list; hidden where there is nowhere to go.

    ``wanted`` gives the id of the badge to show. ``order`` is asked each time for the ids
    that the library shows.
    """

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._words = context.words
        self._badge_id = ""
        self.order: Callable[[], Sequence[str]] = tuple
        self.previous = IconButton("chevron-up", context.words.text("paper.previous"), side_px=32)
        self.next = IconButton("chevron-down", context.words.text("paper.next"), side_px=32)
        self.place = Label("", "small", tone="t3")
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.forget()

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What belongs into the toolbar, in its order."""
        return self.place, self.previous, self.next

    def show_place(self, badge_id: str) -> None:
        """Show where a badge stands."""
        self._badge_id = badge_id
        ids = self.order()
        at = ids.index(badge_id) if badge_id in ids else -1
        for widget in self.widgets:
            widget.setVisible(at >= 0 and len(ids) > 1)
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(0 <= at < len(ids) - 1)
        at_said, count = self._words.number(at + 1), self._words.number(len(ids))
        self.place.setText(self._words.text("paper.place", at=at_said, count=count))

    @Slot()
    def renew(self) -> None:
        """Show it again: the library lists others now."""
        if self._badge_id:
            self.show_place(self._badge_id)

    def forget(self) -> None:
        """Stand nowhere."""
        self._badge_id = ""
        for button in (self.previous, self.next):
            button.setEnabled(False)

    @Slot()
    def go_back(self) -> None:
        """Show the badge before."""
        self._go(-1)

    @Slot()
    def go_on(self) -> None:
        """Show the badge behind."""
        self._go(1)

    def _go(self, step: int) -> None:
        ids = self.order()
        at = ids.index(self._badge_id) + step if self._badge_id in ids else -1
        if 0 <= at < len(ids):
            self.wanted.emit(ids[at])
