"""When there is nothing to list: say so, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from wallet_app.ui.components.button import Button
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label

__all__ = ["EmptyState"]

_MARGIN = 12


class EmptyState(ScrollColumn):
    """A mark, one serif line, one sentence, and at most three buttons."""

    def __init__(self, icon: str, headline: str, sentence: str = "") -> None:
        super().__init__(margins=(_MARGIN, _MARGIN, _MARGIN, _MARGIN), see_through=True)
        column: QVBoxLayout = self.column
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(IconMark(icon, "t3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self.headline = Label(headline, "badge_title_small", wrap=True)
        self.headline.center()
        column.addWidget(self.headline)
        self.sentence = Label(sentence, "body", tone="t2", wrap=True)
        self.sentence.center()
        if not sentence:
            self.sentence.hide()
        column.addWidget(self.sentence)
        column.addSpacing(12)
        self._buttons = FlowRow(gap=12, align=Qt.AlignmentFlag.AlignHCenter)
        self._buttons.hide()
        column.addWidget(self._buttons)
        column.addStretch(3)

    def add_button(self, button: Button) -> None:
        """Append a button; the first should be the primary one."""
        self._buttons.add(button)
        self._buttons.show()
