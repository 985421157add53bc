"""A dated receipt of one check: what was found, on what it rests, under one hash.

What it proves: that the file is unchanged since Coffre wrote it (whoever can rewrite it can
also write a new hash), which credential it is about, and what a check with these documents
at this clock found. It is no signature by anybody. Whoever has the credential and the
documents can run the check again and see that it gives the same (``same_again``).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

import rfc8785

from wallet_app import __version__
from wallet_app.app.models import BadgeDetail
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.errors import UserError
from wallet_app.verification.evidence import contexts_among
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import CheckResult, Evidence, Report
from wallet_app.verification.standing import as_known_to
from wallet_app.verification.verify import reverdict
from wallet_app.wording import Words

__all__ = [
    "MAX_RECEIPT_BYTES",
    "Receipt",
    "ReceiptFinding",
    "make_receipt",
    "read_receipt",
    "same_again",
]

MAX_RECEIPT_BYTES: Final = 4 * 1024 * 1024
_LIMITS: Final = JsonLimits(size_bytes=MAX_RECEIPT_BYTES)
_TYPE: Final = "CoffreVerificationReceipt"
_VERSION: Final = 1
_HASH: Final = "receipt_sha256"


class ReceiptFinding(StrEnum):
    """What comparing a receipt with something says; each has a sentence ``receipt.<word>``."""

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    SAME_CREDENTIAL = "same_credential"
    OTHER_CREDENTIAL = "other_credential"
    SAME_AGAIN = "same_again"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was read.

    Attributes:
        unchanged: whether its hash is that of its content.
        checked_at: the clock of the check, aware UTC; the clock to run it again with.
        checks: outcome and code of the nine, by check.
    """

    unchanged: bool
    credential_sha256: str
    verdict: str
    as_of: datetime
    checked_at: datetime
    checks: Mapping[str, tuple[str, str]]


def make_receipt(detail: BadgeDetail, now: datetime, words: Words) -> bytes:
    """Return the receipt of the report that is shown, as readable JSON.

    ``verdict`` is that of the check at its own clock, ``verdict_when_made`` what could be
    said when the receipt was written: a badge may have ended or gone unanswered since.
    """
    content = _content(detail, now, words)
    sealed = {**content, _HASH: _hash_of(content)}
    return f"{json.dumps(sealed, ensure_ascii=False, indent=2)}\n".encode()


def read_receipt(data: bytes) -> Receipt:
    """Return what a receipt says, and whether it is unchanged.

    Raises:
        UserError: ``receipt.unreadable``, this is no receipt; ``receipt.newer_version``.
    """
    try:
        sealed = parse_object(data, _LIMITS)
        _check_kind(sealed)
        return _receipt(sealed)
    except (FormatError, KeyError, TypeError, ValueError) as error:
        raise UserError("receipt.unreadable") from error


def same_again(receipt: Receipt, report: Report) -> bool:
    """Return whether a check run again found the same, check by check."""
    found = {result.check.value: (result.outcome.value, result.code) for result in report.checks}
    return report.verdict.value == receipt.verdict and dict(receipt.checks) == found


def _check_kind(sealed: JsonObject) -> None:
    version = sealed.get("version")
    if sealed.get("type") != _TYPE or not isinstance(version, int):
        raise ValueError(_TYPE)
    if version > _VERSION:
        raise UserError("receipt.newer_version")


def _receipt(sealed: JsonObject) -> Receipt:
    content = {name: value for name, value in sealed.items() if name != _HASH}
    credential, checks = sealed["credential"], sealed["checks"]
    if not isinstance(credential, Mapping) or not isinstance(checks, list):
        raise TypeError(_TYPE)
    return Receipt(
        unchanged=sealed[_HASH] == _hash_of(content),
        credential_sha256=_text(credential["sha256"]),
        verdict=_text(sealed["verdict"]),
        as_of=_moment(sealed["as_of"]),
        checked_at=_moment(sealed["checked_at"]),
        checks=dict(_check_of(item) for item in checks),
    )


def _check_of(item: JsonValue) -> tuple[str, tuple[str, str]]:
    if not isinstance(item, Mapping):
        raise TypeError(_TYPE)
    return _text(item["check"]), (_text(item["outcome"]), _text(item["code"]))


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise TypeError(_TYPE)
    return value


def _moment(value: JsonValue) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(_TYPE)
    return moment


def _hash_of(content: JsonObject) -> str:
    try:
        return sha256(rfc8785.dumps(dict(content))).hexdigest()
    except rfc8785.CanonicalizationError as error:
        raise ValueError(_TYPE) from error


def _content(detail: BadgeDetail, now: datetime, words: Words) -> dict[str, JsonValue]:
    # Under one clock alone: dates judged at another would make a check that never was.
    report = reverdict(detail.report, detail.credential, detail.report.checked_at)
    # As anybody sees it: a receipt is handed on, and whom the owner is or knows is not in it.
    report = as_known_to(report, detail.credential, Owner())
    original = detail.credential.original
    later = {"later": _later(report.later)} if report.later else {}
    return {
        "type": _TYPE,
        "version": _VERSION,
        "note": words.text("receipt.note"),
        "made_at": now.isoformat(),
        "program": f"coffre {__version__}",
        "engine": report.engine,
        "credential": {
            "sha256": original.sha256,
            "size_bytes": len(original.data),
            "media_type": original.media_type,
            "name": detail.row.name,
            "issuer": detail.credential.issuer.id,
        },
        "verdict": report.verdict.value,
        "verdict_when_made": detail.report.latest.verdict.value,
        "as_of": report.as_of.isoformat(),
        "checked_at": report.checked_at.isoformat(),
        "checks": [_check(result) for result in report.checks],
        "evidence": [_evidence(item) for item in _documents(report)],
        "contexts": [{"url": item.url, "sha256": item.sha256} for item in _contexts(report)],
        **later,
    }


def _later(report: Report) -> dict[str, JsonValue]:
    return {
        "verdict": report.verdict.value,
        "checked_at": report.checked_at.isoformat(),
        "checks": [_check(result) for result in report.checks],
    }


def _check(result: CheckResult) -> dict[str, JsonValue]:
    return {
        "check": result.check.value,
        "outcome": result.outcome.value,
        "code": result.code,
        "params": dict(_exact(result.params)),
        "findings": [
            {"code": code, "params": dict(_exact(params))} for code, params in result.findings
        ],
        "evidence": [item.sha256 for item in result.evidence],
    }


def _exact(params: Mapping[str, str | int]) -> Mapping[str, str | int]:
    """Return params as RFC 8785 takes them: a number beyond its range is written as text."""
    return {
        name: str(value) if isinstance(value, int) and abs(value) > _LARGEST else value
        for name, value in params.items()
    }


_LARGEST: Final = 2**53 - 1


def _evidence(item: Evidence) -> dict[str, JsonValue]:
    return {
        "url": item.url,
        "final_url": item.final_url,
        "sha256": item.sha256,
        "size_bytes": item.size_bytes,
        "media_type": item.media_type,
        "http_status": item.http_status,
        "fetched_at": item.fetched_at.isoformat() if item.fetched_at else None,
        "origin": item.origin,
    }


def _all(report: Report) -> dict[Evidence, None]:
    found = dict.fromkeys(item for result in report.checks for item in result.evidence)
    for result in report.checks:
        for child in result.children:
            found.update(_all(child))
    return found


def _documents(report: Report) -> Sequence[Evidence]:
    contexts = set(_contexts(report))
    return [item for item in _all(report) if item not in contexts]


def _contexts(report: Report) -> tuple[Evidence, ...]:
    return contexts_among(_all(report))
