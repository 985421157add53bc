"""One badge of the safe as an entry of a CV, a post or a card. Nothing is recorded here."""

from wallet_app.app.models import BadgeDetail, Mine
from wallet_app.sharing.badge_entry import BadgeEntry

__all__ = ["badge_entry", "checkable_link"]


def checkable_link(detail: BadgeDetail, link: str = "") -> str:
    """Return the link that the person chose, else the issuer's own page, else ""."""
    return link or detail.public_page


def badge_entry(detail: BadgeDetail, link: str = "") -> BadgeEntry:
    """Return what is known of a badge; ``link`` as for ``checkable_link``."""
    row, credential = detail.row, detail.credential
    return BadgeEntry(
        title=row.name,
        issuer=row.issuer,
        issuer_proven=row.issuer_proven,
        verdict=row.shown_verdict,
        checked_at=detail.report.as_of,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        holder=row.holder,
        own=row.mine is not Mine.NO,
        description=credential.description or credential.achievement.description,
        skills=tuple(skill.name for skill in credential.skills if skill.name),
        results=tuple((result.name, result.value) for result in credential.results),
        link=checkable_link(detail, link),
        sample=row.demo,
    )
