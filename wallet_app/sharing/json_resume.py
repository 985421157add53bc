"""Badges as the ``certificates`` of a JSON Resume, schema v1.0.0, and their skills.

The schema knows name, date, issuer and url, all optional. It has no member for a status, and
themes print the name: what is not verified says so inside the name. No person is described,
so that the file can be merged into one's own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from wallet_app.sharing.badge_entry import BadgeEntry, issuer_with_doubt, title_with_status
from wallet_app.wording import Words

__all__ = ["SCHEMA", "ResumeSkill", "json_resume"]

SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
"""Names the format; nothing is fetched from there."""


@dataclass(frozen=True, slots=True)
class ResumeSkill:
    """One of the ``skills``: what is not proven says so inside ``name``, as themes print that.

    ``level`` is how many badges prove it, in words; ``keywords`` are framework and code.
    """

    name: str
    level: str
    keywords: tuple[str, ...] = ()


def json_resume(
    entries: Sequence[BadgeEntry], words: Words, skills: Sequence[ResumeSkill] = ()
) -> bytes:
    """Return the file: UTF-8 JSON, entries and skills in the order given."""
    document = {
        "$schema": SCHEMA,
        "certificates": [_certificate(entry, words) for entry in entries],
        "skills": [_skill(skill) for skill in skills],
        "meta": {"version": "v1.0.0"},
    }
    if not skills:
        del document["skills"]
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _certificate(entry: BadgeEntry, words: Words) -> dict[str, str]:
    moment = entry.issued_on
    members = {
        "name": title_with_status(entry, words),
        "date": "" if moment is None else moment.astimezone(UTC).date().isoformat(),
        "issuer": issuer_with_doubt(entry, words),
        "url": entry.link,
    }
    return {name: value for name, value in members.items() if value}


def _skill(skill: ResumeSkill) -> dict[str, object]:
    members = {"name": skill.name, "level": skill.level, "keywords": list(skill.keywords)}
    return {name: value for name, value in members.items() if value}
