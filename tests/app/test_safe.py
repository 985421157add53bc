"""What a person does with a safe: take in, find, check again, delete, bring back."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.keys import base64url
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import encode_list, list_document, status_entry
from simulators.world import World
from wallet_app.app.check_again import run_check
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.preparing import prepare_source
from wallet_app.app.safe import Safe
from wallet_app.app.sources import source_named
from wallet_app.app.vault_paths import vault_exists
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.verification.report import CheckId, Outcome, Verdict

LIST = "https://issuer.example/status/1"


def take(safe: Safe, document: object, name: str = "badge.json") -> ImportResult:
    (result,) = safe.import_bytes(json.dumps(document).encode(), name)
    return result


@pytest.fixture
def issuer(world: World) -> Issuer:
    made = Issuer.at_did_web(world.web)
    made.publish_status_list(LIST)
    return made


def test_a_badge_is_added_once_and_its_bytes_are_kept_as_they_came(
    safe: Safe, issuer: Issuer
) -> None:
    data = b"\n  " + json.dumps(issuer.sign(issuer.badge())).encode() + b"\r\n"
    (first,) = safe.import_bytes(data, "badge.json")
    (second,) = safe.import_bytes(data, "again.json")
    assert first.outcome is ImportOutcome.ADDED
    assert second.outcome is ImportOutcome.DUPLICATE
    assert second.source == "again.json"
    assert safe.count() == 1
    assert first.badge is not None
    detail = safe.badge(first.badge.id[:6])
    assert detail.credential.original.data == data
    assert detail.row.issuer_proven
    assert detail.report.verdict is Verdict.VERIFIED


def test_the_same_badge_in_other_bytes_is_a_duplicate(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge())
    first = take(safe, document)
    (spaced,) = safe.import_bytes(json.dumps(document, indent=2).encode() + b"\n", "copy.json")
    assert spaced.outcome is ImportOutcome.DUPLICATE
    assert first.badge is not None
    assert spaced.badge is not None
    assert spaced.badge.id == first.badge.id
    other = take(safe, {**document, "name": "Another name"})
    assert other.outcome is ImportOutcome.ADDED
    assert safe.count() == 2


def test_the_same_token_with_white_space_around_it_is_a_duplicate(
    safe: Safe, issuer: Issuer
) -> None:
    token = issuer.token(issuer.badge()).encode()
    (first,) = safe.import_bytes(token, "badge.jwt")
    (second,) = safe.import_bytes(b"\n" + token + b"\n", "again.jwt")
    assert first.outcome is ImportOutcome.ADDED
    assert second.outcome is ImportOutcome.DUPLICATE
    assert safe.count() == 1


def test_what_is_no_badge_is_refused_with_its_reason_and_nothing_is_kept(safe: Safe) -> None:
    result = take(safe, {"hello": "world"})
    assert result.outcome is ImportOutcome.REFUSED
    assert result.error is not None
    assert result.error.code.startswith("format.")
    assert result.report is not None
    assert result.report.check(CheckId.FORMAT).outcome is Outcome.FAILED
    assert safe.count() == 0
    assert [event.kind for event in safe.history()] == ["created"]


def test_a_tampered_badge_is_kept_and_never_called_genuine(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge(), "eddsa-jcs-2022")
    document["name"] = "Careful Writer"
    result = take(safe, document)
    assert result.badge is not None
    assert result.badge.verdict is Verdict.FAILED
    assert not result.badge.issuer_proven


def test_a_later_issue_of_the_same_badge_is_newer_and_both_stay(safe: Safe, issuer: Issuer) -> None:
    take(safe, issuer.sign(issuer.badge()))
    later = issuer.sign(issuer.badge(validFrom="2026-06-01T00:00:00Z"))
    assert take(safe, later).outcome is ImportOutcome.NEWER
    assert safe.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"validFrom": "2025-06-01T00:00:00Z"},
        {"validFrom": "2026-06-01T00:00:00Z", "id": "urn:uuid:another"},
        {"validFrom": "2026-06-01T00:00:00Z", "id": None},
    ],
    ids=["earlier", "another id", "no id"],
)
def test_what_is_no_re_issue_is_not_called_newer(
    safe: Safe, issuer: Issuer, changes: dict[str, str | None]
) -> None:
    take(safe, issuer.sign(issuer.badge()))
    assert take(safe, issuer.sign(issuer.badge(**changes))).outcome is ImportOutcome.ADDED


def test_a_forged_re_issue_is_never_called_newer(safe: Safe, issuer: Issuer) -> None:
    take(safe, issuer.sign(issuer.badge()))
    forged = issuer.sign(issuer.badge(), "eddsa-jcs-2022")
    forged["validFrom"] = "2026-06-01T00:00:00Z"
    assert take(safe, forged).outcome is ImportOutcome.ADDED


def test_a_badge_in_the_trash_is_said_to_be_there(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge())
    badge = take(safe, document).badge
    safe.delete(badge.id)
    assert safe.count() == 0
    result = take(safe, document)
    assert result.outcome is ImportOutcome.DUPLICATE
    assert result.error is not None
    assert result.error.code == "import.in_trash"
    assert [trashed.row.id for trashed in safe.trash()] == [badge.id]
    safe.recover(badge.id)
    assert safe.count() == 1
    assert safe.trash() == ()


def test_a_badge_deleted_for_good_can_be_added_anew(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge())
    badge = take(safe, document).badge
    safe.delete(badge.id)
    safe.delete_forever(badge.id)
    with pytest.raises(UserError):
        safe.badge(badge.id)
    assert take(safe, document).outcome is ImportOutcome.ADDED


def test_dates_are_judged_when_the_badge_is_looked_at(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge = take(safe, issuer.sign(issuer.badge(validUntil="2026-12-01T00:00:00Z"))).badge
    assert badge.verdict is Verdict.VERIFIED
    world.clock.now = datetime(2026, 12, 1, 0, 0, 1, tzinfo=UTC)
    assert safe.badges()[0].verdict is Verdict.EXPIRED
    detail = safe.badge(badge.id)
    assert detail.row.verdict is Verdict.EXPIRED
    assert detail.report.checked_at == badge.checked_at
    world.clock.now = badge.checked_at
    assert safe.badges()[0].verdict is Verdict.VERIFIED


def test_a_badge_that_begins_shows_as_begun(safe: Safe, issuer: Issuer, world: World) -> None:
    badge = take(safe, issuer.sign(issuer.badge(validFrom="2027-01-01T00:00:00Z"))).badge
    assert badge.verdict is Verdict.NOT_YET_VALID
    world.clock.now = datetime(2027, 1, 2, tzinfo=UTC)
    assert safe.badges()[0].verdict is Verdict.VERIFIED


def test_a_token_ends_when_its_claim_says_so(safe: Safe, issuer: Issuer, world: World) -> None:
    end = datetime(2026, 12, 1, tzinfo=UTC)
    token = issuer.token(issuer.badge(), claims={"exp": int(end.timestamp())})
    (result,) = safe.import_bytes(token.encode(), "badge.jwt")
    assert result.badge.expires_on == end
    world.clock.now = end + timedelta(hours=1)
    assert safe.badges()[0].verdict is Verdict.EXPIRED


def test_checking_again_finds_a_withdrawal_and_keeps_both_reports(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    document = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))
    badge = take(safe, document).badge
    assert badge.verdict is Verdict.VERIFIED
    world.pass_time(timedelta(days=1))
    issuer.publish_status_list(LIST, encode_list([7]))
    detail = safe.check_again(badge.id)
    assert detail.row.verdict is Verdict.REVOKED
    assert detail.row.checked_at == world.clock.now
    assert safe.badges()[0].verdict is Verdict.REVOKED
    assert [event.kind for event in safe.history()] == [
        "changed",
        "verified",
        "imported",
        "created",
    ]


def test_checking_again_without_the_issuer_rests_on_the_kept_documents(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge = take(safe, issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, "7")))).badge
    for url in world.web.urls():
        world.web.fail(url, "dns")
    detail = safe.check_again(badge.id)
    assert detail.report.check(CheckId.SIGNATURE).outcome is Outcome.PASSED
    origins = {item.origin for item in detail.report.check(CheckId.STATUS).evidence}
    assert origins == {"snapshot", "bundled"}


def test_a_silent_issuer_at_import_leaves_the_badge_undetermined(safe: Safe, world: World) -> None:
    issuer = Issuer.at_did_web(world.web)
    document = issuer.sign(issuer.badge())
    world.web.fail(issuer.document_url, "timeout")
    assert take(safe, document).badge.verdict is Verdict.UNDETERMINED


def test_a_hosted_badge_shows_its_class_and_stays_readable_offline(
    safe: Safe, world: World
) -> None:
    guild = OpenBadges2(world.web)
    assertion = guild.hosted("one")
    world.web.serve(assertion["id"], assertion)
    (result,) = tuple(safe.import_sources([assertion["id"]]))
    assert result.badge is not None
    assert (result.badge.name, result.badge.issuer) == ("Robotics", "Robotics Club of Examples")
    for url in world.web.urls():
        world.web.fail(url, "dns")
    detail = safe.badge(result.badge.id)
    assert detail.credential.achievement.description == "Built a robot that walks."
    assert detail.public_page == assertion["id"]


def test_many_sources_are_taken_one_by_one_with_progress_and_can_be_stopped(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    folder = tmp_path / "badges"
    folder.mkdir()
    for number in range(4):
        document = issuer.sign(issuer.badge(id=f"urn:uuid:{number}"))
        (folder / f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
    seen: list[tuple[int, int]] = []
    results = list(
        safe.import_sources(
            [str(folder), str(tmp_path / "none.json")],
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) > 5,
        )
    )
    assert [result.outcome.value for result in results] == ["added"] * 4 + ["refused"]
    assert results[-1].error.code == "source.missing"
    assert seen == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    stopped = list(safe.import_sources([str(folder)], cancelled=lambda: True))
    assert stopped == []


def test_pasted_bytes_beyond_the_limit_are_refused(safe: Safe) -> None:
    (result,) = safe.import_bytes(bytes(20 * 1024 * 1024 + 1), "paste")
    assert result.error is not None
    assert result.error.code == "source.too_large"


def test_a_safe_opens_only_with_its_passphrase(
    safe: Safe, world: World, tmp_path: Path, passphrase: Secret
) -> None:
    safe.close()
    assert vault_exists(tmp_path / "safe")
    with Secret.from_text("wrong") as wrong, pytest.raises(UserError) as caught:
        open_safe(tmp_path / "safe", wrong, world.services)
    assert caught.value.code == "vault.wrong_passphrase"
    open_safe(tmp_path / "safe", passphrase, world.services).close()


def test_a_changed_passphrase_replaces_the_old_one(
    safe: Safe, world: World, tmp_path: Path, passphrase: Secret
) -> None:
    with Secret.from_text("another one") as new:
        safe.keys.change_passphrase(passphrase, new)
        safe.close()
        with pytest.raises(UserError):
            open_safe(tmp_path / "safe", passphrase, world.services)
        with open_safe(tmp_path / "safe", new, world.services) as opened:
            assert opened.history()[0].kind == "passphrase_changed"


def test_a_second_safe_in_the_same_place_is_refused(
    safe: Safe, world: World, tmp_path: Path, passphrase: Secret
) -> None:
    with pytest.raises((UserError, EnvironmentFault)):
        create_safe(tmp_path / "safe", passphrase, world.services)


def test_preparing_needs_no_safe_and_keeping_asks_nobody(
    safe: Safe, world: World, issuer: Issuer, tmp_path: Path
) -> None:
    # The window prepares in its pool, and stores on the safe's thread: a lock waits for
    # the second only.
    path = tmp_path / "badge.json"
    path.write_bytes(json.dumps(issuer.sign(issuer.badge())).encode())
    prepared = prepare_source(source_named(str(path)), world.services)
    asked = list(world.web.calls)
    result = safe.keep(prepared)
    assert asked
    assert list(world.web.calls) == asked
    assert result.outcome is ImportOutcome.ADDED
    assert result.badge is not None
    assert result.badge.verdict is Verdict.VERIFIED


def test_what_cannot_be_prepared_is_refused_and_changes_nothing(safe: Safe, world: World) -> None:
    result = safe.keep(prepare_source(source_named("/nowhere/badge.json"), world.services))
    assert result.outcome is ImportOutcome.REFUSED
    assert result.error is not None
    assert result.error.code == "source.missing"
    assert safe.count() == 0


def test_a_check_of_a_badge_deleted_meanwhile_is_told(safe: Safe, issuer: Issuer) -> None:
    badge = take(safe, issuer.sign(issuer.badge())).badge
    assert badge is not None
    request = safe.request_check(badge.id)
    examination = run_check(request)
    safe.delete(badge.id)
    safe.delete_forever(badge.id)
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        safe.keep_check(request, examination)


def test_claims_that_an_sd_jwt_discloses_are_shown(safe: Safe, issuer: Issuer) -> None:
    hidden = base64url(json.dumps(["c2FsdA", "name", "Careful Reader"]).encode())
    document = issuer.badge()
    achievement = document["credentialSubject"]["achievement"]
    del document["name"], achievement["name"]
    achievement["_sd"] = [base64url(sha256(hidden.encode()).digest())]
    token = issuer.token(document, claims={"_sd_alg": "sha-256"})
    (result,) = safe.import_bytes(f"{token}~{hidden}~".encode(), "badge.jwt")
    assert result.badge is not None
    assert result.badge.verdict is Verdict.VERIFIED
    assert result.badge.name == "Careful Reader"


def test_a_withdrawal_that_was_seen_survives_every_replay_of_an_older_list(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    old = issuer.publish_status_list(LIST)
    badge = issuer.badge(credentialStatus=status_entry(LIST, 7))
    taken = take(safe, issuer.sign(badge)).badge
    assert taken is not None
    newer = {
        **issuer.publish_status_list(LIST, encode_list([7])),
        "validFrom": "2026-11-20T00:00:00Z",
    }
    del newer["proof"]
    world.web.serve(LIST, issuer.sign(newer))
    assert safe.check_again(taken.id).report.verdict is Verdict.REVOKED
    for _ in range(3):
        world.clock.now += timedelta(days=1)
        world.web.serve(LIST, old, fetched_at=world.clock.now)
        assert safe.check_again(taken.id).report.verdict is Verdict.REVOKED
    latest = {**list_document(LIST, encode_list()), "issuer": issuer.id}
    latest["validFrom"] = "2026-11-22T00:00:00Z"
    world.web.serve(LIST, issuer.sign(latest), fetched_at=world.clock.now)
    assert safe.check_again(taken.id).report.verdict is Verdict.VERIFIED
