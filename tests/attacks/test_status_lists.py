"""Lists of withdrawn badges as they are in force: which entry counts, whose list, how fresh."""

import json
from datetime import timedelta
from typing import Any

import pytest

from attacks.attack import Document
from attacks.status_documents import (
    ALSO_2020,
    CLEAR,
    DAY,
    OTHER_URL,
    REVOKED,
    SET,
    STATUS,
    URL,
    VERIFIED,
    U,
    badge_with,
    entry_of_two_types,
    index,
    listed,
    snapshot,
)
from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.status_lists import encode_list, list_document, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.verification.report import Outcome, Report

MESSAGE = [{"status": "0x2", "message": "under appeal"}]


def status_of(make: Any) -> tuple[Report, Outcome, str, tuple[str, ...]]:
    web = WebSimulator()
    report = report_on(make(web), web)
    status = report.check(STATUS)
    return report, status.outcome, status.code, tuple(code for code, _ in status.findings)


def test_twins_an_entry_clear_under_both_types_and_a_list_within_its_ttl_are_in_force() -> None:
    both = entry_of_two_types("RevocationList2020Status", [8], **ALSO_2020)
    assert status_of(both)[0].verdict is VERIFIED
    for ttl, age in ((0, timedelta(minutes=1)), (10**11, 6 * DAY)):
        assert status_of(snapshot(CLEAR, "revocation", age, ttl=ttl))[0].verdict is VERIFIED


@pytest.mark.parametrize("entry", [0, 6, 8, 131_071, "100"])
def test_twin_a_clear_entry_beside_a_set_one_is_in_force(entry: int | str) -> None:
    report, outcome, code, findings = status_of(index(entry))
    assert report.verdict is VERIFIED
    assert (outcome, code, findings) == (Outcome.PASSED, "status.in_force", ())


@pytest.mark.parametrize("entry", [0, 7, 8, 131_071])
def test_exactly_the_set_entry_revokes(entry: int) -> None:
    make = listed(status_entry(URL, entry), encode_list([entry]))
    assert status_of(make)[0].verdict is REVOKED


def test_a_list_of_another_proven_issuer_counts_and_is_named() -> None:
    def make(web: WebSimulator) -> Document:
        Issuer.at_did_web(web, "lists.example").publish_status_list(URL, SET)
        return badge_with(status_entry(URL, 6), Issuer.at_did_key(web))

    report, outcome, _, findings = status_of(make)
    assert report.verdict is VERIFIED
    assert (outcome, findings) == (Outcome.WARNING, ("status.other_issuer",))


def test_a_list_of_another_issuer_that_is_not_proven_is_unknown() -> None:
    def make(web: WebSimulator) -> Document:
        lists = Issuer.at_did_web(web, "lists.example")
        lists.publish_status_list(URL, SET)
        web.fail(lists.document_url, "timeout")
        return badge_with(status_entry(URL, 6), Issuer.at_did_key(web))

    report, _, code, _ = status_of(make)
    assert (report.verdict, code) == (U, "status.list_unproven")


def test_a_shorter_list_and_a_bare_encoding_are_noted() -> None:
    encoded = encode_list([7], entries=100_000, multibase=False)
    report, _, _, findings = status_of(listed(status_entry(URL, 6), encoded))
    assert report.verdict is VERIFIED
    assert findings == ("status.list_short", "status.list_bare_base64")


@pytest.mark.parametrize(
    ("entry_type", "list_type"),
    [
        ("StatusList2021Entry", "StatusList2021Credential"),
        ("StatusList2021Entry", "BitstringStatusListCredential"),
        ("RevocationList2020Status", "RevocationList2020Credential"),
    ],
)
def test_older_kinds_of_lists_are_read_likewise(entry_type: str, list_type: str) -> None:
    def make(entry: int) -> Any:
        status = status_entry(URL, entry, entry_type=entry_type)
        return listed(status, SET, list_type=list_type)

    assert status_of(make(7))[0].verdict is REVOKED
    assert status_of(make(8))[0].verdict is VERIFIED


def test_entries_of_several_bits_are_read_whole() -> None:
    def make(entry: int) -> Any:
        status = status_entry(URL, entry, purpose="message", statusSize=2, statusMessage=MESSAGE)
        return listed(status, encode_list({5: 2, 6: 1}, size=2), purpose="message")

    report, outcome, code, _ = status_of(make(5))
    assert (report.verdict, outcome, code) == (VERIFIED, Outcome.WARNING, "status.message")
    assert report.check(STATUS).params["message"] == "under appeal"
    assert status_of(make(6))[0].check(STATUS).params["message"] == ""
    assert status_of(make(4))[1] is Outcome.PASSED


def test_what_the_issuer_says_of_every_badge_is_told_without_a_caution() -> None:
    said = [{"status": "0x0", "message": "active"}, {"status": "0x1", "message": "moved"}]
    status = status_entry(URL, 6, purpose="message", statusMessage=said)
    report, outcome, code, findings = status_of(listed(status, SET, purpose="message"))
    assert (report.verdict, outcome, code) == (VERIFIED, Outcome.PASSED, "status.in_force")
    assert findings == ("status.message",)
    assert report.check(STATUS).findings[0][1]["message"] == "active"


def test_an_offered_refresh_is_noted() -> None:
    status = status_entry(URL, 7, purpose="refresh")
    report, _, code, _ = status_of(listed(status, SET, purpose=["refresh", "revocation"]))
    assert (report.verdict, code) == (VERIFIED, "status.refresh_offered")


def test_a_list_within_its_ttl_is_fresh_however_long_that_is() -> None:
    make = snapshot(CLEAR, "revocation", 2 * DAY, ttl=7 * 86_400_000)
    assert status_of(make)[0].verdict is VERIFIED
    report, *_ = status_of(snapshot(CLEAR, "revocation", 2 * DAY, ttl="long"))
    assert report.verdict is U


def test_a_revocation_beats_a_suspension_and_both_are_told() -> None:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        issuer.publish_status_list(URL, SET, purpose="suspension")
        issuer.publish_status_list(OTHER_URL, SET)
        entries = [status_entry(URL, 7, purpose="suspension"), status_entry(OTHER_URL, 7)]
        return badge_with(entries, issuer)

    report, _, _, findings = status_of(make)
    assert report.verdict is REVOKED
    assert findings == ("status.suspended",)


def test_the_list_may_be_a_token() -> None:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        document = {**list_document(URL, SET), "issuer": issuer.id}
        web.serve(
            URL, issuer.token(document, claims={"nbf": None}), media_type="application/vc+jwt"
        )
        return badge_with(status_entry(URL, 7), issuer)

    assert status_of(make)[0].verdict is REVOKED


def test_the_evidence_names_the_list_and_what_proved_it() -> None:
    web = WebSimulator()
    lists = Issuer.at_did_web(web, "lists.example")
    lists.publish_status_list(URL, CLEAR)
    issuer = Issuer.at_did_key(web, key=SigningKey.ed25519("other"))
    report = report_on(badge_with(status_entry(URL, 7), issuer), web)
    used = {item.url: item for item in report.check(STATUS).evidence}
    assert set(used) >= {URL, lists.document_url}
    assert used[URL].fetched_at == NOW
    assert used[URL].size_bytes == len(web.body(URL))
    assert json.loads(web.body(URL))["issuer"] == lists.id
