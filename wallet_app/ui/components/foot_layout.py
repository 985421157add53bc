"""A note or a title at the left, actions at the right: the foot of a dialog, the head of a page."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from wallet_app.ui.components.flow_layout import FlowLayout, Line, size_in
from wallet_app.ui.theme import look

__all__ = ["FootLayout"]

_ANYWHERE: Final = Qt.AlignmentFlag(0)
_NOTE: Final = 200
"""The width that a note needs beside the actions, in px of the design."""
_MOST_SQUEEZED: Final = 0.5
"""Part of its width that the widest action may give up, to keep all of them on one line."""


class FootLayout(FlowLayout):
    """One line; where it has no room for both, the actions stand below."""

    def __init__(
        self,
        parent: QWidget,
        *,
        gap: int = 10,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
    ) -> None:
        """``align``: where actions stand that have a line of their own."""
        super().__init__(parent, gap=gap, align=align)
        self._beside = 0

    def addWidget(
        self,
        widget: QWidget,
        /,
        stretch: int | None = 0,
        alignment: Qt.AlignmentFlag = _ANYWHERE,
    ) -> None:
        """Append a thing; one with a stretch takes the room that the actions leave."""
        if stretch:
            self.add_growing(widget, look().px(_NOTE))
            self._beside = self.count()
        else:
            super().addWidget(widget, 0, alignment)

    def addStretch(self, _stretch: int | None = 0, /) -> None:
        """Begin the actions."""
        self.add_spring()
        self._beside = self.count()

    def _lines(self, width: int) -> Iterator[Line]:
        if self._overflow(self._items(), width) <= 0:
            yield from self._fill(self._items(), width)
            return
        yield from self._fill(self._items()[: self._beside], width)
        actions = self._items()[self._beside :]
        yield from self._squeezed(actions, width) or self._fill(actions, width)

    def _overflow(self, items: Sequence[QLayoutItem], width: int) -> int:
        shown = _shown(items)
        return sum(map(self._natural, shown)) + self._gap * (len(shown) - 1) - width

    def _squeezed(self, items: Sequence[QLayoutItem], width: int) -> list[Line]:
        """Let the widest break its words where that keeps all on one line."""
        shown, overflow = _shown(items), self._overflow(items, width)
        if overflow <= 0 or len(shown) < 2:
            return []
        widest = max(shown, key=self._natural)
        narrow = self._natural(widest) - overflow
        least = max(widest.minimumSize().width(), round(self._natural(widest) * _MOST_SQUEEZED))
        if not widest.hasHeightForWidth() or narrow < least:
            return []
        widths = [narrow if item is widest else self._natural(item) for item in shown]
        return [[(item, size_in(item, each)) for item, each in zip(shown, widths, strict=True)]]


def _shown(items: Sequence[QLayoutItem]) -> list[QLayoutItem]:
    return [item for item in items if item.spacerItem() is None and not item.isEmpty()]
