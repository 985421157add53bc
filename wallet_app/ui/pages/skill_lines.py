"""The lines of the list of skills, in words already: made off the interface thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wallet_app.app.skill_frameworks import skill_fold
from wallet_app.app.skill_models import Framework, ProvenSkill, Strength
from wallet_app.app.skill_overview import SkillGroup, SkillOverview, YearCount, groups_of
from wallet_app.app.skill_times import Span, moments_of, span_of
from wallet_app.app.skill_words import (
    framework_words,
    month_words,
    name_words,
    proof_count_words,
    strength_words,
    summary_words,
)
from wallet_app.drawing.skill_dots import Dot, DotKind
from wallet_app.ui.components.year_chart import YearBar
from wallet_app.wording import Words

__all__ = ["SkillLine", "SkillsShown", "found_lines", "shown_of", "year_row"]

_FOLDED_PROOFS = 20


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One line as it is drawn and said: a heading, or a skill of ``skill``.

    Attributes:
        note: beside a heading how much is in it, beside a skill how many badges.
        spoken: all of it as a sentence, the dots included.
        folded: what a filter looks through.
    """

    text: str
    note: str
    skill: ProvenSkill | None = None
    dots: tuple[Dot, ...] = ()
    spoken: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class SkillsShown:
    """Everything that the tab shows, in words."""

    overview: SkillOverview
    lines: tuple[SkillLine, ...]
    span: Span
    bars: tuple[YearBar, ...]
    years_spoken: str
    summary: str


def shown_of(overview: SkillOverview, words: Words, now: datetime) -> SkillsShown:
    """Return an overview in words."""
    span = span_of(overview.skills, now)
    groups = groups_of(overview.skills)
    years = overview.years
    return SkillsShown(
        overview=overview,
        lines=tuple(line for group in groups for line in _lines(group, span, words)),
        span=span,
        bars=tuple(
            YearBar(_short_year(one, words), one.valid, one.over, one.open) for one in years
        ),
        years_spoken=words.text(
            "skills_page.years_spoken",
            years="; ".join(", ".join(year_row(one, words)) for one in years),
        ),
        summary=summary_words(words, overview),
    )


def _short_year(year: YearCount, words: Words) -> str:
    short = f"{year.year % 100:02}"
    return words.text("skills_page.and_before_short", year=short) if year.and_before else short


def year_row(year: YearCount, words: Words) -> tuple[str, ...]:
    """Return one year of the table: the year, and the three counts in words."""
    name = str(year.year)
    if year.and_before:
        name = words.text("skills_page.and_before", year=name)
    counts = (("valid", year.valid), ("over", year.over), ("open", year.open))
    return (name, *(words.plural(f"skills_page.{kind}", count) for kind, count in counts))


def _lines(group: SkillGroup, span: Span, words: Words) -> Iterator[SkillLine]:
    heading = framework_words(words, group.framework, group.name)
    count = words.plural("skills.skills", len(group.skills))
    if group.framework is Framework.DECLARED:
        note = words.text("skills_page.group_declared", skills=count)
    else:
        badges = words.text("skills_page.none_proven_here")
        if group.badges:
            badges = words.plural("skills.badges", group.badges)
        note = words.text("skills_page.group", skills=count, badges=badges)
    yield SkillLine(heading, note)
    for skill in group.skills:
        yield _line(skill, heading, span, words)


def _line(skill: ProvenSkill, heading: str, span: Span, words: Words) -> SkillLine:
    name, note = name_words(skill.name), proof_count_words(words, skill)
    moments = moments_of(skill.proofs, span)
    dots = tuple(Dot(one.part, one.count, DotKind(one.standing)) for one in moments)
    badges = " ".join(
        f"{proof.name} {proof.issuer}" for proof in skill.proofs[:_FOLDED_PROOFS]
    )  # fmt: skip
    return SkillLine(
        text=name,
        note=note,
        skill=skill,
        dots=dots,
        spoken=_spoken(skill, name, heading, note, words),
        folded=skill_fold(f"{skill.name} {heading} {skill.code} {badges}"),
    )


def _spoken(skill: ProvenSkill, name: str, heading: str, note: str, words: Words) -> str:
    proven = sum(proof.strength is Strength.PROVEN for proof in skill.proofs)
    parts = [name, heading, note]
    if skill.strength is Strength.PROVEN:
        parts.append(words.plural("skills_page.in_force", proven))
    else:
        parts.append(strength_words(words, skill.strength))
    dated = [proof.since for proof in skill.proofs if proof.since is not None]
    if dated:
        first, last = month_words(words, min(dated)), month_words(words, max(dated))
        key = "skills_page.at" if first == last else "skills_page.between"
        parts.append(words.text(key, first=first, last=last))
    return ", ".join(part.rstrip(".") for part in parts)


def found_lines(lines: Sequence[SkillLine], typed: str) -> list[SkillLine]:
    """Return the skills that all words of ``typed`` are in, below their headings."""
    wanted = skill_fold(typed).split()
    if not wanted:
        return list(lines)
    found: list[SkillLine] = []
    heading: SkillLine | None = None
    for line in lines:
        if line.skill is None:
            heading = line
        elif all(word in line.folded for word in wanted):
            if heading is not None:
                found.append(heading)
                heading = None
            found.append(line)
    return found
