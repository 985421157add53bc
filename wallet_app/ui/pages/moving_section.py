"""Two cards on the Backups page: take everything out, bring in from another wallet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.move_in_sheet import MoveInSheet
from wallet_app.ui.sheets.move_out_sheet import MoveOutSheet

__all__ = ["MovingSection"]


class MovingSection(QWidget):
    """Says what each does; the dialogs do it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.take_out = self._button("take_out", "take-out", self._take_out)
        self.bring_file = self._button("bring_file", "bring-in-file", self._choose_file)
        self.bring_folder = self._button("bring_folder", "bring-in-folder", self._choose_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = context.words
        column.addWidget(Label(words.text("moving_page.title"), "heading"))
        column.addWidget(self._card("add", "bring_in", self.bring_file, self.bring_folder))
        column.addWidget(self._card("download", "take_out", self.take_out))

    def _button(self, key: str, name: str, act: Callable[[], None]) -> Button:
        words = self._context.words
        button = Button(words.text(f"moving_page.{key}_short"), size=Size.SMALL)
        button.setObjectName(name)
        button.setAccessibleName(words.text(f"moving_page.{key}_name"))
        button.clicked.connect(act)
        return button

    def _card(self, icon: str, key: str, *buttons: Button) -> ActionCard:
        words = self._context.words
        title, hint = words.text(f"moving_page.{key}"), words.text(f"moving_page.{key}_hint")
        return ActionCard(icon, title, hint, *buttons)

    @Slot()
    def _take_out(self) -> None:
        self._context.stage.open_sheet(MoveOutSheet(self.window(), self._context))

    @Slot()
    def _choose_file(self) -> None:
        title = self._context.words.text("moving_page.bring_in")
        self._context.seams.choose_files(title, self.bring_in)

    @Slot()
    def _choose_folder(self) -> None:
        title = self._context.words.text("moving_page.bring_in")
        self._context.seams.choose_folder(title, self.bring_in)

    def bring_in(self, names: list[str]) -> None:
        """Open the dialog for the first of what the person picked."""
        if names:
            sheet = MoveInSheet(self.window(), self._context, Path(names[0]))
            self._context.stage.open_sheet(sheet)
