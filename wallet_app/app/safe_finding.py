"""The part of the open safe that lists badges: the first at once, the others behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from wallet_app.app.badge_views import badge_row
from wallet_app.app.declared import with_declared
from wallet_app.app.facets import Facets
from wallet_app.app.inner_finding import found_inside
from wallet_app.app.models import BadgeRow
from wallet_app.app.open_badge import row_verdicts
from wallet_app.app.other_words import said_otherwise, spelled_otherwise
from wallet_app.app.ownership import rows_for_owner
from wallet_app.app.safe_checks import SafeChecks
from wallet_app.app.search_language import State
from wallet_app.app.services import Services
from wallet_app.app.standing import Standing
from wallet_app.storage.mark_models import NO_MARKS
from wallet_app.storage.models import StoredRow
from wallet_app.storage.vault import Vault

__all__ = ["FIRST_PAGE", "AlsoFound", "FirstBadges", "SafeFinding", "Why"]

FIRST_PAGE: Final = 150
"""More than the largest screen shows at once."""


@dataclass(frozen=True, slots=True)
class FirstBadges:
    """The latest badges that a search finds.

    Attributes:
        whole: whether these are all. total: how many badges the safe holds.
    """

    rows: tuple[BadgeRow, ...]
    whole: bool
    total: int


class Why(StrEnum):
    """What another search has to do with the one that was typed."""

    NAME = "name"
    """It says the same by another name."""
    SPELLING = "spelling"
    """The one that was typed has a slip in it, and finds nothing."""
    STATE = "state"
    """What was typed is the name of a state; ``words`` of it is the ``State``."""


@dataclass(frozen=True, slots=True)
class AlsoFound:
    """Other words that mean the same, the query with them, and how many badges it finds.

    ``count`` is None for more than were worth counting; of a state it is always known.
    """

    words: str
    query: str
    count: int | None
    why: Why = Why.NAME


class SafeFinding(SafeChecks):
    """What ``Safe`` does to find badges; ``Safe`` itself is its only face."""

    def __init__(self, vault: Vault, services: Services) -> None:
        """Take an open vault."""
        super().__init__(vault, services)
        self._verdicts = row_verdicts(vault)
        self._standing = Standing(vault, self._verdicts, services, self.people)

    def badges(self, query: str = "") -> tuple[BadgeRow, ...]:
        """Return the library, newest first, or what ``query`` finds; verdicts as of now."""
        return self._as_of_now(self._vault.credentials.rows(query, among=self._standing.among))

    def first_badges(self, query: str = "", *, limit: int = FIRST_PAGE) -> FirstBadges:
        """Return how ``badges`` begins; as quick in a large safe as in a small one.

        Raises:
            EnvironmentFault: ``vault.interrupted`` by ``stop_finding``.
        """
        with self._vault.database.interruptible():
            # One more than asked for tells whether there are others.
            rows = self._vault.credentials.rows(query, limit=limit + 1, among=self._standing.among)
            total = self.count()
        found = self._told_why(self._as_of_now(rows[:limit]), query)
        return FirstBadges(found, len(rows) <= limit, total)

    def found_numbers(self, query: str = "") -> Sequence[int]:
        """Return the numbers of all that ``badges`` gives, in its order, for ``badges_numbered``.

        Raises:
            EnvironmentFault: ``vault.interrupted`` by ``stop_finding``.
        """
        with self._vault.database.interruptible():
            return self._vault.credentials.numbers(query, among=self._standing.among)

    def also_found(
        self, query: str, states: Sequence[tuple[State, str]] = ()
    ) -> tuple[AlsoFound, ...]:
        """Return other searches than ``query`` that find what it does not, the likeliest first.

        ``states`` are those that ``query`` names in the words of a face, each with the search
        for it. A word is spelled otherwise only where nothing else is found.

        Raises:
            EnvironmentFault: ``vault.interrupted`` by ``stop_finding``.
        """
        found = (*self._in_states(query, states), *self._by_other_names(query))
        return found or self._spelled(query)

    def _in_states(self, query: str, states: Sequence[tuple[State, str]]) -> Iterator[AlsoFound]:
        known = set(self.found_numbers(query)) if states else set()
        for state, term in states:
            numbers = self.found_numbers(term)
            if not known.issuperset(numbers):
                yield AlsoFound(state.value, term, len(numbers), Why.STATE)

    def _spelled(self, query: str) -> tuple[AlsoFound, ...]:
        if self._first_numbers(query, 1):
            return ()
        with self._vault.database.interruptible():
            other = spelled_otherwise(query, self._vault.credentials.nearest_word)
        numbers = self._first_numbers(other.query, FIRST_PAGE + 1) if other else ()
        if other is None or not numbers:
            return ()
        count = len(numbers) if len(numbers) <= FIRST_PAGE else None
        return (AlsoFound(other.words, other.query, count, Why.SPELLING),)

    def _by_other_names(self, query: str) -> Sequence[AlsoFound]:
        """None where ``query`` finds more than the first page: who has that much wants less."""
        others = said_otherwise(query)
        known = set(self._first_numbers(query, FIRST_PAGE + 1)) if others else set()
        if len(known) > FIRST_PAGE:
            return ()
        found: list[AlsoFound] = []
        for other in others:
            most = max(FIRST_PAGE, len(known))
            numbers = self._first_numbers(other.query, most + 1)
            # Two names of one thing that find the same are told once.
            if not known.issuperset(numbers):
                known.update(numbers)
                count = len(numbers) if len(numbers) <= most else None
                found.append(AlsoFound(other.words, other.query, count))
        return found

    def _first_numbers(self, query: str, limit: int) -> Sequence[int]:
        with self._vault.database.interruptible():
            return self._vault.credentials.numbers(
                query, limit=limit, among=self._standing.among)  # fmt: skip

    def badges_numbered(self, numbers: Sequence[int], query: str = "") -> tuple[BadgeRow, ...]:
        """Return some of the badges that were found, those still in the safe; as ``badges``.

        ``query`` is what found them, where the rows shall tell by what (``found_inside``).

        Raises:
            EnvironmentFault: ``vault.interrupted`` by ``stop_finding``.
        """
        return self._told_why(
            self._as_of_now(self._vault.credentials.rows_numbered(numbers)), query
        )

    def look_ahead(self, days: int) -> None:
        """Say how many days before its end a badge counts as expiring; 90 until then."""
        self._standing.ahead_days = days

    def facets(self) -> Facets:
        """Return what there is to look for, and how many badges each finds as of now."""
        return self._standing.facets()

    def stop_finding(self) -> None:
        """Stop a search that runs on the safe's thread; any thread may call this."""
        self._vault.database.interrupt_reading()

    def count(self) -> int:
        """Return how many badges the safe holds, without the trash."""
        return self._vault.credentials.count()

    def _told_why(self, rows: tuple[BadgeRow, ...], query: str) -> tuple[BadgeRow, ...]:
        """Return ``rows``, those that ``query`` found by what they hold with that."""
        if not query:
            return rows
        with self._vault.database.interruptible():
            told = found_inside(self._vault, [row.id for row in rows], query)
        if not told:
            return rows
        return tuple(replace(row, found_inside=told.get(row.id, ())) for row in rows)

    def _as_of_now(self, rows: Sequence[StoredRow]) -> tuple[BadgeRow, ...]:
        now, people, marks = self._services.now(), self.people, self._vault.marks.of_all()
        found = [
            badge_row(row, self._verdicts.of(row, now), marks.get(row.id, NO_MARKS)) for row in rows
        ]
        judged = rows_for_owner(self._vault, people.owner, found, people.judged)
        return with_declared(self._vault, judged, rows, people.declared)
