"""Badges as far as skills go, for tests: every value given or the same each time."""

from datetime import UTC, datetime

from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.skill_badges import SkillBadge
from wallet_app.credentials.model import Skill
from wallet_app.verification.report import Verdict

__all__ = ["NOW", "badge", "day"]

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


def day(text: str) -> datetime:
    """Return a day as a badge states it: UTC, at its beginning."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def badge(
    number: int,
    *skills: Skill,
    verdict: Verdict = Verdict.VERIFIED,
    mine: Mine = Mine.UNKNOWN,
    tags: tuple[str, ...] = (),
    since: str = "2026-01-15",
    until: str = "",
    name: str = "",
    document: tuple[str, str] = ("", ""),
    declared: bool = False,
    demo: bool = False,
) -> SkillBadge:
    """Return a badge that says this; verified, unless told otherwise."""
    row = BadgeRow(
        id=f"{number:064x}",
        name=name or f"Badge {number}",
        issuer="Northgate College",
        issuer_proven=verdict is Verdict.VERIFIED,
        verdict=verdict,
        added=NOW,
        checked_at=NOW,
        issued_on=day(since) if since else None,
        expires_on=day(until) if until else None,
        mine=mine,
        demo=demo,
    )
    return SkillBadge(row, skills, tags, document, declared)
