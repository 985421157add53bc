"""The library where nothing is found: what to try, and the way back to everything."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal

from wallet_app.app.safe_finding import AlsoFound, Why
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.search_hints import hint_for
from wallet_app.wording import Words, plain_text

__all__ = ["MOST_OFFERED", "NoMatch"]

_SEARCH: Final = "search"
MOST_OFFERED: Final = 3
"""A hint, not a second list."""
_MAX_CHARS: Final = 40
_HINTS: Final = {
    Why.NAME: "search.hint.other_names",
    Why.SPELLING: "search.hint.other_spelling",
    Why.STATE: "search.hint.state_meant",
}


class NoMatch(EmptyState):
    """``clear_all`` takes search and filter away; a filter is named only if one is set.

    Signals:
        chosen: what to search for instead.
    """

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(_SEARCH, words.text("library.no_match"))
        self.sentence.show()
        self._words = words
        self._query, self._filtered = "", False
        self._offered: Sequence[AlsoFound] = ()
        self.others = [
            Button("", Kind.SECONDARY if at else Kind.PRIMARY).let_wrap()
            for at in range(MOST_OFFERED)
        ]
        for at, button in enumerate(self.others):
            button.clicked.connect(partial(self._choose, at))
            button.hide()
            self.add_button(button)
        self.clear_all = Button(words.text("library.clear_search"), Kind.SECONDARY)
        self.add_button(self.clear_all)

    def tell(self, query: str, *, filtered: bool) -> None:
        """Say what to try instead of ``query``, and to clear the filter where there is one."""
        self._query, self._filtered = query, filtered
        self._say()
        words = self._words
        self.clear_all.set_words(
            words.text("library.clear_all" if filtered else "library.clear_search")
        )
        self.clear_all.updateGeometry()

    def offer(self, found: Sequence[AlsoFound]) -> None:
        """Offer other words that find something; none takes them away."""
        self._offered = found[:MOST_OFFERED]
        for at, button in enumerate(self.others):
            one = self._offered[at] if at < len(self._offered) else None
            button.set_words(self._face(one) if one else "")
            button.setVisible(one is not None)
            button.updateGeometry()
        self._say()

    def focus_offer(self) -> None:
        """Put the focus on what is offered first, where anything is: Enter then does it."""
        if self._offered:
            self.others[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _face(self, one: AlsoFound) -> str:
        words = self._words
        if one.why is Why.STATE:
            return words.plural(f"search.show.{one.words}", one.count or 0)
        named = words.text("library.look_for", words=plain_text(one.words, max_chars=_MAX_CHARS))
        count = words.plural("shelf.badges", one.count) if one.count else ""
        return f"{named} ({count})" if count else named

    def _say(self) -> None:
        words = self._words
        if self._offered:
            hint = words.text(_HINTS[self._offered[0].why])
        else:
            hint = hint_for(words, self._query)
        ask = words.text("search.hint.or_filter", hint=hint) if self._filtered else hint
        self.sentence.setText(ask)

    def _choose(self, at: int, _checked: object = None) -> None:
        self.chosen.emit(self._offered[at].query)
