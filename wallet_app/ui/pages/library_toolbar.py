"""The bar above the library: the search line, cards or list, and ways of adding."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.segments import Segments
from wallet_app.ui.context import Context
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.page import MARGIN

__all__ = ["LibraryToolbar"]


class LibraryToolbar(QWidget):
    """Holds ``search``, ``modes`` and ``add_button``; the signals are the entries of its menu."""

    files_asked = Signal()
    folder_asked = Signal()
    paste_asked = Signal()
    code_asked = Signal()
    screen_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
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
        menu = PopupMenu(self.add_button)
        menu.add(self._words.text("welcome.choose"), self.files_asked)
        menu.add(self._words.text("welcome.choose_folder"), self.folder_asked)
        menu.add(self._words.text("welcome.paste"), self.paste_asked)
        menu.addSeparator()
        menu.add(self._words.text("codes.screen"), self.screen_asked)
        menu.add(self._words.text("codes.picture"), self.code_asked)
        menu.open_below(self.add_button)
