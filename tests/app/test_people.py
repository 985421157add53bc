"""Whose badges they are and whom the owner knows: judged at once, locally, and kept."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import HOLDER_DID, Issuer
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.world import World
from wallet_app.app.holding import wiped
from wallet_app.app.models import ImportResult, Mine
from wallet_app.app.open_safe import open_safe, restore_safe
from wallet_app.app.safe import Safe
from wallet_app.app.self_declared import OwnSkill
from wallet_app.app.trust_lists import LoadedLists, load_lists
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.models import Event
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Verdict

REGISTRY = "https://lists.example/registry.json"


def take(safe: Safe, document: object) -> ImportResult:
    (result,) = safe.import_bytes(json.dumps(document).encode(), "badge.json")
    assert result.badge is not None
    return result


def signed(issuer: Issuer, number: int = 0, *identifiers: Any) -> dict[str, Any]:
    badge = issuer.badge(id=f"urn:example:{number}")
    if identifiers:
        badge["credentialSubject"]["identifier"] = list(identifiers)
    return issuer.sign(badge, "eddsa-jcs-2022")


def identity(value: str, *, salt: str = "") -> dict[str, Any]:
    digest = sha256((value + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": bool(salt),
        "identityHash": f"sha256${digest}" if salt else value,
        "identityType": "emailAddress",
        "salt": salt,
    }


def trust(safe: Safe, badge_id: str) -> CheckResult:
    return safe.badge(badge_id).report.check(CheckId.TRUST)


def codes(result: CheckResult) -> list[str]:
    return [result.code, *(code for code, _ in result.findings)]


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


def test_an_address_told_today_makes_an_old_badge_mine_without_a_request(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    named = take(safe, signed(issuer, 1, identity("Me@example.com", salt="salt")))
    plain = take(safe, signed(issuer, 2, identity("other@example.com")))
    assert [row.mine for row in safe.badges()] == [Mine.UNKNOWN, Mine.UNKNOWN]
    world.web.calls.clear()
    safe.people.add_identity("Me@example.com")
    assert {row.id: row.mine for row in safe.badges()} == {
        named.badge.id: Mine.YES,  # type: ignore[union-attr]
        plain.badge.id: Mine.NO,  # type: ignore[union-attr]
    }
    detail = safe.badge(named.badge.id)  # type: ignore[union-attr]
    recipient = detail.report.check(CheckId.RECIPIENT)
    assert (recipient.code, recipient.params) == (
        "recipient.yours",
        {"identity": "Me@example.com"},
    )
    assert detail.row.mine is Mine.YES
    assert world.web.calls == []
    safe.people.remove_identity(OwnerIdentity("email", "Me@example.com"))
    assert [row.mine for row in safe.badges()] == [Mine.UNKNOWN, Mine.UNKNOWN]


def recipient_codes(safe: Safe, *badge_ids: str) -> list[str]:
    return [safe.badge(one).report.check(CheckId.RECIPIENT).code for one in badge_ids]


def test_a_key_made_to_declare_says_nothing_of_other_badges_and_what_was_confirmed_still_does(
    safe: Safe, issuer: Issuer
) -> None:
    to_a_did = take(safe, signed(issuer, 1)).badge.id  # type: ignore[union-attr]
    to_another = take(safe, signed(issuer, 2, identity("other@example.com"))).badge.id  # type: ignore[union-attr]
    declared = safe.declare_skill(OwnSkill("Grants", "Three.", "Camille"), new_key="Mine").badge
    assert declared is not None
    assert recipient_codes(safe, to_a_did, to_another, declared.id) == [
        *("recipient.no_identity", "recipient.no_identity", "recipient.yours")
    ]
    mine = {row.id: row.mine for row in safe.badges()}
    assert mine == {to_a_did: Mine.UNKNOWN, to_another: Mine.UNKNOWN, declared.id: Mine.YES}

    safe.people.add_identity("me@example.com")
    assert recipient_codes(safe, to_a_did, to_another, declared.id) == [
        *("recipient.not_shown", "recipient.someone_else", "recipient.yours")
    ]
    assert {row.id: row.mine for row in safe.badges()} == {**mine, to_another: Mine.NO}

    safe.people.add_identity("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
    assert recipient_codes(safe, to_a_did) == ["recipient.someone_else"]


def test_a_key_is_told_by_its_name_and_as_made_here_only_if_coffre_made_it(
    safe: Safe, world: World
) -> None:
    safe.declare_skill(OwnSkill("Grants", "Three.", "Camille"), new_key="Mine")
    world.clock.now += timedelta(days=1)
    with Secret(bytes(range(32))) as seed, wiped(identity_of_seed(seed)) as other:
        safe._vault.holders.keep(other, "Old wallet", Event(world.clock.now, "holder_added"))
    told = {key.name: (key.made_here, key.since.date()) for key in safe.people.own_keys().values()}
    today = world.clock.now.date()
    assert told == {"Mine": (True, today - timedelta(days=1)), "Old wallet": (False, today)}


def test_no_wrong_clock_makes_a_key_from_elsewhere_look_made_here(safe: Safe, world: World) -> None:
    safe.declare_skill(OwnSkill("Grants", "Three.", "Camille"), new_key="Mine")
    # As after taking over changes from a computer whose clock is ahead: stamps do not go back.
    earlier = world.clock.now - timedelta(days=1)
    with Secret(bytes(range(32))) as seed, wiped(identity_of_seed(seed)) as other:
        safe._vault.holders.keep(other, "Old wallet", Event(earlier, "holder_added"))
    told = {key.name: key.made_here for key in safe.people.own_keys().values()}
    assert told == {"Mine": True, "Old wallet": False}


def test_a_badge_taken_in_says_at_once_whether_it_is_mine(safe: Safe, issuer: Issuer) -> None:
    safe.people.add_identity(HOLDER_DID)
    result = take(safe, signed(issuer))
    assert result.badge is not None
    assert result.report is not None
    assert result.badge.mine is Mine.YES
    assert result.report.check(CheckId.RECIPIENT).code == "recipient.yours"
    checked = safe.check_again(result.badge.id)
    assert checked.report.check(CheckId.RECIPIENT).code == "recipient.yours"


def test_stored_reports_know_nobody(safe: Safe, issuer: Issuer) -> None:
    safe.people.add_identity(HOLDER_DID)
    badge_id = take(safe, signed(issuer)).badge.id  # type: ignore[union-attr]
    safe.people.know_issuer(safe.badge(badge_id))
    safe.check_again(badge_id)
    for kept in safe._vault.credentials.reports(badge_id):
        checks = {one["check"]: one for one in json.loads(kept.report_json)["checks"]}
        assert checks["recipient"]["code"] == "recipient.no_identity"
        assert checks["trust"]["code"] == "trust.no_list_chosen"
        assert HOLDER_DID not in kept.report_json


def test_the_recipient_of_a_hosted_badge_is_the_one_that_is_served(
    safe: Safe, world: World
) -> None:
    genuine = OpenBadges2(world.web).hosted()
    other = {**genuine["recipient"], "hashed": False, "identity": "b@example.com"}
    badge_id = take(safe, {**genuine, "recipient": other}).badge.id  # type: ignore[union-attr]
    safe.people.add_identity("b@example.com")
    shown = safe.badge(badge_id)
    assert shown.report.check(CheckId.RECIPIENT).code == "recipient.not_shown"
    assert [row.mine for row in safe.badges()] == [shown.row.mine] == [Mine.UNKNOWN]


def test_what_badges_name_is_suggested_and_never_taken_by_itself(
    safe: Safe, issuer: Issuer
) -> None:
    for number in range(3):
        take(safe, signed(issuer, number, identity("me@example.com")))
    found = safe.people.suggestions()
    assert (found[0].identity, found[0].badges) == (OwnerIdentity("email", "me@example.com"), 3)
    assert safe.people.identities() == ()
    safe.people.add_identity("me@example.com")
    assert [one.identity.kind for one in safe.people.suggestions()] == ["id"]


def test_history_tells_that_an_identifier_came_and_went_and_not_which(safe: Safe) -> None:
    safe.people.add_identity("me@example.com")
    safe.people.remove_identity(OwnerIdentity("email", "me@example.com"))
    events = [event for event in safe.history() if event.kind.startswith("identity")]
    assert [event.kind for event in events] == ["identity_removed", "identity_added"]
    assert "me@example" not in repr(events)


def test_an_issuer_is_known_from_a_badge_that_proves_it_and_from_no_other(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, signed(issuer)).badge.id  # type: ignore[union-attr]
    safe.people.know_issuer(safe.badge(badge_id))
    (known,) = safe.people.known_issuers()
    assert (known.issuer_id, known.name) == (issuer.id, issuer.name)
    assert trust(safe, badge_id).code == "trust.known"
    safe.people.forget_issuer(issuer.id)
    assert trust(safe, badge_id).code == "trust.no_list_chosen"
    silent = Issuer.at_did_web(world.web, "silent.example")
    world.web.fail(silent.document_url, "timeout")
    unproven = take(safe, signed(silent, 7)).badge.id  # type: ignore[union-attr]
    with pytest.raises(UserError, match=r"trust_list\.issuer_not_proven"):
        safe.people.know_issuer(safe.badge(unproven))


def test_a_chosen_list_is_consulted_while_it_is_on(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, signed(issuer)).badge.id  # type: ignore[union-attr]
    world.web.serve(REGISTRY, {"registry": {issuer.id: {"name": issuer.name}}})
    safe.people.keep_lists(load_lists(REGISTRY, world.services))
    world.web.calls.clear()
    assert trust(safe, badge_id).code == "trust.listed"
    ((kept, size),) = safe.people.trust_lists()
    assert (kept.name, kept.source, size) == ("lists.example", REGISTRY, 1)
    safe.people.switch_list(kept.number, enabled=False)
    assert trust(safe, badge_id).code == "trust.no_list_chosen"
    safe.people.switch_list(kept.number, enabled=True)
    safe.people.remove_list(kept.number)
    assert safe.people.trust_lists() == ()
    assert trust(safe, badge_id).code == "trust.no_list_chosen"
    assert world.web.calls == []


def test_a_kept_list_that_can_no_longer_be_read_leaves_the_question_open(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, signed(issuer)).badge.id  # type: ignore[union-attr]
    world.web.serve(REGISTRY, {"registry": {}})
    (new,) = load_lists(REGISTRY, world.services).lists
    safe.people.keep_lists(LoadedLists((replace(new, data=b"of a later version"),)))
    result = trust(safe, badge_id)
    assert (result.outcome, result.code) == (Outcome.UNKNOWN, "trust.list_unavailable")
    assert [size for _, size in safe.people.trust_lists()] == [0]


def rotated(issuer: Issuer, name: str) -> Issuer:
    """Return the issuer after it published another key in place of its first."""
    return Issuer.at_did_web(
        issuer.web, issuer.id.removeprefix("did:web:"), SigningKey.ed25519(name)
    )


def test_a_new_key_of_an_issuer_is_told_on_the_first_badge_that_shows_it(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    first = take(safe, signed(issuer, 1)).badge.id  # type: ignore[union-attr]
    second = take(safe, signed(issuer, 2)).badge.id  # type: ignore[union-attr]
    world.clock.now = world.clock.now.replace(year=2027)
    later = rotated(issuer, "another")
    result = take(safe, signed(later, 3))
    third = result.badge.id  # type: ignore[union-attr]
    fourth = take(safe, signed(later, 4)).badge.id  # type: ignore[union-attr]
    assert codes(trust(safe, first)) == ["trust.no_list_chosen", "trust.first_badge"]
    assert codes(trust(safe, second)) == ["trust.no_list_chosen"]
    told = trust(safe, third)
    assert (told.outcome, codes(told)) == (Outcome.WARNING, ["trust.new_key"])
    assert told.params == {"first_seen": "2026-11-23", "key_seen": "2027-11-23"}
    assert result.report is not None
    assert codes(result.report.check(CheckId.TRUST)) == ["trust.new_key"]
    assert result.report.verdict is Verdict.VERIFIED
    assert codes(trust(safe, fourth)) == ["trust.no_list_chosen"]


def test_a_forger_who_claims_an_issuer_leaves_no_key_in_its_history(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    forger = replace(issuer, key=SigningKey.ed25519("forger"))
    take(safe, signed(forger, 1))
    genuine = take(safe, signed(issuer, 2)).badge.id  # type: ignore[union-attr]
    assert codes(trust(safe, genuine)) == ["trust.no_list_chosen", "trust.first_badge"]


@pytest.mark.usefixtures("light_seals")
def test_everything_comes_back_from_a_backup(
    safe: Safe, issuer: Issuer, world: World, passphrase: Secret, tmp_path: Path
) -> None:
    safe.people.add_identity(HOLDER_DID)
    first = take(safe, signed(issuer, 1)).badge.id  # type: ignore[union-attr]
    world.clock.now = world.clock.now.replace(year=2027)
    third = take(safe, signed(rotated(issuer, "another"), 3)).badge.id  # type: ignore[union-attr]
    safe.people.know_issuer(safe.badge(first))
    world.web.serve(REGISTRY, {"registry": {issuer.id: {"name": issuer.name}}})
    safe.people.keep_lists(load_lists(REGISTRY, world.services))
    seen = [safe.badge(one).report for one in (first, third)]
    assert codes(seen[1].check(CheckId.TRUST))[0] == "trust.new_key"
    rows = safe.badges()
    assert {row.mine for row in rows} == {Mine.YES}
    safe.backup(tmp_path / "b.coffre", passphrase)
    restore_safe(tmp_path / "b.coffre", tmp_path / "restored", passphrase, world.services)
    with open_safe(tmp_path / "restored", passphrase, world.services) as restored:
        assert [restored.badge(one).report for one in (first, third)] == seen
        assert restored.badges() == rows
        assert restored.people.identities() == safe.people.identities()
        assert restored.people.known_issuers() == safe.people.known_issuers()
        assert restored.people.trust_lists() == safe.people.trust_lists()


def test_an_older_safe_learns_whom_its_badges_are_made_out_to_when_it_is_opened(
    safe: Safe, issuer: Issuer, world: World, passphrase: Secret
) -> None:
    take(safe, signed(issuer, 1, identity("me@example.com")))
    safe._vault.database.run("DELETE FROM recipients")
    safe.close()
    with open_safe(safe.path, passphrase, world.services) as again:
        assert "me@example.com" in [one.identity.value for one in again.people.suggestions()]


def test_a_badge_that_cannot_be_read_any_more_is_made_out_to_nobody(
    safe: Safe, issuer: Issuer, world: World, passphrase: Secret
) -> None:
    take(safe, signed(issuer, 1, identity("me@example.com")))
    safe._vault.database.run("DELETE FROM recipients")
    safe._vault.database.run("UPDATE original SET data = x'00'")
    safe.close()
    with open_safe(safe.path, passphrase, world.services) as again:
        assert again.people.suggestions() == ()
        assert again._vault.recipients.unread() == ()


def test_deleting_for_good_takes_the_copy_of_an_earlier_coffre_away(
    world: World, tmp_path: Path
) -> None:
    released = Path(__file__).parents[1] / "storage" / "released" / "1"
    shutil.copytree(released / "vault", tmp_path / "old")
    text = json.loads((released / "expected.json").read_text())["passphrase"]
    with open_safe(tmp_path / "old", Secret.from_text(text), world.services) as safe:
        copy = tmp_path / "old" / "before-upgrade-from-1"
        copy.mkdir()
        (gone,) = safe.trash()
        safe.delete_forever(gone.row.id)
        assert not copy.exists()
