"""Check 6, schema: does it satisfy the schema it declares?

This version validates no schema and says so; the verdict never depends on it. What must
be there for the other checks to mean anything is the format check's business.
"""

from wallet_app.verification.context import Signed
from wallet_app.verification.members import identifier, items
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_schema"]


def check_schema(signed: Signed) -> CheckResult:
    """Return ``not_applicable`` without a declared schema, else ``unknown``."""
    declared = items(signed.document.get("credentialSchema"))
    if not declared:
        return CheckResult(CheckId.SCHEMA, Outcome.NOT_APPLICABLE, "schema.none_declared")
    params: dict[str, str | int] = {"url": identifier(declared[0])[:500], "count": len(declared)}
    return CheckResult(CheckId.SCHEMA, Outcome.UNKNOWN, "schema.not_checked", params)
