"""What the ladder of showing is made of: ways, what one asks for, what came of it, the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wallet_app.app.models import BadgeRow
from wallet_app.errors import CoffreError

__all__ = [
    "LedgerEntry",
    "MyPage",
    "PageCheck",
    "Portfolio",
    "Recall",
    "ShareEnd",
    "ShownBy",
    "WayOffer",
]


class ShownBy(StrEnum):
    """The ways of showing, in the order of the ladder. The values are kept in the history."""

    ISSUER_PAGE = "link"
    """The issuer's own public page."""
    MY_LINK = "verifiable_link"
    """A link to the person's page, the badge after ``#``."""
    QR = "qr"
    PUBLIC_LINK = "public_link"
    """Kept by VerifierPlus, a service of others."""
    HTML = "html"
    """One file that checks itself."""
    PDF = "pdf"
    FILE = "original"
    PORTFOLIO = "portfolio"
    LINKEDIN = "linkedin"


class Recall(StrEnum):
    """Whether what was shown can be taken back, and who could."""

    NEVER = "never"
    """Whoever has it has it."""
    HERE = "here"
    """Coffre can: unshare, or take the files off the page."""
    ISSUER = "issuer"
    """At the issuer's site."""
    LINKEDIN = "linkedin"
    """The person can, on LinkedIn: the entry is their own."""


class ShareEnd(StrEnum):
    """How a share ended."""

    UNSHARED = "unshared"
    EXPIRED = "expired"
    """Its day has passed."""


@dataclass(frozen=True, slots=True)
class MyPage:
    """The person's page, kept in the vault.

    Attributes:
        address: https address of the page, without ``#``; "" when there is none.
        published_in: the folder or the server's folder it was last written to, for the eye.
        sha256: hash of what was last published, "" if never.
    """

    address: str = ""
    published_in: str = ""
    published_at: datetime | None = None
    sha256: str = ""


class PageCheck(StrEnum):
    """What came of asking the address of the page for its bytes."""

    SAME = "same"
    """The address gives out the very bytes that this version of Coffre publishes."""
    OTHER = "other"
    """Something else is there: another version of the page, or not ours at all."""


@dataclass(frozen=True, slots=True)
class WayOffer:
    """One way of showing one badge: whether it can be had, and what would be shown.

    Attributes:
        problem: why it cannot be had; None when it can.
        link: what would be given out, where that is known beforehand; "" else.
        recall: whether and where it could be taken back.
        warnings: what to say beside it, as codes with params.
    """

    way: ShownBy
    problem: CoffreError | None = None
    link: str = ""
    recall: Recall = Recall.NEVER
    warnings: tuple[tuple[str, Mapping[str, str | int]], ...] = ()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Several badges shown as one.

    Attributes:
        badge_ids: in the order shown.
        title, words: the person's own, not signed.
        until: last day on which the page shows them; None for no end.
        theme: ``light``, ``dark`` or ``paper``.
    """

    badge_ids: tuple[str, ...]
    title: str = ""
    words: str = ""
    until: date | None = None
    theme: str = "light"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One share.

    Attributes:
        id: names it; 16 hex digits. Events from before the ledger have their number as text.
        badges: id and name of each, as of then; rows that are still here in ``rows``.
        to: to whom, "" if not told.
        link: where it lies, when the link is short and names nothing but a place; else "".
        sha256: of the file or link that left, "" if unknown.
        until: last day, if one was set.
        recall: whether and where it can be taken back.
        ended_at, end: set once it has ended.
        kind: what exactly it was, such as ``card`` where ``way`` can only say a file.
    """

    id: str
    at: datetime
    way: ShownBy
    badges: tuple[tuple[str, str], ...]
    to: str = ""
    link: str = ""
    sha256: str = ""
    until: date | None = None
    recall: Recall = Recall.NEVER
    ended_at: datetime | None = None
    end: ShareEnd | None = None
    rows: Mapping[str, BadgeRow] = field(default_factory=dict)
    kind: str = ""
