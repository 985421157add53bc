"""How a person asks to add badges, whichever button of the library is pressed."""

from PySide6.QtCore import QObject, Signal

__all__ = ["Adding"]


class Adding(QObject):
    """Says which way was asked for.

    Signals:
        files, folder: chosen in a dialog. paste: what was copied.
        picture, screen: where a QR code is. samples: badges to look around with.
    """

    files = Signal()
    folder = Signal()
    paste = Signal()
    picture = Signal()
    screen = Signal()
    samples = Signal()
