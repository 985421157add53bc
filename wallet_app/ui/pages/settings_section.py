"""A section of the settings that shows what the safe holds, and forgets it at the lock."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from wallet_app.app.safe import Safe
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN

__all__ = ["SettingsSection"]

T = TypeVar("T")
NextStep = tuple[str, Callable[[], None] | None]
"""Words, and what they do; "" and None for nothing."""


class SettingsSection(QWidget):
    """Title, a sentence, and what a subclass puts below."""

    def __init__(self, context: Context, title_key: str, text_key: str) -> None:
        super().__init__()
        self.context = context
        words = context.words
        self._stays_with: Choice | None = None
        scroll = self._scroll = ScrollColumn(margins=(MARGIN, 18, MARGIN, MARGIN))
        self.column = scroll.column
        self.column.addWidget(Label(words.text(title_key), "page_title", wrap=True))
        self.column.addSpacing(4)
        self.column.addWidget(Label(words.text(text_key), "body", tone="t2", wrap=True))
        self.column.addSpacing(18)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def add_heading(self, key: str) -> Label:
        """Add the heading of a group, with the room above it."""
        heading = Label(self.context.words.text(key), "heading", wrap=True)
        self.column.addSpacing(22)
        self.column.addWidget(heading)
        self.column.addSpacing(10)
        return heading

    def entered(self) -> None:
        """Read from the safe what is shown here."""

    def forget(self) -> None:
        """Drop everything of the person's."""

    def focus_first(self) -> None:
        """Put the focus where something is to be told."""

    def stay_with(self, control: Choice) -> None:
        """Put the focus on a control, and have it in view, of a section that is shown just now."""
        control.focus_current()
        self._stays_with = control
        # After the layouts, of which its place is.
        QTimer.singleShot(0, self, self._bring_into_view)

    @Slot()
    def _bring_into_view(self) -> None:
        control, self._stays_with = self._stays_with, None
        if control is not None and isValid(control):
            self._scroll.ensureWidgetVisible(control, 0, MARGIN)

    def ask(self, name: str, work: Callable[[Safe], T], done: Callable[[T], None]) -> None:
        """Do something on the safe's thread; what fails is told."""
        self.context.session.ask(self, name, work, done=done, failed=self.context.stage.report)

    def change(
        self,
        name: str,
        work: Callable[[Safe], object],
        told: str,
        next_step: NextStep = ("", None),
        *,
        undo: Callable[[Safe], object] | None = None,
    ) -> None:
        """Change something in the safe, tell it, and show what is there now.

        ``next_step``, words and what they do, is offered beside what is told; else ``undo``,
        which the menu has in any case.
        """

        def changed(_nothing: object) -> None:
            stage, again = self.context.stage, partial(self._undo, undo, told) if undo else None
            if again is not None and not next_step[0]:
                stage.offer_undo(told, again, self.context.words.text("marks.undo"))
            else:
                if again is not None:
                    stage.keep_undo(told, again)
                stage.toast(told, *next_step)
            self.context.session.changed.emit()
            self.entered()

        self.ask(name, work, changed)

    def _undo(self, undo: Callable[[Safe], object], told: str) -> None:
        self.change("undo", undo, self.context.words.text("marks.undone", what=told))
