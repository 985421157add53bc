"""Token Status Lists: the ``status`` claim of SD-JWT VCs and other JWTs.

Source: IETF draft-ietf-oauth-status-list, sections 4 (values and bit order), 5.1 (the list
as a JWT), 6 (the claim) and 8.3 (validation). Unlike Bitstring Status Lists, entries start
at the least significant bit of a byte, and the list is zlib, not gzip.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.documents import Document, Purpose
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.jose import CompactJws, parse_jws, verify_jws
from wallet_app.crypto.multibase import base64url_decode
from wallet_app.verification.binding import bind
from wallet_app.verification.context import Finding, ResolvedKey
from wallet_app.verification.dates import UnreadableDateError, read_unix_seconds
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import fetch
from wallet_app.verification.members import text
from wallet_app.verification.report import Outcome
from wallet_app.verification.sd_jwt_issuer import metadata_key, metadata_url
from wallet_app.verification.status.bitstring import ZLIB, inflate, spend_on_list
from wallet_app.verification.status.judgement import StatusJudgement, revoked, undecided, worst
from wallet_app.verification.status.list_age import is_old
from wallet_app.verification.token_keys import token_key

__all__ = ["judge_status_claim"]

_LIST_TYPE = "statuslist+jwt"
_BINARY_TYPE = "application/statuslist+cwt"
_BITS = frozenset({1, 2, 4, 8})
_CLOCK_SKEW = timedelta(minutes=5)
_INVALID, _SUSPENDED = 1, 2


@dataclass(frozen=True, slots=True)
class _List:
    """A list that is proven to be what its issuer signed.

    Attributes:
        stale: too old, or out of its own dates, to say "still in force".
        misplaced: it calls itself something else than the address it lies at.
        made: when it says it was made.
    """

    content: JsonObject
    stale: bool
    misplaced: bool
    findings: tuple[Finding, ...]
    made: datetime | None


def judge_status_claim(
    claim: JsonValue, issuer: str, now: datetime, work: CanonicalWork, recorder: Recorder
) -> StatusJudgement:
    """Return what a token's ``status`` claim says at ``now``; the worst of it counts.

    ``issuer`` is the issuer id of the token. ``work`` is spent by reading the list: many
    tokens of one file may point into a large one. Each member of the claim is a mechanism; one
    that is unknown is a way to be withdrawn that nobody asked about.
    """
    stated = claim if isinstance(claim, Mapping) else {}
    others = [name for name in stated if name != "status_list"]
    judgements = []
    if "status_list" in stated:
        reference = stated["status_list"]
        judgements.append(_judge_list(reference, issuer, now, work, recorder))
    if others or not judgements:
        kind = (others or [""])[0]
        unknown = ProofUnsupported("status.type_unknown", {"type": kind[:100]})
        judgements.append(undecided(unknown))
    return worst(judgements)


def _judge_list(
    reference: JsonValue, issuer: str, now: datetime, work: CanonicalWork, recorder: Recorder
) -> StatusJudgement:
    try:
        index, url = _reference(reference)
        document = fetch(url, Purpose.STATUS_LIST, recorder)
        spend_on_list(work, received=len(document.data))
        listed = _proven_list(document, url, issuer, now, recorder)
        value = _value(listed.content.get("status_list"), index, work)
    except ProofError as exc:
        return undecided(exc)
    judged = _judge_value(value, url, listed)
    return replace(judged, findings=listed.findings, listed_at=listed.made)


def _judge_value(value: int, url: str, listed: _List) -> StatusJudgement:
    params: dict[str, str | int] = {"url": url}
    if value == _INVALID:
        # However old: a revocation stands until a newer list takes it back.
        return revoked(url)
    if value not in (0, _SUSPENDED):
        unknown = {**params, "value": value}
        return StatusJudgement(Outcome.UNKNOWN, "status.value_unknown", unknown)
    if listed.stale:
        return StatusJudgement(Outcome.UNKNOWN, "status.list_stale", params)
    if value == _SUSPENDED:
        return StatusJudgement(Outcome.FAILED, "status.suspended", params)
    if listed.misplaced:
        return StatusJudgement(Outcome.UNKNOWN, "status.list_id_differs", params)
    outcome = Outcome.WARNING if listed.findings else Outcome.PASSED
    return StatusJudgement(outcome, "status.in_force", params)


def _reference(reference: JsonValue) -> tuple[int, str]:
    stated = reference if isinstance(reference, Mapping) else {}
    index, url = stated.get("idx"), text(stated.get("uri"))
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise ProofUnsupported("status.index_malformed", {"index": str(index)[:40]})
    if not url.startswith("https://"):
        raise ProofUnsupported("status.list_address", {"url": url})
    return index, url


def _proven_list(
    document: Document, url: str, issuer: str, now: datetime, recorder: Recorder
) -> _List:
    jws, content = _read(document, url)
    keeper = text(content.get("iss")) or issuer
    try:
        _check_signed(jws, keeper, now, recorder)
    except ProofError as exc:
        raise _unproven(exc, url, keeper, issuer) from exc
    notes: tuple[Finding, ...] = ()
    if keeper != issuer:
        notes = (("status.other_issuer", {"issuer": keeper}),)
    stated = text(content.get("sub"))
    if stated != url:
        notes = (*notes, ("status.list_id_differs", {"url": url, "id": stated}))
    old = is_old(document, content.get("ttl"), timedelta(seconds=1), now)
    return _List(
        content, old or not _is_in_time(content, now), stated != url, notes, _made(content)
    )


def _read(document: Document, url: str) -> tuple[CompactJws, JsonObject]:
    if document.media_type == _BINARY_TYPE:
        raise ProofUnsupported("status.list_binary", {"url": url})
    try:
        jws = parse_jws(document.data.decode("ascii").strip())
        content = parse_object(jws.payload)
    except (UnicodeError, ProofError, FormatError) as exc:
        raise ProofUnsupported("document.unreadable", {"url": url}) from exc
    kind = text(jws.header.get("typ")).lower().removeprefix("application/")
    if kind != _LIST_TYPE:
        # Any other token of this issuer must not pass for a list.
        raise ProofUnsupported("status.list_type", {"url": url})
    return jws, content


def _check_signed(jws: CompactJws, keeper: str, now: datetime, recorder: Recorder) -> None:
    """Refuse a list whose signature, or whose signer, is not shown to be its keeper's."""
    key = _key(jws.header, keeper, recorder, now)
    verify_jws(jws, key.key)
    bind(key, keeper, recorder, now)


def _unproven(error: ProofError, url: str, keeper: str, issuer: str) -> ProofUnsupported:
    """Return why a list does not count; a false claim to be the badge's issuer has its code."""
    forged = keeper == issuer and not isinstance(error, ProofUnsupported)
    code = "status.list_forged" if forged else "status.list_unproven"
    return ProofUnsupported(code, {"url": url, "issuer": keeper, "code": error.code})


def _key(header: JsonObject, issuer: str, recorder: Recorder, now: datetime) -> ResolvedKey:
    try:
        return token_key(header, issuer, recorder, now)
    except ProofUnsupported:
        if not metadata_url(issuer):
            raise
        return metadata_key(header, issuer, recorder)


def _is_in_time(content: JsonObject, now: datetime) -> bool:
    """Return whether the list was issued, and has not ended; ``iat`` is required."""
    try:
        issued = _moment(content.get("iat"))
        ends = _moment(content["exp"]) if "exp" in content else None
    except UnreadableDateError:
        return False
    return issued <= now + _CLOCK_SKEW and (ends is None or now <= ends)


def _made(content: JsonObject) -> datetime | None:
    try:
        return _moment(content.get("iat"))
    except UnreadableDateError:
        return None


def _moment(value: JsonValue) -> datetime:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise UnreadableDateError(str(value))
    return read_unix_seconds(value).at


def _value(listed: JsonValue, index: int, work: CanonicalWork) -> int:
    stated = listed if isinstance(listed, Mapping) else {}
    bits = stated.get("bits")
    if not isinstance(bits, int) or isinstance(bits, bool) or bits not in _BITS:
        raise ProofUnsupported("status.size_malformed")
    try:
        packed = base64url_decode(text(stated.get("lst")))
    except ProofError as exc:
        raise ProofUnsupported("status.list_encoding") from exc
    data = inflate(packed, ZLIB)
    spend_on_list(work, inflated=len(data))
    entries = len(data) * 8 // bits
    if index >= entries:
        params: dict[str, str | int] = {"index": str(index)[:40], "entries": entries}
        raise ProofUnsupported("status.index_out_of_range", params)
    return data[index * bits // 8] >> (index * bits % 8) & ((1 << bits) - 1)
