"""The proofs of a skill on one line of time that all skills share. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from wallet_app.app.skill_models import ProvenSkill, SkillProof, Strength

__all__ = ["Moment", "Span", "Standing", "moments_of", "span_of"]

_MOST_YEARS: Final = 15
_LEAST_YEARS: Final = 3
_PLACES: Final = 12


class Standing(StrEnum):
    """How the badges of one moment stand, the better first."""

    VALID = "valid"
    OVER = "over"
    OPEN = "open"
    DECLARED = "declared"


_STANDINGS: Final = {
    Strength.PROVEN: Standing.VALID,
    Strength.UNVOUCHED: Standing.OPEN,
    Strength.NOT_YET: Standing.OPEN,
    Strength.UNCHECKED: Standing.OPEN,
    Strength.ENDED: Standing.OVER,
    Strength.HELD: Standing.OVER,
    Strength.WITHDRAWN: Standing.OVER,
    Strength.DECLARED: Standing.DECLARED,
}
"""What is refused has no place in time: nobody awarded it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole years (UTC), the last one included."""

    first: int
    last: int

    def part(self, moment: datetime) -> float:
        """Return where a moment lies, from 0 to 1; what lies outside is at the end."""
        at = moment.astimezone(UTC)
        day = at.timetuple().tm_yday - 1
        place = (at.year + day / 366 - self.first) / (self.last + 1 - self.first)
        return min(1.0, max(0.0, place))


@dataclass(frozen=True, slots=True)
class Moment:
    """Badges of about one time, at ``part`` of the span."""

    part: float
    count: int
    standing: Standing


def span_of(skills: Iterable[ProvenSkill], now: datetime) -> Span:
    """Return the years from the first proof until now: three at least, fifteen at most."""
    last = now.astimezone(UTC).year
    years = [
        proof.since.astimezone(UTC).year
        for skill in skills
        for proof in skill.proofs
        if proof.since is not None and proof.strength is not Strength.REFUSED
    ]
    first = min((year for year in years if year <= last), default=last)
    return Span(min(max(first, last - _MOST_YEARS + 1), last - _LEAST_YEARS + 1), last)


def moments_of(proofs: Iterable[SkillProof], span: Span) -> tuple[Moment, ...]:
    """Return the proofs that have a date, those of about one time together."""
    years = span.last + 1 - span.first
    # As many places as the line is wide for: a year, a half or a quarter of one.
    places = years * max(1, _PLACES // years)
    counts: Counter[tuple[int, Standing]] = Counter()
    for proof in proofs:
        standing = _STANDINGS.get(proof.strength)
        if standing is not None and proof.since is not None:
            place = min(places - 1, int(span.part(proof.since) * places))
            counts[place, standing] += 1
    best: dict[int, tuple[int, Standing]] = {}
    order = list(Standing)
    for (place, standing), count in sorted(counts.items(), key=lambda one: order.index(one[0][1])):
        best.setdefault(place, (count, standing))
    last = max(1, places - 1)
    return tuple(Moment(place / last, *best[place]) for place in sorted(best))
