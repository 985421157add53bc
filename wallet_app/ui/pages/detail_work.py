"""What the page of a badge asks of the safe and of the pool; on their threads."""

from datetime import datetime
from pathlib import Path

from wallet_app.app.check_again import CheckFound, CheckRequest
from wallet_app.app.check_again import run_check as check
from wallet_app.app.endorsement_views import EndorsementView, endorsement_views
from wallet_app.app.inner_views import Inside, InsideRequest
from wallet_app.app.inner_views import read_inside as inside_of
from wallet_app.app.life import LifeMoment, life_of
from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken

__all__ = [
    "export",
    "keep_check",
    "know_issuer",
    "open_badge",
    "read_endorsements",
    "read_inside",
    "read_life",
    "request_inside",
    "run_check",
]


def open_badge(badge_id: str, safe: Safe) -> BadgeDetail:
    """Return everything about a badge."""
    return safe.badge(badge_id)


def read_life(detail: BadgeDetail, now: datetime, safe: Safe) -> tuple[LifeMoment, ...]:
    """Return the life of a badge as of ``now``."""
    return life_of(detail, safe.history_of(detail.row.id), now)


def read_endorsements(detail: BadgeDetail, _cancelled: CancelToken) -> tuple[EndorsementView, ...]:
    """Return who vouches for a badge; in the pool."""
    return endorsement_views(detail.credential, detail.report)


def request_inside(detail: BadgeDetail, safe: Safe) -> InsideRequest:
    """Take a record out to check what it holds."""
    return safe.request_inside(detail)


def read_inside(request: InsideRequest, cancelled: CancelToken) -> Inside:
    """Return what a record holds, each checked; in the pool."""
    return inside_of(request, cancelled)


def run_check(request: CheckRequest, _cancelled: CancelToken) -> CheckFound:
    """Check a badge that was taken out; in the pool."""
    return check(request)


def keep_check(request: CheckRequest, found: CheckFound, safe: Safe) -> BadgeDetail:
    """Keep what a check found."""
    return safe.keep_check(request, found)


def know_issuer(badge_id: str, known: bool, safe: Safe) -> BadgeDetail:
    """Put the proven issuer on the person's own list, or take it off."""
    detail = safe.badge(badge_id)
    if known:
        safe.people.know_issuer(detail)
    else:
        safe.people.forget_issuer(detail.report.proven_issuer)
    return safe.badge(badge_id)


def export(badge_id: str, path: Path, language: str, kind: ExportKind, safe: Safe) -> str:
    """Write a copy; return its name."""
    safe.export(badge_id, kind, path, language=language)
    return path.name
