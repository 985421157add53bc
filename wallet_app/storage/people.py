"""What the owner told of themselves and of issuers: identifiers, known issuers, lists.

All of it stays in the vault and its encrypted backups. Every change is one transaction
with its event, and events hold no identifier: history is for ever, and whoever takes an
identifier away wants it gone.
"""

from hashlib import sha256

from wallet_app.errors import UserError
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.history import insert_event
from wallet_app.storage.models import Event, Identity, KnownIssuer, NewTrustList, TrustList
from wallet_app.storage.schema import knows_people
from wallet_app.storage.stamps import next_stamp, see_stamp
from wallet_app.storage.times import stored_time, time_text

__all__ = ["PeopleStore", "identity_key", "removal_key"]


def identity_key(kind: str, value: str) -> str:
    """Return the one text that names an identifier."""
    return f"{kind}:{value}"


def removal_key(key: str) -> str:
    """Return how the trace of a removal names what was removed: hex SHA-256."""
    return sha256(key.encode("utf-8")).hexdigest()


class PeopleStore:
    """The owner of one vault and whom they know."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    # --- the owner's identifiers ---------------------------------------------------------

    def identities(self) -> tuple[Identity, ...]:
        """Return what the owner confirmed as theirs, oldest first."""
        rows = self._rows(
            "SELECT kind, value, confirmed_at FROM identity ORDER BY confirmed_at, kind, value"
        )
        return tuple(Identity(kind, value, stored_time(at)) for kind, value, at in rows)

    def add_identity(self, kind: str, value: str, event: Event) -> bool:
        """Keep an identifier, confirmed at ``event.at``; False when it was there already."""
        with self._database.transaction():
            if self._rows("SELECT 1 FROM identity WHERE kind = ? AND value = ?", (kind, value)):
                return False
            self._database.run(
                "INSERT INTO identity (kind, value, confirmed_at) VALUES (?, ?, ?)",
                (kind, value, next_stamp(self._database, event.at)),
            )
            self._put_back("identity", identity_key(kind, value))
            insert_event(self._database, event)
        return True

    def remove_identity(self, kind: str, value: str, event: Event) -> None:
        """Forget an identifier.

        Raises:
            UserError: ``identity.unknown``.
        """
        with self._database.transaction():
            known = self._rows("SELECT 1 FROM identity WHERE kind = ? AND value = ?", (kind, value))
            if not known:
                raise UserError("identity.unknown")
            self._database.run("DELETE FROM identity WHERE kind = ? AND value = ?", (kind, value))
            self._take_off("identity", identity_key(kind, value), event)
            insert_event(self._database, event)

    # --- issuers that the owner knows ----------------------------------------------------

    def known_issuers(self) -> tuple[KnownIssuer, ...]:
        """Return the owner's own list, in the order of names."""
        rows = self._rows(
            "SELECT issuer_id, name, added_at FROM known_issuer ORDER BY name, issuer_id"
        )
        return tuple(KnownIssuer(identity, name, stored_time(at)) for identity, name, at in rows)

    def know_issuer(self, issuer_id: str, name: str, event: Event) -> bool:
        """Put an issuer on the owner's own list; False when it was on it already."""
        with self._database.transaction():
            if self._rows("SELECT 1 FROM known_issuer WHERE issuer_id = ?", (issuer_id,)):
                return False
            self._database.run(
                "INSERT INTO known_issuer (issuer_id, name, added_at) VALUES (?, ?, ?)",
                (issuer_id, name, next_stamp(self._database, event.at)),
            )
            self._put_back("known_issuer", issuer_id)
            insert_event(self._database, event)
        return True

    def forget_issuer(self, issuer_id: str, event: Event) -> None:
        """Take an issuer off the owner's own list.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        with self._database.transaction():
            if not self._rows("SELECT 1 FROM known_issuer WHERE issuer_id = ?", (issuer_id,)):
                raise UserError("trust_list.unknown", {"id": issuer_id[:200]})
            self._database.run("DELETE FROM known_issuer WHERE issuer_id = ?", (issuer_id,))
            self._take_off("known_issuer", issuer_id, event)
            insert_event(self._database, event)

    # --- lists by others -----------------------------------------------------------------

    def trust_lists(self, kind: str = "registry") -> tuple[TrustList, ...]:
        """Return the lists of one kind, in the order in which they were added."""
        rows = self._rows(
            "SELECT number, kind, name, source, fetched_at, sha256, enabled, data"
            " FROM trust_list WHERE kind = ? ORDER BY number",
            (kind,),
        )
        return tuple(
            TrustList(number, kind, name, source, stored_time(at), digest, bool(enabled), data)
            for number, kind, name, source, at, digest, enabled, data in rows
        )

    def keep_trust_list(self, new: NewTrustList, event: Event) -> None:
        """Keep a list; one of the same source is replaced, and stays on or off as it was."""
        digest = sha256(new.data).hexdigest()
        with self._database.transaction():
            fetched_at = self._list_stamp(new)
            self._database.run(
                "INSERT INTO trust_list (kind, name, source, fetched_at, sha256, enabled, data)"
                " VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT (source) DO UPDATE SET"
                " kind = ?1, name = ?2, fetched_at = ?4, sha256 = ?5, data = ?6",
                (new.kind, new.name, new.source, fetched_at, digest, new.data),
            )
            self._put_back("trust_list", new.source)
            insert_event(self._database, event)

    def remove_trust_list(self, number: int, event: Event) -> None:
        """Forget a list.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        with self._database.transaction():
            self._refuse_unknown_list(number)
            (source,) = self._rows("SELECT source FROM trust_list WHERE number = ?", (number,))[0]
            self._database.run("DELETE FROM trust_list WHERE number = ?", (number,))
            self._take_off("trust_list", source, event)
            insert_event(self._database, event)

    def switch_trust_list(self, number: int, *, enabled: bool) -> None:
        """Consult a list, or leave it aside without forgetting it.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        with self._database.transaction():
            self._refuse_unknown_list(number)
            self._database.run(
                "UPDATE trust_list SET enabled = ? WHERE number = ?", (enabled, number)
            )

    def _list_stamp(self, new: NewTrustList) -> str:
        """Return when the list was fetched; if it was taken off before, a moment after that."""
        fetched_at = time_text(new.fetched_at)
        gone = self._rows(
            "SELECT stamp FROM removal WHERE kind = 'trust_list' AND key = ?",
            (removal_key(new.source),),
        )
        if gone and fetched_at <= gone[0][0]:
            return next_stamp(self._database, new.fetched_at)
        see_stamp(self._database, fetched_at)
        return fetched_at

    def _take_off(self, kind: str, key: str, event: Event) -> None:
        """Leave a trace of what was removed: its hash, because it is wanted gone."""
        self._database.run(
            "INSERT OR REPLACE INTO removal (kind, key, stamp) VALUES (?, ?, ?)",
            (kind, removal_key(key), next_stamp(self._database, event.at)),
        )

    def _put_back(self, kind: str, key: str) -> None:
        self._database.run(
            "DELETE FROM removal WHERE kind = ? AND key = ?", (kind, removal_key(key))
        )

    def _refuse_unknown_list(self, number: int) -> None:
        if not self._rows("SELECT 1 FROM trust_list WHERE number = ?", (number,)):
            raise UserError("trust_list.unknown", {"id": number})

    def _rows(self, sql: str, parameters: tuple[str | int, ...] = ()) -> list[Row]:
        return self._database.rows(sql, parameters) if knows_people(self._database) else []
