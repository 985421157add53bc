"""Who vouches for a badge, each beside its own report, and what each is worth."""

import json
from typing import Any

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.endorsement_views import Doubt, EndorsementView, endorsement_views
from wallet_app.app.safe import Safe
from wallet_app.verification.report import Verdict

JCS = "eddsa-jcs-2022"


def views_of(safe: Safe, issuer: Issuer, endorsements: list[Any]) -> tuple[EndorsementView, ...]:
    badge = issuer.badge()
    badge["credentialSubject"]["achievement"]["endorsement"] = endorsements
    data = json.dumps(issuer.sign(badge, JCS)).encode()
    (result,) = safe.import_bytes(data, "badge.json")
    assert result.badge is not None
    detail = safe.badge(result.badge.id)
    return endorsement_views(detail.credential, detail.report)


def praised(issuer: Issuer) -> str:
    return str(issuer.badge()["credentialSubject"]["achievement"]["id"])


def test_each_endorsement_is_shown_with_its_words_and_its_own_report(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    friend = Issuer.at_did_web(world.web, "friend.example")
    friend.name = "Friends of Reading"
    stranger = Issuer.at_did_key(world.web, "stranger")
    about = praised(issuer)
    bad = friend.sign(friend.endorsement(about), JCS)
    bad["credentialSubject"]["endorsementComment"] = "Changed."
    first, second, third = views_of(
        safe,
        issuer,
        [
            friend.sign(friend.endorsement(about), JCS),
            stranger.sign(stranger.endorsement(about), JCS),
            bad,
        ],
    )
    assert (first.who, first.who_proven, first.words) == ("Friends of Reading", True, "Good work.")
    assert not second.who_proven, "a key alone vouches for no name"
    assert third.words == "Changed."
    assert [one.doubt for one in (first, second, third)] == [Doubt.NONE] * 3
    verdicts = [one.report.verdict for one in (first, second, third) if one.report]
    assert verdicts == [Verdict.VERIFIED, Verdict.VERIFIED, Verdict.FAILED]


def test_what_does_not_speak_for_the_badge_is_told_apart(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    friend = Issuer.at_did_key(world.web, "friend")
    about = praised(issuer)
    badge = friend.sign(friend.badge(id="urn:other"), JCS)
    found = views_of(
        safe,
        issuer,
        [
            friend.sign(friend.endorsement("https://other.example/x"), JCS),
            friend.endorsement(about),
            badge,
            issuer.sign(issuer.endorsement(about), JCS),
            "https://friend.example/endorsement",
        ],
    )
    assert [one.doubt for one in found] == [
        Doubt.MISPLACED, Doubt.UNSIGNED, Doubt.OTHER_KIND, Doubt.OWN, Doubt.UNSIGNED,
    ]  # fmt: skip
    assert [one.report is not None for one in found] == [True, False, False, True, False]
    assert not any(one.who_proven for one in found[:3])


def test_the_issuer_under_another_name_for_its_key_leaves_a_doubt_on_each(
    safe: Safe, world: World
) -> None:
    issuer = Issuer.at_did_key(world.web, "both")
    alias = Issuer.at_did_jwk(world.web, "both", issuer.key)
    friend = Issuer.at_did_key(world.web, "friend")
    about = praised(issuer)
    found = views_of(
        safe,
        issuer,
        [alias.sign(alias.endorsement(about), JCS), friend.sign(friend.endorsement(about), JCS)],
    )
    assert [one.doubt for one in found] == [Doubt.MAYBE_OWN, Doubt.MAYBE_OWN]
