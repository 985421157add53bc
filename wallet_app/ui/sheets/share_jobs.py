"""What the share dialog asks of the safe and of the pool: functions of plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.link_codes import QrCode
from wallet_app.app.linkedin_kit import LinkedInKit, linkedin_kit
from wallet_app.app.models import ExportKind, LinkedInFields
from wallet_app.app.own_links import (
    BadgeToShow,
    OfferRequest,
    html_file,
    my_link,
    run_offer,
)
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import LedgerEntry, MyPage, ShownBy, WayOffer
from wallet_app.app.showing import write_qr
from wallet_app.app.shown_file import write_shown
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.withholding import HideablePart, hideable_parts, without_parts
from wallet_app.errors import UserError

if TYPE_CHECKING:
    from wallet_app.app.public_links import PublicEnd, PublicPlaced, PublicRequest

__all__ = [
    "OfferRead",
    "WaysFound",
    "ask_public",
    "end_request",
    "find_ways",
    "give_issuer_page",
    "keep_organisation",
    "link_again",
    "note_code",
    "note_ended",
    "note_link",
    "note_profile",
    "read_offer",
    "save_code",
    "save_copy",
    "save_page",
    "take_down",
    "upload",
]

_MAX_PROFILE_LINK: Final = 1_000
"""Characters of the address that LinkedIn's form is given (a judgement)."""


@dataclass(frozen=True, slots=True)
class OfferRead:
    """What was taken out of the safe to tell the ways of one badge."""

    request: OfferRequest
    page: MyPage
    organisation: str


@dataclass(frozen=True, slots=True)
class WaysFound:
    """Every way of showing one badge, and what LinkedIn can be given of it.

    Attributes:
        shown: the badge as links and files to open carry it, without what is withheld.
        parts: what may be withheld of it.
    """

    offers: Mapping[ShownBy, WayOffer]
    kit: LinkedInKit
    shown: BadgeToShow
    parts: tuple[HideablePart, ...]


def read_offer(badge_id: str, safe: Safe) -> OfferRead:
    """On the safe's thread."""
    request = safe.offer_request(badge_id)
    organisation = safe.linkedin_organization(request.badge.detail)
    return OfferRead(request, safe.my_page(), organisation)


def find_ways(
    read: OfferRead, withheld: frozenset[int], services: Services, _cancelled: CancelToken
) -> WaysFound:
    """In the pool: writing a link takes as long as one check of the badge."""
    detail = read.request.badge.detail
    shown = replace(detail, credential=without_parts(detail.credential, withheld))
    request = replace(read.request, badge=replace(read.request.badge, detail=shown))
    offers = {offer.way: offer for offer in run_offer(request, services)}
    link = offers[ShownBy.LINKEDIN].link
    # A form takes no longer address; the badge's own page or none is named then.
    links = {detail.row.id: link} if len(link) <= _MAX_PROFILE_LINK else {}
    numbers = {detail.row.id: read.organisation}
    kit = linkedin_kit([detail], links=links, organizations=numbers)
    return WaysFound(offers, kit, request.badge, hideable_parts(detail.credential))


def give_issuer_page(badge_id: str, to: str, safe: Safe) -> str:
    """Return the issuer's page, and note that it was given out."""
    return safe.share_link(badge_id, to=to)


def note_link(badge_id: str, link: str, to: str, safe: Safe) -> str:
    """Note that the verifiable link was given out; return it."""
    safe.note_share(ShownBy.MY_LINK, (badge_id,), link=link, to=to)
    return link


def note_code(badge_id: str, link: str, to: str, safe: Safe) -> str:
    """Note that a code of ``link`` was shown; return the link."""
    safe.note_share(ShownBy.QR, (badge_id,), link=link, to=to)
    return link


def note_profile(badge_id: str, fields: LinkedInFields, to: str, safe: Safe) -> str:
    """Note that LinkedIn is given these fields; return its address with every one of them."""
    safe.note_share(ShownBy.LINKEDIN, (badge_id,), link=fields.credential_url, to=to)
    return fields.url


def keep_organisation(badge_id: str, typed: str, safe: Safe) -> str:
    """Keep the number of the LinkedIn page of a badge's issuer; return it."""
    return safe.set_linkedin_organization(safe.badge(badge_id), typed)


def save_page(shown: BadgeToShow, services: Services, path: Path, to: str, safe: Safe) -> str:
    """Write the file that checks itself, and note it; return its name."""
    write_shown(path, html_file(shown, services))
    safe.note_export(ShownBy.HTML.value, (shown.detail.row.id,), path, to=to)
    return path.name


def save_copy(  # noqa: PLR0913, PLR0917 - all of it is of one file
    badge_id: str, kind: ExportKind, path: Path, language: str, to: str, safe: Safe
) -> str:
    """Write a PDF or the original; return its name."""
    safe.export(badge_id, kind, path, language=language, to=to)
    return path.name


def save_code(badge_id: str, code: QrCode, path: Path, to: str, safe: Safe) -> str:
    """Write a code as a picture, note it, and return its name."""
    write_qr(code, path)
    note_code(badge_id, code.link, to, safe)
    return path.name


def ask_public(badge_id: str, to: str, safe: Safe) -> "PublicRequest":
    """Sign what is to be uploaded; the person has agreed to it in the dialog."""
    return safe.public_request(badge_id, to, consent=True)


def upload(request: "PublicRequest", _cancelled: CancelToken) -> "PublicPlaced":
    """In the pool."""
    from wallet_app.app.public_links import run_public  # noqa: PLC0415 - off the interface

    return run_public(request)


def take_down(end: "PublicEnd", _cancelled: CancelToken) -> "PublicEnd":
    """In the pool."""
    from wallet_app.app.public_links import run_public_end  # noqa: PLC0415 - off the interface

    run_public_end(end)
    return end


def link_again(badge_id: str, digest: str, services: Services, safe: Safe) -> str:
    """Return the verifiable link of a badge once more; it was noted when it was given out.

    Raises:
        UserError: ``share.link_differs``: with other parts withheld, or with another page, it
            is not the link that was given out, and may say more.
    """
    request = safe.offer_request(badge_id)
    link = my_link(request.badge, request.page, services)
    if sha256(link.encode("utf-8")).hexdigest() != digest:
        raise UserError("share.link_differs")
    return link


def end_request(share_id: str, safe: Safe) -> "PublicEnd":
    """Take out what it takes to end a share."""
    return safe.end_request(share_id)


def note_ended(end: "PublicEnd", safe: Safe) -> LedgerEntry:
    """Note that a share has ended."""
    return safe.note_ended(end)
