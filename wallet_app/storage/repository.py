"""The credentials of an open vault: add, list, find, read, delete, bring back.

Every change is one transaction that includes its event; what is returned is read back
from the database.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from wallet_app.credentials.model import Original
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.connection import Database, Row, SqlValue
from wallet_app.storage.evidence import remove_unused_documents
from wallet_app.storage.history import insert_event
from wallet_app.storage.inner_search import found_by_tags
from wallet_app.storage.listing import (
    Wanted,
    count_alive,
    first_numbers,
    numbers_of,
    rows_numbered,
)
from wallet_app.storage.marks import forget_words
from wallet_app.storage.models import (
    CredentialIndex,
    Event,
    NewCredential,
    NewReport,
    Place,
    StoredCredential,
    StoredReport,
    StoredRow,
    Tombstone,
)
from wallet_app.storage.recipients import insert_recipients
from wallet_app.storage.reports import insert_report, keep_later_report, reports_of
from wallet_app.storage.rows import (
    INSERT_CREDENTIAL,
    ROW_COLUMNS,
    SELECT_INDEX,
    UPDATE_INDEX,
    index_of,
    index_values,
    row_of,
)
from wallet_app.storage.search import index_words, match_expression, remove_words
from wallet_app.storage.search_spelling import nearest_word
from wallet_app.storage.search_terms import Among, narrowing, read_terms
from wallet_app.storage.stamps import next_stamp, see_stamp
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time, time_text

__all__ = ["MAX_ORIGINAL_BYTES", "CredentialStore"]

MAX_ORIGINAL_BYTES: Final = 64 * 1024 * 1024
"""Largest credential kept; a badge with its picture is a thousandth of it."""

_PREFIX: Final = re.compile(r"[0-9a-f]{6,64}")


class CredentialStore:
    """The credentials of one vault."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def add(self, new: NewCredential, event: Event) -> StoredRow:
        """Store a credential with its report and evidence; ``event.at`` is when it was added.

        A tombstone of the same credential goes: it is alive again.

        Raises:
            UserError: ``vault.duplicate`` when it is in the safe or in the trash,
                ``vault.too_large`` above ``MAX_ORIGINAL_BYTES``.
            EnvironmentFault: nothing was stored.
        """
        if len(new.original.data) > MAX_ORIGINAL_BYTES:
            raise UserError("vault.too_large")
        identity = new.original.sha256
        with self._database.transaction():
            if self.place_of(identity) in (Place.SAFE, Place.TRASH):
                raise UserError("vault.duplicate", {"name": new.index.name})
            number = self._insert_credential(identity, new, event)
            # What happens to it later must be later, whatever the clock says then.
            see_stamp(self._database, time_text(event.at))
            reached("add.credential")
            self._insert_original(number, new.original)
            insert_report(self._database, number, new.report)
            if new.recipients is not None:
                insert_recipients(self._database, number, new.recipients)
            reached("add.report")
            index_words(self._database, number, new.index)
            self._come_alive(identity, event)
            insert_event(self._database, event)
        return self._row(identity)

    def place_of(self, credential_id: str) -> Place:
        """Return where the credential of that identity is."""
        row = self._database.row("SELECT deleted_at FROM credential WHERE id = ?", (credential_id,))
        if row:
            return Place.SAFE if row[0] is None else Place.TRASH
        gone = self._database.row(
            "SELECT 1 FROM tombstone WHERE credential_id = ?", (credential_id,)
        )
        return Place.DELETED if gone else Place.ABSENT

    def rows(
        self, query: str = "", *, limit: int | None = None, among: Among | None = None
    ) -> tuple[StoredRow, ...]:
        """Return what is in the safe and matches every term of ``query``, newest first.

        With a ``limit``, the first of them at once, however many there are. ``among`` as for
        ``search_terms.narrowing``.
        """
        wanted = self._wanted(query, among)
        if limit is None:
            return self.rows_numbered(numbers_of(self._database, wanted))
        return self.rows_numbered(first_numbers(self._database, wanted, limit))

    def numbers(
        self, query: str = "", *, limit: int | None = None, among: Among | None = None
    ) -> Sequence[int]:
        """Return the numbers of all that ``rows`` would give, in its order: 8 bytes each."""
        wanted = self._wanted(query, among)
        if limit is not None:
            return first_numbers(self._database, wanted, limit)
        return numbers_of(self._database, wanted)

    def numbers_of(self, credential_ids: Iterable[str]) -> Sequence[int]:
        """Return the numbers of those of these credentials that are in the safe."""
        rows = self._database.rows(
            "SELECT number FROM credential WHERE deleted_at IS NULL"
            " AND id IN (SELECT value FROM json_each(?)) ORDER BY number",
            (json.dumps(sorted(credential_ids)),),
        )
        return [int(number) for (number,) in rows]

    def ids_alive(self) -> tuple[tuple[int, str], ...]:
        """Return number and id of all that is in the safe, without the trash."""
        rows = self._database.rows("SELECT number, id FROM credential WHERE deleted_at IS NULL")
        return tuple((int(number), str(found)) for number, found in rows)

    def rows_numbered(self, numbers: Sequence[int]) -> tuple[StoredRow, ...]:
        """Return the rows of some ``numbers``, those still in the safe, in the order given."""
        return rows_numbered(self._database, numbers)

    def count(self) -> int:
        """Return how many credentials are in the safe, without those in the trash."""
        return count_alive(self._database)

    def by_last_check(self) -> tuple[tuple[str, str], ...]:
        """Return id and issuer id of all in the safe, those checked longest ago first."""
        rows = self._database.rows(
            "SELECT id, issuer_id FROM credential WHERE deleted_at IS NULL"
            " ORDER BY checked_at, number"
        )
        return tuple((str(identity), str(issuer)) for identity, issuer in rows)

    def ids_of_format(self, name: str) -> tuple[str, ...]:
        """Return the identities of all credentials of a ``Format`` word, trash included."""
        rows = self._database.rows("SELECT id FROM credential WHERE format = ?", (name,))
        return tuple(str(identity) for (identity,) in rows)

    def found_by_tags(
        self, ids: Iterable[str], query: str, format_name: str
    ) -> dict[str, tuple[str, ...]]:
        """Return the tags of those of a ``Format`` word that ``query`` finds by them alone."""
        return found_by_tags(self._database, ids, read_terms(query).words, format_name)

    def nearest_word(self, word: str) -> str:
        """Return the word of the index that a slip makes ``word`` of (``search_spelling``)."""
        return nearest_word(self._database, word)

    def find(self, prefix: str) -> str:
        """Return the whole identity that begins with ``prefix``: six hex digits or more.

        Raises:
            UserError: ``vault.no_such_credential`` or ``vault.ambiguous_id``.
        """
        digits = prefix.strip().lower()
        found: list[Row] = []
        if _PREFIX.fullmatch(digits):
            found = self._database.rows(
                "SELECT id FROM credential WHERE id >= ? AND id < ? LIMIT 2", (digits, digits + "g")
            )
        if not found:
            raise UserError("vault.no_such_credential", {"id": prefix[:64]})
        if len(found) > 1:
            raise UserError("vault.ambiguous_id", {"id": prefix[:64]})
        return str(found[0][0])

    def get(self, credential_id: str) -> StoredCredential:
        """Return one credential, from the safe or the trash.

        Raises:
            UserError: ``vault.no_such_credential``.
        """
        with self._database.snapshot():
            number = self._number(credential_id)
            index = self._one(SELECT_INDEX, number)
            media_type, name, data = self._one(
                "SELECT media_type, source_name, data FROM original WHERE credential = ?", number
            )
            report = self._one(
                "SELECT report_json FROM report WHERE credential = ?"
                " ORDER BY checked_at DESC, number DESC",
                number,
            )
            return StoredCredential(
                row=self._row(credential_id),
                original=Original(data, media_type, name),
                index=index_of(index),
                report_json=report[0],
            )

    def same_document(self, document_id: str, issuer_id: str) -> tuple[StoredRow, ...]:
        """Return the credentials of the safe whose own ``id`` and issuer are these."""
        return self._listed(
            "credential AS c WHERE c.credential_id = ? AND c.credential_id <> ''"
            " AND c.issuer_id = ? AND c.deleted_at IS NULL ORDER BY c.added_at DESC, c.number DESC",
            (document_id, issuer_id),
        )

    def same_canonical(self, canonical_sha256: str) -> tuple[StoredRow, ...]:
        """Return the credentials of the safe that say the same in other bytes."""
        return self._listed(
            "credential AS c WHERE c.canonical_sha256 = ? AND c.canonical_sha256 <> ''"
            " AND c.deleted_at IS NULL ORDER BY c.added_at DESC, c.number DESC",
            (canonical_sha256,),
        )

    def add_report(
        self, credential_id: str, report: NewReport, *events: Event, replaces: bool = False
    ) -> StoredRow:
        """Store a later verification: it becomes the current one, earlier ones stay.

        With ``replaces`` it takes the place of the current one: of a run of reports that
        all say the same, a caller keeps the first and the last.

        Raises:
            UserError: ``vault.no_such_credential``.
        """
        with self._database.transaction():
            number = self._number(credential_id)
            keep_later_report(self._database, number, report, replaces=replaces)
            for event in events:
                insert_event(self._database, event)
        return self._row(credential_id)

    def reports(self, credential_id: str) -> tuple[StoredReport, ...]:
        """Return every report of one credential, newest first."""
        return reports_of(self._database, self._number(credential_id))

    def replace_index(self, credential_id: str, index: CredentialIndex) -> None:
        """Replace what was read out of a credential, as after an update of a reader.

        Raises:
            UserError: ``vault.no_such_credential``.
        """
        with self._database.transaction():
            number = self._number(credential_id)
            self._database.run(UPDATE_INDEX, (*index_values(index), number))
            index_words(self._database, number, index)

    def move_to_trash(self, credential_id: str, event: Event) -> None:
        """Take a credential out of the list; ``event.at`` is when. It can be recovered.

        Raises:
            UserError: ``vault.no_such_credential``, also when it is in the trash already.
        """
        with self._database.transaction():
            if self.place_of(credential_id) is not Place.SAFE:
                raise UserError("vault.no_such_credential", {"id": credential_id[:64]})
            self._move(credential_id, time_text(event.at), event)
            insert_event(self._database, event)

    def recover(self, credential_id: str, event: Event) -> None:
        """Bring a credential back from the trash.

        Raises:
            UserError: ``vault.not_in_trash``.
        """
        with self._database.transaction():
            self._refuse_outside_trash(credential_id)
            self._move(credential_id, None, event)
            insert_event(self._database, event)

    def trash(self) -> tuple[StoredRow, ...]:
        """Return what is in the trash, last deleted first."""
        return self._listed(
            "credential AS c WHERE c.deleted_at IS NOT NULL"
            " ORDER BY c.deleted_at DESC, c.number DESC",
            (),
        )

    def delete_forever(self, credential_id: str, event: Event, *, reason: str = "") -> None:
        """Remove a credential of the trash with its reports and evidence; leave a tombstone.

        Backups made before still hold it, and the search index until ``drop_removed_words``.

        Raises:
            UserError: ``vault.not_in_trash``.
        """
        with self._database.transaction():
            self._refuse_outside_trash(credential_id)
            number = self._number(credential_id)
            remove_words(self._database, number)
            self._database.run("DELETE FROM credential WHERE number = ?", (number,))
            remove_unused_documents(self._database)
            self._database.run(
                "INSERT INTO tombstone (credential_id, at, reason) VALUES (?, ?, ?)",
                (credential_id, next_stamp(self._database, event.at), reason),
            )
            forget_words(self._database, credential_id)
            insert_event(self._database, event)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return the traces of what was deleted for good, oldest first."""
        rows = self._database.rows(
            "SELECT credential_id, at, reason FROM tombstone ORDER BY at, credential_id"
        )
        return tuple(Tombstone(identity, stored_time(at), reason) for identity, at, reason in rows)

    def _wanted(self, query: str, among: Among | None) -> Wanted:
        terms = read_terms(query)
        narrow, values = narrowing(self._database, terms, among)
        return Wanted(match_expression(terms.words), narrow, values)

    def _insert_credential(self, identity: str, new: NewCredential, event: Event) -> int:
        return self._database.run(
            INSERT_CREDENTIAL,
            (
                *index_values(new.index),
                identity,
                new.demo,
                time_text(event.at),
                new.report.verdict,
                new.report.issuer_proven,
                time_text(new.report.checked_at),
            ),
        )

    def _insert_original(self, number: int, original: Original) -> None:
        self._database.run(
            "INSERT INTO original (credential, media_type, source_name, data) VALUES (?, ?, ?, ?)",
            (number, original.media_type, original.name, original.data),
        )

    def _come_alive(self, credential_id: str, event: Event) -> None:
        gone = "SELECT 1 FROM tombstone WHERE credential_id = ?"
        if self._database.row(gone, (credential_id,)) is None:
            return
        self._database.run("DELETE FROM tombstone WHERE credential_id = ?", (credential_id,))
        # After the deletion, whatever the clock says: else a merge would delete it again.
        self._move(credential_id, None, event)

    def _move(self, credential_id: str, deleted_at: str | None, event: Event) -> None:
        self._database.run(
            "UPDATE credential SET deleted_at = ?, moved_at = ? WHERE id = ?",
            (deleted_at, next_stamp(self._database, event.at), credential_id),
        )

    def _refuse_outside_trash(self, credential_id: str) -> None:
        if self.place_of(credential_id) is not Place.TRASH:
            raise UserError("vault.not_in_trash", {"id": credential_id[:64]})

    def _number(self, credential_id: str) -> int:
        row = self._database.row("SELECT number FROM credential WHERE id = ?", (credential_id,))
        if row is None:
            raise UserError("vault.no_such_credential", {"id": credential_id[:64]})
        return int(row[0])

    def _row(self, credential_id: str) -> StoredRow:
        return self._listed("credential AS c WHERE c.id = ?", (credential_id,))[0]

    def _listed(self, source: str, parameters: Sequence[SqlValue]) -> tuple[StoredRow, ...]:
        # Every source is a constant of this module; what a person types is a parameter.
        sql = f"SELECT {ROW_COLUMNS} FROM {source}"  # noqa: S608
        rows = self._database.rows(sql, parameters)
        return tuple(row_of(row) for row in rows)

    def _one(self, sql: str, number: int) -> Row:
        row = self._database.row(sql, (number,))
        if row is None:
            # Never written like this: each credential comes with its original and report.
            raise EnvironmentFault("vault.damaged")
        return row
