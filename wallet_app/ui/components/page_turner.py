"""Leads through a long list some rows at a time: back, where one is, on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot

from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.text import Label

__all__ = ["PageTurner"]


class PageTurner(FlowRow):
    """Shown only where not all rows stand below each other.

    A layout asks every widget in it for its height at each change, so that hundreds of rows
    would hold up the window.

    Attributes:
        first: the place of the first row that is shown, from 0.

    Signals:
        turned: rows from ``first`` on are to be shown, then ``settle`` to be called.
    """

    turned = Signal()

    def __init__(
        self, back: str, on: str, said: Callable[[int, int, int], str], *, at_once: int
    ) -> None:
        """``said`` tells first, last and count (from 1) in words; ``at_once`` rows are shown."""
        super().__init__(gap=14)
        self._said = said
        self.at_once = at_once
        self.first = 0
        self.previous, self.next = LinkButton(back), LinkButton(on)
        self.place = Label("", "small", tone="t3")
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.add(self.previous, self.place, self.next)
        self.hide()

    def settle(self, count: int) -> None:
        """Say where one is among ``count`` rows."""
        last = min(self.first + self.at_once, count)
        self.place.setText(self._said(self.first + 1, last, count))
        self.previous.setEnabled(self.first > 0)
        self.next.setEnabled(last < count)
        self.setVisible(count > self.at_once)

    def hold_in(self, count: int) -> None:
        """Step back to the last page that there is, before ``count`` rows are shown."""
        self.first = max(0, min(self.first, (count - 1) // self.at_once * self.at_once))

    @Slot()
    def _go_on(self) -> None:
        self._turn(self.at_once, self.next, self.previous)

    @Slot()
    def _go_back(self) -> None:
        self._turn(-self.at_once, self.previous, self.next)

    def _turn(self, rows: int, pressed: LinkButton, other: LinkButton) -> None:
        self.first += rows
        self.turned.emit()
        # Whoever reads on presses where they pressed, until there is no more that way.
        stays = pressed if pressed.isEnabled() else other
        stays.setFocus(Qt.FocusReason.OtherFocusReason)
