"""Long work in words and as a bar, with a way to stop it. Shown only after 300 ms."""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label

__all__ = ["ProgressStrip"]

_PATIENCE_MS: Final = 300


class ProgressStrip(Panel):
    """A count in words above an 8 px bar; ``stopped`` when the person stops it."""

    stopped = Signal()

    def __init__(self, stop: str) -> None:
        super().__init__()
        self.label = Label("", "small", tone="t2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button(stop, Kind.QUIET, size=Size.SMALL)
        self.stop.clicked.connect(self.stopped)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def start(self, sentence: str, *, stoppable: bool) -> None:
        """Begin; nothing is seen when it ends within 300 ms."""
        self.label.setText(sentence)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(sentence)
        self.stop.setVisible(stoppable)
        self._patience.start()

    def advance(self, sentence: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.label.setText(sentence)
        self.bar.setAccessibleName(sentence)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    @Slot()
    def finish(self) -> None:
        """End."""
        self._patience.stop()
        self.hide()
