"""Check 2, signature: do the bytes match a proof, or the page at the badge's own address?"""

from wallet_app.credentials.model import Format, Securing
from wallet_app.verification.context import Signed, VerificationContext
from wallet_app.verification.proofs.embedded import prove_embedded
from wallet_app.verification.proofs.hosted import prove_hosted
from wallet_app.verification.proofs.jades import prove_jades
from wallet_app.verification.proofs.merkle import prove_blockcerts_2
from wallet_app.verification.proofs.open_badges_signed import prove_signed_badge
from wallet_app.verification.proofs.token import prove_token
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_signature"]

_OPEN_BADGES_1_2 = frozenset({Format.OPEN_BADGES_1, Format.OPEN_BADGES_2})


def check_signature(context: VerificationContext) -> Signed:
    """Return what is proven, by which keys; never a pass for what was not checked."""
    credential = context.credential
    securing = credential.secured.securing
    if securing is Securing.EMBEDDED_PROOF:
        return prove_embedded(credential.secured.document, context)
    if securing is Securing.JADES:
        return prove_jades(context)
    if securing is Securing.HOSTED:
        return prove_hosted(context)
    if securing in (Securing.JWS, Securing.SD_JWT):
        if credential.format in _OPEN_BADGES_1_2:
            return prove_signed_badge(context)
        return prove_token(context)
    if credential.format is Format.SD_JWT_VC and credential.secured.token:
        return prove_token(context)
    if credential.format is Format.BLOCKCERTS_2:
        return prove_blockcerts_2(context)
    document = credential.secured.document
    if securing is Securing.NONE:
        return Signed(CheckResult(CheckId.SIGNATURE, Outcome.FAILED, "proof.missing"), document)
    family: dict[str, str | int] = {"format": credential.format.value}
    unsupported = CheckResult(CheckId.SIGNATURE, Outcome.UNKNOWN, "proof.unsupported", family)
    return Signed(unsupported, document)
