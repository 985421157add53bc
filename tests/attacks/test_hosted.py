"""Rows 57-67: Open Badges 2 badges that are hosted, or seem to be."""

from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from wallet_app.crypto.documents import Origin
from wallet_app.verification.report import CheckId, Outcome, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
SIGNATURE, ISSUER, STATUS = CheckId.SIGNATURE, CheckId.ISSUER, CheckId.STATUS
EVIL = "https://attacker.example"


def on_the_attackers_host(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    return club.hosted(id=f"{EVIL}/assertions/one.json")


def scoped(policy: dict[str, Any], url: str, base: str = "https://issuer.example") -> Any:
    """Build a badge at ``url`` whose issuer's profile carries this policy."""

    def make(web: WebSimulator) -> Document:
        club = OpenBadges2(web, base)
        club.publish_profile(verification=policy)
        return club.hosted(id=url)

    return make


def scope_in_the_assertion(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    policy = {"type": "HostedBadge", "allowedOrigins": ["attacker.example"]}
    return club.hosted(id=f"{EVIL}/one.json", verification=policy)


def scope_in_an_embedded_issuer(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    copy = club.profile(verification={"allowedOrigins": ["attacker.example"]})
    badge = {**club.badge_class(), "issuer": copy}
    return club.hosted(id=f"{EVIL}/one.json", badge=badge)


def foreign_badge_class(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    url = f"{EVIL}/class.json"
    web.serve(url, club.badge_class(id=url))
    return club.hosted(badge=url)


def open_redirect(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    badge = club.hosted(id=f"{club.base}/go?to={EVIL}")
    web.change(badge["id"], final_url=f"{EVIL}/one.json")
    return badge


def other_id(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    badge = club.hosted()
    web.serve(badge["id"], club.assertion("two"))
    return badge


def page_that_names_another_host(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    web.serve(club.badge_url, club.badge_class(id="https://famous.example/class.json"))
    return club.hosted()


def address(url: str) -> Any:
    return lambda web: OpenBadges2(web).assertion(id=url)


def served(body: Any, **how: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        badge = OpenBadges2(web).assertion()
        web.serve(badge["id"], body, **how)
        return badge

    return make


def over_plain_http(web: WebSimulator) -> Document:
    return OpenBadges2(web, "http://badges.example").hosted()


def signed_badge_as_bare_file(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    return club.assertion(verification={"type": "SignedBadge", "creator": club.key_url})


def issuer_without_address(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    web.serve(club.badge_url, club.badge_class(issuer={"type": "Profile", "name": "Famous"}))
    return club.hosted()


def badge_without_class(web: WebSimulator) -> Document:
    return OpenBadges2(web).hosted(badge="urn:uuid:1")


ORIGIN = "https://issuer.edu.example"
ATTACKS = [
    Attack(58, "attacker's host", on_the_attackers_host, F, ISSUER, "hosted.out_of_scope"),
    *(
        Attack(
            59,
            f"{url} by {prefix} and {', '.join(hosts)}",
            scoped({"startsWith": prefix, "allowedOrigins": hosts}, url, ORIGIN),
            F,
            ISSUER,
            "hosted.out_of_scope",
        )
        for prefix, hosts, url in (
            (
                ORIGIN,
                ["issuer.edu.example", "issuer.edu.example.evil.example"],
                f"{ORIGIN}.evil.example/a",
            ),
            (f"{ORIGIN}/", ["issuer.edu.example"], f"{ORIGIN}.evil.example/a"),
            (f"{ORIGIN}/a", ["issuer.edu.example"], f"{ORIGIN}/ab"),
            (f"{ORIGIN}/a/", ["issuer.edu.example"], f"{ORIGIN}/b/a/"),
            (ORIGIN, ["issuer.edu.example"], f"{ORIGIN}/a"),
            ("https://", ["issuer.edu.example"], f"{ORIGIN}/a"),
            ([], ["other.example"], f"{ORIGIN}/a"),
        )
    ),
    Attack(
        59,
        "user information",
        address(f"{ORIGIN}@evil.example/a"),
        F,
        SIGNATURE,
        "hosted.no_address",
    ),
    Attack(60, "scope in assertion", scope_in_the_assertion, F, ISSUER, "hosted.out_of_scope"),
    Attack(60, "scope in copy", scope_in_an_embedded_issuer, F, ISSUER, "hosted.out_of_scope"),
    Attack(60, "foreign class", foreign_badge_class, F, ISSUER, "hosted.out_of_scope"),
    Attack(61, "open redirect", open_redirect, U, ISSUER, "hosted.redirected"),
    Attack(62, "other id", other_id, F, SIGNATURE, "hosted.id_mismatch"),
    Attack(62, "class of another", page_that_names_another_host, F, ISSUER, "hosted.id_elsewhere"),
    *(
        Attack(65, url, address(url), F, SIGNATURE, "hosted.no_address")
        for url in (
            "file:///etc/passwd",
            "ftp://issuer.example/a",
            "data:application/json,{}",
            "javascript:alert(1)",
            "//issuer.example/a",
            "https://user:word@issuer.example/a",
            "https://issuer.example\\@evil.example/a",
            "https://[::1/a",
        )
    ),
    Attack(65, "plain http only", over_plain_http, U, SIGNATURE, "hosted.insecure"),
    Attack(67, "web page", served(b"<html>"), U, SIGNATURE, "document.unreadable"),
    Attack(67, "other JSON", served({"a": 1}), F, SIGNATURE, "hosted.not_an_assertion"),
    Attack(
        67,
        "no assertion",
        served({"type": "BadgeClass", "badge": "x"}),
        F,
        SIGNATURE,
        "hosted.not_an_assertion",
    ),
    Attack(67, "signed, bare", signed_badge_as_bare_file, F, SIGNATURE, "proof.missing"),
    Attack(67, "nameless issuer", issuer_without_address, U, ISSUER, "issuer.id_not_provable"),
    Attack(67, "no class", badge_without_class, F, ISSUER, "hosted.no_badge_class"),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_badge_that_its_issuer_does_not_host_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_row_57_what_the_address_serves_is_the_badge_and_differences_are_listed() -> None:
    web = WebSimulator()
    genuine = OpenBadges2(web).hosted(expires="2026-02-01T00:00:00Z")
    prettier = {**genuine, "expires": "2099-01-01T00:00:00Z", "narrative": "With honours."}
    report = report_on(prettier, web)
    assert report.verdict is Verdict.EXPIRED
    ((code, params),) = report.check(SIGNATURE).findings
    assert (code, params["fields"]) == ("hosted.differs", "expires, narrative")


@pytest.mark.parametrize(
    "make",
    [
        lambda web: OpenBadges2(web).hosted(),
        scoped({"startsWith": f"{ORIGIN}/"}, f"{ORIGIN}/a", ORIGIN),
        scoped({"startsWith": ["https://x.example/", f"{ORIGIN}/a"]}, f"{ORIGIN}/a/1", ORIGIN),
        scoped({"allowedOrigins": "issuer.edu.example"}, f"{ORIGIN}/a", ORIGIN),
        scoped({"allowedOrigins": [ORIGIN]}, f"{ORIGIN}/a?b", ORIGIN),
    ],
)
def test_twins_a_badge_hosted_in_its_issuers_scope_verifies(make: Any) -> None:
    web = WebSimulator()
    report = report_on(make(web), web)
    assert report.verdict is Verdict.VERIFIED
    assert code_of(report, ISSUER) == "issuer.hosted_in_scope"
    assert code_of(report, STATUS) == "status.hosted_served"
    assert {item.url for item in report.check(ISSUER).evidence} >= set(web.urls()) - {
        report.check(SIGNATURE).evidence[0].url,
        *(url for url in web.urls() if url.endswith("key.json")),
    }


def test_a_redirect_within_the_scope_is_accepted() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.publish_profile(verification={"allowedOrigins": ["badges.example", "cdn.example"]})
    badge = club.hosted()
    web.change(badge["id"], final_url="https://cdn.example/one.json")
    assert report_on(badge, web).verdict is Verdict.VERIFIED


def test_http_addresses_are_noted_when_the_answer_is_not_from_the_network() -> None:
    web = WebSimulator()
    badge = over_plain_http(web)
    for url in web.urls():
        web.change(url, origin=Origin.SNAPSHOT)
    report = report_on(badge, web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(SIGNATURE).outcome is Outcome.WARNING
    assert [code for code, _ in report.check(ISSUER).findings] == ["hosted.http_address"] * 2


@pytest.mark.parametrize(
    ("body", "reason"), [(b"", ""), (b"gone", ""), (b'{"revocationReason": "typo"}', "typo")]
)
def test_an_address_that_answers_410_revokes(body: bytes, reason: str) -> None:
    web = WebSimulator()
    report = report_on(served(body, http_status=410)(web), web)
    assert report.verdict is Verdict.REVOKED
    assert report.check(STATUS).params.get("reason", "") == reason


def test_a_served_badge_that_says_revoked_is_revoked_however_little_else_it_says() -> None:
    web = WebSimulator()
    badge = OpenBadges2(web).hosted()
    web.serve(badge["id"], {"id": badge["id"], "revoked": True, "revocationReason": "typo"})
    report = report_on(badge, web)
    assert report.verdict is Verdict.REVOKED
    assert report.check(STATUS).params["reason"] == "typo"


@pytest.mark.parametrize("missing", ["assertion", "class", "profile"])
def test_a_page_that_does_not_answer_leaves_it_undetermined(missing: str) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    badge = club.hosted()
    web.fail(
        {"assertion": badge["id"], "class": club.badge_url, "profile": club.profile_url}[missing],
        "timeout",
    )
    assert report_on(badge, web).verdict is Verdict.UNDETERMINED


# Signed badges of Open Badges 2


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        ("urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003", Verdict.REVOKED),
        (
            {"id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003", "revocationReason": "typo"},
            Verdict.REVOKED,
        ),
        ({"uid": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003"}, Verdict.REVOKED),
        ("urn:uuid:0", Verdict.VERIFIED),
        ({"id": "urn:uuid:0"}, Verdict.VERIFIED),
        (7, Verdict.UNDETERMINED),
    ],
)
def test_a_signed_badge_is_looked_up_in_its_issuers_list(entry: Any, verdict: Verdict) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.revoke(entry)
    assert report_on(club.signed(), web).verdict is verdict


def revoked_elsewhere(club: OpenBadges2) -> None:
    club.revoke()
    club.publish_profile(revocationList=f"{EVIL}/revoked.json")


def revoked_after_redirect(club: OpenBadges2) -> None:
    club.revoke()
    club.web.change(club.revocation_url, final_url=f"{EVIL}/revoked.json")


def list_of_something_else(club: OpenBadges2) -> None:
    club.revoke()
    club.web.serve(club.revocation_url, {"id": club.revocation_url})


def silent_list(club: OpenBadges2) -> None:
    club.revoke()
    club.web.fail(club.revocation_url, "timeout")


@pytest.mark.parametrize(
    "spoil", [revoked_elsewhere, revoked_after_redirect, list_of_something_else, silent_list]
)
def test_a_revocation_list_that_cannot_be_used_is_no_pass(spoil: Any) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    spoil(club)
    report = report_on(club.signed(), web)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.check(STATUS).outcome is Outcome.UNKNOWN


def test_a_signed_badge_whose_profile_is_silent_is_undetermined() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    web.fail(club.profile_url, "timeout")
    report = report_on(club.signed(), web)
    assert report.verdict is Verdict.UNDETERMINED
    assert code_of(report, SIGNATURE) == "proof.verified"
    assert code_of(report, STATUS) == "status.profile_unreachable"


def test_the_key_may_be_named_by_the_profile_or_embedded_in_it() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    without_creator = club.signed(verification={"type": "SignedBadge"})
    assert report_on(without_creator, web).verdict is Verdict.VERIFIED
    club.publish_profile(publicKey=[club.key_document()])
    web.forget(club.key_url)
    assert report_on(without_creator, web).verdict is Verdict.VERIFIED
    club.publish_profile(publicKey=[club.key_url, f"{club.base}/other.json"])
    assert report_on(without_creator, web).verdict is Verdict.UNDETERMINED


def test_a_bare_pem_file_is_a_key_too() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    web.serve(club.key_url, club.key.pem, media_type="application/x-pem-file")
    assert report_on(club.signed(), web).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("spoil", "verdict", "code"),
    [
        ({"id": "https://badges.example/other.json"}, U, "key.document_mismatch"),
        ({"publicKeyPem": "nonsense"}, F, "key.malformed"),
        ({"publicKeyPem": None}, F, "key.malformed"),
    ],
)
def test_a_key_page_that_is_not_right_never_verifies(
    spoil: dict[str, Any], verdict: Verdict, code: str
) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    web.serve(club.key_url, club.key_document(**spoil))
    report = report_on(club.signed(), web)
    assert (report.verdict, code_of(report, SIGNATURE)) == (verdict, code)


def test_a_key_without_web_address_is_unknown() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    token = club.signed(verification={"type": "SignedBadge", "creator": "urn:uuid:key"})
    assert code_of(report_on(token, web), SIGNATURE) == "key.method_unsupported"


def test_a_changed_byte_fails_a_signed_badge() -> None:
    web = WebSimulator()
    header, payload, signature = OpenBadges2(web).signed().split(".")
    middle = len(signature) // 2
    flipped = "A" if signature[middle] != "A" else "B"
    broken = f"{header}.{payload}.{signature[:middle]}{flipped}{signature[middle + 1 :]}"
    assert report_on(broken, web).verdict is Verdict.FAILED
