"""Plain revocation lists: 1EdTech's for Open Badges 3.0, and that of Open Badges 2.0.

Sources: 1EdTech Open Badges 3.0 section CredentialStatus
(1EdTech/digital-credentials-public-validator:RevocationListProbe.java), Open Badges 2.0
section RevocationList. Both are unsigned: what they say rests on the address they lie at.
"""

from collections.abc import Mapping
from datetime import datetime

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.documents import Document, Purpose
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.context import Finding, HostedBadge
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import (
    fetch_object,
    host_of,
    is_stale,
    moved_to_other_host,
    origin_of,
)
from wallet_app.verification.members import identifier, items, objects, text
from wallet_app.verification.open_badges_documents import check_transport
from wallet_app.verification.report import Outcome
from wallet_app.verification.status.judgement import StatusJudgement, revoked, undecided

__all__ = ["judge_hosted_badge", "judge_one_edtech_list", "judge_signed_badge"]


def judge_one_edtech_list(
    entry: JsonObject, credential_id: str, issuer: str, now: datetime, recorder: Recorder
) -> StatusJudgement:
    """Return what a ``1EdTechRevocationList`` says about the credential with this id at ``now``."""
    url = text(entry.get("id"))
    try:
        if not credential_id:
            raise ProofUnsupported("status.no_credential_id")
        if not origin_of(url) or origin_of(url) != _issuer_origin(issuer):
            raise ProofUnsupported("status.list_elsewhere", {"url": url, "issuer": issuer})
        content, document = fetch_object(url, Purpose.STATUS_LIST, recorder)
        if moved_to_other_host(document):
            raise ProofUnsupported("status.list_elsewhere", {"url": document.final_url})
        stated = identifier(content.get("issuer"))
        if stated and stated != issuer:
            raise ProofUnsupported("status.list_elsewhere", {"url": url, "issuer": stated})
        if "revokedCredential" not in content and "revokedCredentials" not in content:
            raise ProofUnsupported("status.list_type", {"url": url})
    except ProofError as exc:
        return undecided(exc)
    entries = [
        entry
        for member in ("revokedCredential", "revokedCredentials")
        if member in content
        for entry in _entries(content[member])
    ]
    for listed in objects(entries):
        if _names(listed, credential_id):
            return revoked(url, text(listed.get("revocationReason")))
    if not all(_is_entry(entry, ("id",)) for entry in entries):
        return undecided(ProofUnsupported("status.list_encoding"))
    return _not_listed(url, document, now, ())


def _entries(value: JsonValue) -> tuple[JsonValue, ...]:
    """Return what a list holds; ``null`` is kept, for it is no empty list."""
    return items(value) if value is not None else (None,)


def _is_entry(entry: JsonValue, names: tuple[str, ...]) -> bool:
    """Return whether it can be read whom an entry names, by one of these members."""
    return isinstance(entry, Mapping) and any(text(entry.get(name)) for name in names)


def _not_listed(
    url: str, document: Document, now: datetime, notes: tuple[Finding, ...]
) -> StatusJudgement:
    """Return that a list does not name the badge, which only a fresh list can say."""
    params: dict[str, str | int] = {"url": url}
    if is_stale(document, now):
        return StatusJudgement(Outcome.UNKNOWN, "status.list_stale", params, notes)
    outcome = Outcome.WARNING if notes else Outcome.PASSED
    return StatusJudgement(outcome, "status.not_listed", params, notes)


def _names(listed: JsonObject, credential_id: str) -> bool:
    return text(listed.get("id")) == credential_id and listed.get("revoked", True) is not False


def _issuer_origin(issuer: str) -> str:
    if issuer.startswith("did:web:"):
        host = issuer.removeprefix("did:web:").partition(":")[0]
        return "https://" + host.replace("%3A", ":").replace("%3a", ":")
    return origin_of(issuer)


def judge_hosted_badge(hosted: HostedBadge) -> StatusJudgement:
    """Return what the badge's own address says: served, withdrawn, or no answer."""
    params: dict[str, str | int] = {"url": hosted.assertion_url}
    if hosted.withdrawn:
        return revoked(hosted.assertion_url, hosted.reason)
    if hosted.assertion is None:
        return StatusJudgement(Outcome.UNKNOWN, "status.hosted_unreachable", params)
    return StatusJudgement(Outcome.PASSED, "status.hosted_served", params)


def judge_signed_badge(
    assertion: JsonObject, hosted: HostedBadge, now: datetime, recorder: Recorder
) -> StatusJudgement:
    """Return what the issuer's ``revocationList`` says about a signed assertion."""
    if hosted.profile is None:
        return StatusJudgement(Outcome.UNKNOWN, "status.profile_unreachable", {})
    if "revocationList" not in hosted.profile:
        return StatusJudgement(Outcome.NOT_APPLICABLE, "status.none_declared", {})
    url = identifier(hosted.profile["revocationList"])
    try:
        if not host_of(url) or host_of(url) != host_of(hosted.profile_url):
            raise ProofUnsupported("status.list_elsewhere", {"url": url})
        content, document = fetch_object(url, Purpose.STATUS_LIST, recorder)
        notes = check_transport(document)
        if moved_to_other_host(document):
            raise ProofUnsupported("status.list_elsewhere", {"url": document.final_url})
        if "revokedAssertions" not in content:
            raise ProofUnsupported("status.list_type", {"url": url})
    except ProofError as exc:
        return undecided(exc)
    found = _find(content["revokedAssertions"], assertion, url)
    return found or _not_listed(url, document, now, notes)


def _find(revoked_assertions: JsonValue, assertion: JsonObject, url: str) -> StatusJudgement | None:
    """Return what a list says of this assertion: named, not to be told, or None for neither."""
    own = {text(assertion.get("id")), text(assertion.get("uid"))} - {""}
    if not own:
        return undecided(ProofUnsupported("status.no_credential_id"))
    entries = _entries(revoked_assertions)
    for entry in entries:
        stated = entry if isinstance(entry, Mapping) else {"id": entry}
        if own & {text(stated.get("id")), text(stated.get("uid"))}:
            return revoked(url, text(stated.get("revocationReason")))
    if not all(text(entry) or _is_entry(entry, ("id", "uid")) for entry in entries):
        return undecided(ProofUnsupported("status.list_encoding"))
    return None
