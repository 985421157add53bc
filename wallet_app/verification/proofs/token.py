"""Credentials secured as a compact token: VC-JWT, and SD-JWT that carries a W3C credential.

Sources: RFC 7515, RFC 9901 section 7, VC-JOSE-COSE, Open Badges 3.0 section 8.2.4. The
signature is checked over the received characters; what is shown and judged is what they
decode to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import CompactJws, parse_jws, verify_jws
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt
from wallet_app.verification.context import (
    Finding,
    KeySource,
    ResolvedKey,
    Signed,
    VerificationContext,
)
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.outcomes import passed_or_warning, stopped
from wallet_app.verification.proofs.embedded import prove_embedded
from wallet_app.verification.report import CheckId, Outcome
from wallet_app.verification.sd_jwt_issuer import metadata_key, metadata_url
from wallet_app.verification.token_claims import Profile, check_claims, profile_of, token_issuer
from wallet_app.verification.token_keys import token_key

__all__ = ["prove_token"]


_REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"})


@dataclass(frozen=True, slots=True)
class _Token:
    """A token read: its parts, and the credential it carries.

    Attributes:
        may_hide: whether the credential object itself keeps members undisclosed.
    """

    jws: CompactJws
    payload: JsonObject
    document: JsonObject
    profile: Profile
    notes: tuple[Finding, ...] = ()
    may_hide: bool = False


def prove_token(context: VerificationContext) -> Signed:
    """Check a token's signature, its claims, and the proofs inside it if there are any."""
    recorder = Recorder(context.resolver)
    secured = context.credential.secured
    key: ResolvedKey | None = None
    try:
        token = _read(secured.token, context.credential.format)
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), secured.document)
    unproven = Signed(
        stopped(CheckId.SIGNATURE, ProofMalformed("proof.bad_signature"), recorder),
        token.document,
        claims=token.payload,
        may_hide=token.may_hide,
    )
    try:
        issuer = token_issuer(token.payload, token.document)
        key = _key(token.jws.header, issuer, context, recorder)
        verify_jws(token.jws, key.key)
        family = context.credential.format
        absent = check_claims(token.profile, token.payload, token.document, family)
    except ProofError as exc:
        result = stopped(CheckId.SIGNATURE, exc, recorder)
        return replace(unproven, result=result, keys=(key,) if key else ())
    params: dict[str, str | int] = {"suite": str(token.jws.header.get("alg")), "proofs": 1}
    findings = (*token.notes, *absent, *_notes(key))
    result = passed_or_warning(CheckId.SIGNATURE, "proof.verified", params, findings, recorder)
    return _with_proofs_inside(replace(unproven, result=result, keys=(key,)), context)


def _key(
    header: JsonObject, issuer: str, context: VerificationContext, recorder: Recorder
) -> ResolvedKey:
    """Return the token's key; an SD-JWT VC may also name one in its issuer's metadata."""
    try:
        return token_key(header, issuer, recorder, context.now)
    except ProofUnsupported:
        if context.credential.format is not Format.SD_JWT_VC or not metadata_url(issuer):
            raise
        return metadata_key(header, issuer, recorder)


def _read(text: str, family: Format) -> _Token:
    if "~" not in text:
        jws = parse_jws(text)
        payload = _payload(jws)
        profile = profile_of(jws.header, payload)
        return _Token(jws, payload, _inside(payload, profile), profile)
    sd_jwt = parse_sd_jwt(text)
    shown = disclose(sd_jwt)
    profile = profile_of(sd_jwt.jws.header, shown.claims)
    notes: list[Finding] = []
    if shown.undisclosed:
        notes.append(("sd_jwt.claims_hidden", {"count": shown.undisclosed}))
    if sd_jwt.key_binding:
        notes.append(("sd_jwt.key_binding_replayable", {}))
    place = "vc" if profile is Profile.VC_CLAIM else ""
    return _Token(
        sd_jwt.jws,
        shown.claims,
        _inside(shown.claims, profile),
        profile,
        tuple(notes),
        # SD-JWT VC section 3.2.2.2 forbids to hide what decides: dates and status.
        may_hide=family is not Format.SD_JWT_VC and place in shown.hidden_in,
    )


def _payload(jws: CompactJws) -> JsonObject:
    try:
        return parse_object(jws.payload)
    except FormatError as exc:
        raise ProofMalformed("jws.malformed") from exc


def _inside(payload: JsonObject, profile: Profile) -> JsonObject:
    if profile is not Profile.VC_CLAIM:
        return payload
    inner = payload["vc"]
    if not isinstance(inner, Mapping):
        raise ProofMalformed("jws.malformed")
    return inner


def _notes(key: ResolvedKey) -> tuple[Finding, ...]:
    if key.source is KeySource.FRAGMENT:
        return (("key.only_in_fragment", {"method": key.method}),)
    return ()


def _with_proofs_inside(signed: Signed, context: VerificationContext) -> Signed:
    """Check embedded proofs, too: a bad one inside spoils the whole (OB 3.0 section 8.2)."""
    if not signed.document.get("proof"):
        return signed
    # The claims that wrap it came after the proof: they are the token's to vouch for.
    wrapped = {name: value for name, value in signed.document.items() if name not in _REGISTERED}
    inner = prove_embedded(wrapped, context).result
    if inner.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
        return replace(signed, result=inner)
    findings = (*signed.result.findings, *inner.findings)
    evidence = (*signed.result.evidence, *inner.evidence)
    return replace(signed, result=replace(signed.result, findings=findings, evidence=evidence))
