"""Many small costs are one large one: a file has one budget, however many badges are in it."""

import json
import sys
import time
from typing import Any

from simulators.checking import report_on
from simulators.issuer import VC2, Issuer
from simulators.web import WebSimulator
from simulators.world import World
from wallet_app.app.examine import examine_original
from wallet_app.credentials.model import Original
from wallet_app.verification.report import CheckId, Verdict

ALLOWED_S = 2.0 if sys.gettrace() is None else 8.0  # coverage traces every line
SIGNATURE, ENDORSEMENTS = CheckId.SIGNATURE, CheckId.ENDORSEMENTS


def like_siblings() -> list[dict[str, Any]]:
    """Return nodes without names that only trying every order of them can tell apart."""
    related = [{"type": ["Related"]} for _ in range(7)]
    return [{"type": ["Achievement"], "related": related} for _ in range(2)]


def collection(members: list[dict[str, Any]]) -> Original:
    holder = {"@context": [VC2], "type": ["VerifiablePresentation"]}
    return Original(json.dumps({**holder, "verifiableCredential": members}).encode(), "")


def signature_codes(members: list[dict[str, Any]]) -> list[str]:
    examined = examine_original(collection(members), "", World().services).examined
    return [member.report.check(SIGNATURE).code for member in examined.contains]


def test_a_hundred_costly_badges_in_one_file_cost_no_more_than_a_few() -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    proof = issuer.sign(issuer.badge())["proof"]
    costly = {**issuer.badge(evidence=like_siblings()), "proof": [proof] * 8}
    started = time.process_time()
    codes = signature_codes([costly] * 100)
    assert time.process_time() - started < ALLOWED_S
    assert codes == ["canon.budget"] * 100


def test_one_costly_badge_leaves_something_to_the_others() -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    good = issuer.sign(issuer.badge())
    costly = {**issuer.badge(evidence=like_siblings()), "proof": good["proof"]}
    assert signature_codes([costly, good]) == ["canon.budget", "proof.verified"]


def test_twin_a_collection_of_three_hundred_honest_badges_verifies() -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    signed = issuer.sign(issuer.badge())
    assert signature_codes([signed] * 300) == ["proof.verified"] * 300


def test_fifty_costly_endorsements_share_the_budget_of_their_badge() -> None:
    web = WebSimulator()
    issuer, friend = Issuer.at_did_key(web), Issuer.at_did_key(web, "friend")
    proof = friend.sign(friend.badge())["proof"]
    costly = friend.endorsement(issuer.badge()["id"], evidence=like_siblings(), proof=proof)
    plain = friend.sign(friend.endorsement(issuer.badge()["id"]))
    tokens = [friend.token({**costly, "id": f"urn:uuid:{number}"}) for number in range(49)]
    badge = issuer.badge(endorsementJwt=[friend.token(plain), *tokens])
    started = time.process_time()
    report = report_on(issuer.token(badge), web)
    assert time.process_time() - started < ALLOWED_S
    assert report.verdict is Verdict.VERIFIED
    first, *others = report.check(ENDORSEMENTS).children
    assert first.verdict is Verdict.VERIFIED
    assert {other.check(SIGNATURE).code for other in others} == {"canon.budget"}
