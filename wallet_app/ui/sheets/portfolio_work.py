"""What the portfolio dialog asks of the safe and of the pool: functions of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wallet_app.app.models import BadgeRow, ExportKind
from wallet_app.app.own_links import BadgeToShow, badge_text
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import MyPage, Portfolio
from wallet_app.app.task_runner import CancelToken
from wallet_app.credentials.model import Credential
from wallet_app.errors import UserError

__all__ = [
    "PortfolioBadge",
    "find_badges",
    "give_link",
    "look_through",
    "read_badges",
    "read_page",
    "save_page",
    "save_paper",
]

_MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class PortfolioBadge:
    """One badge of a portfolio.

    Attributes:
        chars: how much of a link it takes; 0 when none can carry it.
        problem: why none can, None when one can.
    """

    row: BadgeRow
    credential: Credential
    chars: int = 0
    problem: UserError | None = None


def read_page(safe: Safe) -> MyPage:
    """Return the person's page; on the safe's thread, as all that take a ``Safe``."""
    return safe.my_page()


def read_badges(badge_ids: Sequence[str], safe: Safe) -> list[BadgeToShow]:
    """Return badges with what their links are made from."""
    return [safe.to_show(badge_id) for badge_id in badge_ids]


def look_through(
    badges: Sequence[BadgeToShow], services: Services, cancelled: CancelToken
) -> list[PortfolioBadge]:
    """In the pool: see which badges a link can carry, and how much of it each takes."""
    found = []
    for badge in badges:
        if cancelled():
            break
        row, credential = badge.detail.row, badge.detail.credential
        try:
            found.append(PortfolioBadge(row, credential, len(badge_text(badge, services))))
        except UserError as problem:
            found.append(PortfolioBadge(row, credential, problem=problem))
    return found


def find_badges(text: str, safe: Safe) -> list[BadgeRow]:
    """Return the badges that a search finds, at most 200."""
    return list(safe.badges(text))[:_MOST_FOUND]


def give_link(portfolio: Portfolio, to: str, safe: Safe) -> str:
    """Return the link of a portfolio, and note it."""
    return safe.share_portfolio(portfolio, to=to)


def save_page(portfolio: Portfolio, path: Path, to: str, _language: str, safe: Safe) -> str:
    """Write the file that checks them all; return its name."""
    safe.share_portfolio_html(portfolio, path, to=to)
    return path.name


def save_paper(portfolio: Portfolio, path: Path, to: str, language: str, safe: Safe) -> str:
    """Write them as one PDF, each badge attached; return its name."""
    safe.export_several(
        portfolio.badge_ids,
        ExportKind.PDF,
        path,
        language=language,
        title=portfolio.title,
        words=portfolio.words,
        to=to,
    )
    return path.name
