"""A panel whose rows are made anew whenever what they show has changed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.ui.components.button import Button
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.tab_order import order_as_seen

__all__ = ["RowPanel", "button_row"]


class RowPanel(Panel):
    """Rows below each other; hidden while there are none.

    Signals:
        focus_gone: the row that had the focus went. Whoever hears it gives it to what does no
            harm: a second press of Enter must not act on whichever row came next.
    """

    focus_gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 2, 18, 2)
        self._column.setSpacing(0)
        self.hide()

    def fill(self, rows: Sequence[SettingRow]) -> None:
        """Show these rows in place of those before."""
        had_focus = self.isAncestorOf(self.window().focusWidget())
        empty(self._column)
        for row in rows:
            self._column.addWidget(row)
        self.setVisible(bool(rows))
        order_as_seen(self)
        if had_focus:
            self.focus_gone.emit()


def button_row(*buttons: Button) -> QWidget:
    """Return buttons side by side, as the control of one row."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    return holder
