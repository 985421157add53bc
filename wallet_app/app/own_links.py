"""Links that carry the badge itself, and which ways of showing a badge has. Any thread.

Writing a link takes as long as one check of the badge; so the window takes a badge out of
the safe, calls this elsewhere, and tells the safe afterwards what was shown
(``Safe.note_share``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from wallet_app.app.holding import own_identity
from wallet_app.app.links import link_of
from wallet_app.app.models import BadgeDetail
from wallet_app.app.public_links import public_problem
from wallet_app.app.services import Services
from wallet_app.app.share_models import Portfolio, Recall, ShownBy, WayOffer
from wallet_app.crypto.documents import Document
from wallet_app.crypto.presenting import presence_answer
from wallet_app.errors import CoffreError, UserError
from wallet_app.sharing.link_code import qr_size_of_link
from wallet_app.sharing.link_payload import verifiable_link, with_answer
from wallet_app.sharing.page_address import page_origin
from wallet_app.sharing.page_file import self_verifying_page
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text
from wallet_app.sharing.public_page import public_page
from wallet_app.storage.holders import HolderStore

__all__ = [
    "BadgeToShow",
    "OfferRequest",
    "answered_link",
    "badge_text",
    "html_file",
    "link_with",
    "my_link",
    "portfolio_html",
    "portfolio_link",
    "require_page",
    "run_offer",
    "several_text",
]


_NAMED_OPERATOR: Final = "verifierplus.org"
_USUAL_PAGE: Final = "https://firstname-surname.example/badges/"
"""As long as the address of a page usually is."""


@dataclass(frozen=True, slots=True)
class BadgeToShow:
    """One badge, and the documents that its check rests on: all that a link is made from."""

    detail: BadgeDetail
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class OfferRequest:
    """What it takes to tell the ways of one badge.

    Attributes:
        page: the address of the person's page, or "".
        server: of public links, or "" while they are off.
        holds_key: whether the safe holds the key that the badge names.
    """

    badge: BadgeToShow
    page: str
    server: str
    holds_key: bool


def require_page(address: str) -> str:
    """Return the address of the person's page.

    Raises:
        UserError: ``share.no_page``.
    """
    if not address:
        raise UserError("share.no_page")
    return address


def badge_text(badge: BadgeToShow, services: Services) -> str:
    """Return what a link carries of a badge: ``1<kind>.<body>``.

    Raises:
        UserError: ``share.link_…``: why a link cannot carry it.
    """
    checked_at = badge.detail.report.latest.checked_at
    return link_of(badge.detail.credential, badge.documents, checked_at, services.contexts)


def link_with(page: str, text: str) -> str:
    """Return the link to a page that carries ``text``, as ``badge_text`` gave it."""
    return verifiable_link(page, text)


def my_link(badge: BadgeToShow, page: str, services: Services, *, until: date | None = None) -> str:
    """Return the link to the person's page that carries a badge.

    With ``until`` it is written as a page of one, which shows nothing after that day.

    Raises:
        UserError: ``share.no_page``, ``share.link_…``.
    """
    require_page(page)
    text = badge_text(badge, services)
    if until is not None:
        text = portfolio_text([text], PortfolioMeta(until=until))
    return verifiable_link(page, text)


def several_text(badges: Sequence[BadgeToShow], portfolio: Portfolio, services: Services) -> str:
    """Return what a link carries of several badges, in the order of ``badges``.

    Raises:
        UserError: ``share.link_…``: how many they may be, or the first that has no link.
    """
    meta = PortfolioMeta(
        title=portfolio.title,
        words=portfolio.words,
        until=portfolio.until,
        theme=portfolio.theme,
    )
    return portfolio_text([badge_text(one, services) for one in badges], meta)


def portfolio_link(
    badges: Sequence[BadgeToShow], portfolio: Portfolio, page: str, services: Services
) -> str:
    """Return the link to the person's page that carries several badges.

    Raises:
        UserError: as ``several_text``, ``share.no_page``.
    """
    return verifiable_link(require_page(page), several_text(badges, portfolio, services))


def html_file(badge: BadgeToShow, services: Services) -> bytes:
    """Return one file that checks a badge by itself; raises as ``badge_text``."""
    return self_verifying_page(badge_text(badge, services))


def portfolio_html(
    badges: Sequence[BadgeToShow], portfolio: Portfolio, services: Services
) -> bytes:
    """Return one file that checks several badges; raises as ``several_text``."""
    return self_verifying_page(several_text(badges, portfolio, services))


def answered_link(
    badge: BadgeToShow, page: str, number: int, holders: HolderStore, services: Services
) -> str:
    """Return the link with the answer to a reader's number, signed by the badge's own key.

    Raises:
        UserError: ``share.no_holder_key``, ``share.number``, ``share.no_page``,
            ``share.link_…``.
    """
    origin = page_origin(require_page(page))
    text = badge_text(badge, services)
    with own_identity(badge.detail.credential, holders) as identity:
        answer = presence_answer(identity, text, origin, number, services.now())
    return verifiable_link(page, with_answer(text, answer))


def run_offer(request: OfferRequest, services: Services) -> tuple[WayOffer, ...]:
    """Return every way with what it would show, or why it cannot be had. Nothing is told."""
    badge, page = request.badge, request.page
    link, no_link = _tried(lambda: my_link(badge, page, services))
    theirs, no_page = _tried(lambda: public_page(badge.detail.credential))
    text, no_text = ("", no_link) if page else _tried(lambda: badge_text(badge, services))
    recall = Recall.ISSUER if theirs else Recall.NEVER
    shown, no_code = _in_code(theirs or link, no_link)
    if text and not theirs:
        # Nobody is to set up a page for a code that no page could make possible.
        no_code = _in_code(verifiable_link(_USUAL_PAGE, text), no_link)[1] or no_link
    return (
        WayOffer(ShownBy.ISSUER_PAGE, no_page, theirs, Recall.ISSUER),
        WayOffer(ShownBy.MY_LINK, no_link, link),
        WayOffer(ShownBy.QR, no_code, shown, recall),
        _public_offer(request),
        WayOffer(ShownBy.HTML, no_text),
        WayOffer(ShownBy.PDF),
        WayOffer(ShownBy.FILE),
        WayOffer(ShownBy.PORTFOLIO, no_link),
        WayOffer(ShownBy.LINKEDIN, link=theirs or link, recall=Recall.LINKEDIN),
    )


def _public_offer(request: OfferRequest) -> WayOffer:
    problem = public_problem(request.badge.detail.credential)
    if problem is None and not request.server:
        problem = UserError("share.public_off")
    signer = f"share_note.signed_by_{'own' if request.holds_key else 'passing'}_key"
    host = urlsplit(request.server).hostname or ""
    codes = ["share_note.operator"] if host == _NAMED_OPERATOR else []
    notes: list[tuple[str, Mapping[str, str | int]]] = [
        ("share_note.public_upload", {"host": host}),
        *((code, {}) for code in (*codes, signer)),
    ]
    return WayOffer(ShownBy.PUBLIC_LINK, problem, recall=Recall.HERE, warnings=tuple(notes))


def _in_code(link: str, problem: CoffreError | None) -> tuple[str, CoffreError | None]:
    if not link:
        return "", problem
    size = qr_size_of_link(link)
    if not size.version:
        return "", UserError("share.link_too_long", {"length": len(link), "limit": size.limit})
    return link, None


def _tried(make: Callable[[], str]) -> tuple[str, CoffreError | None]:
    try:
        return make(), None
    except UserError as problem:
        return "", problem
