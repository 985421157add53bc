"""A newer copy of a badge, fetched because a person asked for it; the old one always stays.

Three steps as for a new check: taking the badge out and keeping the copy need the vault and
are quick; asking the issuer may take its time and touches no vault.

Rules (Open Badges 3.0 section 8.2.3): the offer is the proven issuer's own, it is followed
once, and what comes counts only when it verifies by itself, names the same credential and
is proven to be by the same issuer. Else nothing changes.
"""

from dataclasses import dataclass

from wallet_app.app.examine import Examination, read_and_examine
from wallet_app.app.import_badges import Intake
from wallet_app.app.models import BadgeDetail, ImportResult
from wallet_app.app.open_badge import open_badge
from wallet_app.app.samples import sample_services
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, SourceKind
from wallet_app.errors import UserError
from wallet_app.storage.vault import Vault
from wallet_app.verification.report import Verdict

__all__ = ["RefreshRequest", "keep_refresh", "request_refresh", "run_refresh"]


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """One stored badge whose issuer offers a newer copy."""

    detail: BadgeDetail
    services: Services


def request_refresh(vault: Vault, badge_id: str, services: Services) -> RefreshRequest:
    """Take a badge out of the vault to ask for a newer copy of it.

    Raises:
        UserError: ``vault.no_such_credential``, ``refresh.not_offered`` (no offer that is
            proven to be the issuer's).
    """
    detail = open_badge(vault, badge_id, services)
    if not detail.refresh_address:
        raise UserError("refresh.not_offered", {"name": detail.row.name})
    if detail.row.demo:
        # The issuers of the samples are invented: nobody outside is asked about them.
        services = sample_services(services)
    return RefreshRequest(detail, services)


def run_refresh(request: RefreshRequest) -> Examination:
    """Fetch and check the newer copy. Takes its time; touches no vault.

    An offer in the copy itself is not followed.

    Raises:
        UserError: ``refresh.no_badge``, ``refresh.another`` (another credential or
            issuer), ``refresh.not_verified``; ``source.*`` when nothing came.
        EnvironmentFault: ``source.*``.
    """
    address = request.detail.refresh_address
    found = read_and_examine(Source(address, SourceKind.DOCUMENT_URL), request.services)
    name = {"name": request.detail.row.name}
    copy, report = found.examined.credential, found.examined.report
    if copy is None:
        raise UserError("refresh.no_badge", name)
    if report.verdict is not Verdict.VERIFIED:
        raise UserError("refresh.not_verified", name)
    earlier = request.detail
    same_id = bool(copy.id) and copy.id == earlier.credential.id
    if not same_id or report.proven_issuer != earlier.report.proven_issuer:
        raise UserError("refresh.another", name)
    return found


def keep_refresh(
    vault: Vault, request: RefreshRequest, found: Examination, services: Services
) -> ImportResult:
    """Store the copy beside the badge; ``duplicate`` when it is the same as one that is there.

    Raises:
        EnvironmentFault: the disk fails; the safe is as it was.
    """
    return Intake(vault, services, demo=request.detail.row.demo).keep(found)
