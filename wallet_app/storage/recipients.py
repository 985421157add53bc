"""Whom each credential is made out to, kept beside it so that a list of all is quick.

It is read out of the originals by those who know the formats, and can be made again. What
is missing here was not read yet: an older vault, or one restored from a backup.
"""

import json
from collections.abc import Collection, Iterator, Mapping

from wallet_app.credentials.model import Recipient
from wallet_app.storage.connection import Database
from wallet_app.storage.schema import knows_people

__all__ = ["RecipientStore", "insert_recipients"]


def insert_recipients(
    database: Database, credential: int, recipients: tuple[Recipient, ...]
) -> None:
    """Keep whom the credential of this number is made out to, inside a transaction."""
    rows = [[one.kind, one.value, one.hashed, one.salt] for one in recipients]
    database.run(
        "INSERT OR REPLACE INTO recipients (credential, data) VALUES (?, ?)",
        (credential, json.dumps(rows, ensure_ascii=False)),
    )


class RecipientStore:
    """Whom the credentials of one vault are made out to."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def of(self, credential_ids: Collection[str]) -> Mapping[str, tuple[Recipient, ...]]:
        """Return the recipients of some credentials, of those that were read."""
        if not knows_people(self._database):
            return {}
        rows = self._database.rows(
            "SELECT c.id, p.data FROM recipients AS p JOIN credential AS c"
            " ON c.number = p.credential WHERE c.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(credential_ids)),),
        )
        return {identity: _recipients(data) for identity, data in rows}

    def named_by_address(
        self, credential_ids: Collection[str]
    ) -> Mapping[str, tuple[Recipient, ...]]:
        """Return the recipients of those of some credentials that name any by ``id`` or ``url``.

        Of thousands most name an e-mail address: those are not even read.
        """
        if not knows_people(self._database):
            return {}
        rows = self._database.rows(
            "SELECT c.id, p.data FROM recipients AS p JOIN credential AS c"
            " ON c.number = p.credential WHERE c.id IN (SELECT value FROM json_each(?))"
            """ AND (p.data LIKE '%["id",%' OR p.data LIKE '%["url",%')""",
            (json.dumps(list(credential_ids)),),
        )
        return {identity: _recipients(data) for identity, data in rows}

    def named_in_safe(self) -> Iterator[tuple[int, str, tuple[Recipient, ...]]]:
        """Give number, issuer and recipients of all in the safe that name any by ``id`` or ``url``.

        Most badges of a safe name one holder: equal ones are read once.
        """
        if not knows_people(self._database):
            return
        read: dict[str, tuple[Recipient, ...]] = {}
        rows = self._database.rows(
            "SELECT c.number, c.issuer_id, p.data FROM recipients AS p JOIN credential AS c"
            " ON c.number = p.credential WHERE c.deleted_at IS NULL"
            """ AND (p.data LIKE '%["id",%' OR p.data LIKE '%["url",%')"""
        )
        for number, issuer, data in rows:
            found = read.get(data)
            if found is None:
                found = read[data] = _recipients(data)
            yield number, issuer, found

    def of_all(self) -> Mapping[str, tuple[Recipient, ...]]:
        """Return the recipients by credential, of all in the safe that were read."""
        if not knows_people(self._database):
            return {}
        rows = self._database.rows(
            "SELECT c.id, p.data FROM recipients AS p JOIN credential AS c"
            " ON c.number = p.credential WHERE c.deleted_at IS NULL"
        )
        return {identity: _recipients(data) for identity, data in rows}

    def unread(self) -> tuple[str, ...]:
        """Return the credentials whose recipients were not read yet, trash included."""
        if not knows_people(self._database):
            return ()
        # Each row belongs to a credential: as many of one as of the other, and none is unread.
        # Counting reads no row, and this is asked at every unlock.
        if self._database.row(
            "SELECT (SELECT count(*) FROM credential) = (SELECT count(*) FROM recipients)"
        ) == (1,):
            return ()
        rows = self._database.rows(
            "SELECT id FROM credential WHERE number NOT IN (SELECT credential FROM recipients)"
        )
        return tuple(row[0] for row in rows)

    def keep(self, found: Mapping[str, tuple[Recipient, ...]]) -> None:
        """Keep what was read of several credentials; those no longer there are left out."""
        with self._database.transaction():
            for identity, recipients in found.items():
                row = self._database.row("SELECT number FROM credential WHERE id = ?", (identity,))
                if row is not None:
                    insert_recipients(self._database, row[0], recipients)


def _recipients(data: str) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(kind, value, hashed, salt) for kind, value, hashed, salt in json.loads(data)
    )
