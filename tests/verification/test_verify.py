"""The report as a whole: order, purity, stored reports, containers, hostile input."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from simulators.checking import code_of, credential_of, report_on
from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.verification.report import CHECK_ORDER, CheckId, Outcome, Verdict
from wallet_app.verification.serialise import report_from_json, report_to_json
from wallet_app.verification.verify import failed_report, reverdict

FORMAT, SIGNATURE, VALIDITY = CheckId.FORMAT, CheckId.SIGNATURE, CheckId.VALIDITY
JCS = "eddsa-jcs-2022"


def test_every_report_has_the_nine_checks_in_order() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    for document in (
        issuer.sign(issuer.badge()),
        issuer.badge(),
        "junk",
        b"\x00",
        OpenBadges2(web).hosted(),
    ):
        assert tuple(check.check for check in report_on(document, web).checks) == CHECK_ORDER


def test_the_same_inputs_give_the_same_report() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    url = "https://issuer.example/status/1"
    issuer.publish_status_list(url, encode_list([3]))
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(url, 2)), JCS)
    assert report_on(badge, web) == report_on(badge, web)


def test_each_url_is_asked_once_per_report() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    url = "https://issuer.example/status/1"
    issuer.publish_status_list(url, encode_list([3]))
    entries = [status_entry(url, 2), status_entry(url, 4)]
    assert (
        report_on(issuer.sign(issuer.badge(credentialStatus=entries), JCS), web).verdict
        is Verdict.VERIFIED
    )
    asked = [called for called, _ in web.calls]
    assert sorted(asked) == sorted(set(asked))


def test_an_input_that_is_no_credential_fails_by_format_and_asks_nothing_else() -> None:
    report = failed_report("00" * 32, "format.pdf", {}, NOW)
    assert report.verdict is Verdict.FAILED
    assert report.check(FORMAT).code == "format.pdf"
    others = {check.outcome for check in report.checks[1:]}
    assert others == {Outcome.NOT_APPLICABLE}
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report


def test_a_real_report_survives_the_vault() -> None:
    web = WebSimulator()
    friend, issuer = Issuer.at_did_key(web, "friend"), Issuer.at_did_web(web)
    endorsement = friend.sign(friend.endorsement("urn:uuid:x"), JCS)
    report = report_on(issuer.sign(issuer.badge(endorsement=[endorsement]), JCS), web)
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report


# Dates judged again at display time


def stored(**members: Any) -> Any:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.sign(issuer.badge(**members), JCS)
    report = report_from_json(json.loads(json.dumps(report_to_json(report_on(badge, web)))))
    return report, credential_of(badge)


def test_a_badge_that_has_expired_since_the_last_check_shows_expired() -> None:
    report, credential = stored(validUntil="2026-12-01T00:00:00Z")
    assert report.verdict is Verdict.VERIFIED
    later = reverdict(report, credential, NOW + timedelta(days=30))
    assert later.verdict is Verdict.EXPIRED
    assert later.checked_at == report.checked_at
    assert later.checks[:4] == report.checks[:4]
    assert reverdict(later, credential, NOW) == report


def test_a_badge_that_has_begun_since_the_last_check_shows_verified() -> None:
    report, credential = stored(validFrom="2026-12-01T00:00:00Z")
    assert report.verdict is Verdict.NOT_YET_VALID
    assert reverdict(report, credential, NOW + timedelta(days=30)).verdict is Verdict.VERIFIED


def test_dates_that_could_not_be_read_stay_unknown() -> None:
    report, credential = stored(validUntil="some day")
    later = reverdict(report, credential, NOW + timedelta(days=9_000))
    assert later == report
    assert later.verdict is Verdict.UNDETERMINED


def test_a_day_alone_keeps_its_note_when_judged_again() -> None:
    report, credential = stored(validFrom="2026-01-01", validUntil="2025-01-01")
    assert [code for code, _ in report.check(VALIDITY).findings] == [
        "date.day_only",
        "date.inverted",
    ]
    assert reverdict(report, credential, NOW) == report


def test_an_inverted_period_stays_one_whenever_it_is_judged() -> None:
    dates = {"validFrom": "2026-11-23T12:04:00Z", "validUntil": "2026-11-23T12:02:00Z"}
    report, credential = stored(**dates)
    assert report.check(VALIDITY).code == "date.inverted"
    assert report.check(VALIDITY).findings == ()
    assert reverdict(report, credential, NOW) == report
    later = reverdict(report, credential, NOW + timedelta(days=1)).check(VALIDITY)
    assert (later.code, later.findings) == ("date.expired", (("date.inverted", {}),))
    twin, _ = stored(validFrom="2026-11-23T12:02:00Z", validUntil="2026-11-23T12:04:00Z")
    assert twin.verdict is Verdict.VERIFIED


def test_the_report_of_another_badge_is_refused() -> None:
    report, credential = stored()
    other = replace(credential, original=replace(credential.original, data=b"other"))
    with pytest.raises(ValueError, match=report.credential_sha256):
        reverdict(report, other, NOW)


# The bounds themselves


@pytest.mark.parametrize(
    ("members", "verdict"),
    [
        ({"validUntil": "2026-11-23T12:00:00Z"}, Verdict.VERIFIED),
        ({"validUntil": "2026-11-23T11:59:59Z"}, Verdict.EXPIRED),
        ({"validUntil": "2026-11-23"}, Verdict.VERIFIED),
        ({"validUntil": "2026-11-22"}, Verdict.EXPIRED),
        ({"validFrom": "2026-11-23T12:00:00Z"}, Verdict.VERIFIED),
        ({"validFrom": "2026-11-23T12:05:00Z"}, Verdict.VERIFIED),
        ({"validFrom": "2026-11-23T12:05:01Z"}, Verdict.NOT_YET_VALID),
        ({"validFrom": "2026-11-23T13:30:00+02:00"}, Verdict.VERIFIED),
        ({"validFrom": None}, Verdict.VERIFIED),
        ({"issuanceDate": "2027-01-01T00:00:00Z"}, Verdict.NOT_YET_VALID),
        ({"expirationDate": "2026-01-31T00:00:00Z"}, Verdict.EXPIRED),
    ],
)
def test_a_bound_is_inside_and_only_starts_have_tolerance(
    members: dict[str, Any], verdict: Verdict
) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    assert report_on(issuer.sign(issuer.badge(**members), JCS), web).verdict is verdict


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ({"exp": 1795435200}, Verdict.VERIFIED),
        ({"exp": 1795435199}, Verdict.EXPIRED),
        ({"exp": 1795435200.5}, Verdict.VERIFIED),
        ({"exp": "tomorrow"}, Verdict.UNDETERMINED),
        ({"exp": 1e300}, Verdict.UNDETERMINED),
        ({"exp": True}, Verdict.UNDETERMINED),
        ({"nbf": None, "validFrom": "not a date"}, Verdict.UNDETERMINED),
    ],
)
def test_the_end_in_a_token_is_a_bound_too(claims: dict[str, Any], verdict: Verdict) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    assert report_on(issuer.token(issuer.badge(), claims=claims), web).verdict is verdict


# Format


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("issuer", None),
        ("issuer", {"name": "nobody"}),
        ("credentialSubject", None),
        ("credentialSubject", []),
        ("type", ["OpenBadgeCredential"]),
        ("@context", ["https://www.w3.org/ns/credentials/v2"]),
        ("@context", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
    ],
)
def test_a_badge_without_a_mandatory_member_fails_by_format(member: str, value: Any) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    signed = issuer.sign(
        {**issuer.badge(), member: value}
        if value is not None
        else _without(issuer.badge(), member),
        JCS,
    )
    report = report_on(signed, web)
    assert report.verdict is Verdict.FAILED
    assert report.check(FORMAT).code == "format.member_missing"
    assert report.check(FORMAT).params["member"] == member


@pytest.mark.parametrize("member", ["id", "recipient", "badge", "issuedOn", "verification"])
def test_an_assertion_without_a_mandatory_member_fails_by_format(member: str) -> None:
    web = WebSimulator()
    assertion = _without(OpenBadges2(web).assertion(), member)
    report = report_on(assertion, web)
    assert report.verdict is Verdict.FAILED
    assert report.check(FORMAT).params.get("member") == member


def _without(document: dict[str, Any], member: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != member}


def test_a_presentation_is_a_container_and_never_verified_itself() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    shown = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [issuer.sign(issuer.badge(), JCS)],
    }
    report = report_on(shown, web)
    assert report.check(FORMAT).code == "format.container"
    assert report.check(FORMAT).params["count"] == 1
    assert {check.code for check in report.checks[1:]} == {"check.of_each_member"}
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("kind", ["bad+typ", "JOSE", "at+jwt"])
def test_a_token_that_calls_itself_something_else_fails_by_format(kind: str) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    report = report_on(issuer.token(issuer.badge(), header={"typ": kind}), web)
    assert (report.verdict, code_of(report, FORMAT)) == (Verdict.FAILED, "format.token_type")


def test_a_token_of_another_family_may_leave_out_what_nothing_is_read_by() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    plain = {"type": ["Profile"], "credentialSubject": {"id": "did:example:a"}}
    report = report_on(issuer.token(plain, vc_claim=True, claims={"jti": None}), web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(FORMAT).findings == (
        ("format.member_absent", {"member": "@context"}),
        ("format.member_absent", {"member": "type"}),
    )
    nobody = {"type": ["Profile"], "credentialSubject": {}}
    token = issuer.token(nobody, vc_claim=True, claims={"jti": None, "iss": None})
    assert report_on(token, web).verdict is Verdict.FAILED


def test_what_cannot_be_checked_is_unknown_and_what_is_unsigned_fails() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    assert code_of(report_on(issuer.badge(), web), SIGNATURE) == "proof.missing"
    proof = {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofValue": "u1"}
    report = report_on({**issuer.badge(), "proof": proof}, web)
    assert code_of(report, SIGNATURE) == "proof.unsupported_suite"
    assert report.verdict is Verdict.UNDETERMINED


def test_a_declared_schema_is_said_to_be_unchecked() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    schema = {"id": "https://issuer.example/schema", "type": "1EdTechJsonSchemaValidator2019"}
    report = report_on(issuer.sign(issuer.badge(credentialSchema=[schema]), JCS), web)
    assert report.check(CheckId.SCHEMA).outcome is Outcome.UNKNOWN
    assert report.verdict is Verdict.VERIFIED


# Open Badges 1.0


def test_an_open_badge_1_is_confirmed_by_its_verification_address() -> None:
    web = WebSimulator()
    base = "https://old.example"
    assertion: dict[str, Any] = {
        "uid": "abc",
        "recipient": {"type": "email", "hashed": False, "identity": "a@example.com"},
        "badge": f"{base}/class",
        "issuedOn": 1395112143,
        "verify": {"type": "hosted", "url": f"{base}/assertion"},
    }
    web.serve(f"{base}/assertion", assertion)
    web.serve(f"{base}/class", {"name": "Old", "issuer": f"{base}/issuer"})
    web.serve(f"{base}/issuer", {"name": "Old school"})
    report = report_on(assertion, web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(VALIDITY).params["start_day"] == "2014-03-18"
    moved = {**assertion, "verify": {"type": "hosted", "url": f"{base}/other"}}
    web.serve(f"{base}/assertion", moved)
    assert code_of(report_on(assertion, web), SIGNATURE) == "hosted.id_mismatch"


def test_an_open_badge_05_rests_on_its_origin() -> None:
    web = WebSimulator()
    url = "https://old.example/assertion"
    assertion: dict[str, Any] = {
        "recipient": "a@example.com",
        "badge": {
            "version": "0.5.0",
            "name": "Older",
            "issuer": {"origin": "https://old.example", "name": "Old"},
        },
        "issued_on": "2012-01-01",
        "verify": {"type": "hosted", "url": url},
    }
    web.serve(url, assertion)
    assert report_on(assertion, web).verdict is Verdict.VERIFIED
