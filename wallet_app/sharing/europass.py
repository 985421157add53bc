"""Badges as entries for the Europass CV editor: a text to copy, or the same as JSON.

The editor takes no file of others: its fields are filled by hand. So this is no format of
Europass, and says so; it has the fields of its section on education and training, each with
what the badge says. What the badge does not say (when the study began, a level of the EQF)
stays empty for the person.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from wallet_app.sharing.badge_entry import (
    BadgeEntry,
    day_text,
    issuer_with_doubt,
    name_text,
    title_with_status,
)
from wallet_app.wording import Words, plain_text

__all__ = ["europass_json", "europass_text"]

_MAX_SKILLS: Final = 60
_MAX_SKILL_CHARS: Final = 120
_MAX_RESULTS: Final = 8


def europass_text(entries: Sequence[BadgeEntry], words: Words) -> bytes:
    """Return UTF-8 text: a line a field, an empty line between two entries."""
    parts = [words.text("europass.note")]
    parts += ["\n".join(_lines(entry, words)) for entry in entries]
    return ("\n\n".join(parts) + "\n").encode()


def europass_json(entries: Sequence[BadgeEntry], words: Words) -> bytes:
    """Return the same as UTF-8 JSON; a field that the badge does not state is null."""
    document = {
        "note": words.text("europass.note"),
        "section": "education_and_training",
        "entries": [_members(entry, words) for entry in entries],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _lines(entry: BadgeEntry, words: Words) -> Iterator[str]:
    dated = entry.issued_on is not None
    fields = {
        "title": title_with_status(entry, words),
        "organisation": issuer_with_doubt(entry, words),
        "to": day_text(entry.issued_on, words) if dated and entry.issued_on else "",
        "valid_until": day_text(entry.expires_on, words) if entry.expires_on else "",
        "skills": ", ".join(_skills(entry)),
        "result": ", ".join(f"{label} {value}" for label, value in _results(entry)),
        "description": plain_text(entry.description.strip()),
        "link": entry.link,
    }
    for name, value in fields.items():
        if value:
            # The value is not put in as a param: a long address must stay whole.
            yield f"{words.text(f'europass.field.{name}')} {value}"


def _members(entry: BadgeEntry, words: Words) -> dict[str, object]:
    return {
        "title": title_with_status(entry, words),
        "organisation": issuer_with_doubt(entry, words) or None,
        "from": None,
        "to": _iso(entry.issued_on),
        "valid_until": _iso(entry.expires_on),
        "eqf_level": None,
        "skills": list(_skills(entry)),
        "results": [{"name": label, "value": value} for label, value in _results(entry)],
        "description": plain_text(entry.description.strip()) or None,
        "link": entry.link or None,
        "status": {"verdict": entry.verdict, "checked_on": _iso(entry.checked_at)},
        "issuer_proven": entry.issuer_proven,
    }


def _skills(entry: BadgeEntry) -> tuple[str, ...]:
    names = (plain_text(one.strip(), max_chars=_MAX_SKILL_CHARS) for one in entry.skills)
    return tuple(name for name in names if name)[:_MAX_SKILLS]


def _results(entry: BadgeEntry) -> tuple[tuple[str, str], ...]:
    pairs = ((name_text(label), name_text(value)) for label, value in entry.results)
    return tuple(pair for pair in pairs if pair[1])[:_MAX_RESULTS]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).date().isoformat()
