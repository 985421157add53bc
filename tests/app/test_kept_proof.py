"""Reports made again from what the safe kept, and the run of like reports kept short."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.status_lists import status_entry
from simulators.world import World
from wallet_app.app.check_again import request_check, run_check
from wallet_app.app.safe import Safe
from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.documents import Purpose
from wallet_app.network.document_map import DocumentMap
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.verification.evidence import contexts_among
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

LIST = "https://issuer.example/status/1"


def take(safe: Safe, document: JsonValue) -> str:
    data = document.encode() if isinstance(document, str) else json.dumps(document).encode()
    (result,) = safe.import_bytes(data, "badge.json")
    assert result.badge is not None
    return result.badge.id


def said(report: Report) -> list[tuple[str, str, str]]:
    return [(one.check.value, one.outcome.value, one.code) for one in report.checks]


@pytest.fixture
def issuer(world: World) -> Issuer:
    made = Issuer.at_did_web(world.web)
    made.publish_status_list(LIST)
    return made


def badges(issuer: Issuer, world: World) -> dict[str, JsonValue]:
    entry = status_entry(LIST, "7")
    club = OpenBadges2(world.web)
    hosted = club.hosted("one")
    world.web.serve(hosted["id"], hosted)
    return {
        "embedded": issuer.sign(issuer.badge(credentialStatus=entry)),
        "jcs": issuer.sign(issuer.badge(credentialStatus=entry), "eddsa-jcs-2022"),
        "token": issuer.token(issuer.badge(credentialStatus=entry)),
        "hosted": hosted,
        "signed": club.signed(),
        "bare key": Issuer.at_did_key(world.web).sign(Issuer.at_did_key(world.web).badge()),
    }


@pytest.mark.parametrize("kind", ["embedded", "jcs", "token", "hosted", "signed", "bare key"])
def test_with_every_server_gone_each_kind_of_badge_is_proven_as_of_its_import(
    safe: Safe, issuer: Issuer, world: World, kind: str
) -> None:
    badge_id = take(safe, badges(issuer, world)[kind])
    imported = safe.badge(badge_id).report
    assert imported.verdict is Verdict.VERIFIED
    for url in world.web.urls():
        world.web.fail(url, "dns")
    world.clock.now += timedelta(days=3_650)
    again = safe.made_again(badge_id, imported.checked_at)
    assert again is not None
    assert said(again) == said(imported)
    assert again.as_of == imported.as_of
    checked = safe.check(badge_id)
    assert checked.detail.report.verdict is Verdict.VERIFIED
    if kind == "bare key":
        # Nobody has to be asked about a badge that carries its key.
        assert checked.detail.report.later is None
        return
    assert checked.detail.report.as_of == imported.as_of
    if kind != "signed":
        assert checked.detail.report.latest.verdict is Verdict.UNDETERMINED


def test_the_contexts_that_a_proof_was_read_with_are_named_by_hash(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    report = safe.badge(take(safe, badges(issuer, world)["embedded"])).report
    for check in (CheckId.SIGNATURE, CheckId.STATUS):
        named = {one.url: one for one in contexts_among(report.check(check).evidence)}
        context = named["https://www.w3.org/ns/credentials/v2"]
        assert context.sha256 == "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"
        assert context.fetched_at is None
        assert context.size_bytes > 1_000


def test_a_verdict_is_as_old_as_its_oldest_leg(safe: Safe, issuer: Issuer, world: World) -> None:
    badge_id = take(safe, badges(issuer, world)["embedded"])
    world.pass_time(timedelta(days=2))
    # The list answers anew, the page of the key is a copy of two days ago.
    world.web.fail(issuer.document_url, "dns")
    issuer.publish_status_list(LIST)
    report = safe.check(badge_id).detail.report
    assert (report.verdict, report.later) == (Verdict.VERIFIED, None)
    assert report.as_of == world.clock.now - timedelta(days=2)


def test_an_expired_badge_is_expired_however_silent_its_issuer(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    document = issuer.badge(
        validUntil="2026-12-01T00:00:00Z", credentialStatus=status_entry(LIST, "7")
    )
    badge_id = take(safe, issuer.sign(document))
    for url in world.web.urls():
        world.web.fail(url, "dns")
    world.clock.now += timedelta(days=30)
    detail = safe.check_again(badge_id)
    assert detail.row.verdict is detail.report.latest.verdict is Verdict.EXPIRED
    assert safe.badges()[0].verdict is Verdict.EXPIRED


def test_a_run_of_like_reports_keeps_its_first_and_its_last(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, badges(issuer, world)["embedded"])
    stored = safe._vault.credentials.reports
    first = stored(badge_id)[-1]
    for _ in range(5):
        world.pass_time(timedelta(days=7))
        issuer.publish_status_list(LIST)
        safe.check(badge_id)
    assert len(stored(badge_id)) == 2
    assert stored(badge_id)[-1] == first
    assert stored(badge_id)[0].checked_at == world.clock.now
    # What no report rests on any more is gone; what the two rest on is there.
    assert safe.badge(badge_id).kept.documents == 2
    world.web.fail(LIST, "timeout")
    world.pass_time(timedelta(days=7))
    safe.check(badge_id)
    assert len(stored(badge_id)) == 3
    assert safe.integrity_problems() == ()


def test_rules_that_judge_kept_evidence_otherwise_are_said(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, badges(issuer, world)["embedded"])
    request = safe.request_check(badge_id)
    world.clock.now += timedelta(days=2)
    # As if the version that wrote the report had known better, or worse.
    offline = replace(
        request, kept=(), services=replace(request.services, source=OfflineResolver())
    )
    found = run_check(offline)
    assert found.report.verdict is Verdict.UNDETERMINED
    assert found.changes[0].code.value == "read_otherwise"
    assert found.changes[0].params == {"before": "verified", "after": "undetermined"}


def test_a_badge_that_was_never_decided_gets_todays_report(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    document = badges(issuer, world)["embedded"]
    world.web.fail(issuer.document_url, "dns")
    badge_id = take(safe, document)
    world.clock.now += timedelta(days=1)
    report = safe.check(badge_id).detail.report
    assert (report.verdict, report.later) == (Verdict.UNDETERMINED, None)
    assert report.checked_at == world.clock.now


def test_a_damaged_report_is_replaced_by_a_new_one(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    badge_id = take(safe, badges(issuer, world)["embedded"])
    database = safe._vault.evidence._database
    with database.transaction():
        database.run("UPDATE report SET report_json = '{'")
    request = request_check(safe._vault, badge_id, world.services)
    assert request.current is None
    detail = safe.keep_check(request, run_check(request))
    assert detail.report.check(CheckId.STATUS).outcome is Outcome.PASSED


def test_a_badge_that_is_not_here_cannot_be_made_again(safe: Safe, world: World) -> None:
    assert safe.made_again("0" * 64, world.clock.now) is None


def test_documents_that_were_given_answer_again_and_again_though_they_say_the_same(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    badge_id = take(safe, badges(issuer, world)["embedded"])
    lines = []
    for number, url in enumerate((issuer.document_url, LIST)):
        (tmp_path / str(number)).write_bytes(world.web.fetch(url, Purpose.DID).data)
        lines.append(f"{url}\t{number}\n")
    (tmp_path / "map.tsv").write_text("".join(lines))
    given = DocumentMap.load([tmp_path / "map.tsv"], world.clock.now)
    request = safe.request_check(badge_id)
    asked = replace(request, services=replace(request.services, source=given))
    assert run_check(asked).report.later is None
    nobody = replace(request, services=replace(request.services, source=OfflineResolver()))
    assert run_check(nobody).report.later is not None
