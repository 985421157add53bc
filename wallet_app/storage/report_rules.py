"""Reports from a backup: a row may not say more than the report that stands behind it."""

import re
from collections.abc import Mapping
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.errors import UserError
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.contents import ContentRow, Contents

__all__ = ["check_reports"]

_LIMITS: Final = JsonLimits(
    size_bytes=512 * 1024 * 1024, depth=64, nodes=1_000_000, integer_digits=4_000
)
_CODE: Final = re.compile(r"[A-Za-z0-9_.:-]{0,80}")
_PROVING: Final = ("signature", "issuer")
_PROVEN: Final = ("passed", "warning")


def check_reports(contents: Contents) -> None:
    """Refuse verdicts that differ from the report, and issuers proven by no check of it.

    A credential must say what its newest report says.

    Raises:
        UserError: ``backup.malformed``.
    """
    newest: dict[SqlValue, ContentRow] = {}
    for row in sorted(contents.tables["reports"], key=lambda row: int(row["number"] or 0)):
        _check_report(row)
        newest[row["credential"]] = row
    for row in contents.tables["credentials"]:
        report = newest[row["id"]]
        if any(row[said] != report[said] for said in ("verdict", "issuer_proven")):
            raise _malformed("credentials")


def _check_report(row: ContentRow) -> None:
    try:
        report = parse_object(str(row["report_json"]), _LIMITS)
    except FormatError as error:
        raise _malformed("reports") from error
    if report.get("verdict") != row["verdict"]:
        raise _malformed("reports")
    outcomes = _outcomes(report)
    proven = all(outcomes.get(check) in _PROVEN for check in _PROVING)
    # A report without checks is never shown: reading it fails.
    if row["issuer_proven"] and "checks" in report and not proven:
        raise _malformed("reports")


def _outcomes(report: JsonObject) -> dict[object, object]:
    checks = report.get("checks", [])
    if not isinstance(checks, list):
        raise _malformed("reports")
    outcomes: dict[object, object] = {}
    for check in checks:
        if not isinstance(check, Mapping) or not isinstance(check.get("check"), str):
            raise _malformed("reports")
        code = check.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise _malformed("reports")
        outcomes[check["check"]] = check.get("outcome")
    return outcomes


def _malformed(name: str) -> UserError:
    return UserError("backup.malformed", {"part": f"data/{name}.json"})
