"""Row 54: a withdrawal that was seen once is not undone by an older list, or by no list."""

from datetime import timedelta
from typing import Any

import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, list_document, status_entry
from simulators.token_lists import pack, publish_token_list, status_claim
from simulators.web import NOW, WebSimulator
from wallet_app.credentials.model import Original
from wallet_app.network.resolvers import SnapshotResolver
from wallet_app.verification.checks import status
from wallet_app.verification.checks.inner import InnerProof, prove_inner
from wallet_app.verification.report import CheckId, Report, Verdict

URL = "https://issuer.example/status/1"
BADGE_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001"
STATUS = CheckId.STATUS
REVOKED, VERIFIED, U = Verdict.REVOKED, Verdict.VERIFIED, Verdict.UNDETERMINED
OLDER, OLD, NEWER = "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"


def publish(issuer: Issuer, indices: list[int], made: str | None, purpose: str) -> None:
    document = {**list_document(URL, encode_list(indices), purpose=purpose), "issuer": issuer.id}
    document = {**document, "validFrom": made} if made else document
    if made is None:
        del document["validFrom"]
    issuer.web.serve(URL, issuer.sign(document, "eddsa-jcs-2022"))


def kept(web: WebSimulator) -> SnapshotResolver:
    """Return what an earlier check would have kept of the web as it is now."""
    day = NOW - timedelta(days=3)
    documents = []
    for url in web.urls():
        web.change(url, fetched_at=day)
        documents.append(web.fetch(url, None))  # type: ignore[arg-type]  # it only notes it
        web.change(url, fetched_at=NOW)
    return SnapshotResolver(documents)


def again(
    before: tuple[list[int], str | None],
    today: tuple[list[int], str | None] | None,
    purpose: str = "revocation",
) -> Report:
    """Check a badge whose list was ``before``, and is ``today`` (None: a web page)."""
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    entry = status_entry(URL, 7, purpose=purpose)
    badge = issuer.sign(issuer.badge(credentialStatus=entry), "eddsa-jcs-2022")
    publish(issuer, *before, purpose)
    earlier = kept(web)
    if today is None:
        web.serve(URL, b"<html>")
    else:
        publish(issuer, *today, purpose)
    return report_on(badge, web, earlier=earlier)


@pytest.mark.parametrize(
    "today", [([], OLDER), ([], OLD), None], ids=["older list", "list of the same day", "no list"]
)
def test_a_list_that_is_not_newer_does_not_take_a_withdrawal_back(today: Any) -> None:
    report = again(([7], OLD), today)
    found = report.check(STATUS)
    assert (report.verdict, found.code) == (REVOKED, "status.revoked_without_reason")
    assert "status.seen_before" in [code for code, _ in found.findings]
    contents = {item.sha256 for item in found.evidence if item.url == URL}
    assert len(contents) == 2, "what was seen then, and what is served now"
    read = [item for item in found.evidence if item.fetched_at is not None]
    assert {item.origin for item in read} == {"network", "snapshot"}


@pytest.mark.parametrize(
    ("before", "today", "verdict"),
    [
        (([7], OLD), ([], NEWER), VERIFIED),
        (([7], None), ([], None), VERIFIED),
        (([], OLD), ([], OLDER), VERIFIED),
        (([8], OLD), ([], OLDER), VERIFIED),
        (([], OLD), None, U),
        (([], OLD), ([7], OLDER), REVOKED),
    ],
)
def test_twins_a_newer_list_takes_it_back_and_nothing_is_made_up(
    before: Any, today: Any, verdict: Verdict
) -> None:
    report = again(before, today)
    assert report.verdict is verdict
    assert "status.seen_before" not in [code for code, _ in report.check(STATUS).findings]


def test_a_list_that_is_still_the_same_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    proven: list[str] = []

    def counted(original: Original, *arguments: Any) -> InnerProof:
        proven.append(original.name)
        return prove_inner(original, *arguments)

    monkeypatch.setattr(status, "prove_inner", counted)
    assert again(([], OLD), ([], OLD)).verdict is VERIFIED
    assert proven == [URL]
    assert again(([], OLD), ([], NEWER)).verdict is VERIFIED
    assert proven == [URL] * 3


def test_a_suspension_is_only_of_its_day() -> None:
    assert again(([7], OLD), ([], OLDER), "suspension").verdict is VERIFIED


def test_what_was_kept_counts_only_when_it_is_proven_itself() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    entry = status_entry(URL, 7)
    badge = issuer.sign(issuer.badge(credentialStatus=entry), "eddsa-jcs-2022")
    web.serve(URL, {**list_document(URL, encode_list([7])), "issuer": issuer.id})
    earlier = kept(web)
    publish(issuer, [], OLD, "revocation")
    assert report_on(badge, web, earlier=earlier).verdict is VERIFIED


def test_the_list_of_a_token_is_remembered_likewise() -> None:
    for made, verdict in ((1_790_000_000, REVOKED), (1_790_000_001, VERIFIED)):
        web = WebSimulator()
        issuer = Issuer.at_did_web(web)
        token = issuer.token(issuer.badge(), claims={"status": status_claim(URL, 7)})
        publish_token_list(issuer, URL, pack({7: 1}))
        earlier = kept(web)
        publish_token_list(issuer, URL, pack(), iat=made)
        assert report_on(token, web, earlier=earlier).verdict is verdict


def test_lists_without_a_date_are_as_new_as_their_day_and_silence_takes_nothing_back() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    entry = {"id": URL, "type": "1EdTechRevocationList"}
    badge = issuer.sign(issuer.badge(credentialStatus=entry), "eddsa-jcs-2022")
    web.serve(URL, {"issuer": issuer.id, "revokedCredential": [{"id": BADGE_ID}]})
    earlier = kept(web)
    web.serve(URL, {"issuer": issuer.id, "revokedCredential": []})
    assert report_on(badge, web, earlier=earlier).verdict is VERIFIED
    web.serve(URL, {"error": "maintenance"})
    assert report_on(badge, web, earlier=earlier).verdict is REVOKED


def test_the_list_of_a_signed_open_badge_2_is_remembered_likewise() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    token = club.signed()
    club.revoke("urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003")
    assert report_on(token, web).verdict is REVOKED
    earlier = kept(web)
    web.serve(club.revocation_url, b"<html>")
    assert report_on(token, web).verdict is U
    assert report_on(token, web, earlier=earlier).verdict is REVOKED
