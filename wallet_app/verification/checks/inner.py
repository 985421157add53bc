"""Credentials that a check rests on: status lists and schemas that somebody signed.

They are checked as strictly as a badge: their own proof, issuer and dates. Their own
status and schema are not asked, so that no chain of them leads anywhere.
"""

from dataclasses import dataclass, replace

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.verification.checks.format import check_format
from wallet_app.verification.checks.issuer import check_issuer, issuer_of
from wallet_app.verification.checks.signature import check_signature
from wallet_app.verification.checks.validity import check_validity
from wallet_app.verification.context import VerificationContext
from wallet_app.verification.evidence import Recorder, contexts_among
from wallet_app.verification.report import CheckResult

__all__ = ["InnerProof", "prove_inner"]


@dataclass(frozen=True, slots=True)
class InnerProof:
    """What the checks of such a credential found.

    Attributes:
        document: what is proven. issuer: the issuer id it names.
    """

    document: JsonObject
    issuer: str
    format_check: CheckResult
    signature_check: CheckResult
    issuer_check: CheckResult
    validity_check: CheckResult


def prove_inner(original: Original, context: VerificationContext, recorder: Recorder) -> InnerProof:
    """Check the one credential in ``original``; what it fetches, ``recorder`` keeps.

    Raises:
        FormatError: it is no credential, or several.
    """
    found = recognise(original)
    if len(found) != 1:
        raise FormatError("format.not_a_credential")
    within = replace(context, credential=found[0], resolver=recorder, depth=context.depth + 1)
    signed = check_signature(within)
    recorder.note(contexts_among(signed.result.evidence))
    return InnerProof(
        signed.document,
        issuer_of(signed),
        check_format(signed, within),
        signed.result,
        check_issuer(signed, within),
        check_validity(signed, within),
    )
