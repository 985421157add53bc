"""What a saved record of skills says, in words already and free of anything untrusted but names.

Nothing here proves anything: the badges do, and the record says so.
"""

from dataclasses import dataclass
from datetime import datetime

from wallet_app.drawing.skill_dots import Dot

__all__ = ["RecordGroup", "RecordProof", "RecordSkill", "SkillsRecord"]


@dataclass(frozen=True, slots=True)
class RecordProof:
    """One badge: its name with what must be said of it, its issuer with a doubt where there is."""

    title: str
    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class RecordSkill:
    """One skill. ``note`` is how many badges in force prove it, or that none does."""

    name: str
    note: str
    code: str = ""
    proofs: tuple[RecordProof, ...] = ()
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """The skills of one framework; ``remark`` is said below the heading, or ""."""

    title: str
    note: str
    skills: tuple[RecordSkill, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SkillsRecord:
    """All of it.

    Attributes:
        summary: one sentence: how much is proven, as of when.
        first_year, last_year: what the dots lie between.
    """

    groups: tuple[RecordGroup, ...]
    summary: str
    made_at: datetime
    first_year: int
    last_year: int
