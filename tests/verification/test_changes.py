"""Two reports compared: every change of consequence has its name, and none goes unsaid."""

import string
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.app.as_of_words import change_sentence, sentence_of_change
from wallet_app.verification.changes import Change, ChangeCode, changes_between
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict, decide_verdict
from wallet_app.wording import LANGUAGES, Words

LIST = "https://issuer.example/status/1"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "verification.md"


@pytest.fixture
def web() -> WebSimulator:
    return WebSimulator()


@pytest.fixture
def issuer(web: WebSimulator) -> Issuer:
    made = Issuer.at_did_web(web)
    made.publish_status_list(LIST)
    return made


def codes(before: Report, after: Report) -> list[str]:
    return [change.code.value for change in changes_between(before, after)]


def with_status(report: Report, outcome: Outcome, code: str) -> Report:
    checks = tuple(
        replace(result, outcome=outcome, code=code) if result.check is CheckId.STATUS else result
        for result in report.checks
    )
    return replace(report, checks=checks, verdict=decide_verdict(checks))


def test_the_same_again_is_no_change(web: WebSimulator, issuer: Issuer) -> None:
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    report = report_on(badge, web)
    assert report.verdict is Verdict.VERIFIED
    assert codes(report, report_on(badge, web, now=NOW + timedelta(minutes=30))) == []


def test_withdrawals_and_their_end(web: WebSimulator, issuer: Issuer) -> None:
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    clean = report_on(badge, web)
    issuer.publish_status_list(LIST, encode_list([7]))
    revoked = report_on(badge, web)
    suspended = with_status(clean, Outcome.FAILED, "status.suspended")
    assert codes(clean, revoked) == ["revoked"]
    assert codes(clean, suspended) == ["suspended"]
    assert codes(suspended, revoked) == ["revoked"]
    assert codes(revoked, suspended) == ["suspended"]
    assert codes(revoked, clean) == codes(suspended, clean) == ["reinstated"]
    assert codes(revoked, revoked) == []


def test_beginning_and_end(web: WebSimulator, issuer: Issuer) -> None:
    badge = issuer.sign(
        issuer.badge(validFrom="2026-11-24T00:00:00Z", validUntil="2026-11-25T00:00:00Z")
    )
    early, during, ended = (
        replace(report_on(badge, web, now=NOW + timedelta(days=days))) for days in (0, 1, 2)
    )
    (began,) = [c for c in changes_between(early, during) if c.code is ChangeCode.BEGAN]
    assert began.params == {"date": "2026-11-24"}
    (expired,) = [c for c in changes_between(during, ended) if c.code is ChangeCode.EXPIRED]
    assert expired.params == {"date": "2026-11-25"}


def test_another_key_under_the_same_name(web: WebSimulator) -> None:
    issuer = Issuer.at_did_web(web)
    issuer.method = f"{issuer.id}#key-1"
    web.serve(issuer.document_url, issuer.controller_document())
    badge = issuer.sign(issuer.badge())
    before = report_on(badge, web)
    issuer.key = SigningKey.ed25519("next")
    web.serve(issuer.document_url, issuer.controller_document())
    after = report_on(badge, web)
    assert after.verdict is Verdict.FAILED
    assert codes(before, after) == ["key_changed"]


def test_more_keys_beside_the_old_one_change_nothing(web: WebSimulator) -> None:
    issuer = Issuer.at_did_web(web)
    badge = issuer.sign(issuer.badge())
    before = report_on(badge, web)
    web.serve(issuer.document_url, issuer.controller_document(service=[]))
    assert codes(before, report_on(badge, web)) == []


def test_a_page_that_serves_another_badge(web: WebSimulator) -> None:
    assertion = OpenBadges2(web).hosted("one")
    web.serve(assertion["id"], assertion)
    before = report_on(assertion, web)
    web.serve(assertion["id"], {**assertion, "id": "https://badges.example/other"})
    after = report_on(assertion, web)
    assert codes(before, after) == ["badge_changed"]


def test_silence_and_its_end_with_the_day_of_the_last_answer(
    web: WebSimulator, issuer: Issuer
) -> None:
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    before = report_on(badge, web)
    web.change(LIST, fetched_at=NOW - timedelta(days=3))
    silent = report_on(badge, web)
    assert codes(before, silent) == ["list_silent"]
    assert codes(silent, before) == ["list_back"]
    web.fail(LIST, "timeout")
    never_read = report_on(badge, web)
    assert codes(before, never_read) == ["list_silent"]
    web.fail(issuer.document_url, "dns")
    (first, *_) = changes_between(before, report_on(badge, web))
    assert (first.code, first.params) == (ChangeCode.ISSUER_SILENT, {"date": "2026-11-23"})


def test_of_an_unanswered_report_its_later_half_is_compared(
    web: WebSimulator, issuer: Issuer
) -> None:
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    before = report_on(badge, web)
    web.fail(LIST, "timeout")
    unanswered = replace(before, later=report_on(badge, web))
    assert codes(before, unanswered) == ["list_silent"]
    assert codes(unanswered, unanswered) == []
    assert codes(unanswered, before) == ["list_back"]


def test_other_contexts_are_noticed(web: WebSimulator, issuer: Issuer) -> None:
    badge = issuer.sign(issuer.badge())
    report = report_on(badge, web)
    checks = tuple(
        replace(
            result,
            evidence=tuple(
                replace(item, sha256="0" * 64) if "credentials/v2" in item.url else item
                for item in result.evidence
            ),
        )
        for result in report.checks
    )
    (change,) = changes_between(report, replace(report, checks=checks))
    assert change.code is ChangeCode.CONTEXTS_CHANGED
    assert change.params == {"url": "https://www.w3.org/ns/credentials/v2", "count": 1}


def test_no_change_of_the_verdict_goes_unsaid(web: WebSimulator, issuer: Issuer) -> None:
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    report = report_on(badge, web)
    odd = with_status(report, Outcome.UNKNOWN, "status.list_encoding")
    (change,) = changes_between(report, odd)
    assert change == Change(ChangeCode.VERDICT, {"before": "verified", "after": "undetermined"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ChangeCode)
def test_every_change_has_a_sentence_that_takes_its_params(code: ChangeCode, language: str) -> None:
    params = {
        "date": "2026-11-23",
        "before": "verified",
        "after": "failed",
        "url": "https://a.example",
    }
    sentence = change_sentence(Words(language), Change(code, params))
    assert sentence[0].isupper()
    assert sentence[-1] in ".!"
    assert [name for _, name, _, _ in string.Formatter().parse(sentence) if name] == []
    assert "2026-11-23" not in sentence


def test_every_change_has_a_row_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [code for code in ChangeCode if f"| `{code.value}` |" not in text] == []


def test_a_change_of_a_later_version_or_a_damaged_day_is_told_as_it_is() -> None:
    words = Words("en")
    assert sentence_of_change(words, "melted", {}) == ""
    assert "someday" in sentence_of_change(words, "expired", {"date": "someday"})
