"""Reports as JSON and back, for the vault.

Rule: what is read back equals what was written, or it is refused. The verdict is not
taken from the file: it is computed again from the checks, so that a stored word can
never be better than what it rests on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.verification.report import (
    CHECK_ORDER,
    CheckId,
    CheckResult,
    Evidence,
    Outcome,
    Report,
    decide_verdict,
)

__all__ = ["REPORT_VERSION", "StoredReportError", "report_from_json", "report_to_json"]

REPORT_VERSION = 1
_MAX_DEPTH = 4


class StoredReportError(ValueError):
    """The JSON is no report that this version can read."""


def report_to_json(report: Report) -> dict[str, JsonValue]:
    """Return the report as plain JSON values; times are RFC 3339 UTC.

    ``later`` is there only with a later check. A version that does not know it reads the
    rest rightly: how things were at ``checked_at``.
    """
    later = {"later": report_to_json(report.later)} if report.later else {}
    return {
        "version": REPORT_VERSION,
        "verdict": report.verdict.value,
        "checked_at": report.checked_at.isoformat(),
        "credential_sha256": report.credential_sha256,
        "engine": report.engine,
        "checks": [_check_to_json(result) for result in report.checks],
        **later,
    }


def report_from_json(stored: JsonValue) -> Report:
    """Return the report that ``report_to_json`` wrote.

    Raises:
        StoredReportError: another version, a member missing or of the wrong type, or not
            the nine checks in order.
    """
    try:
        return _report(stored, depth=0)
    except (KeyError, ValueError, TypeError) as exc:
        raise StoredReportError("report.unreadable") from exc


def _check_to_json(result: CheckResult) -> dict[str, JsonValue]:
    return {
        "check": result.check.value,
        "outcome": result.outcome.value,
        "code": result.code,
        "params": dict(result.params),
        "evidence": [_evidence_to_json(item) for item in result.evidence],
        "findings": [{"code": code, "params": dict(params)} for code, params in result.findings],
        "children": [report_to_json(child) for child in result.children],
    }


def _evidence_to_json(evidence: Evidence) -> dict[str, JsonValue]:
    return {
        "url": evidence.url,
        "final_url": evidence.final_url,
        "sha256": evidence.sha256,
        "origin": evidence.origin,
        "fetched_at": evidence.fetched_at.isoformat() if evidence.fetched_at else None,
        "size_bytes": evidence.size_bytes,
        "media_type": evidence.media_type,
        "http_status": evidence.http_status,
    }


def _report(stored: JsonValue, *, depth: int) -> Report:
    members = _object(stored)
    if members["version"] != REPORT_VERSION or depth > _MAX_DEPTH:
        raise ValueError(members["version"])
    checks = tuple(_check(item, depth=depth) for item in _list(members["checks"]))
    later = members.get("later")
    if tuple(result.check for result in checks) != CHECK_ORDER:
        raise ValueError(len(checks))
    return Report(
        checks=checks,
        verdict=decide_verdict(checks),
        checked_at=_time(members["checked_at"]),
        credential_sha256=_text(members["credential_sha256"]),
        engine=_text(members["engine"]),
        later=None if later is None else _report(later, depth=depth + 1),
    )


def _check(stored: JsonValue, *, depth: int) -> CheckResult:
    members = _object(stored)
    return CheckResult(
        check=CheckId(_text(members["check"])),
        outcome=Outcome(_text(members["outcome"])),
        code=_text(members["code"]),
        params=_params(members["params"]),
        evidence=tuple(_evidence(item) for item in _list(members["evidence"])),
        findings=tuple(_finding(item) for item in _list(members["findings"])),
        children=tuple(_report(item, depth=depth + 1) for item in _list(members["children"])),
    )


def _finding(stored: JsonValue) -> tuple[str, Mapping[str, str | int]]:
    members = _object(stored)
    return _text(members["code"]), _params(members["params"])


def _evidence(stored: JsonValue) -> Evidence:
    members = _object(stored)
    fetched_at = members["fetched_at"]
    return Evidence(
        url=_text(members["url"]),
        sha256=_text(members["sha256"]),
        origin=_text(members["origin"]),
        fetched_at=None if fetched_at is None else _time(fetched_at),
        final_url=_text(members["final_url"]),
        size_bytes=_number(members["size_bytes"]),
        media_type=_text(members["media_type"]),
        http_status=_number(members["http_status"]),
    )


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, Mapping):
        raise TypeError(type(value).__name__)
    return value


def _list(value: JsonValue) -> Sequence[JsonValue]:
    if not isinstance(value, list | tuple):
        raise TypeError(type(value).__name__)
    return value


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _number(value: JsonValue) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(type(value).__name__)
    return value


def _time(value: JsonValue) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def _params(value: JsonValue) -> dict[str, str | int]:
    params: dict[str, str | int] = {}
    for name, item in _object(value).items():
        if not isinstance(item, str | int) or isinstance(item, bool):
            raise TypeError(name)
        params[name] = item
    return params
