"""What a learner record holds, each checked as the command line checks it, with nobody asked."""

import json
from datetime import timedelta

import pytest

from simulators.issuer import Issuer
from simulators.learner_records import named, record, semester, unsigned_record
from simulators.status_lists import encode_list, status_entry
from simulators.world import World
from wallet_app.app.examine import examine_original
from wallet_app.app.inner_views import Inside, holds_others, read_inside
from wallet_app.app.models import Examined
from wallet_app.app.safe import Safe
from wallet_app.credentials.model import JsonValue, Original
from wallet_app.verification.report import CheckId, Report, Verdict

LIST = "https://issuer.example/status/1"


def take(safe: Safe, document: JsonValue) -> str:
    (result,) = safe.import_bytes(json.dumps(document).encode(), "record.json")
    assert result.badge is not None
    return result.badge.id


def inside(safe: Safe, badge_id: str) -> Inside:
    return read_inside(safe.request_inside(safe.badge(badge_id)))


def verdicts(found: Inside) -> list[tuple[str, Verdict]]:
    return [(view.name, view.report.verdict) for view in found.views]


def said(report: Report) -> list[tuple[str, str, str]]:
    return [(one.check.value, one.outcome.value, one.code) for one in report.checks]


def below(examined: Examined) -> list[Examined]:
    return [one for inner in examined.contains for one in (inner, *below(inner))]


def test_each_in_a_record_is_as_the_command_line_finds_it_with_every_server_gone(
    safe: Safe, world: World
) -> None:
    document = semester(Issuer.at_did_web(world.web, "school.example"))
    badge_id = take(safe, document)
    original = Original(json.dumps(document).encode(), "application/json", "record.json")
    told = below(examine_original(original, "record.json", world.services).examined)
    for url in world.web.urls():
        world.web.forget(url)
    found = inside(safe, badge_id)
    assert verdicts(found) == [
        ("Algebra", Verdict.VERIFIED),
        ("First aid", Verdict.EXPIRED),
        ("Careful Reader", Verdict.VERIFIED),
        ("Doctor of Everything", Verdict.FAILED),
        ("Spring term", Verdict.VERIFIED),
        ("Botany", Verdict.VERIFIED),
    ]
    assert [said(view.report)[:6] for view in found.views] == [said(one.report)[:6] for one in told]
    assert [view.issuer_proven for view in found.views] == [True, True, False, False, True, True]
    assert [view.within for view in found.views][-2:] == ["", "Spring term"]
    assert found.unread == 0


def test_what_ends_after_the_check_has_ended_and_what_was_withdrawn_by_then_stays_so(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    issuer.publish_status_list(LIST, encode_list([7]))
    withdrawn = named(issuer, "Withdrawn", 1, credentialStatus=status_entry(LIST, "7"))
    day = (world.services.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    badge_id = take(safe, record(issuer, [withdrawn, named(issuer, "Short", 2, validUntil=day)]))
    assert [one.report.verdict for one in inside(safe, badge_id).views] == [
        Verdict.REVOKED,
        Verdict.VERIFIED,
    ]
    world.pass_time(timedelta(days=2))
    assert [one.report.verdict for one in inside(safe, badge_id).views] == [
        Verdict.REVOKED,
        Verdict.EXPIRED,
    ]


def test_what_is_known_of_the_owner_counts_inside_as_well(
    safe: Safe, world: World, issuer: Issuer
) -> None:
    badge_id = take(safe, record(issuer, [named(issuer, "Algebra")]))
    safe.people.know_issuer(safe.badge(badge_id))
    (view,) = inside(safe, badge_id).views
    assert view.report.check(CheckId.TRUST).code == "trust.known"


def test_damaged_too_many_and_too_deep_ones_are_counted_and_stopping_stops(
    safe: Safe, issuer: Issuer
) -> None:
    deep = unsigned_record(issuer, [issuer.badge(name="Bottom")])
    for _ in range(4):
        deep = unsigned_record(issuer, [deep])
    small = [issuer.badge(name="Algebra")] * 1_100
    badge_id = take(safe, unsigned_record(issuer, [deep, "no.token.at all", *small]))
    assert holds_others(safe.badge(badge_id).credential)
    found = inside(safe, badge_id)
    # What is nested too deep, the damaged one, and all after the thousandth.
    assert (len(found.views), found.unread) == (999, 1 + 1 + 1_105 - 1_000)
    asked = iter([False] * 9)
    stopped = read_inside(safe.request_inside(safe.badge(badge_id)), lambda: next(asked, True))
    assert stopped.views == found.views[:9]


def test_a_badge_that_holds_none_is_no_record(safe: Safe, issuer: Issuer) -> None:
    badge_id = take(safe, named(issuer, "Algebra"))
    assert not holds_others(safe.badge(badge_id).credential)
    assert inside(safe, badge_id) == Inside()


@pytest.mark.parametrize("member", [7, "not a token", None, []])
def test_a_record_of_nothing_readable_says_how_many(
    safe: Safe, issuer: Issuer, member: JsonValue
) -> None:
    badge_id = take(safe, record(issuer, [member]))  # type: ignore[list-item]
    credential = safe.badge(badge_id).credential
    found = inside(safe, badge_id)
    assert found.views == ()
    assert holds_others(credential) is bool(found.unread)
