"""A few sentences below each other, each a label of its own that wraps."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.text import Label

__all__ = ["LineList"]


class LineList(QWidget):
    """Plain sentences in one role and tone; hidden while there is none."""

    def __init__(self, role: str = "body", *, tone: str = "t1", spacing: int = 8) -> None:
        super().__init__()
        self._role, self._tone = role, tone
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.lines: tuple[str, ...] = ()
        self.hide()

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show these sentences and no others."""
        empty(self._column)
        self.lines = tuple(lines)
        for line in lines:
            self._column.addWidget(Label(line, self._role, tone=self._tone, wrap=True))
        self.setVisible(bool(lines))
