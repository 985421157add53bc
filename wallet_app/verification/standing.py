"""A stored report in the light of who owns the safe now.

Who the owner is and whom they know changes without any badge changing, and is nobody
else's business: reports are stored without it, and checks 7 and 9 are judged anew, here
and locally, whenever a badge is shown. No verdict depends on either.
"""

from dataclasses import replace

from wallet_app.credentials.model import Credential
from wallet_app.verification.checks.recipient import judge_recipient
from wallet_app.verification.checks.trust import judge_trust
from wallet_app.verification.guard import guarded
from wallet_app.verification.owner import Owner, SeenBefore
from wallet_app.verification.report import CheckId, CheckResult, Report

__all__ = ["as_known_to"]

_NOT_ASKED = ("check.no_credential", "check.of_each_member")


def as_known_to(
    report: Report, credential: Credential, owner: Owner, seen: SeenBefore | None = None
) -> Report:
    """Return a report with recipient and trust judged for ``owner``; nothing else changes.

    Args:
        report: of ``credential``, stored or new.
        credential: as shown: of a hosted badge what its address served.
        owner: who looks at it.
        seen: what the safe held of the issuer before; None without a safe.

    Raises:
        ValueError: the report is of another credential.
    """
    if report.credential_sha256 != credential.original.sha256:
        raise ValueError(report.credential_sha256)

    def judged(result: CheckResult) -> CheckResult:
        if result.code in _NOT_ASKED:
            return result
        if result.check is CheckId.RECIPIENT:
            return guarded(
                result.check, lambda: judge_recipient(credential.recipients, owner.identities)
            )
        if result.check is CheckId.TRUST:
            return guarded(result.check, lambda: _trust(report, credential, owner, seen))
        return result

    return replace(report, checks=tuple(judged(result) for result in report.checks))


def _trust(
    report: Report, credential: Credential, owner: Owner, seen: SeenBefore | None
) -> CheckResult:
    signature, issuer = report.check(CheckId.SIGNATURE), report.check(CheckId.ISSUER)
    return judge_trust(signature, issuer, credential.issuer.name, owner, seen)
