"""A number and what it counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label

__all__ = ["Tile"]


class Tile(Panel):
    """A card with one figure; icon and word carry the meaning together."""

    def __init__(self, icon: str, tone: str, word: str) -> None:
        super().__init__()
        self._word = word
        self.figure = Label("0", "tile_figure")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(IconMark(icon, tone, 15), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(word, "small_strong", tone=tone, wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(0)
        column.addWidget(self.figure)
        column.addLayout(row)
        column.addStretch(1)
        self.show_count("0")

    def show_count(self, count: str) -> None:
        """Change the number."""
        self.figure.setText(count)
        self.setAccessibleName(f"{self._word}: {count}")
