"""Row 91: a newer copy is taken only from the proven issuer's offer, and never in place of one."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.status_lists import encode_list, status_entry
from simulators.world import World
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.safe import Safe
from wallet_app.errors import UserError
from wallet_app.verification.refresh import refresh_address
from wallet_app.verification.report import Outcome, Verdict

OFFER = "https://issuer.example/refresh/1"
NEXT = "https://issuer.example/refresh/2"
JCS = "eddsa-jcs-2022"
LATER = "2026-03-01T09:00:00Z"


def offer(address: str = OFFER, kind: Any = "1EdTechCredentialRefresh") -> dict[str, Any]:
    return {"id": address, "type": kind}


def take(safe: Safe, document: object) -> str:
    data = document.encode() if isinstance(document, str) else json.dumps(document).encode()
    (result,) = safe.import_bytes(data, "badge.json")
    assert result.badge is not None
    return result.badge.id


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


@pytest.fixture
def badge_id(safe: Safe, issuer: Issuer) -> str:
    return take(safe, issuer.sign(issuer.badge(refreshService=offer()), JCS))


def asked(world: World) -> list[str]:
    return [url for url, _ in world.web.calls if "/refresh/" in url]


def test_a_newer_copy_is_kept_beside_the_badge(
    world: World, safe: Safe, issuer: Issuer, badge_id: str
) -> None:
    before = safe.badge(badge_id)
    assert before.refresh_address == OFFER
    assert asked(world) == [], "nothing is asked before the person says so"
    newer = issuer.badge(validFrom=LATER, refreshService=offer(NEXT))
    world.web.serve(OFFER, issuer.sign(newer, JCS))
    result = safe.refresh(badge_id)
    assert result.outcome is ImportOutcome.NEWER
    assert result.badge is not None
    assert asked(world) == [OFFER], "the offer in the copy itself is not followed"
    assert {row.id for row in safe.badges()} == {badge_id, result.badge.id}
    assert safe.badge(badge_id) == before
    kept = safe.badge(result.badge.id).credential
    assert kept.valid_from == LATER


def test_the_same_copy_again_changes_nothing(
    world: World, safe: Safe, issuer: Issuer, badge_id: str
) -> None:
    world.web.serve(OFFER, safe.badge(badge_id).credential.original.data)
    result: ImportResult = safe.refresh(badge_id)
    assert result.outcome is ImportOutcome.DUPLICATE
    assert safe.count() == 1


def test_a_token_offers_a_copy_within_its_vc_claim(
    world: World, safe: Safe, issuer: Issuer
) -> None:
    old = issuer.token(issuer.badge_v1(refreshService=offer()), vc_claim=True)
    badge_id = take(safe, old)
    start = int(datetime(2026, 3, 1, 9, tzinfo=UTC).timestamp())
    newer = issuer.badge_v1(issuanceDate=LATER)
    token = issuer.token(newer, claims={"nbf": start}, vc_claim=True)
    world.web.serve(OFFER, token, media_type="application/vc+jwt")
    assert safe.refresh(badge_id).outcome is ImportOutcome.NEWER


def stranger_of(issuer: Issuer) -> Issuer:
    return Issuer.at_did_web(issuer.web, "stranger.example")


def by_another_issuer(issuer: Issuer) -> Any:
    stranger = stranger_of(issuer)
    return stranger.sign(stranger.badge(), JCS)


def with_another_id(issuer: Issuer) -> Any:
    return issuer.sign(issuer.badge(id="urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0099"), JCS)


def without_id(issuer: Issuer) -> Any:
    return issuer.sign(issuer.badge(id=None), JCS)


def altered(issuer: Issuer) -> Any:
    return {**issuer.sign(issuer.badge(), JCS), "name": "Master"}


def unsigned(issuer: Issuer) -> Any:
    return issuer.badge()


def in_the_issuers_name(issuer: Issuer) -> Any:
    stranger = stranger_of(issuer)
    claimed = Issuer(issuer.web, issuer.id, stranger.key, stranger.method)
    return claimed.sign(claimed.badge(), JCS)


def expired(issuer: Issuer) -> Any:
    return issuer.sign(issuer.badge(validUntil="2026-02-01T00:00:00Z"), JCS)


def revoked(issuer: Issuer) -> Any:
    url = "https://issuer.example/status/1"
    issuer.publish_status_list(url, encode_list([7]))
    return issuer.sign(issuer.badge(credentialStatus=status_entry(url, 7)), JCS)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (by_another_issuer, "refresh.another"),
        (with_another_id, "refresh.another"),
        (without_id, "refresh.another"),
        (altered, "refresh.not_verified"),
        (unsigned, "refresh.not_verified"),
        (in_the_issuers_name, "refresh.not_verified"),
        (expired, "refresh.not_verified"),
        (revoked, "refresh.not_verified"),
        (lambda _: b"<html>no badge here</html>", "refresh.no_badge"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_is_not_the_same_badge_by_the_same_issuer_is_ignored(
    world: World, safe: Safe, badge_id: str, make: Any, code: str
) -> None:
    issuer = Issuer.at_did_web(world.web)
    before, history = safe.badge(badge_id), safe.history()
    world.web.serve(OFFER, make(issuer))
    with pytest.raises(UserError) as refused:
        safe.refresh(badge_id)
    assert refused.value.code == code
    assert asked(world) == [OFFER]
    assert [row.id for row in safe.badges()] == [badge_id]
    assert (safe.badge(badge_id), safe.history()) == (before, history)


def test_a_silent_issuer_changes_nothing(world: World, safe: Safe, badge_id: str) -> None:
    world.web.fail(OFFER, "timeout")
    with pytest.raises(Exception, match=r"source\.address\.timeout"):
        safe.refresh(badge_id)
    assert safe.count() == 1


@pytest.mark.parametrize(
    "offered",
    [
        None,
        [],
        "https://issuer.example/refresh/1",
        offer("http://issuer.example/refresh/1"),
        offer("file:///etc/passwd"),
        offer(kind="ManualRefreshService2018"),
        {"type": "1EdTechCredentialRefresh"},
    ],
    ids=str,
)
def test_without_an_offer_that_can_be_followed_nothing_is_asked(
    world: World, safe: Safe, issuer: Issuer, offered: Any
) -> None:
    badge_id = take(safe, issuer.sign(issuer.badge(refreshService=offered), JCS))
    assert safe.badge(badge_id).refresh_address == ""
    with pytest.raises(UserError) as refused:
        safe.refresh(badge_id)
    assert refused.value.code == "refresh.not_offered"
    assert asked(world) == []


def test_of_several_offers_the_one_that_can_be_followed_counts(safe: Safe, issuer: Issuer) -> None:
    several = [offer(NEXT, "Other"), offer(kind=["x", "1EdTechCredentialRefresh"])]
    badge_id = take(safe, issuer.sign(issuer.badge(refreshService=several), JCS))
    assert safe.badge(badge_id).refresh_address == OFFER


def test_an_offer_that_nobody_proven_makes_is_not_followed(
    world: World, safe: Safe, issuer: Issuer
) -> None:
    signed = issuer.sign(issuer.badge(refreshService=offer()), JCS)
    forged = take(safe, {**signed, "name": "Master"})
    assert safe.badge(forged).report.verdict is Verdict.FAILED
    world.web.fail(issuer.document_url, "timeout")
    unknown = take(safe, issuer.sign(issuer.badge(refreshService=offer(), name="Other"), JCS))
    for badge_id in (forged, unknown):
        assert safe.badge(badge_id).refresh_address == ""
        with pytest.raises(UserError):
            safe.refresh(badge_id)
    assert asked(world) == []


def test_a_kept_report_that_contradicts_itself_proves_no_issuer(safe: Safe, badge_id: str) -> None:
    detail = safe.badge(badge_id)
    assert refresh_address(detail.credential, detail.report) == OFFER
    checks = list(detail.report.checks)
    checks[1] = replace(checks[1], outcome=Outcome.FAILED)
    report = replace(detail.report, checks=tuple(checks))
    assert refresh_address(detail.credential, report) == ""
