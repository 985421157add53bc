"""What the index of a vault says of skills, and originals several at once. Only reads."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wallet_app.credentials.model import Original
from wallet_app.storage.connection import Database

__all__ = ["SkillColumns", "originals_of", "skill_columns"]


@dataclass(frozen=True, slots=True)
class SkillColumns:
    """Of one credential: whether it is aligned to any skill, its tags and whose it is."""

    aligned: bool
    tags: tuple[str, ...]
    document: str
    issuer_id: str


def skill_columns(database: Database) -> Mapping[str, SkillColumns]:
    """Return the columns of all that is in the safe, by credential."""
    rows = database.rows(
        "SELECT id, skills <> '[]', tags, credential_id, issuer_id FROM credential"
        " WHERE deleted_at IS NULL"
    )
    shared: dict[str, str] = {}
    return {
        identity: SkillColumns(
            bool(aligned),
            () if tags == "[]" else tuple(json.loads(tags)),
            document,
            shared.setdefault(issuer, issuer),
        )
        for identity, aligned, tags, document, issuer in rows
    }


def originals_of(database: Database, ids: Collection[str]) -> Mapping[str, Original]:
    """Return the original bytes of some credentials, of those that are still there."""
    rows = database.rows(
        "SELECT c.id, o.media_type, o.source_name, o.data FROM credential AS c"
        " JOIN original AS o ON o.credential = c.number"
        " WHERE c.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {identity: Original(data, media, name) for identity, media, name, data in rows}
