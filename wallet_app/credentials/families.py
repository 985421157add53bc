"""Which family a JSON document belongs to, decided by its members alone.

A document that is no credential is refused with a code that says what it is instead.
"""

from collections.abc import Mapping
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import (
    blockcerts,
    clr_2,
    europass,
    open_badges_1,
    open_badges_2,
    open_badges_3,
    presentation,
    sd_jwt_vc,
    tolerant,
    verifiable_credential,
)
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.credentials.wallets.learner_credential_wallet import is_locked, is_wallet

__all__ = ["build", "build_from_claims", "build_from_vc_claim"]

_CREDENTIAL: Final = "VerifiableCredential"
_VC_CONTEXTS: Final = (verifiable_credential.CONTEXT_1, verifiable_credential.CONTEXT_2)
_OB2_CONTEXTS: Final = (
    "https://w3id.org/openbadges/v2",
    "https://openbadgespec.org/v2/context.json",
)
_OB1_CONTEXTS: Final = (
    "https://w3id.org/openbadges/v1",
    "https://openbadgespec.org/v1/context.json",
)
_OPEN_BADGES_PARTS: Final = frozenset(
    {
        "AlignmentObject",
        "BadgeClass",
        "Criteria",
        "CryptographicKey",
        "Endorsement",
        "Evidence",
        "Extension",
        "IdentityObject",
        "Image",
        "Issuer",
        "Profile",
        "RevocationList",
        "VerificationObject",
    }
)


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that ``document`` makes, containers' members not yet read.

    Raises:
        FormatError: ``format.open_badges_part``, ``format.unknown_context``,
            ``wallet.locked`` or ``format.not_a_credential``.
    """
    shown = source.shown or document
    types = frozenset(tolerant.texts(shown.get("type")))
    seal = None if source.token else europass.seal_of(document)
    if seal is not None and (sealed := europass.build_sealed(seal, source)) is not None:
        return sealed
    if presentation.TYPE in types or _presents(shown):
        return presentation.build(document, source)
    if is_wallet(document):
        if is_locked(document):
            raise FormatError("wallet.locked")
        return presentation.build_list(document, presentation.WALLET_TYPE, source)
    if _is_verifiable_credential(shown, types):
        return _build_verifiable_credential(document, types, source)
    if europass.flattened_credential(document) is not None:
        return europass.build(document, source)
    return _build_assertion(document, types, source)


def build_from_claims(payload: JsonObject, source: Source, header: JsonObject) -> Credential:
    """Return the credential that a token's payload makes.

    Raises:
        FormatError: ``format.token_without_credential``, or as ``build``.
    """
    shown = source.shown or payload
    if _is_bare_sd_jwt(shown, source, header):
        return sd_jwt_vc.build(payload, source)
    try:
        return build(payload, source)
    except FormatError as error:
        if error.code == "format.not_a_credential":
            raise FormatError("format.token_without_credential") from error
        raise


def build_from_vc_claim(document: JsonObject, source: Source) -> Credential:
    """Return the credential in a token's ``vc`` claim, whose place already says what it is."""
    types = frozenset(tolerant.texts((source.shown or document).get("type")))
    return _build_verifiable_credential(document, types, source)


def _is_bare_sd_jwt(shown: JsonObject, source: Source, header: JsonObject) -> bool:
    if "@context" in shown or "type" in shown:
        return False
    kind = tolerant.text(header.get("typ")).lower()
    return "vct" in shown or "_sd_alg" in shown or source.selective or kind.endswith("sd-jwt")


def _presents(document: JsonObject) -> bool:
    # The type may be one of the claims that an SD-JWT presentation hides.
    return "verifiableCredential" in document and "credentialSubject" not in document


def _is_verifiable_credential(document: JsonObject, types: frozenset[str]) -> bool:
    if types & {_CREDENTIAL, clr_2.TYPE, europass.TYPE, *open_badges_3.TYPES}:
        return True
    contexts = tolerant.texts(document.get("@context"))
    return "credentialSubject" in document and any(one in _VC_CONTEXTS for one in contexts)


def _build_verifiable_credential(
    document: JsonObject, types: frozenset[str], source: Source
) -> Credential:
    if blockcerts.has_merkle_proof_3(document):
        return blockcerts.build_3(document, source)
    if clr_2.TYPE in types:
        return clr_2.build(document, source)
    if europass.TYPE in types:
        return europass.build(document, source)
    if "EndorsementCredential" in types:
        return open_badges_3.build_endorsement(document, source)
    if types & open_badges_3.TYPES:
        return open_badges_3.build(document, source)
    return verifiable_credential.build(document, source)


def _build_assertion(document: JsonObject, types: frozenset[str], source: Source) -> Credential:
    contexts = tolerant.texts(document.get("@context"))
    if "Assertion" in types:
        if blockcerts.has_merkle_proof_2(document):
            return blockcerts.build_2(document, source)
        if any(one in _OB2_CONTEXTS for one in contexts):
            return open_badges_2.build(document, source)
        if any(one in _OB1_CONTEXTS for one in contexts):
            return open_badges_1.build(document, source, "1.1")
        raise FormatError("format.unknown_context", {"context": " ".join(contexts)[:200]})
    if not types and not contexts and (version := _early_version(document)):
        return open_badges_1.build(document, source, version)
    raise _refusal(types)


def _early_version(document: JsonObject) -> str:
    if "uid" in document and isinstance(document.get("verify"), Mapping) and "badge" in document:
        return "1.0"
    if isinstance(document.get("recipient"), str) and isinstance(document.get("badge"), Mapping):
        return "0.5"
    return ""


def _refusal(types: frozenset[str]) -> FormatError:
    if parts := sorted(types & _OPEN_BADGES_PARTS):
        return FormatError("format.open_badges_part", {"part": parts[0]})
    if types:
        return FormatError("format.unknown_type", {"type": ", ".join(sorted(types))[:200]})
    return FormatError("format.not_a_credential")
