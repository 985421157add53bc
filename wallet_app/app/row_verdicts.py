"""How the badges of a list stand as of now, without reading the report of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallet_app.storage.models import StoredRow
from wallet_app.verification.report import Verdict

__all__ = ["RowVerdicts"]

_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}
_SETTLED_AFTER: Final = timedelta(days=1)
"""More than the tolerance for clocks: past its dates by this, a badge stands as it stands."""


@dataclass(frozen=True, slots=True)
class _Judged:
    checked_at: datetime
    stored: Verdict
    at: datetime
    verdict: Verdict


class RowVerdicts:
    """Verdicts of rows as of a moment.

    Only a badge whose dates were crossed since its last check has its report read again;
    and once they lie behind, only once until it is checked anew: a search of thousands,
    hundreds of them ended, waits for none.
    """

    def __init__(self, read_again: Callable[[StoredRow, datetime], Verdict]) -> None:
        """Take what opens one badge and judges its report as of a moment."""
        self._read_again = read_again
        self._settled: dict[str, _Judged] = {}

    def of(self, row: StoredRow, now: datetime) -> Verdict:
        """Return the verdict of one row; one that is not known is ``undetermined``."""
        stored = _VERDICTS.get(row.verdict)
        if stored is None:
            return Verdict.UNDETERMINED
        if stored is Verdict.NOT_YET_VALID:
            # What it waits for may be a date of its proof, which a row does not hold.
            return self._read_again(row, now)
        checked = row.checked_at
        if _crossed(row.issued_on, checked, now) or _crossed(row.expires_on, checked, now):
            return self._read_once(row, stored, now)
        return stored

    def _read_once(self, row: StoredRow, stored: Verdict, now: datetime) -> Verdict:
        known = self._settled.get(row.id)
        if (
            known is not None
            and known.checked_at == row.checked_at
            and known.stored is stored
            # Under a clock that was set back, what was judged lies in the future.
            and known.at <= now
        ):
            return known.verdict
        verdict = self._read_again(row, now)
        if _lies_behind(row, now):
            self._settled[row.id] = _Judged(row.checked_at, stored, now, verdict)
        return verdict


def _crossed(bound: datetime | None, checked: datetime, now: datetime) -> bool:
    """Return whether a bound of a badge lies between its last check and ``now``."""
    if bound is None:
        return False
    return checked <= bound <= now if checked <= now else now <= bound <= checked


def _lies_behind(row: StoredRow, now: datetime) -> bool:
    bounds = (row.issued_on, row.expires_on)
    return row.checked_at <= now and all(
        bound is None or bound < now - _SETTLED_AFTER for bound in bounds
    )
