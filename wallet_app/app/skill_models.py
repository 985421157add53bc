"""A person's skills as their badges show them: plain frozen values, no sentences, no Qt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wallet_app.verification.report import Verdict

__all__ = ["Framework", "ProvenSkill", "SkillProof", "Strength"]


class Framework(StrEnum):
    """Where a skill's meaning is written down."""

    ESCO = "esco"
    ROME = "rome"
    RNCP = "rncp"
    ONET = "onet"
    CASE = "case"
    NAMED = "named"
    """Another one, under the name that the badge gives."""

    FREE = "free"
    """None: the issuer's own words."""

    DECLARED = "declared"
    """None: the owner's own words."""


class Strength(StrEnum):
    """What a proof is worth, the strongest first. Only ``PROVEN`` counts as proven."""

    PROVEN = "proven"
    """The badge is verified, made out to the owner or to nobody that contradicts it, and its
    issuer is more than a key: a domain, a certificate or a list of the owner stands behind it."""

    UNVOUCHED = "unvouched"
    """Unaltered and in force, and signed by a key that nobody vouches for (ADR 0090)."""

    NOT_YET = "not_yet"
    """Genuine, and in force later."""

    ENDED = "ended"
    """Genuine, and no longer in force: expired."""

    HELD = "held"
    """Genuine, and suspended by its issuer."""

    UNCHECKED = "unchecked"
    """Not fully checked: nothing points to a problem, nothing rules one out."""

    DECLARED = "declared"
    """Said by the owner alone, under the owner's own key or none."""

    WITHDRAWN = "withdrawn"
    """Revoked: proves nothing any more."""

    REFUSED = "refused"
    """Not valid, or made out to somebody else: proves nothing."""


@dataclass(frozen=True, slots=True)
class SkillProof:
    """One badge that speaks of a skill.

    Attributes:
        badge_id: of ``BadgeRow``.
        name, issuer: as the badge states them; ``issuer_proven`` as in ``BadgeRow``.
        since: the day of award, aware UTC, or None where the badge gives none.
        until: when it ends, aware UTC, or None.
        sample: a sample badge: it shows how Coffre works and proves nothing outside.
    """

    badge_id: str
    name: str
    issuer: str
    issuer_proven: bool
    verdict: Verdict
    strength: Strength
    since: datetime | None = None
    until: datetime | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class ProvenSkill:
    """One skill of one framework, and every badge that speaks of it, the strongest first.

    Attributes:
        key: stable, from framework and code, else from the folded name.
        framework_name: as to be shown for ``Framework.NAMED``, else "".
        code, url: as the badges give them, else "".
    """

    key: str
    name: str
    framework: Framework
    proofs: tuple[SkillProof, ...]
    framework_name: str = ""
    code: str = ""
    url: str = ""

    @property
    def strength(self) -> Strength:
        """The strength of the strongest proof; a skill without any is only declared."""
        order = list(Strength)
        return min(
            (proof.strength for proof in self.proofs), key=order.index, default=Strength.DECLARED
        )
