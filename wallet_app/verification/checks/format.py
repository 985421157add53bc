"""Check 1, format: is this a credential of a known family with its mandatory members?

Sources: VC Data Model 2.0 section 4 and 1.1 section 4, Open Badges 2.0 section Assertion.
What could not be read at all never comes here: ``recognise`` refused it with its own code.
"""

from collections.abc import Callable, Mapping

from wallet_app.credentials.compact_token import parse_token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, JsonObject
from wallet_app.crypto.errors import ProofMalformed
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.members import identifier, items, objects, text, types
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_format"]

_VC_CONTEXTS = ("https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2")
_POLICY_MEMBERS = frozenset(
    {
        *("id", "type", "@id", "@type", "@vocab", "proof", "issuer", "credentialSubject"),
        *("validFrom", "validUntil", "issuanceDate", "expirationDate"),
        *("credentialStatus", "credentialSchema", "verifiableCredential"),
    }
)
"""Members that decide over a credential: no credential may define them anew for itself."""
_NOT_CREDENTIALS = {
    "kb+jwt": "format.key_binding",
    "vp+jwt": "format.presentation_token",
    "vp+ld+jwt": "format.presentation_token",
    "statuslist+jwt": "format.status_list_token",
}
_TOKEN_TYPES = frozenset({"", "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"})
_OPEN_BADGES_1_2 = frozenset({Format.OPEN_BADGES_1, Format.OPEN_BADGES_2})
_MISSING_IN_TOKENS = frozenset({"@context", "type"})
"""What tokens of other families leave out: only noted, because nothing is read by it."""


def check_format(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return whether the document has what its family demands.

    What a proof covers is looked at, not what was added around it.
    """
    credential = context.credential
    findings: tuple[Finding, ...] = tuple((code, {}) for code in credential.warnings)
    params: dict[str, str | int] = {"format": credential.format.value}
    try:
        _check_token_type(context)
        _REQUIREMENTS.get(credential.format, _check_nothing)(_credential_object(signed, context))
    except ProofMalformed as exc:
        if _is_tolerable(exc, context):
            return CheckResult(
                CheckId.FORMAT,
                Outcome.WARNING,
                "format.recognised",
                params,
                findings=(*findings, ("format.member_absent", dict(exc.params))),
            )
        return CheckResult(
            CheckId.FORMAT, Outcome.FAILED, exc.code, dict(exc.params), findings=findings
        )
    outcome = Outcome.WARNING if findings else Outcome.PASSED
    return CheckResult(CheckId.FORMAT, outcome, "format.recognised", params, findings=findings)


def _is_tolerable(error: ProofMalformed, context: VerificationContext) -> bool:
    generic = context.credential.format in (Format.VC_1, Format.VC_2)
    token = bool(context.credential.secured.token)
    member = error.params.get("member")
    missing = error.code == "format.member_missing" and member in _MISSING_IN_TOKENS
    return generic and token and missing


def _credential_object(signed: Signed, context: VerificationContext) -> JsonObject:
    """Return the document with a token's claims where the profile puts them."""
    if signed.hosted is not None:
        return context.credential.secured.document
    document = dict(signed.document)
    if "issuer" not in document and "iss" in signed.claims:
        document["issuer"] = signed.claims["iss"]
    return document


def _check_token_type(context: VerificationContext) -> None:
    token = context.credential.secured.token
    if not token or context.credential.format in _OPEN_BADGES_1_2:
        return
    try:
        header = parse_token(token).header
    except FormatError as exc:
        raise ProofMalformed(exc.code) from exc
    kind = text(header.get("typ")).lower().removeprefix("application/")
    if kind in _NOT_CREDENTIALS:
        raise ProofMalformed(_NOT_CREDENTIALS[kind], {"type": kind})
    if kind not in _TOKEN_TYPES and not kind.endswith(("sd-jwt", "sd+jwt")):
        raise ProofMalformed("format.token_type", {"type": kind[:100]})


def _check_nothing(_document: JsonObject) -> None:
    return


def _check_verifiable_credential(document: JsonObject) -> None:
    contexts = items(document.get("@context"))
    if not contexts or contexts[0] not in _VC_CONTEXTS:
        raise ProofMalformed("format.member_missing", {"member": "@context"})
    redefined = {name for one in objects(contexts) for name in one} & _POLICY_MEMBERS
    if redefined:
        raise ProofMalformed("format.redefines", {"member": ", ".join(sorted(redefined))})
    if "VerifiableCredential" not in types(document):
        raise ProofMalformed("format.member_missing", {"member": "type"})
    if not identifier(document.get("issuer")):
        raise ProofMalformed("format.member_missing", {"member": "issuer"})
    if not objects(document.get("credentialSubject")):
        raise ProofMalformed("format.member_missing", {"member": "credentialSubject"})


def _check_open_badge_3(document: JsonObject) -> None:
    _check_verifiable_credential(document)
    contexts = [text(item) for item in items(document.get("@context"))]
    if len(contexts) < 2:  # the Open Badges terms have no meaning without their own context
        raise ProofMalformed("format.member_missing", {"member": "@context"})


def _check_assertion(document: JsonObject) -> None:
    for member in ("id", "recipient", "badge", "issuedOn"):
        if not document.get(member):
            raise ProofMalformed("format.member_missing", {"member": member})
    if not (document.get("verification") or document.get("verify")):
        raise ProofMalformed("format.member_missing", {"member": "verification"})


_REQUIREMENTS: Mapping[Format, Callable[[JsonObject], None]] = {
    Format.OPEN_BADGES_2: _check_assertion,
    Format.OPEN_BADGES_3: _check_open_badge_3,
    Format.CLR_2: _check_open_badge_3,
    Format.ENDORSEMENT: _check_verifiable_credential,
    Format.VC_1: _check_verifiable_credential,
    Format.VC_2: _check_verifiable_credential,
}
