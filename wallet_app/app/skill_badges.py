"""One badge as far as skills go, and what it is worth as a proof of them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.skill_models import SkillProof, Strength
from wallet_app.credentials.model import Skill
from wallet_app.verification.report import Verdict

__all__ = [
    "SkillBadge",
    "latest_of_each",
    "proof_of",
    "strength_of",
]

_OF_VERDICT: Final[Mapping[Verdict, Strength]] = MappingProxyType(
    {
        Verdict.VERIFIED: Strength.PROVEN,
        Verdict.NOT_YET_VALID: Strength.NOT_YET,
        Verdict.EXPIRED: Strength.ENDED,
        Verdict.SUSPENDED: Strength.HELD,
        Verdict.UNDETERMINED: Strength.UNCHECKED,
        Verdict.REVOKED: Strength.WITHDRAWN,
        Verdict.FAILED: Strength.REFUSED,
    }
)
_GENUINE: Final = (
    Strength.PROVEN,
    Strength.UNVOUCHED,
    Strength.ENDED,
    Strength.HELD,
    Strength.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class SkillBadge:
    """What one badge says of skills.

    Attributes:
        alignments, tags: as the issuer wrote them.
        document: the badge's own identifier and its issuer's, which a renewal keeps; ("", "")
            without one.
        declared: whether nobody but its own holder speaks for it, whoever that is.
        bare_key: whether its issuer is a key alone: no domain, certificate or list behind it.
        damaged: whether the picture that it lies in is.
    """

    row: BadgeRow
    alignments: tuple[Skill, ...] = ()
    tags: tuple[str, ...] = ()
    document: tuple[str, str] = ("", "")
    declared: bool = False
    bare_key: bool = False
    damaged: bool = False

    @property
    def strength(self) -> Strength:
        """What it is worth as a proof."""
        row = self.row
        return strength_of(row.verdict, row.mine, declared=self.declared, bare_key=self.bare_key)


def strength_of(
    verdict: Verdict, mine: Mine, *, declared: bool, bare_key: bool = False
) -> Strength:
    """Return what a badge is worth as a proof.

    What the owner declared is never more than declared, however well it is signed, and what is
    made out to somebody else proves nothing of the owner. A key that nobody vouches for may be
    anybody's, the owner's too.
    """
    found = Strength.REFUSED if mine is Mine.NO else _OF_VERDICT[verdict]
    if declared and found not in (Strength.WITHDRAWN, Strength.REFUSED):
        return Strength.DECLARED
    return Strength.UNVOUCHED if bare_key and found is Strength.PROVEN else found


def latest_of_each(badges: Iterable[SkillBadge]) -> tuple[SkillBadge, ...]:
    """Return the badges, of several copies of one document only the one that counts now.

    That is the latest genuine one: what could not be proven must not take the place of what
    was, and a copy that is in force later does not end the one in force.
    """
    found: dict[tuple[str, str], SkillBadge] = {}
    for badge in badges:
        key = badge.document if badge.document[0] else ("", badge.row.id)
        other = found.get(key)
        if other is None or _counts_before(badge) > _counts_before(other):
            found[key] = badge
    return tuple(found.values())


def _counts_before(badge: SkillBadge) -> tuple[bool, float, bool, float]:
    row = badge.row
    issued, added = _seconds(row.issued_on), _seconds(row.added)
    return (badge.strength in _GENUINE, issued, not badge.damaged, added)


def _seconds(moment: datetime | None) -> float:
    return float("-inf") if moment is None else moment.timestamp()


def proof_of(badge: SkillBadge) -> SkillProof:
    """Return a badge as a proof."""
    row = badge.row
    return SkillProof(
        badge_id=row.id,
        name=row.name,
        issuer=row.issuer,
        issuer_proven=row.issuer_proven,
        verdict=row.verdict,
        strength=badge.strength,
        since=row.issued_on,
        until=row.expires_on,
        sample=row.demo,
    )
