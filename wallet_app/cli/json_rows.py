"""The stable JSON shapes of the command line. Scripts rely on every name here.

Additions are allowed, changes are not. Texts of credentials are given as they are (the
JSON is ASCII-escaped on output); times are RFC 3339 in UTC.
"""

from datetime import datetime

from wallet_app.app.as_of_words import change_sentence
from wallet_app.app.history_export import handed_over
from wallet_app.app.models import (
    BackupSummary,
    BadgeRow,
    Checked,
    Declared,
    Examined,
    HistoryEvent,
    ImportResult,
    TrashedBadge,
)
from wallet_app.app.people import AnchorList, Identity, KnownIssuer, OwnKey, Suggestion, TrustList
from wallet_app.app.safe_marks import Note, Shelf
from wallet_app.credentials.model import Credential, Recipient, Skill
from wallet_app.verification.report import CheckResult, Evidence, Report
from wallet_app.verification.self_declared import is_self_declared
from wallet_app.wording import Words

__all__ = [
    "anchor_list_row",
    "backup_row",
    "badge_row",
    "checked_row",
    "event_row",
    "examined_row",
    "identity_row",
    "import_row",
    "issuer_row",
    "list_row",
    "moment",
    "note_row",
    "report_row",
    "shelf_row",
    "suggestion_row",
    "trash_row",
]

Row = dict[str, object]


def moment(at: datetime | None) -> str | None:
    """Return ``2026-11-23T12:00:00Z``, to the second; None stays None."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def examined_row(examined: Examined, words: Words) -> Row:
    """Return the line of one verified source, with what a container held."""
    credential = examined.credential
    return {
        "source": examined.source,
        "format": credential.format.value if credential else None,
        **report_row(examined.report, words),
        "credential": credential_row(credential) if credential else None,
        "self_declared": credential is not None and is_self_declared(credential, examined.report),
        "contains": [examined_row(inner, words) for inner in examined.contains],
    }


def report_row(report: Report, words: Words) -> Row:
    """Return the verdict and the nine checks in order."""
    return {
        "verdict": report.verdict.value,
        "checked_at": moment(report.checked_at),
        "as_of": moment(report.as_of),
        "checks": [_check(result, words) for result in report.checks],
    }


def checked_row(checked: Checked, words: Words) -> Row:
    """Return one badge after a new check.

    ``verdict`` holds as of ``as_of``. ``today`` is what can be said at ``checked_at``: where
    nobody answered it may be less, and it is the one to rely on.
    """
    detail = checked.detail
    report, earlier = detail.report, detail.earlier
    return {
        "id": detail.row.id,
        "name": detail.row.name,
        "verdict": report.verdict.value,
        "as_of": moment(report.as_of),
        "today": report.latest.verdict.value,
        "checked_at": moment(report.latest.checked_at),
        "answered": report.later is None,
        "earlier": None if earlier is None else _earlier(earlier),
        "changes": [
            {
                "code": change.code.value,
                "message": change_sentence(words, change),
                "params": dict(change.params),
            }
            for change in checked.changes
        ],
        "checks": [_check(result, words) for result in report.latest.checks],
    }


def _earlier(report: Report) -> Row:
    return {"verdict": report.verdict.value, "as_of": moment(report.as_of)}


def _check(result: CheckResult, words: Words) -> Row:
    return {
        "check": result.check.value,
        "outcome": result.outcome.value,
        "code": result.code,
        "message": words.text(f"code.{result.code}", **result.params),
        "evidence": [_evidence(item) for item in result.evidence],
        "findings": [
            {"code": code, "message": words.text(f"code.{code}", **params)}
            for code, params in result.findings
        ],
    }


def _evidence(item: Evidence) -> Row:
    return {
        "url": item.url,
        "sha256": item.sha256,
        "origin": item.origin,
        "fetched_at": moment(item.fetched_at),
    }


def credential_row(credential: Credential) -> Row:
    """Return what the credential says of itself."""
    return {
        "id": credential.id,
        "name": credential.name,
        "issuer": {"id": credential.issuer.id, "name": credential.issuer.name},
        "recipients": [_recipient(recipient) for recipient in credential.recipients],
        "issued_on": credential.issued_on or credential.valid_from or None,
        "expires_on": credential.valid_until or None,
        "skills": [_skill(skill) for skill in credential.skills],
    }


def _recipient(recipient: Recipient) -> Row:
    return {"kind": recipient.kind, "value": recipient.value, "hashed": recipient.hashed}


def _skill(skill: Skill) -> Row:
    return {
        "name": skill.name,
        "framework": skill.framework,
        "code": skill.code,
        "url": skill.url,
    }


def badge_row(row: BadgeRow, note: str = "") -> Row:
    """Return one line of the list, with what the owner put beside it."""
    return {
        "id": row.id,
        "name": row.name,
        "issuer": row.issuer,
        "issuer_proven": row.issuer_proven,
        "verdict": row.verdict.value,
        "added": moment(row.added),
        "checked_at": moment(row.checked_at),
        "issued_on": moment(row.issued_on),
        "expires_on": moment(row.expires_on),
        "holder": row.holder,
        "skills": list(row.skills),
        "demo": row.demo,
        "self_declared": row.declared is not Declared.NO,
        "mine": row.mine.value,
        "favourite": row.marks.favourite,
        "tags": list(row.marks.tags),
        "collections": list(row.marks.collections),
        "note": note or None,
    }


def trash_row(trashed: TrashedBadge, note: str = "") -> Row:
    """Return one line of the trash."""
    return {**badge_row(trashed.row, note), "deleted_at": moment(trashed.deleted_at)}


def import_row(result: ImportResult, words: Words, reason: str) -> Row:
    """Return what became of one credential; ``reason`` is the sentence of a refusal or ""."""
    badge = result.badge
    return {
        "source": result.source,
        "inside": result.inside or None,
        "outcome": result.outcome.value,
        "id": badge.id if badge else None,
        "name": badge.name if badge else None,
        "verdict": badge.verdict.value if badge else None,
        "self_declared": badge.declared is not Declared.NO if badge else None,
        "code": result.error.code if result.error else None,
        "message": reason,
        "report": report_row(result.report, words) if result.report else None,
        "notes": [
            {"code": code, "message": words.text(f"code.{code}", **params)}
            for code, params in result.notes
        ],
    }


def event_row(event: HistoryEvent) -> Row:
    """Return one line of the history."""
    return {
        "at": moment(event.at),
        "kind": event.kind,
        "id": event.badge_id or None,
        "name": event.badge_name or None,
        "params": handed_over(event),
    }


def note_row(note: Note) -> Row:
    """Return the note on a badge and what it said before, latest first."""
    unseen = {one.id for one in note.unseen}
    return {
        "id": note.badge_id,
        "note": note.text or None,
        "version": note.version or None,
        "at": moment(note.at),
        "earlier": [
            {"version": one.id, "at": moment(one.at), "note": one.text, "unseen": one.id in unseen}
            for one in note.earlier
        ],
    }


def shelf_row(shelf: Shelf) -> Row:
    """Return one collection and how many badges of the safe it holds."""
    return {"id": shelf.id, "name": shelf.name, "badges": shelf.count}


def backup_row(summary: BackupSummary) -> Row:
    """Return what a backup holds."""
    return {
        "path": str(summary.path),
        "made_at": moment(summary.made_at),
        "badges": summary.badges,
        "documents": summary.documents,
        "size_bytes": summary.size_bytes,
        "program": summary.program,
        # Only after a trial: what came back equal when the backup was put back.
        **({"rows": dict(summary.rows), "files": dict(summary.files)} if summary.rows else {}),
    }


def identity_row(identity: Identity, key: OwnKey | None) -> Row:
    """Return one identifier that the owner confirmed; ``key`` where the safe holds it."""
    return {
        "kind": identity.kind,
        "value": identity.value,
        "confirmed": True,
        "confirmed_at": moment(identity.confirmed_at),
        "name": key.name if key else None,
        "key": {"made_here": key.made_here, "since": moment(key.since)} if key else None,
    }


def suggestion_row(suggestion: Suggestion) -> Row:
    """Return one identifier that badges name and nobody has confirmed."""
    return {
        "kind": suggestion.identity.kind,
        "value": suggestion.identity.value,
        "confirmed": False,
        "badges": suggestion.badges,
        "holder_names": list(suggestion.holders),
        "badge_names": list(suggestion.names),
    }


def issuer_row(issuer: KnownIssuer) -> Row:
    """Return one issuer of the owner's own list."""
    return {
        "kind": "issuer",
        "id": issuer.issuer_id,
        "name": issuer.name,
        "added_at": moment(issuer.added_at),
    }


def anchor_list_row(one: AnchorList) -> Row:
    """Return one file of authorities."""
    row = _kept_row(one.kept)
    return {**row, "authorities": list(one.authorities), "until": moment(one.until)}


def list_row(kept: TrustList, issuers: int) -> Row:
    """Return one list of issuers by somebody else."""
    return {**_kept_row(kept), "issuers": issuers}


def _kept_row(kept: TrustList) -> Row:
    return {
        "kind": kept.kind,
        "id": str(kept.number),
        "name": kept.name,
        "source": kept.source,
        "loaded_at": moment(kept.fetched_at),
        "sha256": kept.sha256,
        "on": kept.enabled,
    }
