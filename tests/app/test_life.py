"""The life of a badge: what it says of itself and what happened to it, in one order."""

import json
from datetime import timedelta

from simulators.issuer import Issuer
from simulators.status_lists import encode_list, status_entry
from simulators.world import World
from wallet_app.app.life import LifeKind, LifeMoment, life_of
from wallet_app.app.safe import Safe

LIST = "https://issuer.example/status/1"


def told(moments: tuple[LifeMoment, ...]) -> list[str]:
    return [one.event.kind if one.kind is LifeKind.EVENT and one.event else one.kind.value
            for one in moments]  # fmt: skip


def test_a_life_begins_with_its_day_and_ends_with_its_end(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    issuer.publish_status_list(LIST)
    badge = issuer.badge(credentialStatus=status_entry(LIST, 5), validUntil="2031-01-15T09:00:00Z")
    (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "badge.json")
    assert result.badge is not None
    badge_id = result.badge.id
    for _ in range(3):
        world.pass_time(timedelta(days=1))
        safe.check_again(badge_id)
    world.pass_time(timedelta(days=1))
    safe.save_note(badge_id, "Mine")
    issuer.publish_status_list(LIST, encode_list({5}))
    world.pass_time(timedelta(days=1))
    safe.check_again(badge_id)
    detail = safe.badge(badge_id)
    moments = life_of(detail, safe.history_of(badge_id), world.clock.now)
    assert told(moments) == ["issued", "imported", "checked", "note_changed", "changed", "ends"]
    assert moments[2].params["count"] == 3
    assert [one.ahead for one in moments] == [False] * 5 + [True]
    assert [one.by_day for one in moments] == [True, False, False, False, False, True]
    assert list(moments) == sorted(moments, key=lambda one: one.at)


def test_the_history_of_one_badge_tells_of_no_other(safe: Safe, issuer: Issuer) -> None:
    ids = []
    for number in range(2):
        badge = issuer.sign(issuer.badge(id=f"urn:example:{number}"))
        (result,) = safe.import_bytes(json.dumps(badge).encode(), "badge.json")
        assert result.badge is not None
        ids.append(result.badge.id)
    safe.save_note(ids[1], "Second")
    assert [event.kind for event in safe.history_of(ids[0])] == ["imported"]
    assert [event.kind for event in safe.history_of(ids[1])] == ["note_changed", "imported"]
    assert len(safe.history_of(ids[1], limit=1)) == 1
