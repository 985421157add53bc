"""Tooltips of painted rows that tell what is cut, and nothing that can be read already."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

__all__ = ["CutTipDelegate"]


class CutTipDelegate(QStyledItemDelegate):
    """Asks ``tip`` when somebody points at a row."""

    def tip(self, _cell: QRectF, _index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the tooltip of a row in its cell, "" where all of it can be read."""
        return ""

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the tooltip, or none."""
        if event.type() != QEvent.Type.ToolTip:
            return False
        tip = self.tip(QRectF(option.rect), index)
        QToolTip.showText(event.globalPos(), tip, view.viewport(), option.rect)
        return True
