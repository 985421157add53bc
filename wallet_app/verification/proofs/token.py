"""Credentials secured as a compact token: VC-JWT, and SD-JWT that carries a W3C credential.

Sources: RFC 7515, RFC 9901 section 7, VC-JOSE-COSE, Open Badges 3.0 section 8.2.4. The
signature is checked over the received characters; what is shown and judged is what they
decode to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from wallet_app.credentials.model import Format, JsonObject
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import CompactJws, verify_jws
from wallet_app.crypto.key_binding import require_past, verify_key_binding
from wallet_app.crypto.sd_jwt import (
    DisclosedPayload,
    SdJwt,
    check_key_binding,
    disclose,
    parse_sd_jwt,
)
from wallet_app.verification.context import (
    Concealment,
    Finding,
    KeySource,
    ResolvedKey,
    Signed,
    VerificationContext,
)
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.members import text
from wallet_app.verification.outcomes import passed_or_warning, stopped
from wallet_app.verification.proofs.embedded import prove_embedded
from wallet_app.verification.report import CheckId, Outcome
from wallet_app.verification.sd_jwt_issuer import metadata_key, metadata_url
from wallet_app.verification.token_claims import Profile, check_claims, profile_of, token_issuer
from wallet_app.verification.token_keys import token_key

__all__ = ["prove_token"]


_OF_W3C_CREDENTIALS = frozenset(
    {
        *("credentialSubject", "credentialStatus", "credentialSchema", "issuer"),
        *("validFrom", "validUntil", "issuanceDate", "expirationDate"),
    }
)
_REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"})


@dataclass(frozen=True, slots=True)
class _Token:
    """A token read: its parts, and the credential it carries.

    Attributes:
        concealment: what of it may be there and not be shown.
    """

    jws: CompactJws
    payload: JsonObject
    document: JsonObject
    profile: Profile
    notes: tuple[Finding, ...] = ()
    concealment: Concealment = field(default_factory=Concealment)


def prove_token(context: VerificationContext) -> Signed:
    """Check a token's signature, its claims, and the proofs inside it if there are any."""
    recorder = Recorder(context.resolver)
    secured = context.credential.secured
    key: ResolvedKey | None = None
    try:
        token = _read(secured.token, context.credential.format, context.now)
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), secured.document)
    unproven = Signed(
        stopped(CheckId.SIGNATURE, ProofMalformed("proof.bad_signature"), recorder),
        token.document,
        claims=token.payload,
        concealment=token.concealment,
    )
    try:
        context.budget.take_signatures()
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
        elsewhere = context.credential.format is Format.SD_JWT_VC and metadata_url(issuer)
        if "x5c" in header or not elsewhere:
            raise
        return metadata_key(header, issuer, recorder)


def _read(serialized: str, family: Format, now: datetime) -> _Token:
    # A token that lost its "~" is read likewise: what it hides stays hidden.
    sd_jwt = parse_sd_jwt(serialized)
    shown = disclose(sd_jwt)
    _check_selective(sd_jwt, shown)
    profile = profile_of(sd_jwt.jws.header, shown.claims)
    notes: list[Finding] = []
    if shown.undisclosed:
        notes.append(("sd_jwt.claims_hidden", {"count": shown.undisclosed}))
    if sd_jwt.key_binding:
        notes.append(_holder_note(sd_jwt, shown.claims, now))
    document = shown.claims
    if profile is Profile.VC_CLAIM and isinstance(shown.claims["vc"], Mapping):
        document = shown.claims["vc"]
    return _Token(
        sd_jwt.jws,
        shown.claims,
        document,
        profile,
        tuple(notes),
        _concealment(shown, profile, family),
    )


def _holder_note(sd_jwt: SdJwt, claims: JsonObject, now: datetime) -> Finding:
    """Say what a stored key binding is worth: never that the holder is there now.

    It says nothing of the credential itself, so that a bad one does not fail it: whoever
    passes a token on could otherwise make a genuine badge look forged.
    """
    try:
        require_past(verify_key_binding(sd_jwt, claims), now)
    except ProofError as exc:
        return ("sd_jwt.holder_not_proven", {"reason": exc.code})
    return ("sd_jwt.key_binding_replayable", {})


def _check_selective(sd_jwt: SdJwt, shown: DisclosedPayload) -> None:
    """Refuse a ``~`` behind a token that discloses nothing: a second spelling of it."""
    kind = str(sd_jwt.jws.header.get("typ")).lower()
    selective = sd_jwt.disclosures or shown.undisclosed or kind.endswith(("sd-jwt", "sd+jwt"))
    if sd_jwt.hashed_part and not selective:
        raise ProofMalformed("sd_jwt.malformed")
    if sd_jwt.key_binding:
        check_key_binding(sd_jwt)


def _concealment(shown: DisclosedPayload, profile: Profile, family: Format) -> Concealment:
    place = "vc" if profile is Profile.VC_CLAIM else ""
    status = f"{place}.credentialStatus" if place else "credentialStatus"
    parts = status in shown.hidden_in or any(
        path.startswith(f"{status}.") for path in shown.hidden_in
    )
    if family is Format.SD_JWT_VC and _keeps_sd_jwt_vc_rules(shown.claims):
        # SD-JWT VC section 3.2.2.2 forbids to hide what decides: dates and status.
        return Concealment(may_withhold="" in shown.hidden_in, status_in_part=parts)
    return Concealment(
        members=place in shown.hidden_in,
        claims="" in shown.hidden_in,
        status_in_part=parts,
    )


def _keeps_sd_jwt_vc_rules(claims: JsonObject) -> bool:
    """Return whether the issuer says that it made an SD-JWT VC, and nothing else.

    Threat: a holder who hides ``type`` and ``@context`` of a W3C credential makes it look
    like one, and hides its end and its status, which no rule forbids there.
    """
    return bool(text(claims.get("vct"))) and not _OF_W3C_CREDENTIALS & claims.keys()


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
