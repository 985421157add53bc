"""Documents fetched from elsewhere, and the one way in which rooms ask for them.

The core never talks to the network. It asks a ``Resolver`` for the document at a URL and
gets the bytes with their provenance, or a typed reason why there are none.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

__all__ = ["Document", "DocumentUnavailable", "Origin", "Purpose", "Resolver"]


class Origin(StrEnum):
    """Where a document came from; shown beside every check that rests on it."""

    NETWORK = "network"
    SNAPSHOT = "snapshot"
    BUNDLED = "bundled"


class Purpose(StrEnum):
    """Why a document is wanted: sets its size limit, redirects and accepted media types."""

    HOSTED_BADGE = "hosted_badge"
    ISSUER = "issuer"
    KEY = "key"
    DID = "did"
    STATUS_LIST = "status_list"
    CONTEXT = "context"
    SCHEMA = "schema"
    IMAGE = "image"
    CREDENTIAL = "credential"
    TRANSACTION = "transaction"
    """Of a public chain, at a block explorer that the person chose."""
    PAGE = "page"
    """An address that a person gave: the credential, or a page that leads to it."""
    TRUST_LIST = "trust_list"
    OWN_PAGE = "own_page"
    """The person's own verification page, at the address that they set."""
    UPDATE = "update"
    """Whether there is a newer version, if the person allows that question."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as received.

    Attributes:
        url: what was asked for. final_url: what answered, after redirects.
        data: the body, decompressed. http_status: 200, or 410 which OB2 gives a meaning.
        media_type: without parameters, lower case; "" when unknown (document map).
        fetched_at: aware UTC.
    """

    url: str
    final_url: str
    data: bytes
    media_type: str
    fetched_at: datetime
    origin: Origin
    http_status: int = 200
    tls_host: str = ""

    @property
    def sha256(self) -> str:
        """Lower-case hex SHA-256 of the bytes as received."""
        return sha256(self.data).hexdigest()


class DocumentUnavailable(Exception):
    """No document: ``reason`` is one stable word.

    Reasons: ``offline``, ``unlisted``, ``dns``, ``refused``, ``tls``, ``timeout``,
    ``status``, ``too_large``, ``media_type``, ``blocked_address``, ``blocked_url``,
    ``redirect``, ``budget``. ``url`` is what was asked for, ``detail`` a short datum
    such as the HTTP status.
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        """Keep the reason, the URL and the detail."""
        super().__init__(f"{reason}: {url}")
        self.reason = reason
        self.url = url
        self.detail = detail


class Resolver(Protocol):
    """Gives the document at a URL; implemented by ``network/`` and by test simulators."""

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the document at ``url`` (a fragment is dropped before asking).

        A given resolver answers the same URL the same way for its whole life (one
        report), so that all checks see one world.

        Raises:
            DocumentUnavailable: with the reason.
        """
        ...
