"""Reports from a backup: a row may not say more than the report that stands behind it."""

import re
from collections.abc import Mapping
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.content_rules import malformed
from wallet_app.storage.contents import ContentRow, Contents

__all__ = ["check_newest", "check_reports"]

_LIMITS: Final = JsonLimits(
    size_bytes=512 * 1024 * 1024, depth=64, nodes=1_000_000, integer_digits=4_000
)
_CODE: Final = re.compile(r"[A-Za-z0-9_.:-]{0,80}")
_PROVING: Final = ("signature", "issuer")
_PROVEN: Final = ("passed", "warning")


def check_reports(contents: Contents) -> None:
    """Refuse verdicts that differ from the report, and issuers proven by no check of it.

    Raises:
        UserError: ``backup.malformed``.
    """
    for row in contents.rows("reports"):
        _check_report(row)


def check_newest(contents: Contents) -> None:
    """Refuse credentials that say otherwise than their newest report.

    Raises:
        UserError: ``backup.malformed``.
    """
    newest: dict[SqlValue, ContentRow] = {}
    for row in sorted(contents.rows("reports"), key=_came):
        newest[row["credential"]] = row
    for row in contents.rows("credentials"):
        report = newest[row["id"]]
        if any(row[said] != report[said] for said in ("verdict", "issuer_proven")):
            raise malformed("credentials")


def _came(row: ContentRow) -> tuple[str, int]:
    return str(row["checked_at"]), int(row["number"] or 0)


def _check_report(row: ContentRow) -> None:
    try:
        report = parse_object(str(row["report_json"]), _LIMITS)
    except FormatError as error:
        raise malformed("reports") from error
    if report.get("verdict") != row["verdict"]:
        raise malformed("reports")
    outcomes = _outcomes(report)
    proven = all(outcomes.get(check) in _PROVEN for check in _PROVING)
    # A report without checks is never shown: reading it fails.
    if row["issuer_proven"] and "checks" in report and not proven:
        raise malformed("reports")


def _outcomes(report: JsonObject) -> dict[object, object]:
    checks = report.get("checks", [])
    if not isinstance(checks, list):
        raise malformed("reports")
    outcomes: dict[object, object] = {}
    for check in checks:
        if not isinstance(check, Mapping) or not isinstance(check.get("check"), str):
            raise malformed("reports")
        code = check.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise malformed("reports")
        outcomes[check["check"]] = check.get("outcome")
    return outcomes
