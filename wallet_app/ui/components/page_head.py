"""The head of a page: its title, what belongs to it, and what can be done. It wraps."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["PageHead"]

_HEIGHT: Final = 64
_LEAST_MARGIN: Final = 10


class PageHead(QWidget):
    """One line as high as the design has it; more where the words need them.

    Attributes:
        title: the heading.
    """

    def __init__(self, title: str, *, margin: int, role: str = "page_title", gap: int = 12) -> None:
        """``margin``: what is free at its left and right."""
        super().__init__()
        self.title = Label(title, role, wrap=True)
        self.setMinimumHeight(look().px(_HEIGHT))
        self._flow = FootLayout(self, gap=gap, align=Qt.AlignmentFlag.AlignLeft)
        self._flow.stay_in_the_middle()
        self._flow.setContentsMargins(margin, _LEAST_MARGIN, margin, _LEAST_MARGIN)
        self._flow.addWidget(self.title)

    def add(self, *things: QWidget) -> None:
        """Append what follows on the line."""
        for thing in things:
            self._flow.addWidget(thing)

    def add_growing(self, thing: QWidget) -> None:
        """Append what takes the room that is left."""
        self._flow.add_growing(thing)

    def add_spring(self) -> None:
        """Push what follows to the right."""
        self._flow.addStretch()
