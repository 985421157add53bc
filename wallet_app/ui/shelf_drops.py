"""Badges dragged from the library onto a row of the side bar are filed there."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from wallet_app.ui.components.side_bar import SideBar
from wallet_app.ui.components.side_row import SideRow
from wallet_app.ui.context import Context
from wallet_app.ui.drag_out import DragOut
from wallet_app.ui.mark_work import MarkWork
from wallet_app.ui.shelf_rows import ShelfPlace, ShelfRows

__all__ = ["ShelfDrops"]

_LEAVES: Final = (QEvent.Type.DragLeave, QEvent.Type.Hide)


class ShelfDrops(QObject):
    """Takes Coffre's own badges only, on rows that one can file by; refuses all other rows.

    What comes from outside passes on to the window, which takes it in.

    Signals:
        filing_asked: where these badges (ids) belong is to be chosen.
    """

    filing_asked = Signal(object)

    def __init__(self, context: Context, bar: SideBar, shelves: ShelfRows, drags: DragOut) -> None:
        super().__init__(bar)
        self._context, self._bar, self._shelves, self._drags = context, bar, shelves, drags
        self._work = MarkWork(context, self)
        bar.setAcceptDrops(True)
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say which row a drop would file by, and file by it."""
        if event.type() in _LEAVES:
            self._bar.show_target(None)
        elif isinstance(event, QDropEvent) and self._drags.carried:
            if event.type() == QEvent.Type.Drop:
                self._drop(event)
            else:
                self._move(event)
            return True
        return super().eventFilter(watched, event)

    def _move(self, event: QDropEvent) -> None:
        row = self._row_at(event.position().toPoint())
        place = self._place_of(row)
        self._bar.show_target(row if place else None)
        # Once refused on the way in, Qt asks no more: a row beside may well take it.
        if place is not None or isinstance(event, QDragEnterEvent):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        self._bar.show_target(None)
        place = self._place_of(self._row_at(event.position().toPoint()))
        if place is None:
            event.ignore()
            return
        event.acceptProposedAction()
        badge_ids = self._drags.keep()
        nothing = self._context.words.text("shelf.already", name=place.shown)
        if place.asks:
            self.filing_asked.emit(badge_ids)
        elif place.filing is None:
            self._work.favourite(badge_ids, on=True, nothing=nothing)
        else:
            self._work.file(badge_ids, place.filing, nothing=nothing)

    def _row_at(self, at: QPoint) -> SideRow | None:
        found = self._bar.childAt(at)
        return found if isinstance(found, SideRow) else None

    def _place_of(self, row: SideRow | None) -> ShelfPlace | None:
        return self._shelves.place(row.item.id) if row is not None else None
