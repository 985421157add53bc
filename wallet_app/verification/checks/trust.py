"""Check 9, trust: does the owner know the proven issuer, by a list or by earlier badges?

Only an issuer that is proven is looked up: anybody can claim a listed name. Being listed
is never called "trusted", and nothing here makes or breaks a verdict. A key that no
earlier badge of the issuer showed is told: that is what a stolen site would look like,
and also what an issuer does that cares for its keys.
"""

from dataclasses import replace

from wallet_app.verification.context import Finding, TrustRegistry, VerificationContext
from wallet_app.verification.owner import Owner, SeenBefore, signing_key
from wallet_app.verification.report import CheckId, CheckResult, Outcome, proven_issuer

__all__ = ["check_trust", "judge_trust"]

_NOTHING_CHOSEN = "trust.no_list_chosen"


def check_trust(
    signature: CheckResult, issuer: CheckResult, issuer_id: str, context: VerificationContext
) -> CheckResult:
    """Return in which of the chosen registries the proven issuer is listed."""
    owner = Owner(registries=context.registries)
    found = issuer_id if proven_issuer(signature, issuer) else ""
    return _looked_up(found, context.credential.issuer.name, owner)


def judge_trust(
    signature: CheckResult,
    issuer: CheckResult,
    stated: str,
    owner: Owner,
    seen: SeenBefore | None = None,
) -> CheckResult:
    """Return how the owner knows the issuer that a report proves.

    Args:
        signature: the second check of the report.
        issuer: its third.
        stated: the name that the badge gives its issuer.
        owner: whose lists are asked.
        seen: what the safe held of this issuer before; None without a safe.
    """
    found = proven_issuer(signature, issuer)
    result = _looked_up(found, stated, owner)
    if not found or seen is None:
        return result
    if not seen.earlier:
        first: Finding = ("trust.first_badge", {})
        return replace(result, findings=(*result.findings, first))
    return _with_new_key(result, signing_key(issuer), seen)


def _with_new_key(result: CheckResult, key: str, seen: SeenBefore) -> CheckResult:
    noted = {one.key for one in seen.earlier if one.key}
    if not key or not noted or key in noted:
        return result
    params: dict[str, str | int] = {
        "first_seen": min(one.first_seen for one in seen.earlier).date().isoformat(),
        "key_seen": seen.since.date().isoformat(),
    }
    findings = result.findings
    if result.code != _NOTHING_CHOSEN:
        findings = ((result.code, result.params), *findings)
    return CheckResult(CheckId.TRUST, Outcome.WARNING, "trust.new_key", params, findings=findings)


def _looked_up(issuer_id: str, stated: str, owner: Owner) -> CheckResult:
    if not owner.registries and not owner.known:
        return CheckResult(CheckId.TRUST, Outcome.NOT_APPLICABLE, _NOTHING_CHOSEN)
    if not issuer_id:
        return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.issuer_not_proven")
    listed = _in_registries(issuer_id, stated, owner.registries)
    since = owner.known.get(issuer_id)
    if since is not None:
        params: dict[str, str | int] = {"since": since.date().isoformat()}
        findings = () if listed is None else ((listed.code, listed.params),)
        outcome = Outcome.PASSED if listed is None else listed.outcome
        return CheckResult(CheckId.TRUST, outcome, "trust.known", params, findings=findings)
    if listed is not None:
        return listed
    if any(registry.members is None for registry in owner.registries):
        return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.list_unavailable")
    return CheckResult(CheckId.TRUST, Outcome.UNKNOWN, "trust.not_listed")


def _in_registries(
    issuer_id: str, stated: str, registries: tuple[TrustRegistry, ...]
) -> CheckResult | None:
    for registry in registries:
        name = (registry.members or {}).get(issuer_id)
        if name is None:
            continue
        params: dict[str, str | int] = {"registry": registry.name, "name": name}
        if name and stated not in ("", name):
            params["stated"] = stated
            return CheckResult(CheckId.TRUST, Outcome.WARNING, "trust.other_name", params)
        return CheckResult(CheckId.TRUST, Outcome.PASSED, "trust.listed", params)
    return None
