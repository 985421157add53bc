"""What may be fetched for which purpose: sizes, redirects, media types, time.

Source: ``SECURITY.md``, network rules. Contexts, schemas and lists are data for the core;
a page meant for people is never one of them.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from wallet_app.crypto.documents import Purpose

__all__ = [
    "CONNECT_TIMEOUT_S",
    "DOCUMENT_TIMEOUT_S",
    "FILE_FETCHES",
    "FILE_TIMEOUT_S",
    "READ_TIMEOUT_S",
    "REPORT_BYTES",
    "REPORT_FETCHES",
    "REPORT_TIMEOUT_S",
    "RULES",
    "FetchRule",
]

CONNECT_TIMEOUT_S: Final = 5.0
READ_TIMEOUT_S: Final = 10.0
DOCUMENT_TIMEOUT_S: Final = 20.0
REPORT_TIMEOUT_S: Final = 60.0
REPORT_FETCHES: Final = 25
FILE_TIMEOUT_S: Final = 180.0
FILE_FETCHES: Final = 200
"""For all reports on one file together: an archive of badges, each with pages of its own."""

_MIB: Final = 1024 * 1024
REPORT_BYTES: Final = 64 * _MIB
"""Of all answers that are held for one report, or one file: two hundred large lists would
else fill the memory."""

_JSON: Final = frozenset(
    {
        "application/json",
        "application/ld+json",
        "application/did+json",
        "application/did+ld+json",
        "application/jwk+json",
        "application/jwk-set+json",
        "application/schema+json",
        "application/vc",
        "application/vc+ld+json",
    }
)
# text/plain carries compact tokens, and PEM keys of Open Badges 2.
_TOKENS: Final = frozenset(
    {"application/jwt", "application/vc+jwt", "application/vc+ld+jwt", "text/plain"}
)
# Token Status List: the binary form is accepted so that the report can name it.
_TOKEN_LISTS: Final = frozenset({"application/statuslist+jwt", "application/statuslist+cwt"})
_PICTURES: Final = frozenset(
    {"image/png", "image/svg+xml", "image/jpeg", "image/gif", "image/webp"}
)
_BAKED: Final = frozenset({"image/png", "image/svg+xml"})
_CARRIERS: Final = frozenset(
    {"application/pdf", "application/zip", "application/x-zip-compressed", "application/gzip"}
)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_PEM: Final = frozenset({"application/x-pem-file", "application/pem-certificate-chain"})
_ACCEPT_JSON: Final = "application/ld+json, application/json;q=0.9"


@dataclass(frozen=True, slots=True)
class FetchRule:
    """The rule of one purpose.

    Attributes:
        media_types: accepted ones, without parameters, lower case.
        accept: the ``Accept`` header that is sent.
        size_bytes: of the body, decompressed.
        redirects: how many are followed.
        other_hosts: whether a redirect may lead to another host. Where the host itself is
            the authority for the content, it may not.
        upgrades_http: whether an ``http`` address is asked for over ``https`` instead:
            addresses in Open Badges 0.5-2.x and those that people type.
        gone_answers: whether HTTP 410 is an answer (Open Badges 2: revoked).
    """

    media_types: frozenset[str] = _JSON | _TOKENS
    accept: str = _ACCEPT_JSON
    size_bytes: int = 2 * _MIB
    redirects: int = 3
    other_hosts: bool = False
    upgrades_http: bool = False
    gone_answers: bool = False

    def accepts(self, media_type: str) -> bool:
        """Return whether a body of this type is read; ``+json`` types count as JSON."""
        wants_json = "application/json" in self.media_types
        is_json = media_type.startswith("application/") and media_type.endswith("+json")
        return media_type in self.media_types or (wants_json and is_json)


_CREDENTIAL: Final = FetchRule(
    media_types=_JSON | _TOKENS | _BAKED | _CARRIERS,
    accept=f"{_ACCEPT_JSON}, application/vc+jwt;q=0.8, image/png;q=0.7, */*;q=0.1",
    size_bytes=10 * _MIB,
    redirects=5,
    other_hosts=True,
    upgrades_http=True,
)

RULES: Final = MappingProxyType(
    {
        Purpose.HOSTED_BADGE: FetchRule(
            media_types=_JSON,
            redirects=5,
            other_hosts=True,
            upgrades_http=True,
            gone_answers=True,
        ),
        Purpose.ISSUER: FetchRule(media_types=_JSON, upgrades_http=True),
        Purpose.KEY: FetchRule(media_types=_JSON | _TOKENS | _PEM, upgrades_http=True),
        Purpose.DID: FetchRule(
            media_types=_JSON, accept="application/did+json, application/json;q=0.9"
        ),
        Purpose.STATUS_LIST: FetchRule(
            media_types=_JSON | _TOKENS | _TOKEN_LISTS,
            accept=f"application/statuslist+jwt, {_ACCEPT_JSON}",
            size_bytes=4 * _MIB,
            upgrades_http=True,
        ),
        Purpose.CONTEXT: FetchRule(media_types=_JSON, other_hosts=True),
        # A signed schema may be a token, and public repositories serve JSON as plain text.
        Purpose.SCHEMA: FetchRule(media_types=_JSON | _TOKENS, other_hosts=True),
        # A list of issuers that the person names: often a file in a public repository,
        # which is served as plain text. Its host is whose word it is.
        Purpose.TRUST_LIST: FetchRule(
            media_types=_JSON | {"text/plain"}, accept="application/json, text/plain;q=0.5"
        ),
        Purpose.IMAGE: FetchRule(
            media_types=_PICTURES, accept="image/*", size_bytes=10 * _MIB, other_hosts=True
        ),
        Purpose.CREDENTIAL: _CREDENTIAL,
        # The same question: a server that is told of HTML answers with its page for people.
        Purpose.PAGE: replace(_CREDENTIAL, media_types=_CREDENTIAL.media_types | _PAGES),
        Purpose.TRANSACTION: FetchRule(media_types=_JSON),
        # On its own host alone: what another one gives out is another page.
        Purpose.UPDATE: FetchRule(media_types=_JSON, size_bytes=16 * 1024),
        Purpose.OWN_PAGE: FetchRule(media_types=_PAGES, accept="text/html", size_bytes=_MIB),
    }
)
"""One rule for every purpose."""
