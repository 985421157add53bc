"""Check 1, format: is this a credential of a known family with its mandatory members?

Sources: VC Data Model 2.0 section 4 and 1.1 section 4, Open Badges 2.0 section Assertion.
What could not be read at all never comes here: ``recognise`` refused it with its own code.
"""

from collections.abc import Callable, Iterator, Mapping

from wallet_app.credentials.compact_token import parse_token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, JsonObject, JsonValue, Securing
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
    findings: list[Finding] = [(code, {}) for code in credential.warnings]
    for problem in _problems(signed, context):
        if not _is_tolerable(problem, context):
            return CheckResult(
                CheckId.FORMAT,
                Outcome.FAILED,
                problem.code,
                dict(problem.params),
                findings=tuple(findings),
            )
        findings.append(("format.member_absent", dict(problem.params)))
    params: dict[str, str | int] = {"format": credential.format.value}
    outcome = Outcome.WARNING if findings else Outcome.PASSED
    return CheckResult(
        CheckId.FORMAT, outcome, "format.recognised", params, findings=tuple(findings)
    )


def _problems(signed: Signed, context: VerificationContext) -> Iterator[ProofMalformed]:
    """Yield all that is wrong: what is tolerated must not keep the rest from being seen."""
    yield from _token_type_problems(context)
    sealed = context.credential.secured.securing is Securing.JADES
    find = _seal_problems if sealed else _REQUIREMENTS.get(context.credential.format, _no_problems)
    yield from find(_credential_object(signed, context))


def _is_tolerable(error: ProofMalformed, context: VerificationContext) -> bool:
    """Return whether a token merely leaves something out that nothing is read by."""
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


def _token_type_problems(context: VerificationContext) -> Iterator[ProofMalformed]:
    token = context.credential.secured.token
    if not token or context.credential.format in _OPEN_BADGES_1_2:
        return
    try:
        header = parse_token(token).header
    except FormatError as exc:
        yield ProofMalformed(exc.code)
        return
    kind = text(header.get("typ")).lower().removeprefix("application/")
    if kind in _NOT_CREDENTIALS:
        yield ProofMalformed(_NOT_CREDENTIALS[kind], {"type": kind})
    elif kind not in _TOKEN_TYPES and not kind.endswith(("sd-jwt", "sd+jwt")):
        yield ProofMalformed("format.token_type", {"type": kind[:100]})


def _missing(member: str) -> ProofMalformed:
    return ProofMalformed("format.member_missing", {"member": member})


def _no_problems(_document: JsonObject) -> Iterator[ProofMalformed]:
    return iter(())


def _credential_problems(document: JsonObject) -> Iterator[ProofMalformed]:
    contexts = items(document.get("@context"))
    if not contexts or contexts[0] not in _VC_CONTEXTS:
        yield _missing("@context")
    redefined = {name for one in objects(contexts) for name in one} & _POLICY_MEMBERS
    if redefined:
        yield ProofMalformed("format.redefines", {"member": ", ".join(sorted(redefined))})
    if "VerifiableCredential" not in types(document):
        yield _missing("type")
    # A reader that takes "@id" or the first of a list would name somebody never compared.
    if not identifier(document.get("issuer")):
        yield _missing("issuer")
    if "id" in document and not text(document["id"]):
        yield _missing("id")
    subjects = objects(document.get("credentialSubject"))
    if not subjects or any("id" in one and not text(one["id"]) for one in subjects):
        yield _missing("credentialSubject")


def _open_badge_3_problems(document: JsonObject) -> Iterator[ProofMalformed]:
    yield from _credential_problems(document)
    contexts = [text(item) for item in items(document.get("@context"))]
    if len(contexts) < 2:  # the Open Badges terms have no meaning without their own context
        yield _missing("@context")


def _seal_problems(document: JsonObject) -> Iterator[ProofMalformed]:
    # Of several, or of one that is spelled oddly, a reader would name one who was never
    # compared, while the certificate proves another by its legal identifier.
    issuer = document.get("issuer")
    stated = issuer.get("id", "-") if isinstance(issuer, Mapping) else issuer
    if "@id" in (issuer if isinstance(issuer, Mapping) else ()) or not _is_plain(stated):
        yield _missing("issuer")
    if "id" in document and not text(document["id"]):
        yield _missing("id")
    if not objects(document.get("credentialSubject")):
        yield _missing("credentialSubject")


def _is_plain(identifier_as_stated: JsonValue) -> bool:
    """Return whether an identifier is a text that a lenient reader reads as the same one."""
    stated = text(identifier_as_stated)
    return bool(stated) and stated == stated.strip()


def _assertion_problems(document: JsonObject) -> Iterator[ProofMalformed]:
    for member in ("id", "recipient", "badge", "issuedOn"):
        if not document.get(member):
            yield _missing(member)
    if not (document.get("verification") or document.get("verify")):
        yield _missing("verification")


_REQUIREMENTS: Mapping[Format, Callable[[JsonObject], Iterator[ProofMalformed]]] = {
    Format.OPEN_BADGES_2: _assertion_problems,
    Format.OPEN_BADGES_3: _open_badge_3_problems,
    Format.CLR_2: _open_badge_3_problems,
    Format.ENDORSEMENT: _credential_problems,
    Format.VC_1: _credential_problems,
    Format.VC_2: _credential_problems,
}
