"""A stored badge opened again: its credential, and its report as of now."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wallet_app.app.badge_views import badge_row, is_issuer_proven
from wallet_app.app.examine import as_shown, read_credentials
from wallet_app.app.models import BadgeDetail, BadgeRow, Mine
from wallet_app.app.ownership import for_owner, mine_of, owner_of, rows_for_owner
from wallet_app.app.services import Services
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Image
from wallet_app.crypto.documents import Document
from wallet_app.errors import EnvironmentFault
from wallet_app.sharing.public_page import public_page_of
from wallet_app.storage.models import NewReport, StoredCredential, StoredRow
from wallet_app.storage.vault import Vault
from wallet_app.verification.owner import Owner
from wallet_app.verification.refresh import refresh_address
from wallet_app.verification.report import CheckId, Report, Verdict
from wallet_app.verification.serialise import (
    StoredReportError,
    report_from_json,
    report_to_json,
)
from wallet_app.verification.verify import reverdict

__all__ = ["new_report", "open_badge", "rows_as_of"]


class _UnreadableReportError(EnvironmentFault):
    """The stored report of one badge is damaged; the vault is not."""


def new_report(report: Report, documents: Sequence[Document]) -> NewReport:
    """Return a report as the vault keeps it, with the documents it rests on."""
    return NewReport(
        checked_at=report.checked_at,
        verdict=report.verdict.value,
        report_json=json.dumps(report_to_json(report), ensure_ascii=False),
        issuer_proven=is_issuer_proven(report),
        documents=tuple(documents),
    )


def open_badge(
    vault: Vault, badge_id: str, services: Services, owner: Owner | None = None
) -> BadgeDetail:
    """Return everything about one badge, its verdict as of now and as its owner sees it.

    ``owner`` saves reading who that is from the vault.

    Raises:
        UserError: ``vault.no_such_credential``.
        EnvironmentFault: ``vault.unreadable_report``, the stored report is damaged.
    """
    stored = vault.credentials.get(badge_id)
    credential = read_credentials(stored.original)[0]
    report = _report_as_of(stored, credential, services.now())
    shown = as_shown(credential, vault.evidence.documents_of(badge_id))
    report = for_owner(vault, owner or owner_of(vault), badge_id, shown, report)
    return _detail(stored, shown, report)


def _detail(stored: StoredCredential, credential: Credential, report: Report) -> BadgeDetail:
    row = badge_row(stored.row, report.verdict)
    return BadgeDetail(
        row=replace(row, mine=mine_of(report.check(CheckId.RECIPIENT))),
        credential=credential,
        report=report,
        picture=_picture(credential),
        public_page=public_page_of(credential),
        refresh_address=refresh_address(credential, report),
    )


def _picture(credential: Credential) -> Image | None:
    """Return the badge's own picture: a baked PNG itself, else one that is embedded."""
    itself = Image(data=credential.original.data)
    if credential.container.startswith("png"):
        return itself
    stated = (credential.image, credential.achievement.image)
    embedded = next((image for image in stated if image and image.data), None)
    if embedded is None and credential.container.startswith("svg"):
        return itself
    return embedded or credential.image or credential.achievement.image


def rows_as_of(
    vault: Vault,
    rows: Sequence[StoredRow],
    now: datetime,
    owner: Owner | None = None,
    judged: dict[str, Mine] | None = None,
) -> tuple[BadgeRow, ...]:
    """Return lines of the library with their verdicts as of ``now``, and which are the owner's.

    Only a badge whose dates were crossed since its last check has its report read again:
    a library of thousands opens at once.
    """
    found = [badge_row(row, _verdict_as_of(vault, row, now)) for row in rows]
    return rows_for_owner(vault, owner or owner_of(vault), found, judged)


def _verdict_as_of(vault: Vault, row: StoredRow, now: datetime) -> Verdict:
    if row.verdict not in set(Verdict):
        return Verdict.UNDETERMINED
    stored = Verdict(row.verdict)
    unchanged = stored is not Verdict.NOT_YET_VALID and not _crossed(row, now)
    if unchanged:
        return stored
    found = vault.credentials.get(row.id)
    try:
        return _report_as_of(found, read_credentials(found.original)[0], now).verdict
    except (FormatError, _UnreadableReportError):
        # One row must not hide all the others, and nothing good is said of it.
        return Verdict.UNDETERMINED


def _crossed(row: StoredRow, now: datetime) -> bool:
    """Return whether a bound of the badge lies between its last check and ``now``."""
    first, last = sorted((row.checked_at, now))
    bounds = (row.issued_on, row.expires_on)
    return any(bound is not None and first <= bound <= last for bound in bounds)


def _report_as_of(stored: StoredCredential, credential: Credential, now: datetime) -> Report:
    try:
        report = report_from_json(json.loads(stored.report_json))
        return reverdict(report, credential, now)
    except (StoredReportError, ValueError) as error:
        raise _UnreadableReportError("vault.unreadable_report") from error
