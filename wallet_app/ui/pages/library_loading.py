"""Fetches what a search finds: the first badges at once, the others behind them.

A newer search ends an older one. Parts are short, so that whatever else is asked of the
safe, and a lock, comes between two of them (``docs/adr/0062``).
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from wallet_app.app.models import BadgeRow, HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.app.safe_finding import FirstBadges
from wallet_app.errors import CoffreError
from wallet_app.ui.session import Session

__all__ = ["LibraryLoading"]

_PART: Final = 1_000
"""Badges in one job: some 15 ms on the safe's thread."""

_First = tuple[FirstBadges, tuple[HistoryEvent, ...]]


class LibraryLoading(QObject):
    """Loads for one page; every signal tells of the newest search only, which is ``query``.

    Signals:
        first: the first badges (``FirstBadges``), and what changed unseen.
        counted: how many badges are found, and how many the safe holds.
        more: the badges behind those that were told so far. whole: those were all.
        failed: a ``CoffreError``.
    """

    first = Signal(object, object)
    counted = Signal(int, int)
    more = Signal(object)
    whole = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.query = ""
        self._turn = 0
        self._reading = False
        self._told = 0
        self._left: Sequence[int] = ()
        self._waiting: list[BadgeRow] = []

    def ask(self, query: str) -> None:
        """Search for ``query``; whatever an older search would still have told is dropped."""
        self.forget()
        if self._reading:
            self._session.stop_finding()
        self.query, turn = query, self._turn

        def find(safe: Safe) -> _First | None:
            # Typed over while it waited: this one would only delay the newer one.
            if turn != self._turn:
                return None
            return safe.first_badges(query), safe.unseen_changes()

        job = self._session.ask(
            self, "badges", find,
            done=partial(self._take_first, turn, query), failed=partial(self._fail, turn),
        )  # fmt: skip
        self._reading = bool(job)

    def forget(self) -> None:
        """Tell nothing more, and drop what was fetched."""
        self.query = ""
        self._turn += 1
        self._told, self._left, self._waiting = 0, (), []

    def _take_first(self, turn: int, query: str, found: _First | None) -> None:
        if found is None or turn != self._turn:
            return
        badges, changes = found
        self._reading = not badges.whole
        self._told = len(badges.rows)
        self.first.emit(badges, changes)
        # Who hears it may have asked anew.
        if turn != self._turn:
            return
        if badges.whole:
            self.counted.emit(self._told, badges.total)
            self.whole.emit()
            return

        def count(safe: Safe) -> tuple[Sequence[int], int] | None:
            return (safe.found_numbers(query), safe.count()) if turn == self._turn else None

        self._session.ask(
            self, "find all", count,
            done=partial(self._take_numbers, turn), failed=partial(self._fail, turn),
        )  # fmt: skip

    def _take_numbers(self, turn: int, found: tuple[Sequence[int], int] | None) -> None:
        if found is None or turn != self._turn:
            return
        numbers, total = found
        self._left = numbers[self._told :]
        self.counted.emit(len(numbers), total)
        self._read_on(turn)

    def _read_on(self, turn: int) -> None:
        if turn != self._turn:
            return
        if not self._left:
            self._reading = False
            self.whole.emit()
            return
        query, part, self._left = self.query, self._left[:_PART], self._left[_PART:]

        def read(safe: Safe) -> tuple[BadgeRow, ...]:
            return safe.badges_numbered(part, query) if turn == self._turn else ()

        self._session.ask(
            self, "more badges", read,
            done=partial(self._take_more, turn), failed=partial(self._fail, turn),
        )  # fmt: skip

    def _take_more(self, turn: int, rows: tuple[BadgeRow, ...]) -> None:
        if turn != self._turn:
            return
        self._waiting += rows
        # Each time as many as before: a view lays all of them out anew each time.
        if not self._left or len(self._waiting) >= self._told:
            self._told += len(self._waiting)
            waiting, self._waiting = self._waiting, []
            self.more.emit(waiting)
        self._read_on(turn)

    def _fail(self, turn: int, error: CoffreError) -> None:
        # That a search was stopped for a newer one is no failure.
        if turn == self._turn:
            self._reading = False
            self.failed.emit(error)
