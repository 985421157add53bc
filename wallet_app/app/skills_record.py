"""The record of somebody's skills as a file: a table, a JSON Resume, a picture or a PDF.

What was refused or withdrawn is not in it: it proves nothing. What the owner declared stands
apart and says so. The room for pictures and PDF loads Qt and is asked only for these.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.history_export import table_cell
from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.paper_choice import Paper, usual_paper
from wallet_app.app.shown_file import write_shown
from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength
from wallet_app.app.skill_overview import SkillGroup, SkillOverview, groups_of
from wallet_app.app.skill_times import Span, moments_of, span_of
from wallet_app.app.skill_words import framework_words, name_words, summary_words
from wallet_app.sharing.badge_entry import (
    BadgeEntry,
    issuer_with_doubt,
    month_text,
    name_text,
    title_with_status,
)
from wallet_app.sharing.json_resume import ResumeSkill, json_resume
from wallet_app.wording import Words

if TYPE_CHECKING:
    from wallet_app.sharing.skills_record import RecordGroup, RecordSkill, SkillsRecord

__all__ = ["RecordKind", "make_record", "write_record"]

_LEFT_OUT: Final = (Strength.WITHDRAWN, Strength.REFUSED)
_COLUMNS: Final = (
    "skill", "framework", "code", "url", "strength", "badge", "issuer", "issuer_proven",
    "verdict", "badge_strength", "since", "until", "badge_id",
)  # fmt: skip


class RecordKind(StrEnum):
    """The forms of a record; the value is the suffix of its file."""

    PDF = "pdf"
    PICTURE = "png"
    TABLE = "csv"
    RESUME = "json"


@dataclass(frozen=True, slots=True)
class _Told:
    """A group without what proves nothing; skills that nothing else speaks of are gone."""

    group: SkillGroup
    skills: tuple[tuple[ProvenSkill, tuple[SkillProof, ...]], ...]


def write_record(
    overview: SkillOverview, kind: RecordKind, path: Path, words: Words, *, now: datetime
) -> None:
    """Write the record to a file, whole or not at all.

    Raises:
        UserError: ``file.inside_vault``.
        EnvironmentFault: the disk refuses.
    """
    write_shown(path, make_record(overview, kind, words, now=now))


def make_record(
    overview: SkillOverview,
    kind: RecordKind,
    words: Words,
    *,
    now: datetime,
    paper: Paper | None = None,
) -> bytes:
    """Return the record as bytes; the order is that of the overview."""
    told = tuple(_told(overview))
    if kind is RecordKind.TABLE:
        return _table(told, words)
    if kind is RecordKind.RESUME:
        return _resume(told, overview, words)
    from wallet_app.sharing.skills_files import skills_pdf, skills_picture  # noqa: PLC0415 - loads Qt

    record = _record(told, overview, words, now)
    if kind is RecordKind.PDF:
        return skills_pdf(record, words, paper=paper or usual_paper())
    return skills_picture(record, words)


def _told(overview: SkillOverview) -> Iterator[_Told]:
    for group in groups_of(overview.skills):
        skills = tuple(
            (skill, proofs) for skill in group.skills if (proofs := _worth_telling(skill))
        )
        if skills:
            yield _Told(group, skills)


def _worth_telling(skill: ProvenSkill) -> tuple[SkillProof, ...]:
    """Return the proofs that a record names; what is declared only where nothing else is."""
    declared = skill.framework is Framework.DECLARED
    return tuple(
        proof
        for proof in skill.proofs
        if proof.strength not in _LEFT_OUT and (declared or proof.strength is not Strength.DECLARED)
    )


def _framework(group: SkillGroup, words: Words) -> str:
    """Return a heading for somebody else to read."""
    if group.framework is Framework.DECLARED:
        return words.text("skills_record.declared_title")
    return framework_words(words, group.framework, group.name)


def _proven(skill: ProvenSkill) -> int:
    return sum(proof.strength is Strength.PROVEN for proof in skill.proofs)


def _note(skill: ProvenSkill, words: Words) -> str:
    count = _proven(skill)
    return words.plural("skills.badges_in_force", count) if count else words.text(
        f"skills_record.not.{skill.strength}"
    )  # fmt: skip


# --- a table --------------------------------------------------------------------------------


def _table(told: Sequence[_Told], words: Words) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([words.text(f"skills_record.column.{name}") for name in _COLUMNS])
    for part in told:
        framework = _framework(part.group, words)
        for skill, proofs in part.skills:
            for proof in proofs:
                writer.writerow(map(table_cell, _cells(skill, proof, framework, words)))
    # With a mark in front spreadsheets read accents as they are.
    return file.getvalue().encode("utf-8-sig")


def _cells(skill: ProvenSkill, proof: SkillProof, framework: str, words: Words) -> tuple[str, ...]:
    declared = proof.strength is Strength.DECLARED
    proven = proof.issuer_proven and not declared
    title = words.text("skills_record.sample", name=proof.name) if proof.sample else proof.name
    return (
        skill.name,
        framework,
        skill.code,
        skill.url,
        words.text(f"skills.stands.{skill.strength}"),
        title,
        words.text("skills_record.holder") if declared else proof.issuer,
        words.text("skills_record.yes" if proven else "skills_record.no"),
        # A good signature under the owner's own key is no verdict on what it says.
        "" if declared else words.text(f"verdict.{proof.verdict}.name"),
        words.text(f"skills.stands.{proof.strength}"),
        _day(proof.since),
        _day(proof.until),
        proof.badge_id,
    )


def _day(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).date().isoformat()


# --- a JSON Resume --------------------------------------------------------------------------


def _resume(told: Sequence[_Told], overview: SkillOverview, words: Words) -> bytes:
    entries: dict[str, BadgeEntry] = {}
    skills = []
    for part in told:
        framework = _framework(part.group, words)
        for skill, proofs in part.skills:
            skills.append(_resume_skill(skill, framework, words))
            for proof in proofs:
                row = overview.rows.get(proof.badge_id)
                if row is not None and proof.strength is not Strength.DECLARED:
                    entries.setdefault(proof.badge_id, _entry(row))
    return json_resume(tuple(entries.values()), words, skills)


def _resume_skill(skill: ProvenSkill, framework: str, words: Words) -> ResumeSkill:
    name, note = name_words(skill.name), _note(skill, words)
    if not _proven(skill):
        return ResumeSkill(words.text("cv.title_with_status", title=name, status=note), "")
    known = skill.framework is not Framework.FREE
    keywords = (framework, name_words(skill.code)) if known else ()
    return ResumeSkill(name, note, tuple(one for one in keywords if one))


def _entry(row: BadgeRow) -> BadgeEntry:
    return BadgeEntry(
        title=row.name,
        issuer=row.issuer,
        issuer_proven=row.issuer_proven,
        verdict=row.verdict.value,
        checked_at=row.checked_at,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        holder=row.holder,
        own=row.mine is not Mine.NO,
        sample=row.demo,
    )


# --- pages ----------------------------------------------------------------------------------


def _record(
    told: Sequence[_Told], overview: SkillOverview, words: Words, now: datetime
) -> "SkillsRecord":
    from wallet_app.sharing.skills_record import SkillsRecord  # noqa: PLC0415 - loads Qt

    span = span_of(overview.skills, now)
    date = words.date(now.astimezone().date())
    said = summary_words(words, overview)
    # Where nothing is proven, what is said is a sentence already.
    key = "skills_record.summary" if overview.proven else "skills_record.none"
    summary = words.text(key, said=said, date=date)
    groups = tuple(_record_group(part, overview, span, words) for part in told)
    return SkillsRecord(groups, summary, now, span.first, span.last)


def _record_group(part: _Told, overview: SkillOverview, span: Span, words: Words) -> "RecordGroup":
    from wallet_app.sharing.skills_record import RecordGroup  # noqa: PLC0415 - loads Qt

    group = part.group
    declared = group.framework is Framework.DECLARED
    return RecordGroup(
        title=_framework(group, words),
        note=words.plural("skills.skills", len(part.skills)),
        skills=tuple(
            _record_skill(skill, proofs, overview, span, words) for skill, proofs in part.skills
        ),
        remark=words.text("skills_record.declared") if declared else "",
    )


def _record_skill(
    skill: ProvenSkill,
    proofs: Sequence[SkillProof],
    overview: SkillOverview,
    span: Span,
    words: Words,
) -> "RecordSkill":
    from wallet_app.drawing.skill_dots import Dot, DotKind  # noqa: PLC0415 - loads Qt
    from wallet_app.sharing.skills_record import RecordProof, RecordSkill  # noqa: PLC0415 - as above

    dots = tuple(
        Dot(one.part, one.count, DotKind(one.standing)) for one in moments_of(proofs, span)
    )
    lines = []
    for proof in proofs:
        row = overview.rows.get(proof.badge_id)
        date = month_text(proof.since, words)
        if proof.strength is Strength.DECLARED or row is None:
            holder = words.text("skills_record.holder")
            lines.append(RecordProof(name_text(proof.name), holder, date))
        else:
            entry = _entry(row)
            lines.append(
                RecordProof(title_with_status(entry, words), issuer_with_doubt(entry, words), date)
            )
    return RecordSkill(
        name_words(skill.name), _note(skill, words), name_words(skill.code), tuple(lines), dots
    )
