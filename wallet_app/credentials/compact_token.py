"""Compact tokens taken apart for reading: a JWS, or an SD-JWT with its disclosures.

Nothing is verified here; ``wallet_app.crypto.jose`` reads the same characters again when
it checks the signature.

Sources: RFC 7515 sections 2 and 7.1, RFC 9901 section 4.
"""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object

__all__ = ["CompactToken", "looks_like_token", "parse_token"]

# Nothing in it is tried twice: millions of "~" must cost no memory.
_TOKEN = re.compile(r"[A-Za-z0-9_=-]++(?:\.[A-Za-z0-9_=-]*+){2,4}(?:~[A-Za-z0-9_=.~-]*+)?")
_UNPADDED = re.compile(r"[A-Za-z0-9_-]*")
_JWS_PARTS: Final = 3
_JWE_PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class CompactToken:
    """A token read but not verified.

    Attributes:
        text: exactly as received.
        header: the protected header.
        payload: the claims, with ``_sd`` digests still in place.
        selective: whether ``~`` is in it: an SD-JWT.
    """

    text: str
    header: JsonObject
    payload: JsonObject
    selective: bool


def looks_like_token(text: str) -> bool:
    """Tell whether ``text`` has the shape of a JWS, JWE or SD-JWT.

    The first part must be base64url of an object, which starts with ``eyJ``, ``ewo`` or
    ``eyA``: a plain word with two dots is no token.
    """
    return text.startswith("e") and _TOKEN.fullmatch(text) is not None


def parse_token(text: str) -> CompactToken:
    """Return the token's header and payload.

    Raises:
        FormatError: ``format.encrypted`` for a JWE, ``format.token_malformed``, or as
            ``parse_object`` for a header or payload that is not strict JSON.
    """
    jws, tilde, _ = text.partition("~")
    parts = jws.split(".")
    if len(parts) == _JWE_PARTS:
        raise FormatError("format.encrypted")
    if len(parts) != _JWS_PARTS:
        raise FormatError("format.token_malformed")
    header, payload = (parse_object(_decode(part)) for part in parts[:2])
    return CompactToken(text, header, payload, selective=bool(tilde))


def _decode(part: str) -> bytes:
    # Padding and stray characters are refused (RFC 7515 section 2): a lenient reader
    # would accept many spellings of one token.
    if not _UNPADDED.fullmatch(part) or len(part) % 4 == 1:
        raise FormatError("format.token_malformed")
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))
