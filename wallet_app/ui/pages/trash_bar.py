"""Above what was deleted: after how long it goes for good, all of it back, or all gone now."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.mark_work import MarkWork
from wallet_app.ui.seams import Question

__all__ = ["TrashBar"]

_DAYS: Final = (7, 30, 90, 0)


class TrashBar(QWidget):
    """The setting takes effect at the next unlock; emptying at once, after a question."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        held = context.preferences.settings.trash_days
        days = [*_DAYS] if held in _DAYS else [held, *_DAYS]
        self.days = Choice(
            words.text("trash_bar.after"),
            [
                (str(count), words.plural("trash_bar.days", count) if count
                 else words.text("settings_page.never"))
                for count in days
            ],
            str(held),
        )  # fmt: skip
        self.days.setObjectName("trash-days")
        self.days.chosen.connect(self._change)
        self._work = MarkWork(context, self)
        self.recover = Button(words.text("trash_bar.recover"), size=Size.SMALL)
        self.recover.clicked.connect(self._work.recover_all)
        self.empty = Button(words.text("trash_bar.empty"), Kind.DANGER, size=Size.SMALL)
        self.empty.setObjectName("trash-empty")
        self.empty.clicked.connect(self._ask)
        row = FlowLayout(self, gap=12)
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(Label(words.text("trash_bar.after"), "small", tone="t2"))
        row.addWidget(self.days)
        row.add_spring()
        row.addWidget(self.recover)
        row.addWidget(self.empty)

    @property
    def focused(self) -> Button | None:
        """The button that has the focus of the window, of those that go with what was deleted."""
        focused = self.window().focusWidget()
        return next((one for one in (self.recover, self.empty) if one is focused), None)

    def show_count(self, count: int) -> None:
        """Offer to empty only what is not empty; one badge has a button of its own to come back."""
        self.recover.setVisible(count > 1)
        self.empty.setVisible(count > 0)

    @Slot(str)
    def _change(self, days: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, trash_days=int(days)))

    @Slot()
    def _ask(self) -> None:
        words = self._context.words
        question = Question(
            title=words.text("trash_bar.empty_title"),
            text=words.text("trash_bar.empty_text"),
            confirm=words.text("trash_bar.empty"),
            cancel=words.text("ui.cancel"),
            danger=True,
        )
        self._context.seams.ask(question, self._empty)

    def _empty(self, agreed: bool) -> None:
        if agreed:
            self._context.session.ask(
                self, "empty trash", _empty, done=self._tell, failed=self._context.stage.report
            )

    def _tell(self, count: int) -> None:
        self._context.session.changed.emit()
        self._context.stage.toast(self._context.words.plural("trash_bar.done", count))


def _empty(safe: Safe) -> int:
    return safe.empty_trash()
