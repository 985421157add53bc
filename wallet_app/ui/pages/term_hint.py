"""Below the head of the library: a term that leaves nothing out, because it is not one yet."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.search_hints import term_hint

__all__ = ["TermHint"]


class TermHint(QWidget):
    """Hidden while somebody still types, and where the page itself says that nothing is found."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._aside = False
        self.label = Label("", "small", tone="t2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 12)
        row.setSpacing(8)
        row.addWidget(IconMark("info", "t2", 16))
        row.addWidget(self.label, 1)
        self.hide()

    @Slot(str)
    def tell(self, query: str) -> None:
        """Say what is not finished or not known in what was typed; "" for what is being typed."""
        told = term_hint(self._context.words, query)
        if told == self.label.text():
            return
        self.label.setText(told)
        self._show_or_hide()
        if self.isVisible():
            self._context.stage.announce(told)

    def stand_aside(self, *, aside: bool) -> None:
        """Hide while the page itself says that nothing is found, and why."""
        self._aside = aside
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self.label.text()) and not self._aside)
