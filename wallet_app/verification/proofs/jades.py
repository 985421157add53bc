"""JAdES seals: a JSON JWS over the credential's own text, by keys that certificates hold.

Sources: ETSI TS 119 182-1, RFC 7515 section 7.2, RFC 7797. Checked are the received
characters of the payload, never a new serialization of it. Of each signature only the
protected header counts: in the unprotected one anybody can put a time stamp, a certificate
or an ``alg``. ``sigT`` is when the signer says it was, and opens no door.
"""

from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, Seal
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import check_header, verify_signature
from wallet_app.crypto.multibase import base64url_decode
from wallet_app.verification.context import ResolvedKey, Signed, VerificationContext
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.members import text
from wallet_app.verification.outcomes import (
    deciding_error,
    passed_or_warning,
    siblings_unchecked,
    stopped,
)
from wallet_app.verification.proofs.embedded import MAX_PROOFS
from wallet_app.verification.report import CheckId
from wallet_app.verification.token_keys import certificate_key

__all__ = ["prove_jades"]

_UNDERSTOOD: Final = frozenset({"b64", "sigT"})
"""What ``crit`` may name. ``sigD`` (the payload lies elsewhere) is not read, so not here."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """One signature of a seal: it holds when there is no ``error``."""

    header: JsonObject
    key: ResolvedKey | None = None
    error: ProofError | None = None


def prove_jades(context: VerificationContext) -> Signed:
    """Check every signature of a seal: one must hold, and none may be bad."""
    recorder = Recorder(context.resolver)
    secured = context.credential.secured
    seal = secured.seal or Seal("", ())
    try:
        if not seal.signatures:
            raise ProofMalformed("proof.missing")
        if len(seal.signatures) > MAX_PROOFS:
            raise ProofUnsupported("proof.too_many", {"limit": MAX_PROOFS})
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), secured.document)
    judged = [_judge(signature, seal.payload, context) for signature in seal.signatures]
    return _add_up(secured.document, judged, recorder)


def _judge(signature: JsonObject, payload: str, context: VerificationContext) -> _Judged:
    header: JsonObject = {}
    key: ResolvedKey | None = None
    try:
        context.budget.take_signatures()
        protected = text(signature.get("protected"))
        header = _read_header(protected)
        if "x5c" not in header:
            raise ProofUnsupported("key.not_named")
        key = certificate_key(header)
        value = base64url_decode(text(signature.get("signature")))
        signed = f"{protected}.{payload}".encode()
        verify_signature(text(header["alg"]), key.key, signed, value)
    except ProofError as exc:
        return _Judged(header, key, exc)
    return _Judged(header, key)


def _read_header(protected: str) -> JsonObject:
    try:
        header = parse_object(base64url_decode(protected))
    except (ProofMalformed, FormatError) as error:
        raise ProofMalformed("jws.malformed") from error
    check_header(header)
    if header.get("b64") is not False:
        # Else the payload would be base64url, and these are other characters than signed.
        raise ProofMalformed("jws.b64")
    named = header.get("crit")
    names = [text(name) for name in named] if isinstance(named, list | tuple) else []
    unknown = [name for name in names if name not in _UNDERSTOOD or name not in header]
    # RFC 7797 section 6: who does not know ``b64`` must be made to stop.
    if unknown or "b64" not in names or len(set(names)) != len(names) or "sigD" in header:
        raise ProofMalformed("jws.crit")
    return header


def _add_up(document: JsonObject, judged: list[_Judged], recorder: Recorder) -> Signed:
    errors = [item.error for item in judged if item.error]
    good = [item for item in judged if not item.error]
    keys = tuple(item.key for item in good or judged if item.key)
    worst = deciding_error(errors, len(good))
    if worst is not None:
        return Signed(stopped(CheckId.SIGNATURE, worst, recorder), document, keys=keys)
    findings = siblings_unchecked(errors)
    params: dict[str, str | int] = {"suite": f"JAdES {good[0].header['alg']}", "proofs": len(good)}
    result = passed_or_warning(CheckId.SIGNATURE, "proof.verified", params, findings, recorder)
    return Signed(result, document, keys=keys)
