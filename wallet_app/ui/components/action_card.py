"""A card that says in a few words what can be done here, with the buttons that do it."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet_app.ui.components.button import Button
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label

__all__ = ["ActionCard"]

_ICON: Final = 22


class ActionCard(Panel):
    """Icon, title and hint at the left; at the right what to press."""

    def __init__(self, icon: str, title: str, hint: str, *buttons: Button) -> None:
        super().__init__()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(title, "body_strong", wrap=True))
        self._hint = Label(hint, "small", tone="t2", wrap=True)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 15, 20, 15)
        row.setSpacing(16)
        row.addWidget(IconMark(icon, "t2", _ICON))
        row.addLayout(texts, 1)
        for button in buttons:
            row.addWidget(button)

    def tell(self, hint: str) -> None:
        """Say something else in the place of the hint."""
        self._hint.setText(hint)
