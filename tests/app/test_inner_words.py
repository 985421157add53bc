"""A record is found by what it holds, also in a safe that an older Coffre filled."""

import json
from dataclasses import replace

from simulators.issuer import Issuer
from simulators.learner_records import named, record, semester
from simulators.world import World
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.secret import Secret

ALIGNED = [
    {"type": ["Alignment"], "targetName": "Herbaria", "targetUrl": "https://skills.example/h"}
]


def take(safe: Safe, issuer: Issuer) -> str:
    document = semester(issuer)
    leaf = issuer.badge(id="urn:example:inner:9", name="Leaves")
    leaf["credentialSubject"]["achievement"] |= {"name": "Leaves", "alignment": ALIGNED}
    inside = [*document["credentialSubject"]["verifiableCredential"], named(issuer, "Trees", 8)]
    whole = record(issuer, [*inside, issuer.sign(leaf, "eddsa-jcs-2022")], "Records of two terms")
    whole["credentialSubject"]["achievement"] = [
        {"id": "urn:a:1", "type": ["Achievement"], "name": name} for name in ("Choir", "Chess club")
    ]
    (result,) = safe.import_bytes(json.dumps(whole).encode(), "record.json")
    assert result.badge is not None
    return result.badge.id


def finding(safe: Safe) -> list[str]:
    queries = "botany", "careful read", "guild of", "herbar", "choir", "chess club"
    return [query for query in queries if safe.badges(query)]


def forget_words(safe: Safe, badge_id: str, *, upgraded: bool = False, came: bool = False) -> None:
    """Leave a record in the safe as a Coffre did that knew nothing of what is inside."""
    vault = safe._vault
    stored = vault.credentials.get(badge_id)
    vault.credentials.replace_index(badge_id, replace(stored.index, tags=()))
    with vault.database.transaction():
        if upgraded:
            vault.database.run("DELETE FROM meta WHERE key = 'inner_words'")
        if came:
            vault.database.run("DELETE FROM recipients")


def test_what_a_record_holds_finds_it_and_counts_for_nothing_else(
    safe: Safe, issuer: Issuer
) -> None:
    badge_id = take(safe, issuer)
    assert len(finding(safe)) == 6
    for term in ("issuer:guild", "skill:herbaria", 'skill:"Herbaria"', "tag:botany"):
        assert not safe.badges(term), term
    assert not safe.badge(badge_id).row.skills
    safe.save_note(badge_id, "Of the first school")
    assert len(finding(safe)) == 6, "the index is written anew with every note"


def test_an_older_safe_and_what_came_from_one_is_read_once_and_the_trash_too(
    safe: Safe, world: World, issuer: Issuer, passphrase: Secret
) -> None:
    badge_id = take(safe, issuer)
    forget_words(safe, badge_id, upgraded=True)
    assert finding(safe) == []
    safe.delete(badge_id)
    safe.close()
    with open_safe(safe.path, passphrase, world.services) as opened:
        opened.recover(badge_id)
        assert len(finding(opened)) == 6
        forget_words(opened, badge_id)
    with open_safe(safe.path, passphrase, world.services) as opened:
        assert finding(opened) == [], "read once, not at every opening"
        forget_words(opened, badge_id, came=True)
    with open_safe(safe.path, passphrase, world.services) as opened:
        assert len(finding(opened)) == 6
