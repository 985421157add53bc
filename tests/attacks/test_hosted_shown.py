"""Row 57 again: of a hosted badge, what was proven is what is shown, and nothing beside it."""

from typing import Any

import pytest

from attacks.test_hosted_identity import early_badge, examined
from simulators.checking import code_of, report_on
from simulators.open_badges_2 import RECIPIENT_HASH, OpenBadges2
from simulators.web import WebSimulator
from wallet_app.credentials.formats.address_names import name_of_address
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.report import CheckId, Verdict

F, U, VERIFIED = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
SIGNATURE, STATUS, RECIPIENT = CheckId.SIGNATURE, CheckId.STATUS, CheckId.RECIPIENT


def lie(club: OpenBadges2, **changes: Any) -> dict[str, Any]:
    """Return a copy that promises more than the club ever gave."""
    copy = {"type": "Issuer", "id": club.profile_url, "name": "Robotics Club of Examples"}
    return club.assertion(
        badge=club.badge_class(id=None, name="Doctor of Medicine", issuer=copy),
        recipient={"type": "email", "hashed": False, "identity": "mallory@mail.example"},
        expires="2099-01-01T00:00:00Z",
        **changes,
    )


@pytest.mark.parametrize(
    "naming",
    [
        {"id": "urn:uuid:1", "verification": {"type": "HostedBadge", "url": "{}"}},
        {"id": "https://badges.example/x.json", "verify": {"type": "hosted", "url": "{}"}},
        {"id": "urn:uuid:1", "verify": [{"type": "hosted", "url": "{}#part"}]},
        {"id": "{}#part"},
        {},
    ],
)
def test_a_genuine_address_lends_nothing_to_a_forged_copy(naming: dict[str, Any]) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    url = club.hosted()["id"]
    report, shown = examined(lie(club, **_filled(naming, url)), web)
    assert report.verdict is VERIFIED
    assert [code for code, _ in report.check(SIGNATURE).findings] == ["hosted.differs"]
    assert (shown.name, shown.id, shown.valid_until) == ("Robotics", url, "")
    assert [one.value for one in shown.recipients] == [RECIPIENT_HASH]


def _filled(value: Any, url: str) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one, url) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, url) for one in value]
    return value.replace("{}", url)


def test_an_early_badge_made_out_to_somebody_else_is_not_yours_by_its_copy() -> None:
    web = WebSimulator()
    base = "https://issuer.example"
    genuine = early_badge(web, base, origin=base)
    forged = {**genuine, "recipient": "me@mail.example"}
    for address, code in (("a@example.com", "yours"), ("me@mail.example", "someone_else")):
        mine = [OwnerIdentity("email", address)]
        assert code_of(report_on(forged, web, identities=mine), RECIPIENT) == f"recipient.{code}"


@pytest.mark.parametrize("stated", [None, 7, ["https://badges.example/assertions/one.json"], ""])
def test_a_page_that_does_not_say_which_badge_it_is_confirms_none(stated: Any) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    genuine = club.hosted()
    served = {name: value for name, value in genuine.items() if name != "id"}
    web.serve(genuine["id"], served if stated is None else {**served, "id": stated})
    assert report_on(lie(club), web).verdict is F
    web.serve(genuine["id"], genuine)
    assert report_on(genuine, web).verdict is VERIFIED


@pytest.mark.parametrize("member", ["recipient", "badge", "issuedOn", "verification", "id"])
def test_what_a_badge_must_say_it_must_say_where_it_is_served(member: str) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    genuine = club.hosted()
    web.serve(genuine["id"], {name: one for name, one in genuine.items() if name != member})
    report = report_on(genuine, web)
    assert report.verdict is F
    assert report.check(STATUS).code == "status.hosted_unreachable"


def test_a_copy_beside_an_address_is_never_shown_in_its_place() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    copy = {"id": club.profile_url, "name": "Famous University", "url": "https://famous.example"}
    badge = {**club.badge_class(name="Doctor of Medicine"), "issuer": copy}
    web.serve(club.badge_url, {"id": club.badge_url, "issuer": copy})
    web.serve(club.profile_url, {})
    report, shown = examined(club.hosted(badge=badge), web)
    assert report.verdict is VERIFIED
    named = name_of_address(club.badge_url)
    assert (shown.name, shown.description, shown.skills) == (named, "", ())
    assert (shown.issuer.id, shown.issuer.name, shown.issuer.url) == (club.profile_url, "", "")


@pytest.mark.parametrize(
    "naming",
    [
        {"id": " https://famous.example/class"},
        {"id": "HTTPS://famous.example/class"},
        {"id": "https://famous.example@attacker.example/class"},
        {"id": ["https://famous.example/class"]},
        {"@id": "https://famous.example/class"},
    ],
)
def test_a_copy_of_a_class_takes_no_address_that_is_not_asked(naming: dict[str, Any]) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    copy = club.badge_class(id=None)
    report = report_on(club.hosted(badge={**copy, **naming}), web)
    assert (report.verdict, code_of(report, CheckId.ISSUER)) == (F, "hosted.no_badge_class")
    assert report_on(club.hosted(badge={**copy, "id": "urn:uuid:1"}), web).verdict is VERIFIED


def test_a_class_given_as_a_list_is_none() -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    report = report_on(club.hosted(badge=[club.badge_class(id=None)]), web)
    assert (report.verdict, code_of(report, CheckId.ISSUER)) == (F, "hosted.no_badge_class")
    assert report_on(club.hosted(badge=club.badge_class(id=None)), web).verdict is VERIFIED


@pytest.mark.parametrize("stated", ["true", "false", 1, 0, "yes", {"a": 1}, [True]])
def test_a_withdrawal_that_cannot_be_read_is_not_taken_for_none(stated: Any) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    report = report_on(club.hosted(revoked=stated), web)
    assert (report.verdict, code_of(report, SIGNATURE)) == (U, "hosted.revoked_unclear")
    assert report_on(club.hosted(revoked=False), web).verdict is VERIFIED


@pytest.mark.parametrize("page", ["assertion", "badge_url", "profile_url"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "image/png", "image/svg+xml"])
def test_a_page_that_was_not_served_as_json_is_an_upload(page: str, media_type: str) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    badge = club.hosted()
    url = badge["id"] if page == "assertion" else getattr(club, page)
    for served_as, verdict in (("application/ld+json", VERIFIED), ("", VERIFIED), (media_type, U)):
        web.change(url, media_type=served_as)
        assert report_on(badge, web).verdict is verdict


@pytest.mark.parametrize("page", ["badge_url", "profile_url", "key_url", "revocation_url"])
def test_a_page_that_is_gone_is_not_read(page: str) -> None:
    web = WebSimulator()
    club = OpenBadges2(web)
    club.revoke()
    assert report_on(club.signed(), web).verdict is VERIFIED
    web.change(getattr(club, page), http_status=410)
    assert report_on(club.signed(), web).verdict is U
