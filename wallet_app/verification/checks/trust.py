"""Check 9, trust: is the proven issuer in a list that the owner chose to consult?

Only an issuer that is proven is looked up: anybody can claim a listed name. Being listed
is never called "trusted".
"""

from wallet_app.verification.context import VerificationContext
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_trust"]


def check_trust(
    signature: CheckResult, issuer: CheckResult, issuer_id: str, context: VerificationContext
) -> CheckResult:
    """Return in which of the chosen registries the proven issuer is listed."""
    if not context.registries:
        return CheckResult(CheckId.TRUST, Outcome.NOT_APPLICABLE, "trust.no_list_chosen")
    holds = (Outcome.PASSED, Outcome.WARNING)
    if signature.outcome not in holds or issuer.outcome not in holds:
        return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.issuer_not_proven")
    for registry in context.registries:
        name = (registry.members or {}).get(issuer_id)
        if name is not None:
            params: dict[str, str | int] = {"registry": registry.name, "name": name}
            if name and context.credential.issuer.name not in ("", name):
                params["stated"] = context.credential.issuer.name
                return CheckResult(CheckId.TRUST, Outcome.WARNING, "trust.other_name", params)
            return CheckResult(CheckId.TRUST, Outcome.PASSED, "trust.listed", params)
    if any(registry.members is None for registry in context.registries):
        return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.list_unavailable")
    return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.not_listed")
