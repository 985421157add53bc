"""Below the head of the library: other words for what is looked for, where they find more."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.safe_finding import AlsoFound, Why
from wallet_app.app.search_language import State
from wallet_app.errors import CoffreError
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.library_loading import LibraryLoading
from wallet_app.ui.pages.no_match import MOST_OFFERED
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.state_names import state_searches
from wallet_app.wording import Words, plain_text

__all__ = ["OtherWords"]

_MAX_CHARS: Final = 40
"""What fits into the least window in the largest text."""
_STOPPED: Final = "vault.interrupted"


class OtherWords(QWidget):
    """Hidden while there are none. The search itself stays exact.

    Signals:
        chosen: what to search for instead. told: what is offered now.
    """

    chosen = Signal(str)
    told = Signal(object)

    def __init__(self, context: Context, loading: LibraryLoading) -> None:
        super().__init__()
        self._context, self._loading = context, loading
        self._told: Sequence[AlsoFound] = ()
        self._query = ""
        self._aside = False
        row = FlowLayout(self, gap=8)
        row.setContentsMargins(MARGIN, 0, MARGIN, 12)
        self.head = Label("", "small", tone="t2")
        row.addWidget(self.head)
        self.chips = [Chip("") for _ in range(MOST_OFFERED)]
        for at, chip in enumerate(self.chips):
            chip.clicked.connect(partial(self._choose, at))
            row.addWidget(chip)
        self.hide()
        loading.first.connect(self._begin)
        loading.whole.connect(self._ask)

    @Slot()
    def forget(self) -> None:
        """Offer nothing and know no word."""
        self._tell("", ())

    @Slot()
    def _begin(self) -> None:
        """Take away what belongs to another search."""
        if self._loading.query != self._query:
            self.forget()

    @Slot()
    def _ask(self) -> None:
        if query := self._loading.query:
            meant = state_searches(self._context.words, query)
            self._context.session.ask(
                self, "other words", partial(_also, query, meant), done=partial(self._show, query),
                failed=partial(self._fail, query))  # fmt: skip

    def _show(self, query: str, found: Sequence[AlsoFound]) -> None:
        if query != self._loading.query or (query == self._query and found == self._told):
            return
        self._tell(query, found[:MOST_OFFERED])
        if found:
            said = ", ".join(chip.accessibleName() for chip in self.chips[: len(found)])
            self._context.stage.announce(f"{self.head.text()} {said}".strip())

    def _tell(self, query: str, found: Sequence[AlsoFound]) -> None:
        self._query, self._told = query, found
        words = self._context.words
        self.head.setText(_head(words, found[0].why) if found else "")
        self.head.setVisible(bool(self.head.text()))
        for at, chip in enumerate(self.chips):
            one = found[at] if at < len(found) else None
            chip.set_words(*_face(words, one) if one else ("",))
            chip.setVisible(one is not None)
        self._show_or_hide()
        self.told.emit(found)

    def stand_aside(self, *, aside: bool) -> None:
        """Hide while what is offered is shown where nothing else is."""
        self._aside = aside
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._told) and not self._aside)

    def _choose(self, at: int, _checked: object = None) -> None:
        self.chosen.emit(self._told[at].query)

    def _fail(self, query: str, error: CoffreError) -> None:
        # That it was stopped for a newer search, even of the same words, is no failure.
        if query == self._loading.query and error.code != _STOPPED:
            self._context.stage.report(error)


def _head(words: Words, why: Why) -> str:
    """Return what stands before the chips; the one that leads to a state says all itself."""
    if why is Why.STATE:
        return ""
    return words.text("library.otherwise" if why is Why.NAME else "library.meant")


def _face(words: Words, one: AlsoFound) -> tuple[str, str]:
    """Return what a chip says, and the count behind it."""
    if one.why is Why.STATE:
        return words.plural(f"search.show.{one.words}", one.count or 0), ""
    said = plain_text(one.words, max_chars=_MAX_CHARS)
    return said, "" if one.count is None else words.number(one.count)


def _also(query: str, meant: Sequence[tuple[State, str]], safe: Safe) -> Sequence[AlsoFound]:
    return safe.also_found(query, meant)
