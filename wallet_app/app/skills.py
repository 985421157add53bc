"""From the badges of a safe to the skills that they speak of. Pure: no safe, no clock, no words.

One skill of two badges is one skill: by its code, in whatever language its name stands, else by
its name within the same framework. A free word is never taken for a skill of a framework.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from wallet_app.app.skill_badges import SkillBadge, latest_of_each, proof_of
from wallet_app.app.skill_frameworks import PlacedSkill, place_skill, place_word, skill_fold
from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength

__all__ = ["gather_skills", "in_order"]

_MOST_OF_ONE: Final = 200
"""As many as the vault indexes of one badge: a thousand more would only bury the others."""

_RANK: Final = {strength: at for at, strength in enumerate(Strength)}


@dataclass(slots=True)
class _Found:
    first: PlacedSkill
    names: Counter[str] = field(default_factory=Counter)
    proofs: list[SkillProof] = field(default_factory=list)
    code: str = ""
    url: str = ""


def gather_skills(badges: Iterable[SkillBadge]) -> tuple[ProvenSkill, ...]:
    """Return the skills of some badges, each with its proofs; in no order that is promised."""
    placed = [(badge, tuple(_placed(badge))) for badge in latest_of_each(badges)]
    coded = _codes_by_name(placed)
    found: dict[str, _Found] = {}
    for badge, skills in placed:
        proof = proof_of(badge)
        seen: set[str] = set()
        for skill in skills:
            key = _key(skill, coded)
            if key in seen:
                continue
            seen.add(key)
            group = found.setdefault(key, _Found(skill))
            group.names[skill.name] += 1
            group.proofs.append(proof)
            group.code = group.code or skill.code
            group.url = group.url or skill.url
    return tuple(_skill(key, group) for key, group in found.items())


def _placed(badge: SkillBadge) -> Iterator[PlacedSkill]:
    named: set[str] = set()
    for alignment in badge.alignments[:_MOST_OF_ONE]:
        skill = place_skill(alignment)
        if skill is not None:
            named.add(skill.folded)
            yield skill
    for tag in badge.tags[:_MOST_OF_ONE]:
        word = place_word(tag)
        # Issuers repeat as a tag what they have aligned.
        if word is not None and word.folded not in named:
            named.add(word.folded)
            yield word


def _codes_by_name(
    placed: Iterable[tuple[SkillBadge, tuple[PlacedSkill, ...]]],
) -> dict[tuple[str, str], str]:
    """Return the one code that a name has in its framework, where it has only one."""
    codes: dict[tuple[str, str], set[str]] = {}
    for _badge, skills in placed:
        for skill in skills:
            code = skill_fold(skill.code)
            if code:
                codes.setdefault((skill.scope, skill.folded), set()).add(code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


def _key(skill: PlacedSkill, coded: dict[tuple[str, str], str]) -> str:
    code = skill_fold(skill.code) or coded.get((skill.scope, skill.folded), "")
    return f"{skill.scope}={code}" if code else f"{skill.scope}~{skill.folded}"


def _skill(key: str, found: _Found) -> ProvenSkill:
    skill = ProvenSkill(
        key=key,
        # The name that most badges use; of equals the first in the order of the alphabet.
        name=min(found.names, key=lambda name: (-found.names[name], name)),
        framework=found.first.framework,
        framework_name=found.first.framework_name,
        proofs=tuple(sorted(found.proofs, key=_proof_order)),
        code=found.code,
        url=found.url,
    )
    if skill.strength is not Strength.DECLARED:
        return skill
    return ProvenSkill(
        skill.key, skill.name, Framework.DECLARED, skill.proofs, "", skill.code, skill.url
    )


def _proof_order(proof: SkillProof) -> tuple[int, float, str, str]:
    return (_RANK[proof.strength], -_seconds(proof.since), proof.name, proof.badge_id)


def _seconds(moment: datetime | None) -> float:
    return 0.0 if moment is None else moment.timestamp()


def in_order(skills: Iterable[ProvenSkill]) -> tuple[ProvenSkill, ...]:
    """Return skills by framework, within it the best proven first, then by name."""
    frameworks = {framework: at for at, framework in enumerate(Framework)}

    def order(skill: ProvenSkill) -> tuple[int, str, int, int, str]:
        proven = sum(proof.strength is Strength.PROVEN for proof in skill.proofs)
        scope = skill.framework_name.casefold()
        at = frameworks[skill.framework]
        return (at, scope, -proven, -len(skill.proofs), skill_fold(skill.name))

    return tuple(sorted(skills, key=order))
