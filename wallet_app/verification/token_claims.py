"""What a token says beside the credential in it must not contradict it.

Sources: Open Badges 3.0 section 8.2.4.1 (1EdTech profile), VC-JOSE-COSE section 3.1 (W3C
profile), VC Data Model 1.1 section 6.3.1 (``vc`` claim). A token that reads as two
profiles with two meanings is refused.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from wallet_app.credentials.model import Format, JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.verification.context import Finding
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date, read_unix_seconds
from wallet_app.verification.members import identifier, items, text

__all__ = ["Profile", "check_claims", "profile_of", "token_issuer"]

_W3C_TYPES = frozenset({"vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc+sd-jwt"})
_STRICT_FORMATS = frozenset({Format.OPEN_BADGES_3, Format.CLR_2, Format.ENDORSEMENT})
_INSIDE = ("@context", "credentialSubject", "type")
_DECIDING = (
    *("id", "issuer", "credentialStatus", "proof"),
    *("validFrom", "validUntil", "issuanceDate", "expirationDate"),
)
"""Members that decide over a credential: beside a ``vc`` claim they would be a second one."""
_PERIOD = (
    ("nbf", ("validFrom", "issuanceDate"), Bound.START),
    ("exp", ("validUntil", "expirationDate"), Bound.END),
)


class Profile(StrEnum):
    """How a token carries its credential."""

    ONE_EDTECH = "1edtech"
    W3C = "w3c"
    VC_CLAIM = "vc_claim"


def profile_of(header: JsonObject, payload: JsonObject) -> Profile:
    """Return the one profile the token follows.

    Raises:
        ProofMalformed: ``jwt.vc_claim_forbidden`` (W3C type with ``vc`` or ``vp``),
            ``jwt.ambiguous`` (a ``vc`` claim beside a second credential, or beside
            members that say otherwise), ``jws.malformed`` (``vc`` is no object).
    """
    kind = text(header.get("typ")).lower().removeprefix("application/")
    if kind in _W3C_TYPES:
        if "vc" in payload or "vp" in payload:
            raise ProofMalformed("jwt.vc_claim_forbidden")
        return Profile.W3C
    if "vc" not in payload:
        return Profile.ONE_EDTECH
    inside = payload["vc"]
    if not isinstance(inside, Mapping):
        raise ProofMalformed("jws.malformed")
    if any(member in payload for member in _INSIDE) or any(
        member in payload and payload[member] != inside.get(member) for member in _DECIDING
    ):
        raise ProofMalformed("jwt.ambiguous")
    return Profile.VC_CLAIM


def token_issuer(payload: JsonObject, document: JsonObject) -> str:
    """Return ``iss``, or the issuer id of the credential inside, or ""."""
    return text(payload.get("iss")) or identifier(document.get("issuer"))


def check_claims(
    profile: Profile, payload: JsonObject, document: JsonObject, family: Format
) -> tuple[Finding, ...]:
    """Compare the registered claims with the credential; return what is merely missing.

    Raises:
        ProofMalformed: ``jwt.claim_mismatch`` or ``jwt.claim_missing``, naming the claim;
            ``format.member_missing`` for a member that cannot be compared with its claim.
    """
    strict = profile is Profile.ONE_EDTECH and family in _STRICT_FORMATS
    _check_comparable(payload, document)
    # An SD-JWT VC is its ``iss``'s; an ``issuer`` alone is a word without meaning there.
    needed = strict or (family is Format.SD_JWT_VC and "issuer" in document)
    findings = [
        *_compare("iss", payload, identifier(document.get("issuer")), required=needed),
        *_compare("jti", payload, text(document.get("id")), warned=strict),
        *_compare_subject(payload, document, warned=strict),
    ]
    if profile is not Profile.W3C:
        for claim, members, bound in _PERIOD:
            _compare_period(claim, payload, document, members, bound)
    return tuple(findings)


def _check_comparable(payload: JsonObject, document: JsonObject) -> None:
    """Refuse an identifier that is there but unreadable: it must not count as absent.

    What is shown would read it more leniently, and name somebody who was never compared: a
    list of one ``iss`` would leave the certificate's subject to be the issuer of an SD-JWT VC.
    """
    if "iss" in payload and not text(payload["iss"]):
        raise ProofMalformed("format.member_missing", {"member": "iss"})
    if "issuer" in document and not identifier(document["issuer"]):
        raise ProofMalformed("format.member_missing", {"member": "issuer"})
    if "id" in document and not text(document["id"]):
        raise ProofMalformed("format.member_missing", {"member": "id"})


def _compare(
    claim: str, payload: JsonObject, inside: str, *, required: bool = False, warned: bool = False
) -> Iterator[Finding]:
    if claim not in payload:
        if required:
            raise ProofMalformed("jwt.claim_missing", {"claim": claim})
        if warned and inside:
            yield "jwt.claim_absent", {"claim": claim}
    elif inside and payload[claim] != inside:
        raise ProofMalformed("jwt.claim_mismatch", {"claim": claim})


def _compare_subject(
    payload: JsonObject, document: JsonObject, *, warned: bool
) -> Iterator[Finding]:
    subjects = {identifier(item) for item in items(document.get("credentialSubject"))} - {""}
    if "sub" not in payload:
        if warned and subjects:
            yield "jwt.claim_absent", {"claim": "sub"}
    elif subjects and text(payload["sub"]) not in subjects:
        raise ProofMalformed("jwt.claim_mismatch", {"claim": "sub"})


def _compare_period(
    claim: str, payload: JsonObject, document: JsonObject, members: tuple[str, ...], bound: Bound
) -> None:
    claimed = _claimed_second(payload.get(claim))
    if claimed is None:
        return
    for member in members:
        inside = _second(document.get(member), bound)
        if inside is not None and inside != claimed:
            raise ProofMalformed("jwt.claim_mismatch", {"claim": claim})


def _claimed_second(value: JsonValue) -> int | None:
    # What is no number is left to the validity check, which reports it as unreadable.
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return int(read_unix_seconds(value).at.timestamp())
    except UnreadableDateError:
        return None


def _second(value: JsonValue, bound: Bound) -> int | None:
    try:
        return int(read_date(text(value), bound=bound).at.timestamp())
    except UnreadableDateError:
        return None
