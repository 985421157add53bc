"""From what is verified or stored to what the faces show and the vault indexes."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

import rfc8785

from wallet_app.app.inner_words import found_by
from wallet_app.app.models import BadgeRow, HistoryEvent, TrashedBadge
from wallet_app.credentials.model import Credential
from wallet_app.credentials.strict_json import parse_json
from wallet_app.errors import CoffreError
from wallet_app.storage.mark_models import NO_MARKS, Marks
from wallet_app.storage.models import CredentialIndex, Event, StoredRow
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.report import CheckId, Report, Verdict

__all__ = ["badge_row", "history_event", "index_of", "is_issuer_proven", "trashed_badge"]

# The whole text stays in the original; one badge must not make every list and backup heavy.
_NAME_CHARS: Final = 1_000
_DESCRIPTION_CHARS: Final = 20_000
_LABELS: Final = 200
_LABEL_CHARS: Final = 500


def index_of(credential: Credential, report: Report) -> CredentialIndex:
    """Return what the vault needs to list and find ``credential``, long texts cut.

    The end date is the one that was judged: a token may end before its credential does.
    """
    end = str(report.check(CheckId.VALIDITY).params.get("end", "")) or credential.valid_until
    return CredentialIndex(
        name=credential.name[:_NAME_CHARS],
        issuer=(credential.issuer.name or credential.issuer.id)[:_NAME_CHARS],
        issuer_id=credential.issuer.id,
        description=(credential.description or credential.achievement.description)[
            :_DESCRIPTION_CHARS
        ],
        holder=credential.holder_name[:_NAME_CHARS],
        skills=_labels(skill.name for skill in credential.skills),
        tags=found_by(credential),
        format=credential.format.value,
        credential_id=credential.id,
        canonical_sha256=_canonical_sha256(credential),
        issued_on=_moment(credential.issued_on or credential.valid_from, Bound.START),
        expires_on=_moment(end, Bound.END),
    )


def _labels(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text[:_LABEL_CHARS] for text in texts if text)[:_LABELS]


def _canonical_sha256(credential: Credential) -> str:
    """Return the hash of what a text says, however it is spaced; "" for a picture.

    JSON in RFC 8785 form; a token without the white space around it. A picture that
    carries a badge is a file of its own and stays beside the badge's text.
    """
    data = credential.original.data.strip()
    if not data.startswith((b"{", b"[", b"eyJ")):
        return ""
    try:
        return sha256(rfc8785.dumps(parse_json(data))).hexdigest()
    except (CoffreError, rfc8785.CanonicalizationError):
        # A token, or numbers that have no canonical form: the text itself is compared.
        return sha256(data).hexdigest()


def _moment(text: str, bound: Bound) -> datetime | None:
    try:
        return read_date(text, bound=bound, unix_seconds=True).at
    except UnreadableDateError:
        return None


def is_issuer_proven(report: Report) -> bool:
    """Return whether the issuer's name may be said plainly.

    The signature must hold, the key must be the named issuer's, and an internet domain
    must stand behind it: anybody can make a bare key (did:key, did:jwk) and call it what
    they like. Otherwise the faces say that the issuer calls itself so.
    """
    domain = report.check(CheckId.ISSUER).params.get("domain", "")
    return bool(domain) and report.holds(CheckId.FORMAT, CheckId.SIGNATURE, CheckId.ISSUER)


def badge_row(
    stored: StoredRow, verdict: Verdict | None = None, marks: Marks = NO_MARKS
) -> BadgeRow:
    """Return one line of the library; ``verdict`` replaces the one of the last check."""
    return BadgeRow(
        id=stored.id,
        name=stored.name,
        issuer=stored.issuer,
        issuer_proven=stored.issuer_proven,
        verdict=verdict or Verdict(stored.verdict),
        added=stored.added,
        checked_at=stored.checked_at,
        issued_on=stored.issued_on,
        expires_on=stored.expires_on,
        holder=stored.holder,
        skills=stored.skills,
        demo=stored.demo,
        marks=marks,
    )


def trashed_badge(stored: StoredRow, marks: Marks = NO_MARKS) -> TrashedBadge:
    """Return one line of the trash."""
    return TrashedBadge(badge_row(stored, marks=marks), stored.deleted_at or stored.added)


def history_event(event: Event) -> HistoryEvent:
    """Return one line of the history."""
    return HistoryEvent(
        event.at, event.kind, event.credential_id, event.credential_name, event.params
    )
