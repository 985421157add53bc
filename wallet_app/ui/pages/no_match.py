"""The library where nothing is found: what to try, and the way back to everything."""

from typing import Final

from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.wording import Words

__all__ = ["NoMatch"]

_SEARCH: Final = "search"


class NoMatch(EmptyState):
    """``clear`` is pressed to take search and filter away; a filter is named only if one is set."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            _SEARCH, words.text("library.no_match"), words.text("library.no_match_hint")
        )
        self._words = words
        self.clear_all = Button(words.text("library.clear_search"), Kind.SECONDARY)
        self.add_button(self.clear_all)

    def tell(self, *, filtered: bool) -> None:
        """Say what to try: fewer words, and without the filter where there is one."""
        words, ending = self._words, "_filter" if filtered else ""
        self.sentence.setText(words.text(f"library.no_match_hint{ending}"))
        self.clear_all.set_words(
            words.text("library.clear_all" if filtered else "library.clear_search")
        )
        self.clear_all.updateGeometry()
