"""Status entries that point into a signed list credential.

Sources: W3C Bitstring Status List 1.0 section 3.2 (Validate Algorithm); Status List 2021
and Revocation List 2020 are read likewise. The list is a credential: its own proof, issuer
and dates are checked as strictly as those of the badge. Whatever of it is not shown to
hold leaves the status unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, Original
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.verification.checks.inner import InnerProof
from wallet_app.verification.context import Finding
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import fetch
from wallet_app.verification.members import items, objects, text, types
from wallet_app.verification.report import Outcome
from wallet_app.verification.status.bitstring import (
    decode_bitstring,
    entry_value,
    read_index,
    spend_on_list,
)
from wallet_app.verification.status.judgement import StatusJudgement, revoked, undecided
from wallet_app.verification.status.list_age import is_old

__all__ = ["ENTRY_TYPES", "ListQuestion", "judge_list_entry"]


@dataclass(frozen=True, slots=True)
class _EntryType:
    """The member names and list types of one kind of entry."""

    index: str
    list_url: str
    list_types: frozenset[str]
    fixed_purpose: str = ""


ENTRY_TYPES = {
    "BitstringStatusListEntry": _EntryType(
        "statusListIndex", "statusListCredential", frozenset({"BitstringStatusListCredential"})
    ),
    "StatusList2021Entry": _EntryType(
        "statusListIndex",
        "statusListCredential",
        frozenset({"StatusList2021Credential", "BitstringStatusListCredential"}),
    ),
    "RevocationList2020Status": _EntryType(
        "revocationListIndex",
        "revocationListCredential",
        frozenset({"RevocationList2020Credential"}),
        fixed_purpose="revocation",
    ),
}
"""The entry types that are understood; any other leaves the status unknown."""

_FULL_LENGTH = 131_072
_SHORTEST_ACCEPTED = 1_024
_MAX_STATUS_SIZE = 32
_PURPOSES = frozenset({"revocation", "suspension", "refresh", "message"})


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """One entry, and all that is needed to answer it.

    Attributes:
        entry: one member of ``credentialStatus``. kind: its type, one of ``ENTRY_TYPES``.
        issuer: the credential's issuer id.
        proves: checks a fetched list credential; raises ``FormatError`` when it is none.
        work: spent by reading the list: many badges of one file may point into a large one.
    """

    entry: JsonObject
    kind: str
    issuer: str
    now: datetime
    recorder: Recorder
    proves: Callable[[Original], InnerProof]
    work: CanonicalWork

    @property
    def rules(self) -> _EntryType:
        """The names that go with the entry's type."""
        return ENTRY_TYPES[self.kind]

    @property
    def list_url(self) -> str:
        """Where the list lies."""
        return text(self.entry.get(self.rules.list_url))

    @property
    def purpose(self) -> str:
        """What a set entry means."""
        return self.rules.fixed_purpose or text(self.entry.get("statusPurpose"))


@dataclass(frozen=True, slots=True)
class _List:
    """A list that is proven to be what its issuer signed.

    Attributes:
        stale: whether it is too old, or out of its own dates, to say "still in force".
        misplaced: whether it calls itself something else than the address it lies at.
        made: when it says it was made.
    """

    subject: JsonObject
    stale: bool
    misplaced: bool
    findings: tuple[Finding, ...]
    made: datetime | None


def judge_list_entry(question: ListQuestion) -> StatusJudgement:
    """Return what the list that the entry points into says about it."""
    try:
        index = read_index(question.entry.get(question.rules.index))
        listed = _proven_list(question)
        _check_purpose(question, listed.subject)
        size = _status_size(question.entry)
        bits = decode_bitstring(text(listed.subject.get("encodedList")))
        spend_on_list(question.work, inflated=len(bits.data))
        value = entry_value(bits, index, size)
        notes = (*listed.findings, *_length_notes(len(bits.data) * 8 // size))
    except ProofError as exc:
        return undecided(exc)
    if bits.bare:
        notes = (*notes, ("status.list_bare_base64", {}))
    judge = _judge_set if value else _judge_clear
    return replace(judge(question, value, listed, notes), listed_at=listed.made)


def _proven_list(question: ListQuestion) -> _List:
    url = question.list_url
    if not url.startswith("https://"):
        raise ProofUnsupported("status.list_address", {"url": url})
    document = fetch(url, Purpose.STATUS_LIST, question.recorder)
    spend_on_list(question.work, received=len(document.data))
    try:
        proof = question.proves(Original(document.data, document.media_type, url))
    except FormatError as exc:
        raise ProofUnsupported("document.unreadable", {"url": url, "reason": exc.code}) from exc
    _check_proven(proof, question)
    if not question.rules.list_types & set(types(proof.document)):
        raise ProofUnsupported("status.list_type", {"url": url})
    subjects = items(proof.document.get("credentialSubject"))
    if len(subjects) != 1 or not isinstance(subjects[0], Mapping):
        # Of two subjects, which one counts? Another reader may take the other.
        raise ProofUnsupported("status.list_type", {"url": url})
    subject = subjects[0]
    stated = text(proof.document.get("id"))
    notes: tuple[Finding, ...] = ()
    if proof.issuer != question.issuer:
        notes = (("status.other_issuer", {"issuer": proof.issuer}),)
    if stated and stated != url:
        notes = (*notes, ("status.list_id_differs", {"url": url, "id": stated}))
    old = is_old(document, subject.get("ttl"), timedelta(milliseconds=1), question.now)
    validity = proof.validity_check.outcome
    stale = old or not (validity.holds or validity is Outcome.NOT_APPLICABLE)
    return _List(subject, stale, bool(stated) and stated != url, notes, _made(proof.document))


def _made(document: JsonObject) -> datetime | None:
    for member in ("validFrom", "issuanceDate"):
        try:
            return read_date(text(document.get(member)), bound=Bound.START).at
        except UnreadableDateError:
            continue
    return None


def _check_proven(proof: InnerProof, question: ListQuestion) -> None:
    """Refuse a list whose signature or issuer is not shown; a forged claim has its own code."""
    params = {"url": question.list_url, "issuer": proof.issuer}
    for check in (proof.signature_check, proof.issuer_check, proof.format_check):
        if check.outcome.holds:
            continue
        shown_false = check.outcome is Outcome.FAILED and check is not proof.format_check
        forged = shown_false and proof.issuer == question.issuer
        code = "status.list_forged" if forged else "status.list_unproven"
        raise ProofUnsupported(code, {**params, "code": check.code})


def _check_purpose(question: ListQuestion, subject: JsonObject) -> None:
    if question.purpose not in _PURPOSES:
        raise ProofUnsupported("status.purpose_unknown", {"purpose": question.purpose})
    stated = items(subject.get("statusPurpose"))
    if question.purpose not in stated and not (question.rules.fixed_purpose and not stated):
        raise ProofUnsupported("status.purpose_mismatch", {"purpose": question.purpose})


def _status_size(entry: JsonObject) -> int:
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= _MAX_STATUS_SIZE:
        raise ProofUnsupported("status.size_malformed")
    if size > 1 and not objects(entry.get("statusMessage")):
        raise ProofUnsupported("status.size_malformed")
    return size


def _length_notes(entries: int) -> tuple[Finding, ...]:
    """Note a list shorter than herd privacy asks for; refuse one that singles people out."""
    if entries >= _FULL_LENGTH:
        return ()
    params = {"entries": entries, "expected": _FULL_LENGTH}
    if entries < _SHORTEST_ACCEPTED:
        raise ProofUnsupported("status.list_too_short", params)
    return (("status.list_short", params),)


def _judge_set(
    question: ListQuestion, value: int, listed: _List, notes: tuple[Finding, ...]
) -> StatusJudgement:
    params: dict[str, str | int] = {"url": question.list_url}
    if question.purpose == "revocation":
        # However old: a revocation stands until a newer list takes it back.
        return replace(revoked(question.list_url), findings=notes)
    if question.purpose == "suspension":
        if listed.stale:
            return StatusJudgement(Outcome.UNKNOWN, "status.list_stale", params, notes)
        return StatusJudgement(Outcome.FAILED, "status.suspended", params, notes)
    code = "status.message" if question.purpose == "message" else "status.refresh_offered"
    params["message"] = _message(question.entry, value)
    return StatusJudgement(Outcome.WARNING, code, params, notes)


def _message(entry: JsonObject, value: int) -> str:
    for message in objects(entry.get("statusMessage")):
        if text(message.get("status")).lower() == hex(value):
            return text(message.get("message"))[:200]
    return ""


def _judge_clear(
    question: ListQuestion, value: int, listed: _List, notes: tuple[Finding, ...]
) -> StatusJudgement:
    params: dict[str, str | int] = {"url": question.list_url}
    if listed.stale:
        return StatusJudgement(Outcome.UNKNOWN, "status.list_stale", params, notes)
    if listed.misplaced:
        return StatusJudgement(Outcome.UNKNOWN, "status.list_id_differs", params, notes)
    outcome = Outcome.WARNING if notes else Outcome.PASSED
    if question.purpose == "message" and (message := _message(question.entry, value)):
        # What the issuer says of every badge is no caution.
        notes = (*notes, ("status.message", {"message": message}))
    return StatusJudgement(outcome, "status.in_force", params, notes)
