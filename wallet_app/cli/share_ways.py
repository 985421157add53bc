"""What ``coffre share`` does that is more than a link to the issuer's page."""

import sys
from typing import Final
from urllib.parse import urlsplit

from wallet_app.app.models import ShareWay
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import Portfolio, ShownBy
from wallet_app.cli.session import Session
from wallet_app.errors import UserError

__all__ = [
    "best_link",
    "check_until",
    "host_of",
    "mine_link",
    "public_link",
    "refuse_offline",
    "share_file",
    "share_portfolio",
]


_ENDS: Final = frozenset({ShareWay.MINE, ShareWay.PORTFOLIO, ShareWay.HTML})


def best_link(session: Session, safe: Safe, badge_id: str) -> str:
    """Return the issuer's own page, else the link to the person's page where there is one.

    Raises:
        UserError: ``share.no_public_page``, and there is no page of the person's either.
    """
    try:
        return safe.share_link(badge_id, to=session.options.to)
    except UserError as error:
        has_page = session.options.page_address or safe.my_page().address
        if error.code != "share.no_public_page" or not has_page:
            raise
    return mine_link(session, safe, badge_id)


def mine_link(session: Session, safe: Safe, badge_id: str) -> str:
    """Return the link to the person's page that carries the badge."""
    options = session.options
    return safe.share_my_link(badge_id, options.to, options.until, page=options.page_address)


def public_link(session: Session, safe: Safe, badge_id: str) -> str:
    """Upload the badge once the person has agreed, and return the page for people.

    Raises:
        UserError: ``share.public_not_agreed``: nobody to ask, or the answer is no.
    """
    offer = next(one for one in safe.link_offer(badge_id) if one.way is ShownBy.PUBLIC_LINK)
    if offer.problem is not None:
        # Before anything is asked: nobody agrees to what cannot be.
        raise offer.problem
    refuse_offline(session)
    for code, params in offer.warnings:
        session.console.note(code, **params)
    agreed = session.options.yes or _asked(session)
    return safe.share_public(badge_id, session.options.to, consent=agreed)


def _asked(session: Session) -> bool:
    words = session.console.words
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(words.text("cli.shares.question") + " ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().casefold()
    return answer in words.text("cli.move_out.yes").split()


def share_portfolio(session: Session, safe: Safe) -> str:
    """Return the link to the person's page that carries all the badges named."""
    options = session.options
    return safe.share_portfolio(_portfolio(session), options.to, page=options.page_address)


def share_file(session: Session, safe: Safe) -> None:
    """Write one file that checks the badges named by itself.

    Raises:
        UserError: ``share.file_needed``.
    """
    options = session.options
    if options.output is None:
        raise UserError("share.file_needed")
    plain = len(options.badges) == 1 and not (options.title or options.words or options.until)
    if plain:
        safe.share_html(options.badges[0], options.output, options.to)
    else:
        safe.share_portfolio_html(_portfolio(session), options.output, options.to)


def _portfolio(session: Session) -> Portfolio:
    options = session.options
    return Portfolio(
        tuple(options.badges), options.title, options.words, options.until, options.theme
    )


def check_until(session: Session, way: ShareWay) -> None:
    """Refuse a last day that is over, or that nobody would keep to.

    Raises:
        UserError: ``share.until_past``, ``share.until_elsewhere``.
    """
    until = session.options.until
    if until is not None and way not in _ENDS:
        raise UserError("share.until_elsewhere")
    if until is not None and until < session.now().date():
        raise UserError("share.until_past")


def refuse_offline(session: Session) -> None:
    """Refuse to ask a server while nothing may be asked of any.

    Raises:
        UserError: ``place.offline``.
    """
    if session.is_offline:
        raise UserError("place.offline")


def host_of(address: str) -> str:
    """Return the host of an address, as a person is told it."""
    return urlsplit(address).hostname or ""
