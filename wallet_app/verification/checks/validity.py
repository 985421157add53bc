"""Check 5, validity: does now lie within the period that the issuer signed?

Sources: VC Data Model 2.0 section 4.9, 1.1 section 4.6; RFC 7519 ``nbf`` and ``exp``; Open
Badges 2.0 ``issuedOn`` and ``expires``. The narrowest range of all that is stated counts;
the bounds themselves are inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from wallet_app.credentials.model import Format, JsonValue
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.dates import (
    Bound,
    Moment,
    UnreadableDateError,
    read_date,
    read_unix_seconds,
)
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_validity", "recheck_validity"]

CLOCK_SKEW = timedelta(minutes=5)
"""How far in the future a start may lie: issuers' clocks differ. Ends have no tolerance."""

_STARTS = ("validFrom", "issuanceDate")
_ENDS = ("validUntil", "expirationDate")
_OPEN_BADGES_STARTS = ("issuedOn", "issued_on")
_OPEN_BADGES_ENDS = ("expires",)


@dataclass(frozen=True, slots=True)
class _Period:
    """The narrowest stated period; None where nothing bounds it."""

    start: datetime | None
    end: datetime | None
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stated:
    """One date as written."""

    bound: Bound
    value: JsonValue
    numeric: bool = False
    unix_text: bool = False


def check_validity(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return whether ``context.now`` lies in the period of what is proven."""
    stated = tuple(_stated_dates(signed, context.credential.format))
    if not stated:
        return _undated(signed, context)
    try:
        period = _narrowest([(item.bound, _read(item)) for item in stated])
    except UnreadableDateError as exc:
        written = {"date": str(exc)[:100]}
        return CheckResult(CheckId.VALIDITY, Outcome.UNKNOWN, "date.unparseable", written)
    return _concealed(signed, _judge(period, context.now))


def _undated(signed: Signed, context: VerificationContext) -> CheckResult:
    read = context.credential
    if signed.result.outcome is not Outcome.PASSED and (read.valid_from or read.valid_until):
        # As in a flattened graph: its reader finds dates that no proof could cover.
        return CheckResult(CheckId.VALIDITY, Outcome.UNKNOWN, "date.not_signed")
    none = CheckResult(CheckId.VALIDITY, Outcome.NOT_APPLICABLE, "date.none")
    return _concealed(signed, none)


def _concealed(signed: Signed, result: CheckResult) -> CheckResult:
    """Take back a pass where a date is not shown that may be there."""
    hidden = signed.concealment
    begins = any(member in signed.document for member in _STARTS)
    ends = any(member in signed.document for member in _ENDS)
    open_end = not ends and "exp" not in signed.claims
    if result.outcome is Outcome.FAILED:
        return result
    if (hidden.members and not (begins and ends)) or (hidden.claims and open_end):
        return replace(result, outcome=Outcome.UNKNOWN, code="date.may_be_hidden")
    if hidden.may_withhold and open_end:
        withheld = "date.end_may_be_withheld"
        if result.outcome is Outcome.NOT_APPLICABLE:
            return replace(result, outcome=Outcome.WARNING, code=withheld)
        notes = (*result.findings, (withheld, {}))
        return replace(result, outcome=Outcome.WARNING, findings=notes)
    return result


def recheck_validity(result: CheckResult, now: datetime) -> CheckResult:
    """Return an earlier result as it stands at ``now``, from the bounds kept in its params."""
    if result.check is not CheckId.VALIDITY or result.code not in _DECIDED:
        return result
    period = _Period(
        _kept(result.params.get("start")),
        _kept(result.params.get("end")),
        tuple(finding for finding in result.findings if finding[0] != "date.inverted"),
    )
    return replace(_judge(period, now), evidence=result.evidence)


_DECIDED = frozenset({"date.in_force", "date.expired", "date.not_yet_valid", "date.inverted"})


def _stated_dates(signed: Signed, family: Format) -> Iterator[_Stated]:
    open_badges = signed.hosted is not None
    starts = _OPEN_BADGES_STARTS if open_badges else _STARTS
    ends = _OPEN_BADGES_ENDS if open_badges else _ENDS
    unix_text = family is Format.OPEN_BADGES_1
    for bound, members in ((Bound.START, starts), (Bound.END, ends)):
        for member in members:
            if member in signed.document:
                value = signed.document[member]
                yield _Stated(bound, value, numeric=unix_text, unix_text=unix_text)
    if not open_badges:
        for bound, claim in ((Bound.START, "nbf"), (Bound.END, "exp")):
            if claim in signed.claims:
                yield _Stated(bound, signed.claims[claim], numeric=True)


def _read(stated: _Stated) -> Moment:
    value = stated.value
    if isinstance(value, str) and not (stated.numeric and not stated.unix_text):
        return read_date(value, bound=stated.bound, unix_seconds=stated.unix_text)
    if stated.numeric and isinstance(value, int | float) and not isinstance(value, bool):
        return read_unix_seconds(value)
    raise UnreadableDateError(str(value))


def _narrowest(moments: list[tuple[Bound, Moment]]) -> _Period:
    starts = [moment.at for bound, moment in moments if bound is Bound.START]
    ends = [moment.at for bound, moment in moments if bound is Bound.END]
    codes = dict.fromkeys(code for _, moment in moments for code in moment.assumptions)
    notes: tuple[Finding, ...] = tuple((code, {}) for code in codes)
    return _Period(max(starts, default=None), min(ends, default=None), notes)


def _judge(period: _Period, now: datetime) -> CheckResult:
    params: dict[str, str | int] = {
        "start": period.start.isoformat() if period.start else "",
        "end": period.end.isoformat() if period.end else "",
        "start_day": period.start.date().isoformat() if period.start else "",
        "end_day": period.end.date().isoformat() if period.end else "",
    }
    notes = period.notes
    inverted = bool(period.start and period.end and period.end < period.start)
    if period.end and now > period.end:
        outcome, code = Outcome.FAILED, "date.expired"
    elif period.start and now + CLOCK_SKEW < period.start:
        outcome, code = Outcome.FAILED, "date.not_yet_valid"
    elif inverted:
        # Only the tolerance for clocks lets now seem to be inside a period that has no inside.
        outcome, code, inverted = Outcome.FAILED, "date.inverted", False
    else:
        outcome, code = (Outcome.WARNING if notes else Outcome.PASSED), "date.in_force"
    if inverted:
        notes = (*notes, ("date.inverted", {}))
    return CheckResult(CheckId.VALIDITY, outcome, code, params, findings=notes)


def _kept(value: str | int | None) -> datetime | None:
    return (
        datetime.fromisoformat(value).astimezone(UTC) if isinstance(value, str) and value else None
    )
