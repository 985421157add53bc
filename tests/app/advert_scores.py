"""How well adverts are read: twelve of our own writing, marked by hand, against the reading.

A line ``skills:`` names what a person has. In the text ``[phrase]`` is a demand that no
badge proves, ``[phrase=Skill]`` one that this skill answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wallet_app.app.job_advert import Demand, SkillIndex, read_advert
from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength
from wallet_app.verification.report import Verdict

FOLDER = Path(__file__).parent / "adverts"
_MARK = re.compile(r"\[([^\]=]+)(?:=([^\]]+))?\]")


def skill(name: str, strength: Strength = Strength.PROVEN) -> ProvenSkill:
    """Return a skill with one proof of that strength."""
    proof = SkillProof("b" * 64, f"{name} badge", "School", True, Verdict.VERIFIED, strength)
    return ProvenSkill(name.casefold(), name, Framework.FREE, (proof,))


@dataclass(frozen=True)
class Marked:
    """An advert as a person marked it: places are characters of ``text``."""

    name: str
    text: str
    skills: tuple[str, ...]
    answered: frozenset[str]
    asked: tuple[tuple[int, int], ...]


@dataclass
class Score:
    """Counts of one kind: ``right`` of ``said``, of ``wanted``."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.said

    @property
    def recall(self) -> float:
        return self.right / self.wanted


def marked(path: Path) -> Marked:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text, at, asked, answered = "", 0, [], set()
    for match in _MARK.finditer(rest):
        text += rest[at : match.start()]
        if match[2] is None:
            asked.append((len(text), len(text) + len(match[1])))
        else:
            answered.add(match[2])
        text += match[1]
        at = match.end()
    names = tuple(name.strip() for name in first.removeprefix("skills:").split(";"))
    return Marked(path.stem, text + rest[at:], names, frozenset(answered), tuple(asked))


def all_marked(folder: Path = FOLDER) -> Iterator[Marked]:
    return map(marked, sorted(folder.glob("*.txt")))


def score(one: Marked, skills: Score, demands: Score) -> list[str]:
    """Add one advert to both scores; return what was wrong, for the eye."""
    reading = read_advert(one.text, SkillIndex([skill(name) for name in one.skills]))
    found = {d.skill.name for d in reading.demands if d.skill is not None}
    skills.right += len(found & one.answered)
    skills.said += len(found)
    skills.wanted += len(one.answered)
    wrong = [f"+ skill {n}" for n in sorted(found - one.answered)]
    wrong += [f"- skill {n}" for n in sorted(one.answered - found)]
    missing = [d for d in reading.demands if d.skill is None]
    hit = {at for at in one.asked if any(_same(d, at) for d in missing)}
    good = [d for d in missing if any(_same(d, at) for at in one.asked)]
    demands.right += len(hit)
    demands.said += len(missing)
    demands.wanted += len(one.asked)
    wrong += [f"+ {d.text}" for d in missing if d not in good]
    return wrong + [f"- {one.text[a:b]}" for a, b in one.asked if (a, b) not in hit]


def _same(demand: Demand, at: tuple[int, int]) -> bool:
    """The same place, and more than half of both in common."""
    return any(
        2 * (min(span.end, at[1]) - max(span.start, at[0]))
        > max(span.end - span.start, at[1] - at[0])
        for span in demand.spans
    )
