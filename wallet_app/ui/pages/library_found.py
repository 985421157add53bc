"""What a search of the library found so far, and how much of it is known."""

from collections.abc import Sequence

from wallet_app.app.models import BadgeRow
from wallet_app.app.safe_finding import FirstBadges
from wallet_app.ui.pages.library_order import Shown, filtered

__all__ = ["FoundBadges"]


class FoundBadges:
    """The badges of the newest search, as they arrive part by part.

    Attributes:
        rows: what was found so far, before any filter.
        total: how many badges the safe holds.
        is_whole: whether ``rows`` is all that will be found.
    """

    def __init__(self) -> None:
        self.rows: list[BadgeRow] = []
        self.total = 0
        self.is_whole = True
        self._count: int | None = None
        self._verified = 0
        self._held: list[BadgeRow] | None = None

    def begin(self, found: FirstBadges, *, same: bool) -> bool:
        """Take the first badges; ``same``: of the search whose badges are here already.

        Returns whether ``rows`` was replaced. A list that is looked at is replaced as a
        whole once all is found: it must not shrink meanwhile.
        """
        longer = len(self.rows) > len(found.rows)
        self._count, self.total, self.is_whole = None, found.total, found.whole
        if same and longer and not found.whole:
            self._held = list(found.rows)
            return False
        self._held = None
        self.replace(found.rows, found.total)
        return True

    def count(self, found: int, total: int) -> None:
        """Take how many are found in all, and how many the safe holds."""
        self._count, self.total = found, total

    def add(self, rows: Sequence[BadgeRow]) -> bool:
        """Take the badges behind; return whether they were added to ``rows``."""
        if self._held is not None:
            self._held += rows
            return False
        self.rows += rows
        self._verified += len(filtered(rows, Shown.VERIFIED))
        return True

    def complete(self) -> bool:
        """Take that this is all; return whether ``rows`` was replaced."""
        self.is_whole = True
        held, self._held = self._held, None
        if held is None:
            return False
        self.replace(held, self.total)
        return True

    def replace(self, rows: Sequence[BadgeRow], total: int) -> None:
        """Hold these badges, found among ``total``, instead of those so far."""
        self.rows, self.total = list(rows), total
        self._verified = len(filtered(rows, Shown.VERIFIED))

    def count_of(self, shown: Shown) -> int | None:
        """Return how many of what was found are of one kind, None while that is not known."""
        if shown is Shown.ALL:
            return len(self.rows) if self.is_whole else self._count
        if not self.is_whole:
            return None
        return self._verified if shown is Shown.VERIFIED else len(self.rows) - self._verified
