"""SD-JWT: the token taken apart, and its disclosures put back in place.

Source: RFC 9901 section 7. The issuer's JWS is verified by ``jose``; here the digests
decide which disclosures belong to it. What is not disclosed says nothing: it is only
counted.
"""

from dataclasses import dataclass

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.jose import CompactJws

__all__ = ["DisclosedPayload", "SdJwt", "disclose", "parse_sd_jwt"]


@dataclass(frozen=True, slots=True)
class SdJwt:
    """The parts of an SD-JWT.

    Attributes:
        jws: the issuer's JWS, not verified.
        disclosures: base64url texts as received.
        key_binding: the key binding JWT, or "" when the token ends in ``~``.
        hashed_part: what ``sd_hash`` of a key binding covers: all up to the last ``~``.
    """

    jws: CompactJws
    disclosures: tuple[str, ...]
    key_binding: str
    hashed_part: str


@dataclass(frozen=True, slots=True)
class DisclosedPayload:
    """What an SD-JWT shows.

    Attributes:
        claims: the payload with disclosed members in place and no ``_sd``, ``_sd_alg`` or
            ``...`` left.
        undisclosed: digests without a disclosure: hidden claims or decoys.
        disclosed: dotted paths of the members that came from disclosures.
    """

    claims: JsonObject
    undisclosed: int
    disclosed: tuple[str, ...]


def parse_sd_jwt(token: str) -> SdJwt:
    """Take an SD-JWT (with ``~``) apart; a plain JWS is one without disclosures.

    Raises:
        ProofMalformed: ``sd_jwt.malformed`` or as ``parse_jws``.
    """
    raise NotImplementedError


def disclose(sd_jwt: SdJwt) -> DisclosedPayload:
    """Return the payload with its disclosures in place.

    Raises:
        ProofMalformed: ``sd_jwt.malformed``, ``sd_jwt.digest_twice``,
            ``sd_jwt.unmatched_disclosure``, ``sd_jwt.reserved_name``,
            ``sd_jwt.name_collision``, ``sd_jwt.not_disclosable``, ``sd_jwt.too_deep``.
        ProofUnsupported: ``sd_jwt.hash_unsupported``.
    """
    raise NotImplementedError
