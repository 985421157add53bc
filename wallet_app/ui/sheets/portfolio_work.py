"""What the portfolio dialog asks of the safe and of the pool: functions of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wallet_app.app.link_codes import fits_code
from wallet_app.app.models import BadgeRow, ExportKind
from wallet_app.app.own_links import BadgeToShow, badge_text, link_with
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
    "with_code",
]

_MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class PortfolioBadge:
    """One badge of a portfolio.

    Attributes:
        page: the issuer's page of it, or "".
        text: what a link carries of it; "" when none can.
        problem: why none can, None when one can.
    """

    row: BadgeRow
    credential: Credential
    page: str = ""
    text: str = ""
    problem: UserError | None = None

    @property
    def chars(self) -> int:
        """How much of a link it takes."""
        return len(self.text)


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
        detail = badge.detail
        one = PortfolioBadge(detail.row, detail.credential, detail.public_page)
        try:
            found.append(replace(one, text=badge_text(badge, services)))
        except UserError as problem:
            found.append(replace(one, problem=problem))
    return found


def with_code(badges: Sequence[PortfolioBadge], page: str, cancelled: CancelToken) -> list[str]:
    """In the pool: return the ids of those that a code can show; ``page``: the person's, or ""."""
    return [badge.row.id for badge in badges if not cancelled() and _has_code(badge, page)]


def _has_code(badge: PortfolioBadge, page: str) -> bool:
    mine = link_with(page, badge.text) if page and badge.text else ""
    return any(link and fits_code(link) for link in (badge.page, mine))


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
