"""Check 6, schema: does it satisfy the schema it declares, or what its standard asks?

Sources: VC Data Model 2.0 section 4.11, VC JSON Schema Specification 1.0 (``JsonSchema``,
``JsonSchemaCredential``), Open Badges 3.0 section CredentialSchema. The check informs and
never changes the verdict: a schema is the issuer's own form, and breaking it is no forgery.
What must be there for the other checks to mean anything is the format check's business.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from wallet_app.credentials.model import Format, JsonObject, JsonValue
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.context import Finding, Signed, VerificationContext
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.members import identifier, items, objects
from wallet_app.verification.report import CheckId, CheckResult, Outcome
from wallet_app.verification.schema_sources import Schema, find_schema
from wallet_app.verification.schemas import MAX_VIOLATIONS, Schemas, Violation

__all__ = ["MAX_SCHEMAS", "check_schema"]

MAX_SCHEMAS = 5
"""More than this are not read: each costs a fetch and a comparison."""


@dataclass(frozen=True, slots=True)
class _Answer:
    outcome: Outcome
    code: str
    params: Mapping[str, str | int]
    findings: tuple[Finding, ...] = ()


def check_schema(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return whether what is proven has the form that it declares.

    ``failed`` names the first places that do not conform; a credential without a declared
    schema is compared with what its standard asks, which warns at most.
    """
    declared = items(signed.document.get("credentialSchema"))
    if not declared:
        return _check_usual(signed, context)
    recorder = Recorder(context.resolver)
    answers = _answers(declared, signed, context, recorder)
    decisive = min(answers, key=lambda answer: _ORDER.index(answer.outcome))
    others = tuple((answer.code, answer.params) for answer in answers if answer is not decisive)
    findings = (*(finding for answer in answers for finding in answer.findings), *others)
    return CheckResult(
        CheckId.SCHEMA,
        decisive.outcome,
        decisive.code,
        decisive.params,
        recorder.evidence,
        findings,
    )


_ORDER = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)


def _check_usual(signed: Signed, context: VerificationContext) -> CheckResult:
    form = context.schemas.usual.get(context.credential.format) if context.schemas else None
    if context.schemas is None or form is None or _may_hide(signed):
        return CheckResult(CheckId.SCHEMA, Outcome.NOT_APPLICABLE, "schema.none_declared")
    if form.conforms(signed.document):
        return CheckResult(CheckId.SCHEMA, Outcome.PASSED, "schema.usual_form")
    try:
        places = _places(_compare(Schema("", form.schema), signed, context, context.schemas))
    except ProofUnsupported as exc:
        # So many that naming them takes too long: that there are some is known.
        places = ((exc.code, dict(exc.params)),)
    return CheckResult(CheckId.SCHEMA, Outcome.WARNING, "schema.unusual_form", findings=places)


def _answers(
    declared: tuple[JsonValue, ...],
    signed: Signed,
    context: VerificationContext,
    recorder: Recorder,
) -> list[_Answer]:
    if context.schemas is None:
        url = identifier(declared[0])[:500]
        return [_Answer(Outcome.UNKNOWN, "schema.not_checked", {"url": url})]
    if len(declared) > MAX_SCHEMAS:
        return [_Answer(Outcome.UNKNOWN, "schema.too_many", {"limit": MAX_SCHEMAS})]
    find = partial(find_schema, schemas=context.schemas, context=context, recorder=recorder)
    return [_answer(entry, find, signed, context, context.schemas) for entry in declared]


def _answer(
    entry: JsonValue,
    find: Callable[[JsonValue], Schema],
    signed: Signed,
    context: VerificationContext,
    schemas: Schemas,
) -> _Answer:
    try:
        schema = find(entry)
        violations = _compare(schema, signed, context, schemas)
    except ProofError as exc:
        return _Answer(Outcome.UNKNOWN, exc.code, dict(exc.params))
    params = {"url": schema.url[:500]}
    if not violations:
        return _Answer(Outcome.PASSED, "schema.conforms", params, schema.findings)
    if _may_hide(signed):
        # What is missing may be there without being shown.
        return _Answer(Outcome.UNKNOWN, "schema.may_be_hidden", params, schema.findings)
    count = min(len(violations), MAX_VIOLATIONS)
    findings = (*_places(violations), *schema.findings)
    return _Answer(Outcome.FAILED, "schema.violated", {**params, "count": count}, findings)


def _compare(
    schema: Schema, signed: Signed, context: VerificationContext, schemas: Schemas
) -> tuple[Violation, ...]:
    """Return where what the schema is about does not conform.

    Raises:
        ProofUnsupported: ``schema.too_costly``, ``schema.unreadable``.
    """
    params = {"url": schema.url[:500]}
    found: list[Violation] = []
    for document in _described(signed, context):
        left = context.budget.schema_time.milliseconds_left
        if left <= 0:
            raise ProofUnsupported("schema.too_costly", params)
        comparison = schemas.compare(schema.data, document, left)
        context.budget.schema_time.spend(comparison.milliseconds)
        if comparison.problem:
            raise ProofUnsupported(comparison.problem, params)
        found.extend(comparison.violations)
    return tuple(found)


def _described(signed: Signed, context: VerificationContext) -> tuple[JsonObject, ...]:
    """Return what a declared schema is about: the credential, in Blockcerts each subject.

    So do the verifiers of Blockcerts (blockchain-certificates/cert-verifier-js), and its
    schemas are written for it.
    """
    if context.credential.format is Format.BLOCKCERTS_3:
        return objects(signed.document.get("credentialSubject"))
    return (signed.document,)


def _places(violations: tuple[Violation, ...]) -> tuple[Finding, ...]:
    named: tuple[Finding, ...] = tuple(
        ("schema.violation", {"path": place.path[:200] or "/", "keyword": place.keyword[:40]})
        for place in violations[:MAX_VIOLATIONS]
    )
    if len(violations) > MAX_VIOLATIONS:
        named = (*named, ("schema.more_violations", {"shown": MAX_VIOLATIONS}))
    return named


def _may_hide(signed: Signed) -> bool:
    hidden = signed.concealment
    return hidden.members or hidden.claims or hidden.may_withhold or hidden.status_in_part
