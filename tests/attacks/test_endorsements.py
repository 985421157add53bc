"""Row 86: who else vouches, for what, and that nobody vouches for themselves."""

from typing import Any

import pytest

from simulators.checking import code_of, report_on
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Outcome, Verdict

ENDORSEMENTS = CheckId.ENDORSEMENTS
JCS = "eddsa-jcs-2022"


def endorsed(web: WebSimulator, *endorsements: Any) -> dict[str, Any]:
    issuer = Issuer.at_did_key(web)
    return issuer.sign(issuer.badge(endorsement=list(endorsements)), JCS)


BADGE_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001"


def test_a_genuine_endorsement_has_a_report_of_its_own() -> None:
    web = WebSimulator()
    friend = Issuer.at_did_web(web, "friend.example")
    report = report_on(endorsed(web, friend.sign(friend.endorsement(BADGE_ID), JCS)), web)
    check = report.check(ENDORSEMENTS)
    assert (check.outcome, check.code) == (Outcome.PASSED, "endorsements.verified")
    assert [child.verdict for child in check.children] == [Verdict.VERIFIED]
    assert len(check.children[0].checks) == 9


def test_an_endorsement_token_counts_likewise() -> None:
    web = WebSimulator()
    friend, issuer = Issuer.at_did_web(web, "friend.example"), Issuer.at_did_key(web)
    token = friend.token(friend.endorsement(BADGE_ID))
    badge = issuer.sign(issuer.badge(endorsementJwt=[token]), JCS)
    assert code_of(report_on(badge, web), ENDORSEMENTS) == "endorsements.verified"


def test_row_86_a_famous_name_under_a_strangers_key_is_shown_failed_and_the_badge_stays() -> None:
    web = WebSimulator()
    famous, stranger = Issuer.at_did_web(web, "famous.example"), Issuer.at_did_key(web, "stranger")
    forger = Issuer(web, famous.id, stranger.key, stranger.method)
    report = report_on(endorsed(web, forger.sign(forger.endorsement(BADGE_ID), JCS)), web)
    check = report.check(ENDORSEMENTS)
    assert (check.outcome, check.code) == (Outcome.FAILED, "endorsements.some_failed")
    assert report.verdict is Verdict.VERIFIED


def test_row_86_an_endorsement_of_something_else_or_by_the_issuer_itself_is_noted() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    praise = issuer.sign(issuer.endorsement("urn:uuid:other"), JCS)
    report = report_on(endorsed(web, praise), web)
    codes = [code for code, _ in report.check(ENDORSEMENTS).findings]
    assert codes == ["endorsements.other_subject", "endorsements.by_issuer_itself"]
    check = report.check(ENDORSEMENTS)
    assert (check.outcome, check.code) == (Outcome.FAILED, "endorsements.some_failed")
    assert check.params == {"count": 1, "verified": 0}


def endorsement_result(document: Any, web: WebSimulator) -> tuple[Outcome, str, int]:
    check = report_on(document, web).check(ENDORSEMENTS)
    return check.outcome, check.code, int(check.params["verified"])


@pytest.mark.parametrize("name", ["did:key", "did:jwk", "did:web"])
def test_row_86_praise_by_the_issuers_own_key_under_any_name_does_not_count(name: str) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    same = {
        "did:key": issuer,
        "did:jwk": Issuer.at_did_jwk(web),
        "did:web": Issuer.at_did_web(web, "other.example", issuer.key),
    }[name]
    praise = same.sign(same.endorsement(BADGE_ID), JCS)
    expected = (Outcome.WARNING, "endorsements.by_issuer_itself", 0)
    assert endorsement_result(endorsed(web, praise), web) == expected
    friend = Issuer.at_did_web(web, "friend.example")
    both = endorsed(web, praise, friend.sign(friend.endorsement(BADGE_ID), JCS))
    assert endorsement_result(both, web) == (Outcome.WARNING, "endorsements.by_issuer_itself", 1)


def test_row_86_a_genuine_badge_given_to_the_issuer_is_no_endorsement() -> None:
    web = WebSimulator()
    famous, issuer = Issuer.at_did_web(web, "famous.example"), Issuer.at_did_key(web)
    earned = famous.badge()
    earned["credentialSubject"]["id"] = issuer.id
    check = report_on(endorsed(web, famous.sign(earned, JCS)), web).check(ENDORSEMENTS)
    assert (check.outcome, check.code) == (Outcome.FAILED, "endorsements.some_failed")
    assert [code for code, _ in check.findings] == ["endorsements.other_kind"]
    assert check.children == ()


def test_row_86_an_endorsement_has_one_subject_and_it_is_what_it_is_attached_to() -> None:
    web = WebSimulator()
    friend, issuer = Issuer.at_did_web(web, "friend.example"), Issuer.at_did_key(web)
    two = friend.endorsement("urn:uuid:other")
    two["credentialSubject"] = [two["credentialSubject"], {"id": BADGE_ID}]
    failed = (Outcome.FAILED, "endorsements.some_failed", 0)
    assert endorsement_result(endorsed(web, friend.sign(two, JCS)), web) == failed
    badge = issuer.badge()
    achievement = badge["credentialSubject"]["achievement"]
    for subject, result in (
        (achievement["id"], (Outcome.PASSED, "endorsements.verified", 1)),
        (BADGE_ID, failed),
    ):
        achievement["endorsement"] = [friend.sign(friend.endorsement(subject), JCS)]
        assert endorsement_result(issuer.sign(badge, JCS), web) == result


def test_an_endorsement_that_cannot_be_checked_is_unknown_and_an_unsigned_one_a_claim() -> None:
    web = WebSimulator()
    silent = Issuer(
        web, "did:web:silent.example", Issuer.at_did_key(web).key, "did:web:silent.example#k"
    )
    unknown = silent.sign(silent.endorsement(BADGE_ID), JCS)
    report = report_on(endorsed(web, unknown), web)
    assert code_of(report, ENDORSEMENTS) == "endorsements.some_unknown"
    report = report_on(endorsed(web, silent.endorsement(BADGE_ID), {"a": 1}, "praise"), web)
    assert code_of(report, ENDORSEMENTS) == "endorsements.unsigned_claims_only"
    assert report.check(ENDORSEMENTS).outcome is Outcome.UNKNOWN


def test_endorsements_of_endorsements_end_at_the_second_level_and_fifty_are_enough() -> None:
    web = WebSimulator()
    friend = Issuer.at_did_key(web, "friend")
    inner = friend.sign(friend.endorsement(BADGE_ID), JCS)
    for _ in range(3):
        inner = friend.sign(friend.endorsement(BADGE_ID, endorsement=[inner]), JCS)
    report = report_on(endorsed(web, inner), web)
    (first,) = report.check(ENDORSEMENTS).children
    (second,) = first.check(ENDORSEMENTS).children
    assert code_of(second, ENDORSEMENTS) == "endorsements.too_deep"
    report = report_on(endorsed(web, *["praise"] * 51), web)
    assert ("endorsements.too_many", {"limit": 50}) in report.check(ENDORSEMENTS).findings
