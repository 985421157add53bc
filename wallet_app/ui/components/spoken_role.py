"""What a screen reader calls a piece that Qt only knows as a widget."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

__all__ = ["DIALOG", "GROUP", "HEADING", "PICTURE", "speak_as"]

DIALOG: Final = "dialog"
GROUP: Final = "group"
HEADING: Final = "heading"
PICTURE: Final = "picture"
"""A code, a chart, a preview: its name says what it shows."""
_ROLES: Final = {
    DIALOG: QAccessible.Role.Dialog,
    GROUP: QAccessible.Role.Grouping,
    HEADING: QAccessible.Role.Heading,
    PICTURE: QAccessible.Role.Graphic,
}
_PROPERTY: Final = "spokenAs"
_installed: list[bool] = []


def speak_as(widget: QWidget, role: str) -> None:
    """Call ``widget`` a ``DIALOG``, ``GROUP``, ``HEADING`` or ``PICTURE``; its name stays its own.

    Say so before it gets that name: telling the name makes what a screen reader has of it.
    """
    widget.setProperty(_PROPERTY, role)
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface_of)


def _interface_of(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """Answer Qt, which asks once for each thing that a screen reader comes to."""
    if not isinstance(thing, QWidget):
        return None
    role = _ROLES.get(str(thing.property(_PROPERTY) or ""))
    return QAccessibleWidget(thing, role, "") if role is not None else None
