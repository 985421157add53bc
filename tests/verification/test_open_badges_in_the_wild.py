"""Hosted badges as issuers really write them: other spellings, and the versions before 2.0."""

from typing import Any

import pytest

from simulators.checking import credential_of, report_on
from simulators.open_badges_2 import RECIPIENT_HASH, OpenBadges2
from simulators.web import WebSimulator
from tests.credentials.pictures import chunk, itxt, png
from wallet_app.credentials.model import Format
from wallet_app.verification.report import CheckId, Verdict

BASE = "https://badges.example"
URL = f"{BASE}/assertions/one.json"
HASHED = {"type": "email", "hashed": True, "identity": RECIPIENT_HASH}
SPELLINGS: dict[str, dict[str, Any]] = {
    "hosted": {"verification": {"type": "hosted"}},
    "Hosted": {"verification": {"type": "Hosted"}},
    "HostedBadge in a list": {"verification": {"type": ["HostedBadge"]}},
    "both words for it": {
        "verification": {"type": "HostedBadge", "url": URL},
        "verify": {"type": "hosted", "url": URL},
    },
    "the old word for it": {"verification": None, "verify": {"type": "hosted", "url": URL}},
    "type in a list": {"type": ["Assertion"]},
    "no evidence": {"evidence": []},
    "evidence as an address": {"evidence": "https://work.example/1"},
    "evidence as a list": {"evidence": [{"id": "https://work.example/1"}, "https://w.example/2"]},
    "a hash without a salt": {"recipient": HASHED},
    "the other name of the context": {"@context": "https://openbadgespec.org/v2/context.json"},
    "the context in a list": {"@context": ["https://w3id.org/openbadges/v2"]},
    "times with fractions": {"issuedOn": "2026-01-15T09:00:00.123456+00:00"},
}


@pytest.fixture
def issuer() -> OpenBadges2:
    return OpenBadges2(WebSimulator(), BASE)


@pytest.mark.parametrize("changes", SPELLINGS.values(), ids=SPELLINGS)
def test_a_hosted_badge_verifies_in_every_spelling_that_is_met(
    issuer: OpenBadges2, changes: dict[str, Any]
) -> None:
    badge = issuer.hosted(**changes)
    assert report_on(badge, issuer.web).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("kind", ["SignedBadge", "signed", "Signed", ["SignedBadge"]])
def test_a_badge_that_calls_itself_signed_is_none_without_its_signature(
    issuer: OpenBadges2, kind: str | list[str]
) -> None:
    badge = issuer.hosted(verification={"type": kind, "creator": issuer.key_url})
    assert report_on(badge, issuer.web).verdict is Verdict.FAILED


def early(issuer: OpenBadges2) -> dict[str, dict[str, Any]]:
    verify = {"type": "hosted", "url": URL}
    profile = {"name": "Club", "url": BASE}
    issuer.web.serve(f"{BASE}/1/issuer.json", profile)
    badge_class = {"name": "Robotics", "description": "d", "issuer": f"{BASE}/1/issuer.json"}
    issuer.web.serve(f"{BASE}/1/class.json", badge_class)
    recipient = {"type": "email", "hashed": False, "identity": "ada@mail.example"}
    one = {"uid": "1", "recipient": recipient, "verify": verify, "issuedOn": 1768467600}
    return {
        "1.1": issuer.assertion(
            **{"@context": "https://w3id.org/openbadges/v1"}, verification=None, verify=verify
        ),
        "1.0": {**one, "badge": f"{BASE}/1/class.json"},
        "0.5": {
            "recipient": RECIPIENT_HASH,
            "salt": "Kosher",
            "issued_on": "2026-01-15",
            "badge": {
                "version": "0.5.0",
                "name": "Robotics",
                "description": "d",
                "image": "/robot.png",
                "criteria": "/criteria",
                "issuer": {"origin": BASE, "name": "Club", "contact": "c@badges.example"},
            },
        },
    }


@pytest.mark.parametrize("version", ["0.5", "1.0", "1.1"])
def test_an_address_in_a_picture_leads_to_an_early_badge(issuer: OpenBadges2, version: str) -> None:
    issuer.web.serve(URL, early(issuer)[version])
    address = b"openbadges\0" + URL.encode()
    for baked in (
        chunk(b"tEXt", address),
        itxt("openbadges", URL),
        itxt("openbadges", f" {URL}\n"),
    ):
        report = report_on(png(baked), issuer.web)
        assert report.check(CheckId.SIGNATURE).code == "hosted.confirmed"
        assert report.verdict is Verdict.VERIFIED


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_an_early_badge_in_a_file_is_what_its_address_serves(
    issuer: OpenBadges2, version: str
) -> None:
    document = early(issuer)[version]
    issuer.web.serve(URL, document)
    credential = credential_of(document)
    assert (credential.format, credential.version) == (Format.OPEN_BADGES_1, version)
    assert credential.raw == document
    assert report_on(document, issuer.web).verdict is Verdict.VERIFIED
