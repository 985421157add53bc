"""A file taken into the safe becomes many rows, and still has the bounds of one file."""

import json
import sys
import time
from collections import Counter
from dataclasses import replace

from simulators.issuer import Issuer
from simulators.web import WebSimulator
from simulators.world import World
from wallet_app.app.examine import Examination
from wallet_app.app.preparing import prepare_bytes, prepare_part
from wallet_app.network.fetch_rules import FILE_FETCHES
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.verification.report import Verdict

ALLOWED_S = 2.0 if sys.gettrace() is None else 8.0
LARGE = 4 * 1024 * 1024


def take(world: World, members: list[object]) -> tuple[Counter[str], float]:
    """Prepare all rows of one file; return their verdicts and the seconds it took."""
    services = world.services
    started = time.process_time()
    parts = prepare_bytes(json.dumps(members).encode(), "many.json", services)
    assert isinstance(parts, tuple)
    found = [prepare_part(part, services) for part in parts]
    took = time.process_time() - started
    reports = [one.examined.report for one in found if isinstance(one, Examination)]
    return Counter(report.verdict.value for report in reports), took


def test_one_file_does_not_make_coffre_ask_thousands_of_addresses() -> None:
    world = World()
    badge = Issuer.at_did_key(WebSimulator()).badge()
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
    members: list[object] = [
        {
            **badge,
            "id": f"urn:x:{number}",
            "proof": {**proof, "verificationMethod": f"https://victim.example/{number}#k"},
        }
        for number in range(FILE_FETCHES + 100)
    ]
    for number in range(len(members)):
        world.web.fail(f"https://victim.example/{number}", "refused")
    take(world, members)
    assert len(world.web.calls) <= FILE_FETCHES


def test_one_file_does_not_fill_the_memory_with_answers() -> None:
    world = World()
    issuer = Issuer.at_did_key(WebSimulator())
    members: list[object] = []
    for number in range(24):
        url = f"https://large.example/{number}"
        world.web.serve(url, b" " * LARGE)
        status = {"type": "BitstringStatusListEntry", "statusListCredential": url}
        status |= {"statusPurpose": "revocation", "statusListIndex": "1"}
        badge = issuer.badge(id=f"urn:x:{number}", credentialStatus=status)
        members.append(issuer.sign(badge))
    take(world, members)
    assert len(world.web.calls) <= 64 // 4 + 1


def test_costly_badges_of_one_file_share_its_budget_when_they_are_kept() -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    nodes = [{"type": ["Achievement"], "related": [{"type": ["Related"]} for _ in range(7)]}] * 2
    proof = issuer.sign(issuer.badge())["proof"]
    costly: list[object] = [
        {**issuer.badge(evidence=nodes, id=f"urn:x:{number}"), "proof": [proof] * 8}
        for number in range(30)
    ]
    verdicts, took = take(World(), costly)
    assert took < ALLOWED_S
    assert verdicts == {"undetermined": 30}


def test_twin_two_hundred_honest_badges_of_one_file_are_verified() -> None:
    world = World()
    issuer = Issuer.at_https(world.web, "https://issuer.example/school")
    badges: list[object] = [issuer.sign(issuer.badge(id=f"urn:x:{n}")) for n in range(200)]
    assert take(world, badges)[0] == {"verified": 200}
    assert Counter(url for url, _ in world.web.calls).most_common(1)[0][1] == 1


def test_what_may_no_longer_be_asked_is_not_asked_for_the_rest_of_a_file() -> None:
    world = World()
    issuer = Issuer.at_https(world.web, "https://issuer.example/school")
    badges = [issuer.sign(issuer.badge(id=f"urn:x:{number}")) for number in range(2)]
    parts = prepare_bytes(json.dumps(badges).encode(), "many.json", world.services)
    assert isinstance(parts, tuple)
    offline = replace(world.services, source=OfflineResolver())
    found = prepare_part(parts[0], offline)
    assert isinstance(found, Examination)
    assert found.examined.report.verdict is Verdict.UNDETERMINED
    assert world.web.calls == []
