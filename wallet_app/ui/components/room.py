"""All the room there is for one widget; where it needs more in height, it scrolls."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.theme import look

__all__ = ["FilledRoom", "HeadedRoom", "Room"]

_CONTENT_LEAST: Final = 220
"""What the content of a page has at least below its head, in px of the design."""


class FilledRoom(QWidget):
    """Gives its one widget all the room there is.

    A layout around texts that wrap would ask for the height that they like best, and the page
    would scroll where less is enough.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hand the room on."""
        self._inside.setGeometry(self.rect())
        super().resizeEvent(event)


class Room(ScrollColumn):
    """Scrolls only where ``inside`` has less than it needs."""

    _inside: QWidget | None = None  # Events come before it is there.

    def __init__(
        self, inside: QWidget, least: Callable[[int], int], margins: tuple[int, int, int, int]
    ) -> None:
        """``least`` gives the height that is enough at a width."""
        super().__init__(margins=margins)
        self._inside, self._least, self._around = inside, least, margins
        self._filled = FilledRoom(inside)
        self.column.addWidget(self._filled, 1)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the content asks for."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew at another width."""
        self._settle()
        super().resizeEvent(event)

    def _settle(self) -> None:
        left, _, right, _ = self._around
        self._filled.setMinimumHeight(self._least(self.viewport().width() - left - right))


class HeadedRoom(Room):
    """The head of a page above its content.

    In a low window both scroll, and the content stays high enough to be read.
    """

    def __init__(self, heads: Sequence[QWidget], content: QWidget) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for head in heads:
            column.addWidget(head)
        column.addWidget(content, 1)
        self._heads = heads
        super().__init__(inside, self._least_height, (0, 0, 0, 0))

    def _least_height(self, width: int) -> int:
        shown = [head for head in self._heads if not head.isHidden()]
        return sum(map(partial(_height, width), shown)) + look().px(_CONTENT_LEAST)


def _height(width: int, head: QWidget) -> int:
    layout = head.layout()
    if layout is not None and layout.hasHeightForWidth():
        wanted = layout.totalHeightForWidth(width)
    else:
        wanted = (
            head.heightForWidth(width) if head.hasHeightForWidth() else head.sizeHint().height()
        )
    return max(head.minimumHeight(), wanted)
