"""A stored badge opened again: its credential, and its report as of now."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wallet_app.app.badge_views import badge_row, is_issuer_proven
from wallet_app.app.declared import declared_by
from wallet_app.app.examine import as_shown, read_credentials
from wallet_app.app.models import BadgeDetail, KeptEvidence
from wallet_app.app.ownership import for_owner, mine_of, owner_of
from wallet_app.app.pictures import kept_picture
from wallet_app.app.row_verdicts import RowVerdicts
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

__all__ = ["new_report", "open_badge", "row_verdicts", "stored_report"]


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
    documents = vault.evidence.documents_of(badge_id)
    shown = as_shown(credential, documents)
    report = for_owner(vault, owner or owner_of(vault), badge_id, shown, report)
    row = badge_row(stored.row, report.verdict, vault.marks.of(badge_id))
    note = vault.marks.notes.current(badge_id)
    mine = mine_of(report.check(CheckId.RECIPIENT))
    return BadgeDetail(
        row=replace(row, mine=mine, declared=declared_by(vault, shown, report, mine)),
        credential=shown,
        report=report,
        picture=_picture(shown, documents),
        public_page=public_page_of(shown),
        earlier=_earlier(vault, badge_id, report),
        kept=KeptEvidence(*vault.evidence.size_of_report(badge_id)),
        refresh_address=refresh_address(shown, report),
        note=note.text if note else "",
    )


def stored_report(text: str) -> Report | None:
    """Return a report as the vault keeps it; None when it cannot be read."""
    try:
        return report_from_json(json.loads(text))
    except (StoredReportError, ValueError, RecursionError):
        return None


def _earlier(vault: Vault, badge_id: str, report: Report) -> Report | None:
    if report.verdict not in _OVERTAKEN:
        return None
    stored = vault.credentials.reports(badge_id)[1:]
    verified = (one.report_json for one in stored if one.verdict == Verdict.VERIFIED)
    newest = next(verified, None)
    return None if newest is None else stored_report(newest)


_OVERTAKEN = (Verdict.FAILED, Verdict.UNDETERMINED, Verdict.REVOKED, Verdict.SUSPENDED)
"""What may come after "verified". That a badge has ended takes nothing back."""


def _picture(credential: Credential, documents: Sequence[Document]) -> Image | None:
    """Return the badge's own picture: a baked PNG itself, one embedded, or one kept."""
    itself = Image(data=credential.original.data)
    if credential.container.startswith("png"):
        return itself
    stated = (credential.image, credential.achievement.image)
    embedded = next((image for image in stated if image and image.data), None)
    if embedded is None and credential.container.startswith("svg"):
        return itself
    return embedded or kept_picture(credential, documents) or _first(stated)


def _first(stated: Sequence[Image | None]) -> Image | None:
    return next((image for image in stated if image), None)


def row_verdicts(vault: Vault) -> RowVerdicts:
    """Return what tells how the rows of ``vault`` stand as of a moment."""

    def read_again(row: StoredRow, now: datetime) -> Verdict:
        found = vault.credentials.get(row.id)
        try:
            return _report_as_of(found, read_credentials(found.original)[0], now).verdict
        except (FormatError, _UnreadableReportError):
            # One row must not hide all the others, and nothing good is said of it.
            return Verdict.UNDETERMINED

    return RowVerdicts(read_again)


def _report_as_of(stored: StoredCredential, credential: Credential, now: datetime) -> Report:
    report = stored_report(stored.report_json)
    if report is None:
        raise _UnreadableReportError("vault.unreadable_report")
    try:
        return reverdict(report, credential, now)
    except ValueError as error:
        raise _UnreadableReportError("vault.unreadable_report") from error
