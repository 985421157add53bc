"""Rows 58-62 again: whose a hosted or signed Open Badges 2 badge is, and what shows it.

Each forgery has its honest twin: the same badge with the one lie taken out.
"""

import json
from typing import Any

import pytest

from attacks.attack import Document
from simulators.checking import code_of, credential_of, report_on
from simulators.issuer import jws
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.app.examine import as_shown
from wallet_app.credentials.model import Credential
from wallet_app.network.resolvers import ReportResolver
from wallet_app.verification.context import TrustRegistry
from wallet_app.verification.report import CheckId, Report, Verdict
from wallet_app.verification.verify import verify

F, U, VERIFIED = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
ISSUER, TRUST = CheckId.ISSUER, CheckId.TRUST
VICTIM, EVIL = "https://issuer.example", "https://attacker.example"
FAMOUS = {"name": "Famous University"}


def examined(document: Document, web: WebSimulator) -> tuple[Report, Credential]:
    """Return the report and what is shown, by the same resolver as in the program."""
    resolver = ReportResolver(web)
    credential = credential_of(document)
    report = verify(credential, resolver=resolver, contexts=load_contexts(), now=web.now)
    return report, as_shown(credential, resolver.used)


def early_badge(web: WebSimulator, base: str, **issuer: Any) -> dict[str, Any]:
    """Return a 0.5 badge under ``base``, which has no identifier but its issuer's origin."""
    url = f"{base}/05.json"
    badge = {
        "recipient": "a@example.com",
        "issued_on": "2026-01-15",
        "badge": {"version": "0.5.0", "name": "Robotics", "issuer": {**FAMOUS, **issuer}},
        "verify": {"type": "hosted", "url": url},
    }
    web.serve(url, badge)
    return badge


def of_the_attacker(web: WebSimulator, issuer: Any) -> Document:
    """Return a badge that the attacker hosts, with this for an issuer."""
    attacker = OpenBadges2(web, EVIL)
    return attacker.hosted(badge=attacker.badge_class(id=None, issuer=issuer))


POLICY = {"allowedOrigins": ["attacker.example", "issuer.example"]}


@pytest.mark.parametrize(
    ("make", "verdict", "code"),
    [
        (
            lambda web: of_the_attacker(web, {"origin": VICTIM, "verification": POLICY, **FAMOUS}),
            U,
            "issuer.id_not_provable",
        ),
        (
            lambda web: of_the_attacker(web, [{"origin": EVIL, "id": f"{VICTIM}/p", **FAMOUS}]),
            F,
            "issuer.missing",
        ),
        (lambda web: of_the_attacker(web, [f"{EVIL}/profile.json"]), F, "issuer.missing"),
        (
            lambda web: early_badge(web, EVIL, origin=VICTIM, verification=POLICY),
            F,
            "hosted.out_of_scope",
        ),
        (
            lambda web: early_badge(web, f"{VICTIM}/mallory", origin=f"{VICTIM}/alice"),
            U,
            "issuer.id_not_provable",
        ),
        (
            lambda web: early_badge(web, EVIL, origin="issuer.example", verification=POLICY),
            U,
            "issuer.id_not_provable",
        ),
    ],
)
def test_an_origin_written_into_the_badge_takes_over_nobody(
    make: Any, verdict: Verdict, code: str
) -> None:
    web = WebSimulator()
    report = report_on(make(web), web)
    assert (report.verdict, code_of(report, ISSUER)) == (verdict, code)


@pytest.mark.parametrize("member", ["publicKey", "verification"])
def test_a_signed_badge_takes_no_key_from_the_issuer_written_into_it(member: str) -> None:
    web = WebSimulator()
    key, url = SigningKey.rsa(1), f"{EVIL}/key.json"
    web.serve(url, {"id": url, "owner": VICTIM, "publicKeyPem": key.pem})
    attacker = OpenBadges2(web, EVIL, key=key)
    copy = {"origin": VICTIM, "publicKey": url, "verification": POLICY, **FAMOUS}
    token = attacker.signed(badge=attacker.badge_class(id=None, issuer=copy))
    assert report_on(token, web).verdict is U
    early = early_badge(web, EVIL, origin=VICTIM, **{member: url})
    early["verify"] = {"type": "signed", "url": url}
    assert report_on(jws({"alg": "RS256"}, json.dumps(early).encode(), key), web).verdict is F


def test_twin_an_early_badge_under_its_origin_verifies_and_shows_that_origin() -> None:
    web = WebSimulator()
    report, shown = examined(early_badge(web, VICTIM, origin=VICTIM), web)
    assert report.verdict is VERIFIED
    assert report.check(ISSUER).params == {"issuer": VICTIM, "domain": "issuer.example"}
    assert (shown.issuer.id, shown.issuer.name) == (VICTIM, "Famous University")
    assert [one.value for one in shown.recipients] == ["a@example.com"]


# Pages that a redirect on the issuer's own host lets the attacker write


@pytest.mark.parametrize("page", ["profile_url", "badge_url", "key_url"])
@pytest.mark.parametrize("signed", [False, True])
def test_a_page_that_another_host_answers_proves_nothing(page: str, signed: bool) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    badge: Document = club.signed() if signed else club.hosted()
    assert report_on(badge, web).verdict is VERIFIED
    web.change(getattr(club, page), final_url=f"{EVIL}/page.json")
    expected = VERIFIED if page == "key_url" and not signed else U
    assert report_on(badge, web).verdict is expected


def test_a_page_redirected_within_its_host_is_still_its_issuers() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    web.change(club.profile_url, final_url=f"{club.base}/v2/profile.json")
    assert report_on(club.hosted(), web).verdict is VERIFIED


def test_a_page_fetched_as_a_badge_is_not_the_issuers_profile_as_well() -> None:
    web = WebSimulator()
    club = OpenBadges2(web, VICTIM)
    url = f"{VICTIM}/go?to={EVIL}/x"
    both = {
        **club.profile(**FAMOUS),
        **club.assertion(id=url, type=["Assertion", "Issuer"]),
        "badge": club.badge_class(id=None, issuer=url),
        "verification": {"type": "HostedBadge", **POLICY},
    }
    web.serve(url, both, final_url=f"{EVIL}/x")
    assert examined(both, web)[0].verdict is U
    assert report_on(both, web).verdict is U
    web.change(url, final_url=url)
    assert examined(both, web)[0].verdict is VERIFIED


# One host for many issuers


def hosted_by(profile_url: str, claimed: str, web: WebSimulator) -> Document:
    """Return a badge of the profile at ``profile_url``, which calls itself ``claimed``."""
    club = OpenBadges2(web, profile_url.rpartition("/")[0])
    web.serve(profile_url, club.profile(id=claimed, name="Alice School"))
    return club.hosted(badge=club.badge_class(id=None, issuer=profile_url))


ALICE, MALLORY = "https://shared.example/alice/profile.json", "https://shared.example/mallory/p"
REGISTRY = TrustRegistry("Schools", {ALICE: "Alice School"})


def test_a_profile_on_a_shared_host_is_not_its_neighbour() -> None:
    web = WebSimulator()
    report = report_on(hosted_by(MALLORY, ALICE, web), web, trust=[REGISTRY])
    assert (report.verdict, code_of(report, ISSUER)) == (F, "hosted.id_elsewhere")
    assert code_of(report, TRUST) == "trust.issuer_not_proven"
    report = report_on(hosted_by(ALICE, ALICE, web), web, trust=[REGISTRY])
    assert (report.verdict, code_of(report, TRUST)) == (VERIFIED, "trust.listed")


@pytest.mark.parametrize("claimed", [ALICE.removesuffix(".json"), "https://shared.example/alice/x"])
def test_a_profile_is_who_its_address_says_whatever_it_calls_itself(claimed: str) -> None:
    web = WebSimulator()
    badge = hosted_by(ALICE, claimed, web)
    registry = TrustRegistry("Schools", {claimed: "Alice School"})
    report, shown = examined(badge, web)
    assert report.verdict is VERIFIED
    assert [code for code, _ in report.check(ISSUER).findings] == ["hosted.id_differs"]
    assert report.check(ISSUER).params["issuer"] == shown.issuer.id == ALICE
    assert code_of(report_on(badge, web, trust=[registry]), TRUST) == "trust.not_listed"
    assert code_of(report_on(badge, web, trust=[REGISTRY]), TRUST) == "trust.listed"


@pytest.mark.parametrize("claimed", [7, [ALICE], {"id": ALICE}, None, ""])
def test_a_profile_whose_id_is_no_address_never_verifies(claimed: Any) -> None:
    web = WebSimulator()
    badge = hosted_by(ALICE, ALICE, web)
    web.serve(ALICE, {**OpenBadges2(web).profile(), "id": claimed})
    assert report_on(badge, web).verdict is not VERIFIED


# Addresses that are read in two ways


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("issued/one.json", VERIFIED),
        ("issued/..one.json", VERIFIED),
        ("issued/../uploads/evil.json", F),
        ("issued/%2e%2e/uploads/evil.json", F),
        ("issued/.%2E/uploads/evil.json", F),
        ("issued/..%2fuploads/evil.json", F),
        ("issued/..%5cuploads/evil.json", F),
        ("issued/%252e%252e/uploads/evil.json", F),
    ],
)
def test_an_address_that_climbs_out_of_the_scope_is_not_in_it(path: str, verdict: Verdict) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    policy = {"startsWith": [f"{club.base}/issued/"], "allowedOrigins": ["badges.example"]}
    club.publish_profile(verification=policy)
    report = report_on(club.hosted(id=f"{club.base}/{path}"), web)
    assert report.verdict is verdict
    if verdict is F:
        assert code_of(report, ISSUER) == "hosted.out_of_scope"


def test_a_redirect_on_one_host_must_not_leave_the_scope_either() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.publish_profile(verification={"startsWith": f"{club.base}/issued/"})
    badge = club.hosted(id=f"{club.base}/issued/one.json")
    web.change(badge["id"], final_url=f"{club.base}/issued/one")
    assert report_on(badge, web).verdict is VERIFIED
    web.change(badge["id"], final_url=f"{club.base}/uploads/evil.json")
    report = report_on(badge, web)
    assert (report.verdict, code_of(report, ISSUER)) == (U, "hosted.redirected")


@pytest.mark.parametrize("blank", ["\t", "\n", "\r", " ", "\x7f", "\x00"])
@pytest.mark.parametrize("place", ["https://badges{}.example/a", "{}https://badges.example/a"])
def test_blanks_in_an_address_are_not_dropped(blank: str, place: str) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    assert report_on(club.hosted(id=place.format("")), web).verdict is VERIFIED
    report = report_on(club.hosted(id=place.format(blank)), web)
    assert (report.verdict, code_of(report, CheckId.SIGNATURE)) == (F, "hosted.no_address")
