"""The bar above the library: the search line, cards or list, and ways of adding."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.segments import Segments
from wallet_app.ui.context import Context
from wallet_app.ui.pages.adding import Adding
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.page import MARGIN

__all__ = ["LibraryToolbar"]


class LibraryToolbar(QWidget):
    """Holds ``search``, ``modes`` and ``add_button``, whose menu leads to ``adding``."""

    def __init__(self, context: Context, adding: Adding) -> None:
        super().__init__()
        self._adding = adding
        self._words = words = context.words
        self.search = SearchField(
            words.text("library.search_name"),
            words.text("library.search_hint"),
            context.actions.shortcut_text("search"),
            words.text("library.clear"),
        )
        self.modes = Segments(words.text("library.view"))
        self.modes.add(Mode.CARDS.value, "grid", words.text("library.cards"))
        self.modes.add(Mode.LIST.value, "list", words.text("library.list"))
        self.add_button = Button(words.text("library.add"), Kind.PRIMARY, icon="add")
        self.add_button.clicked.connect(self._ask_add)
        row = FlowLayout(self, gap=10)
        row.setContentsMargins(MARGIN, 16, MARGIN, 10)
        row.add_growing(self.search)
        row.addWidget(self.modes)
        row.addWidget(self.add_button)

    @Slot()
    def _ask_add(self) -> None:
        menu, adding = PopupMenu(self.add_button), self._adding
        menu.add(self._words.text("welcome.choose"), adding.files)
        menu.add(self._words.text("welcome.choose_folder"), adding.folder)
        menu.add(self._words.text("welcome.paste"), adding.paste)
        menu.addSeparator()
        menu.add(self._words.text("codes.screen"), adding.screen)
        menu.add(self._words.text("codes.picture"), adding.picture)
        menu.open_below(self.add_button)
