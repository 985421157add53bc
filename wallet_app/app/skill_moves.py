"""What moves among a person's skills: what is about to end, what has ended, what grows. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength

__all__ = ["Move", "MoveKind", "moves_of"]

_SOON: Final = timedelta(days=90)
_YEAR: Final = timedelta(days=365)
_MONTH_DAYS: Final = 30.44
_LEAST_GROWTH: Final = 2
_MOST_GROWING: Final = 2
_MOST: Final = 6
_IN_FORCE: Final = (Strength.PROVEN, Strength.UNVOUCHED, Strength.NOT_YET)
_GONE: Final = (Strength.ENDED, Strength.HELD, Strength.WITHDRAWN)


class MoveKind(StrEnum):
    """What there is to tell, the most pressing first."""

    SOON = "soon"
    """The last badge that proves a skill ends within three months."""
    FADING = "fading"
    """Several badges spoke of a skill, and none is in force any more."""
    RENEW = "renew"
    """A badge ended that alone spoke of a skill."""
    LOST = "lost"
    """A badge that alone spoke of a skill was suspended or withdrawn."""
    GROWING = "growing"
    """More badges in the last twelve months than in the twelve before."""
    NEW = "new"
    """Skills proven for the first time in the last three months."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to tell.

    Attributes:
        name: of the skill, or of the badge for ``SOON``, ``RENEW`` and ``LOST``.
        skill_key: of the skill to look at. badge_id: of the badge, or "".
        strength: of the proof that it is about.
        at: when it ends or ended, where that is known.
        skills: how many skills it is about.
        months: how long such a badge lasts, 0 where it does not say.
        badges, before: of the last twelve months, and of the twelve before.
    """

    kind: MoveKind
    name: str
    skill_key: str
    badge_id: str = ""
    strength: Strength = Strength.PROVEN
    at: datetime | None = None
    skills: int = 1
    months: int = 0
    badges: int = 0
    before: int = 0


def moves_of(skills: Iterable[ProvenSkill], now: datetime) -> tuple[Move, ...]:
    """Return what is worth telling, the most pressing first; at most six."""
    told = [skill for skill in skills if skill.framework is not Framework.DECLARED]
    found = [
        *_of_badges(_ending(told, now)),
        *_of_badges(_gone(told)),
        *_growing(told, now),
        *_new(told, now),
    ]
    kinds = list(MoveKind)
    # Stable: within a kind the order of the findings stays.
    return tuple(sorted(found, key=lambda move: kinds.index(move.kind))[:_MOST])


def _ending(skills: Sequence[ProvenSkill], now: datetime) -> Iterator[Move]:
    for skill in skills:
        proven = [proof for proof in skill.proofs if proof.strength is Strength.PROVEN]
        ends = [(proof.until, proof) for proof in proven if proof.until is not None]
        if not ends or len(ends) < len(proven):
            continue
        until, last = max(ends, key=lambda pair: pair[0])
        if until <= now + _SOON:
            yield _about(MoveKind.SOON, last, skill)


def _gone(skills: Sequence[ProvenSkill]) -> Iterator[Move]:
    for skill in skills:
        gone = [proof for proof in skill.proofs if proof.strength in _GONE]
        if not gone or skill.strength in _IN_FORCE:
            continue
        last = max(gone, key=_end)
        if len(gone) > 1:
            ended = [proof.until for proof in gone if proof.strength is Strength.ENDED]
            at = max((until for until in ended if until), default=None)
            yield Move(MoveKind.FADING, skill.name, skill.key, "", last.strength, at)
        else:
            kind = MoveKind.RENEW if last.strength is Strength.ENDED else MoveKind.LOST
            yield _about(kind, last, skill)


def _about(kind: MoveKind, proof: SkillProof, skill: ProvenSkill) -> Move:
    months = 0
    if proof.since is not None and proof.until is not None:
        months = max(0, round((proof.until - proof.since).days / _MONTH_DAYS))
    return Move(
        kind, proof.name, skill.key, proof.badge_id, proof.strength, proof.until, months=months
    )


def _of_badges(moves: Iterable[Move]) -> list[Move]:
    """Return moves with those of one badge told once, the soonest or latest end first."""
    found: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        found.setdefault((move.kind, move.badge_id or move.skill_key), []).append(move)
    told = [
        Move(
            one.kind, one.name, one.skill_key, one.badge_id, one.strength, one.at,
            len(same), one.months,
        )
        for same in found.values()
        for one in same[:1]
    ]  # fmt: skip
    soonest = [one for one in told if one.kind is MoveKind.SOON]
    others = [one for one in told if one.kind is not MoveKind.SOON]
    return [
        *sorted(soonest, key=lambda one: _moment(one.at)),
        *sorted(others, key=lambda one: -_moment(one.at)),
    ]


def _growing(skills: Sequence[ProvenSkill], now: datetime) -> Iterator[Move]:
    grown: dict[frozenset[str], Move] = {}
    for skill in skills:
        latest = _awarded(skill, now - _YEAR, now)
        before = len(_awarded(skill, now - 2 * _YEAR, now - _YEAR))
        if len(latest) >= _LEAST_GROWTH and len(latest) > before:
            move = Move(
                MoveKind.GROWING, skill.name, skill.key, badges=len(latest), before=before
            )  # fmt: skip
            # Skills that the same badges speak of grow together.
            grown.setdefault(latest, move)
    ordered = sorted(grown.values(), key=lambda move: move.before - move.badges)
    yield from ordered[:_MOST_GROWING]


def _awarded(skill: ProvenSkill, after: datetime, until: datetime) -> frozenset[str]:
    return frozenset(
        proof.badge_id
        for proof in skill.proofs
        if proof.strength in (Strength.PROVEN, Strength.ENDED)
        and proof.since is not None
        and after < proof.since <= until
    )


def _new(skills: Sequence[ProvenSkill], now: datetime) -> Iterator[Move]:
    first = []
    for skill in skills:
        since = [proof.since for proof in skill.proofs if proof.strength is not Strength.REFUSED]
        dated = [moment for moment in since if moment is not None]
        if skill.strength is Strength.PROVEN and dated and len(dated) == len(since):
            at = min(dated)
            if now - _SOON < at <= now:
                first.append((at, skill))
    if first:
        at, skill = max(first, key=lambda pair: pair[0])
        yield Move(MoveKind.NEW, skill.name, skill.key, at=at, skills=len(first))


def _end(proof: SkillProof) -> float:
    return _moment(proof.until or proof.since)


def _moment(at: datetime | None) -> float:
    return 0.0 if at is None else at.timestamp()
