"""Taking everything out of a layout."""

from PySide6.QtWidgets import QLayout
from shiboken6 import delete

__all__ = ["empty"]


def empty(layout: QLayout) -> None:
    """Hide and give up every widget in ``layout``, and what held it there."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
        # Nobody owns what a layout gave back, nor does Python: 100 bytes stayed each time.
        delete(item)
