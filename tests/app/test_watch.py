"""Rounds: when one is due, in which order, and what the person has not seen yet."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.status_lists import encode_list, status_entry
from simulators.world import World
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.settings import Settings, Watch, load_settings, save_settings
from wallet_app.app.watch import begin_round
from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.secret import Secret
from wallet_app.verification.report import Verdict

LIST = "https://{host}/status/1"


def take(safe: Safe, issuer: Issuer, number: int, **members: Any) -> str:
    badge = issuer.badge(id=f"urn:example:{number}", **members)
    (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "badge.json")
    assert result.badge is not None
    return result.badge.id


def test_a_round_is_due_at_first_then_after_its_period_and_never_when_switched_off(
    safe: Safe, world: World
) -> None:
    assert safe.is_round_due(Watch.WEEKLY)
    assert not safe.is_round_due(Watch.NEVER)
    safe.finish_round()
    for days, weekly, daily in ((0.9, False, False), (0.2, False, True), (6, True, True)):
        world.clock.now += timedelta(days=days)
        assert (safe.is_round_due(Watch.WEEKLY), safe.is_round_due(Watch.DAILY)) == (weekly, daily)


def test_a_clock_that_was_once_far_ahead_does_not_end_the_watch(safe: Safe, world: World) -> None:
    world.clock.now += timedelta(days=4_000)
    safe.finish_round()
    world.clock.now -= timedelta(days=4_000)
    assert safe.is_round_due(Watch.WEEKLY)


def test_the_longest_unchecked_come_first_and_one_issuers_stand_together(
    safe: Safe, world: World
) -> None:
    first, second = (Issuer.at_did_web(world.web, host) for host in ("a.example", "b.example"))
    ids = []
    for number, issuer in enumerate((first, second, first, second)):
        ids.append(take(safe, issuer, number))
        world.pass_time(timedelta(minutes=1))
    assert safe.round_plan() == (ids[0], ids[2], ids[1], ids[3])
    safe.check(ids[0])
    assert safe.round_plan() == (ids[1], ids[3], ids[2], ids[0])
    safe.delete(ids[1])
    assert ids[1] not in safe.round_plan()


def test_a_round_asks_for_one_list_once_and_tells_each_change_once(
    safe: Safe, world: World
) -> None:
    issuer = Issuer.at_did_web(world.web)
    url = LIST.format(host="issuer.example")
    issuer.publish_status_list(url)
    ids = [
        take(safe, issuer, number, credentialStatus=status_entry(url, str(number)))
        for number in range(3)
    ]
    world.pass_time(timedelta(days=8))
    issuer.publish_status_list(url, encode_list([1]))
    world.web.calls.clear()
    one = begin_round(world.services)
    verdicts = {badge: safe.check(badge, one.services).detail.row.verdict for badge in ids}
    assert verdicts[ids[1]] is Verdict.REVOKED
    assert world.web.calls.count((url, Purpose.STATUS_LIST)) == 1
    assert not one.is_spent

    (change,) = safe.unseen_changes()
    assert (change.badge_id, change.params["code"]) == (ids[1], "revoked")
    # A round is told by what it changed, not by an event for each badge.
    assert [event.kind for event in safe.history()].count("verified") == 0
    safe.see_changes((change,))
    assert safe.unseen_changes() == ()
    for badge in ids:
        safe.check(badge, begin_round(world.services).services)
    assert safe.unseen_changes() == ()


def test_seeing_nothing_changes_nothing(safe: Safe) -> None:
    safe.see_changes(())
    assert safe.unseen_changes() == ()


def test_on_a_disk_that_cannot_be_written_a_check_is_told_and_not_kept(
    safe: Safe, world: World, passphrase: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = Issuer.at_did_web(world.web)
    badge = take(safe, issuer, 1)
    safe.close()
    with open_safe(safe.path, passphrase, world.services) as opened:
        monkeypatch.setattr(type(opened._vault), "read_only", True)
        issuer.web.fail(issuer.document_url, "dns")
        world.clock.now += timedelta(days=2)
        checked = opened.check(badge)
        assert [change.code.value for change in checked.changes] == ["issuer_silent"]
        assert checked.detail.report.later is not None
        assert not opened.is_round_due(Watch.DAILY)
        opened.finish_round()
        opened.see_changes(opened.history()[:1])
        assert [event.kind for event in opened.history()] == ["imported", "created"]


def test_the_settings_of_the_watch_survive_the_file_and_bad_ones_are_the_default(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    assert (Settings().watch, Settings().fetch_pictures) == (Watch.WEEKLY, False)
    save_settings(path, Settings(watch=Watch.DAILY, fetch_pictures=True))
    assert (load_settings(path).watch, load_settings(path).fetch_pictures) == (Watch.DAILY, True)
    path.write_text('{"watch": "hourly", "fetch_pictures": "yes"}', encoding="utf-8")
    assert (load_settings(path).watch, load_settings(path).fetch_pictures) == (Watch.WEEKLY, False)
