"""Reports survive the vault unchanged, and damaged ones are refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallet_app.credentials.model import JsonValue
from wallet_app.verification.report import (
    CHECK_ORDER,
    CheckId,
    CheckResult,
    Evidence,
    Outcome,
    Report,
    Verdict,
    decide_verdict,
)
from wallet_app.verification.serialise import StoredReportError, report_from_json, report_to_json

_TIMES = st.datetimes(timezones=st.just(UTC))
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_PARAMS = st.dictionaries(_TEXTS, st.one_of(_TEXTS, st.integers(-(2**60), 2**60)), max_size=3)
_EVIDENCE = st.builds(
    Evidence,
    url=_TEXTS,
    sha256=_TEXTS,
    origin=_TEXTS,
    fetched_at=st.one_of(st.none(), _TIMES),
    final_url=_TEXTS,
    size_bytes=st.integers(0, 2**40),
    media_type=_TEXTS,
    http_status=st.integers(0, 599),
)


@st.composite
def _reports(draw: st.DrawFn, depth: int = 0) -> Report:
    checks = tuple(
        CheckResult(
            check,
            draw(st.sampled_from(Outcome)),
            draw(_TEXTS),
            draw(_PARAMS),
            draw(st.lists(_EVIDENCE, max_size=1).map(tuple)),
            draw(st.lists(st.tuples(_TEXTS, _PARAMS), max_size=1).map(tuple)),
            draw(st.lists(_reports(depth + 1), max_size=1).map(tuple))
            if depth == 0 and check is CheckId.ENDORSEMENTS
            else (),
        )
        for check in CHECK_ORDER
    )
    return Report(checks, decide_verdict(checks), draw(_TIMES), draw(_TEXTS), draw(_TEXTS))


def plain_report() -> Report:
    checks = tuple(CheckResult(check, Outcome.PASSED, f"{check}.ok") for check in CHECK_ORDER)
    return Report(
        checks, decide_verdict(checks), datetime(2026, 11, 23, 12, tzinfo=UTC), "ab" * 32, "1"
    )


@given(_reports())
@settings(max_examples=40, deadline=None)
def test_a_report_read_back_equals_the_one_written(report: Report) -> None:
    text = json.dumps(report_to_json(report))
    assert report_from_json(json.loads(text)) == report


def test_a_stored_verdict_better_than_its_checks_is_not_believed() -> None:
    report = plain_report()
    failed = replace(report.checks[1], outcome=Outcome.FAILED)
    stored = report_to_json(replace(report, checks=(report.checks[0], failed, *report.checks[2:])))
    assert stored["verdict"] == "verified"
    assert report_from_json(stored).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "damage",
    [
        {"version": 2},
        {"checks": []},
        {"checks": "all fine"},
        {"checks": [1]},
        {"checked_at": "2026-11-23T12:00:00"},
        {"checked_at": 5},
        {"credential_sha256": None},
    ],
)
def test_a_damaged_report_is_refused(damage: dict[str, object]) -> None:
    stored = json.loads(json.dumps(report_to_json(plain_report())))
    stored.update(damage)
    with pytest.raises(StoredReportError):
        report_from_json(stored)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("outcome", "splendid"),
        ("check", "format2"),
        ("params", {"a": True}),
        ("params", {"a": [1]}),
        ("findings", [{}]),
        ("evidence", [{"url": "https://a.example"}]),
    ],
)
def test_a_damaged_check_is_refused(member: str, value: object) -> None:
    stored = json.loads(json.dumps(report_to_json(plain_report())))
    stored["checks"][0][member] = value
    with pytest.raises(StoredReportError):
        report_from_json(stored)


def test_sizes_must_be_whole_numbers() -> None:
    report = plain_report()
    evidence = Evidence("https://a.example", "00", "network", report.checked_at)
    first = replace(report.checks[0], evidence=(evidence,))
    stored = json.loads(
        json.dumps(report_to_json(replace(report, checks=(first, *report.checks[1:]))))
    )
    stored["checks"][0]["evidence"][0]["size_bytes"] = True
    with pytest.raises(StoredReportError):
        report_from_json(stored)


def test_what_is_no_object_is_refused() -> None:
    junk: JsonValue
    for junk in (None, [], "x", 5):
        with pytest.raises(StoredReportError):
            report_from_json(junk)
