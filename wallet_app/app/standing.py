"""How all badges of an open safe stand as of now: found by state, and counted.

One pass over small columns of all (``storage.outline``) answers for every state until the
vault changes or a date of a badge passes. Same rule for each verdict as in lists
(``RowVerdicts``), and for whose word a badge is (``declared``). On the safe's own thread.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from wallet_app.app.declared import numbers_declared
from wallet_app.app.facets import Facet, Facets, merged_facets
from wallet_app.app.models import Mine
from wallet_app.app.ownership import judge_owners
from wallet_app.app.people import People
from wallet_app.app.row_verdicts import RowVerdicts
from wallet_app.app.services import Services
from wallet_app.storage.mark_texts import folded
from wallet_app.storage.outline import Outline, outlines
from wallet_app.storage.search_grammar import State
from wallet_app.storage.times import time_text
from wallet_app.storage.vault import Vault
from wallet_app.verification.changes import ChangeCode
from wallet_app.verification.report import Verdict

__all__ = ["AHEAD_DAYS", "ENDED_WITHIN", "Standing"]

AHEAD_DAYS: Final = 90
ENDED_WITHIN: Final = timedelta(days=365)
"""A badge that ended longer ago needs no attention any more."""

_TRUSTED_FOR: Final = timedelta(minutes=1)
"""For how long a badge that waits for a date in its proof counts as waiting still."""

_RUNNING: Final = frozenset(
    {Verdict.VERIFIED, Verdict.UNDETERMINED, Verdict.SUSPENDED, Verdict.NOT_YET_VALID}
)
_FAR: Final = "9999-12-31T23:59:59.999999Z"


@dataclass(slots=True)
class _Counted:
    """One pass over all; good from ``since`` until ``until`` while nothing is written."""

    changes: int
    since: str
    until: str
    total: int = 0
    numbers: dict[State, "array[int]"] = field(default_factory=dict)
    """By what a list shows: a verdict, or whose word alone it is."""
    demo: "array[int]" = field(default_factory=lambda: array("q"))
    ends: list[tuple[str, int]] = field(default_factory=list)
    ended: list[tuple[str, int]] = field(default_factory=list)
    issuers: Counter[tuple[str, int]] = field(default_factory=Counter)
    skills: Counter[str] = field(default_factory=Counter)
    named: tuple[tuple[Facet, ...], tuple[Facet, ...]] | None = None


class Standing:
    """Answers by state. ``ahead_days``: how many days before its end a badge is expiring."""

    def __init__(
        self, vault: Vault, verdicts: RowVerdicts, services: Services, people: People
    ) -> None:
        """Take an open vault and what judges its rows."""
        self._vault, self._verdicts = vault, verdicts
        self._services, self._people = services, people
        self._counted: _Counted | None = None
        self.ahead_days = AHEAD_DAYS

    def among(self, state: State) -> tuple[Sequence[int], bool]:
        """Return the numbers in a state, or with False of all others; ``search_terms.Among``."""
        counted = self._count()
        if state in _SHOWN:
            return self._of_shown(counted, state)
        if state is State.DEMO:
            return counted.demo, True
        if state is State.EXPIRING:
            return self.expiring(), True
        if state is State.ATTENTION:
            return self.attention(), True
        return self._mine(), True

    def facets(self) -> Facets:
        """Return what there is to look for, and how much each finds."""
        counted = self._count()
        shelves = self._vault.marks.shelves()
        states = {state: len(all_) for state, all_ in counted.numbers.items()}
        states[State.FAVOURITE] = shelves.favourites
        states[State.DEMO] = len(counted.demo)
        states[State.EXPIRING] = len(self.expiring())
        states[State.ATTENTION] = len(self.attention())
        if counted.named is None:
            counted.named = _named(counted)
        issuers, skills = counted.named
        own = set(map(folded, self._vault.holders.dids()))
        return Facets(
            shelves,
            tuple(replace(one, own=True) if one.key in own else one for one in issuers),
            skills,
            {state: count for state, count in states.items() if count},
            self.ahead_days,
        )

    def expiring(self, within: timedelta | None = None) -> Sequence[int]:
        """Return those that end within ``ahead_days``, or another span, first to end first."""
        now = self._services.now()
        ahead = timedelta(days=self.ahead_days) if within is None else within
        return _between(self._count().ends, now, now + ahead)

    def with_end(self) -> Sequence[int]:
        """Return all in force that have an end, the first to end first."""
        return [number for _, number in self._count().ends]

    def count_ended(self) -> int:
        """Return how many have ended, at any time."""
        return len(self._count().ended)

    def ended(self) -> Sequence[int]:
        """Return the expired ones that ended within a year, the latest first."""
        now = self._services.now()
        return _between(self._count().ended, now - ENDED_WITHIN, now)[::-1]

    def failed(self) -> Sequence[int]:
        """Return what is not valid: forged, altered, or made out otherwise than it says."""
        return self._count().numbers.get(State.FAILED, ())

    def withdrawn(self) -> Sequence[int]:
        """Return what was revoked or suspended."""
        numbers = self._count().numbers
        found = [numbers.get(one, ()) for one in (State.REVOKED, State.SUSPENDED)]
        return [number for part in found for number in part]

    def gone(self) -> Sequence[int]:
        """Return those whose issuer answered once and does not any more."""
        silent = issuer_gone(self._vault)
        here = self._vault.credentials.numbers_of(silent)
        failed = set(self.failed())
        return [number for number in here if number not in failed]

    def attention(self) -> Sequence[int]:
        """Return all of the five above, each once."""
        parts = (self.expiring(), self.ended(), self.failed(), self.withdrawn(), self.gone())
        return list(dict.fromkeys(number for part in parts for number in part))

    def _of_shown(self, counted: _Counted, state: State) -> tuple[Sequence[int], bool]:
        found = counted.numbers.get(state, array("q"))
        # Whichever list is shorter: most badges of a safe are verified.
        if 2 * len(found) <= counted.total:
            return found, True
        others = array("q")
        for other, numbers in counted.numbers.items():
            if other is not state:
                others.extend(numbers)
        return others, False

    def _mine(self) -> Sequence[int]:
        owner = self._people.owner
        if not owner.identities:
            return ()
        ids = self._vault.credentials.ids_alive()
        judged = judge_owners(self._vault, owner, [found for _, found in ids], self._people.judged)
        return [number for number, found in ids if judged[found] is Mine.YES]

    def _count(self) -> _Counted:
        now, changes = self._services.now(), self._vault.database.changes
        at, known = time_text(now), self._counted
        if known is not None and known.changes == changes and known.since <= at < known.until:
            return known
        self._counted = self._count_anew(now, changes)
        return self._counted

    def _count_anew(self, now: datetime, changes: int) -> _Counted:
        at = time_text(now)
        counted = _Counted(changes, at, _FAR)
        own_words = numbers_declared(self._vault)
        again: dict[int, Outline] = {}
        for row in outlines(self._vault.database):
            counted.total += 1
            if row.demo:
                counted.demo.append(row.number)
            counted.issuers[row.issuer, row.issuer_proven] += 1
            if row.skills != "[]":
                counted.skills[row.skills] += 1
            for bound in (row.issued_on, row.expires_on):
                if bound is not None and at < bound < counted.until:
                    counted.until = bound
            if _may_have_turned(row, at):
                again[row.number] = row
            else:
                verdict = _VERDICTS.get(row.verdict, Verdict.UNDETERMINED)
                _sort_in(counted, row, verdict, own=row.number in own_words)
        for row, verdict in self._judged_again(again, now):
            if verdict is Verdict.NOT_YET_VALID:
                counted.until = min(counted.until, time_text(now + _TRUSTED_FOR))
            _sort_in(counted, row, verdict, own=row.number in own_words)
        counted.ends.sort()
        counted.ended.sort()
        return counted

    def _judged_again(
        self, rows: dict[int, Outline], now: datetime
    ) -> Iterable[tuple[Outline, Verdict]]:
        numbers = list(rows)
        found = self._vault.credentials.rows_numbered(numbers)
        # In the order asked for, and all of them: nobody else writes on this thread.
        return [
            (rows[number], self._verdicts.of(stored, now))
            for number, stored in zip(numbers, found, strict=True)
        ]


_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}
_SHOWN: Final = frozenset({State.DECLARED, *(State(verdict.value) for verdict in Verdict)})


def _named(counted: _Counted) -> tuple[tuple[Facet, ...], tuple[Facet, ...]]:
    issuers = ((name, count, bool(proven)) for (name, proven), count in counted.issuers.items())
    skills = (
        (name, count, True)
        for text, count in counted.skills.items()
        for name in dict.fromkeys(json.loads(text))
    )
    return merged_facets(issuers), merged_facets(skills)


def issuer_gone(vault: Vault) -> frozenset[str]:
    """Return the badges whose issuer was heard of last by its silence."""
    silent: dict[str, bool] = {}
    codes = {ChangeCode.ISSUER_SILENT.value: True, ChangeCode.ISSUER_BACK.value: False}
    for _number, event in vault.history.numbered(("changed",)):
        is_silent = codes.get(str(event.params.get("code", "")))
        if is_silent is not None:
            silent[event.credential_id] = is_silent
    return frozenset(badge_id for badge_id, is_silent in silent.items() if is_silent)


def _may_have_turned(row: Outline, at: str) -> bool:
    if row.verdict == Verdict.NOT_YET_VALID.value:
        return True
    low, high = sorted((row.checked_at, at))
    return any(
        bound is not None and low <= bound <= high for bound in (row.issued_on, row.expires_on)
    )


def _sort_in(counted: _Counted, row: Outline, verdict: Verdict, *, own: bool) -> None:
    # As ``BadgeRow.shown_verdict``: what only its holder says is found as nobody's proof.
    own_word = own and verdict is Verdict.VERIFIED
    state = State.DECLARED if own_word else State(verdict.value)
    counted.numbers.setdefault(state, array("q")).append(row.number)
    if row.expires_on is None:
        return
    if verdict is Verdict.EXPIRED:
        counted.ended.append((row.expires_on, row.number))
    elif verdict in _RUNNING:
        counted.ends.append((row.expires_on, row.number))


def _between(dated: Sequence[tuple[str, int]], start: datetime, end: datetime) -> list[int]:
    low = bisect_left(dated, (time_text(start), 0))
    high = bisect_right(dated, (time_text(end), 2**62))
    return [number for _, number in dated[low:high]]
