"""The order in which Tab goes through a sheet, without asking Qt for its focus chain.

``QWidget.nextInFocusChain`` makes the widget that it returns a child of the one that was asked, in
the eyes of the Python binding (measured with PySide6 6.11.3). When the latter is destroyed, the
wrapper of the former is taken for dead and kept for ever, though its widget lives on: each opening
of a dialog left some behind. So the order is the order of the tree, and what is set here.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from weakref import ReferenceType, WeakKeyDictionary, ref

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

__all__ = ["in_tab_order", "order_as_seen", "set_tab_order"]

_BEFORE: Final[WeakKeyDictionary[QWidget, ReferenceType[QWidget]]] = WeakKeyDictionary()
"""Of a widget the one that Tab leaves for it; both die as ever."""


def set_tab_order(stops: Sequence[QWidget]) -> None:
    """Let Tab go through ``stops`` one after the other, in a sheet as well."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
        _BEFORE[after] = ref(before)


def order_as_seen(filled: QWidget) -> None:
    """Let Tab go as the eye does through the outermost of what scrolls around ``filled``.

    Qt puts what is made later behind all else, wherever it is seen. What is no stop now is put
    in its place as well: among several of which one is marked, another may be the stop later.
    """
    root, above = filled, filled.parentWidget()
    while above is not None:
        root = above if isinstance(above, QScrollArea) else root
        above = above.parentWidget()
    nothing = Qt.FocusPolicy.NoFocus
    stops = [one for one in root.findChildren(QWidget) if one.focusPolicy() is not nothing]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def in_tab_order(stops: Sequence[QWidget]) -> list[QWidget]:
    """Return ``stops``, given in the order of their tree, in the order of Tab."""
    found: list[QWidget] = []
    for stop in stops:
        if _before(stop, stops) is None:
            found.append(stop)
            found.extend(_after(stop, stops))
    # Whoever was set into a circle is reached all the same.
    return [*found, *(stop for stop in stops if stop not in found)]


def _before(stop: QWidget, stops: Sequence[QWidget]) -> QWidget | None:
    kept = _BEFORE.get(stop)
    before = kept() if kept is not None else None
    return before if before in stops else None


def _after(stop: QWidget, stops: Sequence[QWidget]) -> list[QWidget]:
    found: list[QWidget] = []
    for other in stops:
        if _before(other, stops) is stop:
            found += [other, *_after(other, stops)]
    return found
