"""A fresh check of a stored badge, in three steps, so that a silent issuer holds up nothing.

Taking the badge out and keeping the result need the vault and are quick; the check between
them may wait for the network and touches no vault, so that locking never waits for it.
"""

from dataclasses import dataclass

from wallet_app.app.examine import Examination, examine_row
from wallet_app.app.models import BadgeDetail
from wallet_app.app.open_badge import new_report, open_badge
from wallet_app.app.samples import sample_services
from wallet_app.app.services import Services
from wallet_app.credentials.model import Original
from wallet_app.crypto.documents import Document
from wallet_app.storage.models import Event
from wallet_app.storage.vault import Vault
from wallet_app.verification.owner import Owner

__all__ = ["CheckRequest", "keep_check", "request_check", "run_check"]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One stored badge taken out for a new check, with the documents kept with it."""

    badge_id: str
    name: str
    original: Original
    snapshots: tuple[Document, ...]
    services: Services


def request_check(vault: Vault, badge_id: str, services: Services) -> CheckRequest:
    """Take a badge out of the vault for a new check.

    Raises:
        UserError: ``vault.no_such_credential``.
    """
    stored = vault.credentials.get(badge_id)
    if stored.row.demo:
        # The issuers of the samples are invented: nobody outside is asked about them.
        services = sample_services(services)
    snapshots = tuple(vault.evidence.documents_of(badge_id))
    return CheckRequest(badge_id, stored.row.name, stored.original, snapshots, services)


def run_check(request: CheckRequest) -> Examination:
    """Check a badge anew over the network. Takes its time; touches no vault."""
    return examine_row(
        request.original,
        request.original.name,
        request.services,
        snapshots=request.snapshots,
    )


def keep_check(
    vault: Vault,
    request: CheckRequest,
    examination: Examination,
    services: Services,
    owner: Owner | None = None,
) -> BadgeDetail:
    """Store the new report and the documents it rests on, and return the badge.

    Raises:
        UserError: ``vault.no_such_credential``: it was deleted meanwhile.
    """
    report = examination.examined.report
    params = {"verdict": report.verdict.value}
    event = Event(services.now(), "verified", request.badge_id, request.name, params)
    kept = new_report(report, examination.documents)
    vault.credentials.add_report(request.badge_id, kept, event)
    return open_badge(vault, request.badge_id, services, owner)
