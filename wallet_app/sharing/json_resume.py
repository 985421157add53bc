"""Badges as the ``certificates`` of a JSON Resume, schema v1.0.0.

The schema knows name, date, issuer and url, all optional. It has no member for a status, and
themes print the name: what is not verified says so inside the name. No person is described,
so that the file can be merged into one's own.
"""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Final

from wallet_app.sharing.badge_entry import BadgeEntry, issuer_with_doubt, title_with_status
from wallet_app.wording import Words

__all__ = ["SCHEMA", "json_resume"]

SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
"""Names the format; nothing is fetched from there."""


def json_resume(entries: Sequence[BadgeEntry], words: Words) -> bytes:
    """Return the file: UTF-8 JSON, entries in the order given."""
    document = {
        "$schema": SCHEMA,
        "certificates": [_certificate(entry, words) for entry in entries],
        "meta": {"version": "v1.0.0"},
    }
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
