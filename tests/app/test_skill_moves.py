"""What moves among skills, each finding from badges that show it and from some that do not."""

from simulators.skill_badges import NOW, badge
from wallet_app.app.skill_models import Strength
from wallet_app.app.skill_moves import Move, MoveKind
from wallet_app.app.skill_overview import overview_of
from wallet_app.credentials.model import Skill
from wallet_app.verification.report import Verdict

PLAN, LEAD = Skill("Plan"), Skill("Lead")


def moves(*badges: object) -> dict[MoveKind, Move]:
    found = overview_of(badges, NOW).moves  # type: ignore[arg-type]
    return {move.kind: move for move in found}


def test_the_last_proof_of_skills_that_ends_soon_is_told_once() -> None:
    ending = badge(1, PLAN, LEAD, since="2025-01-10", until="2027-01-10", name="Course")
    told = moves(ending)
    assert set(told) == {MoveKind.SOON}
    move = told[MoveKind.SOON]
    assert (move.name, move.skills, move.months, move.badge_id) == ("Course", 2, 24, ending.row.id)
    assert MoveKind.SOON not in moves(badge(1, PLAN, since="2025-01-10", until="2027-06-10"))
    lasting = badge(2, PLAN, LEAD, since="2025-01-10")
    assert MoveKind.SOON not in moves(ending, lasting), "another badge goes on proving them"


def test_a_skill_whose_badges_all_ended_is_fading() -> None:
    first = badge(1, PLAN, verdict=Verdict.EXPIRED, since="2019-01-01", until="2023-02-01")
    held = badge(2, PLAN, verdict=Verdict.SUSPENDED, since="2024-01-01")
    move = moves(first, held)[MoveKind.FADING]
    assert (move.name, move.strength, move.at) == ("Plan", Strength.HELD, first.row.expires_on)
    assert MoveKind.FADING not in moves(first, held, badge(3, PLAN, since="2020-01-01"))


def test_a_badge_that_alone_proved_a_skill_is_due_or_lost() -> None:
    ended = badge(1, PLAN, verdict=Verdict.EXPIRED, since="2022-09-01", until="2024-09-01")
    assert moves(ended)[MoveKind.RENEW].months == 24
    lost = badge(2, LEAD, verdict=Verdict.REVOKED, since="2022-09-01")
    assert moves(lost)[MoveKind.LOST].strength is Strength.WITHDRAWN
    refused = badge(3, LEAD, verdict=Verdict.FAILED, since="2022-09-01")
    assert moves(refused) == {}


def test_growth_is_more_badges_than_in_the_year_before() -> None:
    latest = [badge(n, PLAN, since="2026-03-01") for n in range(3)]
    before = [badge(9 + n, PLAN, since="2025-03-01") for n in range(3)]
    move = moves(*latest, *before[:1])[MoveKind.GROWING]
    assert (move.badges, move.before) == (3, 1)
    assert MoveKind.GROWING not in moves(*latest, *before)
    unchecked = [badge(n, PLAN, since="2026-03-01", verdict=Verdict.UNDETERMINED) for n in range(3)]
    assert moves(*unchecked) == {}


def test_what_is_proven_for_the_first_time_is_new() -> None:
    move = moves(badge(1, PLAN, LEAD, since="2026-10-01"))[MoveKind.NEW]
    assert move.skills == 2
    old = badge(2, PLAN, LEAD, since="2020-10-01", verdict=Verdict.EXPIRED)
    assert MoveKind.NEW not in moves(badge(1, PLAN, LEAD, since="2026-10-01"), old)


def test_what_is_declared_never_moves_and_there_are_never_too_many() -> None:
    said = [badge(n, Skill(f"S{n}"), since="2026-10-01", declared=True) for n in range(9)]
    assert moves(*said) == {}
    many = [
        badge(n, Skill(f"S{n}"), verdict=Verdict.EXPIRED, since="2022-01-01", until="2024-01-01")
        for n in range(9)
    ]
    assert len(overview_of(many, NOW).moves) == 6
