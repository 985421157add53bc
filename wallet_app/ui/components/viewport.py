"""The inside of what scrolls."""

from PySide6.QtWidgets import QAbstractScrollArea

__all__ = ["let_through"]


def let_through(area: QAbstractScrollArea) -> None:
    """Let the inside of ``area`` have no ground of its own: the style sheet gives the area one.

    Qt's style sheet would take the ground away by itself, but while it dresses the area it takes
    the inside for dressed already, never learns of its end, and keeps 800 bytes for each that was
    painted (measured with Qt 6.11.3; not of an inside without a ground).
    """
    area.viewport().setAutoFillBackground(False)
