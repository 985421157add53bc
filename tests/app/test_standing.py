"""Badges found and counted by how they stand as of now, as lists show them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from simulators.web import NOW
from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import quoted_term
from wallet_app.app.search_language import State
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.verification.report import Verdict


class Clock:
    now: datetime = NOW


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Safe]:
    services = Services.default(now=lambda: clock.now, offline=True)
    folder = tmp_path_factory.mktemp("standing") / "safe"
    with Secret.from_text("velvet orbit granite meadow") as passphrase:
        safe = create_safe(folder, passphrase, services)
    with safe:
        safe.import_demo()
        yield safe


@pytest.fixture(autouse=True)
def today(clock: Clock) -> Iterator[None]:
    yield
    clock.now = NOW


def names(rows: tuple[BadgeRow, ...]) -> list[str]:
    return sorted(row.name for row in rows)


@pytest.mark.parametrize("days", [0, 40, 400, 4_000, -4_000])
def test_a_search_by_verdict_finds_what_the_list_shows(
    samples: Safe, clock: Clock, days: int
) -> None:
    # The same vault under another clock: what was counted before may hold no longer.
    clock.now = NOW + timedelta(days=days)
    rows = samples.badges()
    for verdict in Verdict:
        shown = [row for row in rows if row.verdict is verdict]
        assert names(samples.badges(f"is:{_word(verdict)}")) == names(tuple(shown))
        rest = [row for row in rows if row.verdict is not verdict]
        assert names(samples.badges(f"sauf : {_word(verdict)}")) == names(tuple(rest))
        assert samples.facets().states.get(State(verdict.value), 0) == len(shown)


def _word(verdict: Verdict) -> str:
    words = {Verdict.NOT_YET_VALID: "upcoming", Verdict.UNDETERMINED: "unchecked"}
    return words.get(verdict, verdict.value)


def test_issuers_and_skills_find_as_many_as_they_count(samples: Safe) -> None:
    facets = samples.facets()
    assert len(facets.issuers) == 3
    assert len(facets.skills) > 5
    for operator, found in (("issuer", facets.issuers), ("compétence", facets.skills)):
        for facet in found:
            assert len(samples.badges(quoted_term(operator, facet.name))) == facet.count
    counts = [facet.count for facet in facets.issuers]
    assert counts == sorted(counts, reverse=True)


def test_an_issuer_counts_as_proven_only_where_each_of_its_badges_is(samples: Safe) -> None:
    rows = samples.badges()
    unproven = {row.issuer for row in rows if not row.issuer_proven}
    for facet in samples.facets().issuers:
        behind = [row for row in rows if row.issuer == facet.name and row.issuer_proven]
        assert facet.proven == (facet.name not in unproven)
        assert facet.proven_count == len(behind)
    assert any(facet.proven_count and not facet.proven for facet in samples.facets().issuers)


def test_what_ends_soon_is_expiring_and_then_ended(samples: Safe, clock: Clock) -> None:
    (ending,) = samples.badges("is:expired")
    assert ending.expires_on is not None
    clock.now = ending.expires_on - timedelta(days=91)
    assert ending.name not in names(samples.badges("is:expiring"))
    clock.now += timedelta(days=2)
    assert ending.name in names(samples.badges("is:expiring"))
    assert ending.name in names(samples.badges("is:attention"))
    samples.look_ahead(30)
    assert ending.name not in names(samples.badges("is:expiring"))
    samples.look_ahead(90)
    clock.now = ending.expires_on + timedelta(days=2)
    assert ending.name not in names(samples.badges("is:expiring"))
    assert ending.name in names(samples.badges("is:expired is:attention"))
    clock.now += timedelta(days=400)
    assert ending.name in names(samples.badges("is:expired not:is:attention"))


def test_what_is_not_valid_needs_attention_as_what_was_withdrawn_does(samples: Safe) -> None:
    found = names(samples.badges("is:attention"))
    for word in ("invalid", "revoked", "suspended"):
        badges = names(samples.badges(f"is:{word}"))
        assert badges
        assert set(badges) <= set(found)
    watched = samples.watched()
    assert names(watched.failed) == names(samples.badges("is:invalid"))
    assert len(found) == samples.facets().states[State.ATTENTION]


def test_days_bound_when_a_badge_was_awarded(samples: Safe) -> None:
    rows = samples.badges()
    for year in (2023, 2025):
        since = [row for row in rows if row.issued_on and row.issued_on.year >= year]
        assert names(samples.badges(f"depuis :{year}")) == names(tuple(since))
        before = [row for row in rows if row.issued_on and row.issued_on.year < year]
        assert names(samples.badges(f"before:{year}")) == names(tuple(before))
    undated = [row for row in rows if row.issued_on is None]
    assert (
        len(samples.badges("not:since:2023"))
        == len(rows) - len(samples.badges("since:2023"))
        >= len(undated)
    )


def test_what_is_mine_is_found_after_the_owner_said_who_they_are(samples: Safe) -> None:
    assert samples.badges("is:mine") == ()
    identity = samples.people.suggestions()[0].identity
    samples.people.add_identity(f"{identity.kind}:{identity.value}")
    mine = [row for row in samples.badges() if row.mine is Mine.YES]
    assert mine
    assert names(samples.badges("est:à-moi")) == names(tuple(mine))


def test_a_deleted_badge_counts_no_more(samples: Safe) -> None:
    before = samples.facets()
    row = samples.badges("is:verified")[0]
    samples.delete(row.id)
    after = samples.facets()
    assert after.states[State.VERIFIED] == before.states[State.VERIFIED] - 1
    samples.recover(row.id)
    assert samples.facets() == before


def test_the_first_page_and_the_whole_agree_for_every_term(samples: Safe, tmp_path: Path) -> None:
    for query in (
        "is:verified",
        "not:is:verified",
        'issuer:"***"',
        'skill:""',
        "format:ob3",
        "not:a",
    ):
        whole = samples.badges(query)
        assert samples.first_badges(query, limit=3).rows == whole[:3]
        assert len(samples.found_numbers(query)) == len(whole)
