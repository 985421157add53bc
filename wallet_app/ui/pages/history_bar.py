"""The head of the history: what is looked for, of which kind, and a way to take it along."""

from functools import partial

from PySide6.QtCore import Signal, Slot

from wallet_app.app.history_kinds import KindGroup
from wallet_app.app.safe_history import HistoryQuery
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN

__all__ = ["HistoryBar"]


class HistoryBar(PageHead):
    """Emits ``changed`` when something else is looked for, ``export_asked`` for a file."""

    changed = Signal()
    export_asked = Signal()

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(words.text("page.history"), margin=MARGIN)
        self._words = words
        self._group: KindGroup | None = None
        self.search = SearchField(
            words.text("history_page.search_name"),
            words.text("history_page.search_hint"),
            "",
            words.text("library.clear"),
        )
        self.kind = Chip(words.text("history_page.all_kinds"), icon="filter")
        self.kind.setAccessibleDescription(words.text("history_page.kinds"))
        self.export = Button(words.text("history_page.export"), icon="download")
        self.add_growing(self.search)
        self.add(self.kind, self.export)
        self.search.searched.connect(self.changed)
        self.kind.clicked.connect(self._ask_kind)
        self.export.clicked.connect(self.export_asked)

    @property
    def query(self) -> HistoryQuery:
        """What is looked for now."""
        kinds = () if self._group is None else (self._group.value,)
        return HistoryQuery(text=self.search.text.strip(), kinds=kinds)

    @property
    def looks_for_all(self) -> bool:
        """Whether everything is shown."""
        return self.query == HistoryQuery()

    def forget(self) -> None:
        """Look for nothing any more."""
        self.search.forget()
        self._group = None
        self.kind.set_words(self._words.text("history_page.all_kinds"))

    @Slot()
    def _ask_kind(self) -> None:
        menu = PopupMenu(self.kind)
        for group in (None, *KindGroup):
            action = menu.add(self._name_of(group), partial(self.choose, group))
            action.setCheckable(True)
            action.setChecked(group is self._group)
        menu.open_below(self.kind)

    def choose(self, group: KindGroup | None, _checked: object = None) -> None:
        """Look for one group of kinds, or None for all."""
        self._group = group
        self.kind.set_words(self._name_of(group))
        self.changed.emit()

    def _name_of(self, group: KindGroup | None) -> str:
        if group is None:
            return self._words.text("history_page.all_kinds")
        return self._words.text(f"history_page.group.{group.value}")
