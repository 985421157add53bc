"""Rows 46-56 for 1EdTech revocation lists: unsigned, so their address must be the issuer's."""

from datetime import timedelta
from typing import Any

import pytest

from attacks.attack import Document
from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.crypto.documents import Origin
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

STATUS = CheckId.STATUS
REVOKED, VERIFIED, U = Verdict.REVOKED, Verdict.VERIFIED, Verdict.UNDETERMINED
NO_REASON = "status.revoked_without_reason"
OLD = timedelta(days=2)


def badge_with(status: Any, issuer: Issuer) -> Document:
    return issuer.sign(issuer.badge(credentialStatus=status), "eddsa-jcs-2022")


def status_of(make: Any) -> tuple[Report, Outcome, str, tuple[str, ...]]:
    web = WebSimulator()
    report = report_on(make(web), web)
    status = report.check(STATUS)
    return report, status.outcome, status.code, tuple(code for code, _ in status.findings)


LIST_1EDTECH = "https://issuer.example/revocations"


def one_edtech(entries: Any, **changes: Any) -> Any:
    """Build a badge whose issuer keeps a 1EdTech list; ``changes`` replace its members."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web, "issuer.example:issuers:1")
        body = {"id": LIST_1EDTECH, "issuer": issuer.id, "revokedCredential": entries, **changes}
        web.serve(LIST_1EDTECH, {name: value for name, value in body.items() if value is not None})
        return badge_with({"id": LIST_1EDTECH, "type": "1EdTechRevocationList"}, issuer)

    return make


BADGE_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001"
SIGNED_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003"


@pytest.mark.parametrize(
    ("entries", "verdict", "code"),
    [
        ([{"id": BADGE_ID}], REVOKED, NO_REASON),
        (
            [{"id": BADGE_ID, "revoked": True, "revocationReason": "typo"}],
            REVOKED,
            "status.revoked",
        ),
        ([{"id": BADGE_ID, "revoked": False}], VERIFIED, "status.not_listed"),
        ([{"id": BADGE_ID + "0"}], VERIFIED, "status.not_listed"),
        ([], VERIFIED, "status.not_listed"),
        (None, U, "status.list_type"),
    ],
)
def test_a_1edtech_list_revokes_exactly_what_it_names(
    entries: Any, verdict: Verdict, code: str
) -> None:
    report, _, found, _ = status_of(one_edtech(entries))
    assert (report.verdict, found) == (verdict, code)


@pytest.mark.parametrize(
    "entry", [BADGE_ID, {}, {"id": [BADGE_ID]}, {"id": None}, [{"id": BADGE_ID}], 7, None]
)
def test_a_list_with_an_entry_that_cannot_be_read_clears_nobody(entry: Any) -> None:
    for entries in ([entry], [{"id": BADGE_ID + "0"}, entry]):
        report, _, code, _ = status_of(one_edtech(entries))
        assert (report.verdict, code) == (U, "status.list_encoding")
    report, _, code, _ = status_of(one_edtech([entry, {"id": BADGE_ID}]))
    assert (report.verdict, code) == (REVOKED, NO_REASON)
    report, _, code, _ = status_of(one_edtech([{"id": BADGE_ID + "0"}]))
    assert (report.verdict, code) == (VERIFIED, "status.not_listed")


@pytest.mark.parametrize("entries", [None, [None], [7], [[SIGNED_ID]], [{"assertion": SIGNED_ID}]])
def test_an_open_badges_2_list_that_cannot_be_read_clears_nobody(entries: Any) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.revoke()
    assert report_on(club.signed(), web).verdict is VERIFIED
    web.serve(club.revocation_url, {"issuer": club.profile_url, "revokedAssertions": entries})
    report = report_on(club.signed(), web)
    assert (report.verdict, report.check(STATUS).code) == (U, "status.list_encoding")
    many = [*(entries or ()), SIGNED_ID]
    web.serve(club.revocation_url, {"issuer": club.profile_url, "revokedAssertions": many})
    assert report_on(club.signed(), web).verdict is REVOKED


def test_a_list_that_is_gone_clears_nobody_though_it_be_signed() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    url = "https://issuer.example/status/1"
    issuer.publish_status_list(url, encode_list([]))
    badge = issuer.sign(issuer.badge(credentialStatus=status_entry(url, "7")))
    assert report_on(badge, web).verdict is VERIFIED
    web.change(url, http_status=410)
    report = report_on(badge, web)
    assert (report.verdict, report.check(STATUS).code) == (U, "document.gone")


def test_a_1edtech_list_of_another_issuer_is_unknown() -> None:
    report, _, code, _ = status_of(one_edtech([], issuer="did:web:other.example"))
    assert (report.verdict, code) == (U, "status.list_elsewhere")


def test_a_1edtech_list_on_another_host_is_unknown_however_it_got_there() -> None:
    def elsewhere(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        url = "https://attacker.example/revocations"
        web.serve(url, {"revokedCredential": []})
        return badge_with({"id": url, "type": "1EdTechRevocationList"}, issuer)

    def redirected(web: WebSimulator) -> Document:
        document: Document = one_edtech([])(web)
        web.change(LIST_1EDTECH, final_url="https://attacker.example/revocations")
        return document

    for make in (elsewhere, redirected):
        report, _, code, _ = status_of(make)
        assert (report.verdict, code) == (U, "status.list_elsewhere")


def test_a_badge_without_id_cannot_be_looked_up() -> None:
    def make(web: WebSimulator) -> Document:
        one_edtech([])(web)
        issuer = Issuer.at_did_web(web, "issuer.example:issuers:1")
        status = {"id": LIST_1EDTECH, "type": "1EdTechRevocationList"}
        return issuer.sign(issuer.badge(credentialStatus=status, id=None), "eddsa-jcs-2022")

    report, _, code, _ = status_of(make)
    assert (report.verdict, code) == (U, "status.no_credential_id")


@pytest.mark.parametrize(
    ("entries", "verdict", "code"),
    [([], U, "status.list_stale"), ([{"id": BADGE_ID}], REVOKED, NO_REASON)],
)
def test_an_old_copy_of_a_list_revokes_and_never_clears(
    entries: Any, verdict: Verdict, code: str
) -> None:
    def make(web: WebSimulator) -> Document:
        document: Document = one_edtech(entries)(web)
        web.change(LIST_1EDTECH, origin=Origin.SNAPSHOT, fetched_at=NOW - OLD)
        return document

    report, _, found, _ = status_of(make)
    assert (report.verdict, found) == (verdict, code)


def test_an_old_copy_of_an_open_badges_2_list_never_clears() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.revoke("urn:uuid:other")
    web.change(club.revocation_url, origin=Origin.SNAPSHOT, fetched_at=NOW - OLD)
    assert report_on(club.signed(), web).verdict is U


@pytest.mark.parametrize(("revoked", "verdict"), [(False, U), (True, REVOKED)])
def test_an_old_copy_of_a_hosted_badge_revokes_and_never_confirms(
    revoked: bool, verdict: Verdict
) -> None:
    web = WebSimulator()
    badge = OpenBadges2(web).hosted(revoked=revoked)
    web.change(badge["id"], origin=Origin.SNAPSHOT, fetched_at=NOW - OLD)
    report = report_on(badge, web)
    assert report.verdict is verdict
    if not revoked:
        assert report.check(CheckId.SIGNATURE).code == "hosted.stale"
        assert report.check(STATUS).outcome is Outcome.UNKNOWN
        assert report_on(badge, web, now=NOW - OLD).verdict is VERIFIED
