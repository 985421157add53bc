"""Identities whose private keys the owner holds, as other wallets hand them over.

They are found by DID and by key id, never by name: elsewhere a restore that matched names
threw keys away. What is here stays: the same again changes nothing, and other private
material under a known key id is refused. Events hold no DID and no key.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.did import did_of
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.holder_keys import HolderIdentity, HolderKey, KeyKind, checked_key, short_id
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.connection import Database, Row
from wallet_app.storage.history import insert_event
from wallet_app.storage.models import Event
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time
from wallet_app.wording import plain_text

__all__ = ["Holder", "HolderKept", "HolderStore", "ListedHolder"]

_MAX_DOCUMENT_BYTES: Final = 64 * 1024
_MAX_LABEL_CHARS: Final = 100
_MAX_HOLDERS: Final = 10_000
_STORED: Final = JsonLimits(size_bytes=_MAX_DOCUMENT_BYTES)


class HolderKept(StrEnum):
    """What became of an identity that was to be kept."""

    ADDED = "added"
    COMPLETED = "completed"
    """The DID was known; a key came to it that was not."""
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Holder:
    """One identity as kept. ``label`` is for the eye: nothing is looked up by it."""

    label: str
    identity: HolderIdentity


@dataclass(frozen=True, slots=True)
class ListedHolder:
    """One identity without its private keys. ``keys``: (id, kind, public) each."""

    label: str
    did: str
    document: JsonObject
    keys: tuple[tuple[str, KeyKind, str], ...]


class HolderStore:
    """The identities of one vault."""

    def __init__(self, database: Database) -> None:
        """Read and write ``database``."""
        self._database = database

    def all(self) -> tuple[Holder, ...]:
        """Return every identity in the order in which they came; the secrets are the caller's."""
        if not knows_notes(self._database):
            return ()
        return tuple(map(self._holder, self._database.rows(f"{_SELECT} ORDER BY stamp, did")))

    def listed(self) -> tuple[ListedHolder, ...]:
        """Return every identity as ``all`` does, with no private key leaving the vault."""
        if not knows_notes(self._database):
            return ()
        found = []
        for did, label, document in self._database.rows(f"{_SELECT} ORDER BY stamp, did"):
            keys = self._database.rows(
                "SELECT id, kind, public FROM holder_key WHERE did = ? ORDER BY kind, id", (did,)
            )
            named = tuple((name, KeyKind(kind), public) for name, kind, public in keys)
            found.append(ListedHolder(label, did, _parsed(document), named))
        return tuple(found)

    def get(self, did: str) -> Holder | None:
        """Return the identity of that DID, or None."""
        if not knows_notes(self._database):
            return None
        row = self._database.row(f"{_SELECT} WHERE did = ?", (did,))
        return None if row is None else self._holder(row)

    def dids(self) -> frozenset[str]:
        """Return the DID of every identity."""
        if not knows_notes(self._database):
            return frozenset()
        return frozenset(did for (did,) in self._database.rows("SELECT did FROM holder"))

    def since(self) -> dict[str, tuple[str, datetime]]:
        """Return the label of every identity, by DID, and when it was made or came."""
        if not knows_notes(self._database):
            return {}
        rows = self._database.rows("SELECT did, label, stamp FROM holder ORDER BY stamp, did")
        return {did: (label, stored_time(stamp)) for did, label, stamp in rows}

    def count(self) -> int:
        """Return how many identities are held."""
        if not knows_notes(self._database):
            return 0
        row = self._database.row("SELECT count(*) FROM holder")
        return int(row[0]) if row else 0

    def keep(self, identity: HolderIdentity, label: str, event: Event) -> HolderKept:
        """Keep an identity with its keys in one transaction; ``event`` only if anything is new.

        Raises:
            UserError: ``holder.key_conflict`` when other private material is held under a
                key id, ``holder.key_…`` as ``checked_key``, ``holder.malformed``,
                ``holder.too_many``. Nothing of this identity was kept, what is held stays.
        """
        document = _document_of(identity)
        keys = tuple(_key_of(identity.did, key) for key in identity.keys)
        with self._database.transaction():
            known = self._database.row("SELECT 1 FROM holder WHERE did = ?", (identity.did,))
            new = [key for key in keys if not self._holds(key, identity.did)]
            if known and not new:
                return HolderKept.KNOWN
            if not known:
                self._insert(identity.did, document, label, event)
                reached("holder.identity")
            for key in new:
                self._database.run(
                    "INSERT INTO holder_key (id, did, kind, public, private)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (
                        *(key.id, identity.did, key.kind.value, key.public),
                        bytes(key.private.buffer()),
                    ),
                )
            reached("holder.keys")
            insert_event(self._database, event)
        return HolderKept.COMPLETED if known else HolderKept.ADDED

    def _insert(self, did: str, document: str, label: str, event: Event) -> None:
        if self.count() >= _MAX_HOLDERS:
            raise UserError("holder.too_many", {"limit": _MAX_HOLDERS})
        self._database.run(
            "INSERT INTO holder (did, label, document, stamp) VALUES (?, ?, ?, ?)",
            (did, self._free_label(label), document, next_stamp(self._database, event.at)),
        )

    def _holds(self, key: HolderKey, did: str) -> bool:
        row = self._database.row(
            "SELECT did, public, private FROM holder_key WHERE id = ?", (key.id,)
        )
        if row is None:
            return False
        same = row[:2] == (did, key.public) and compare_digest(row[2], key.private.buffer())
        if not same:
            raise UserError("holder.key_conflict", {"id": short_id(key.id)})
        return True

    def _free_label(self, label: str) -> str:
        """Return the label, or with a number behind it when another identity bears it."""
        wanted = plain_text(label.strip() or "DID", max_chars=_MAX_LABEL_CHARS)
        taken = {
            str(name).casefold() for (name,) in self._database.rows("SELECT label FROM holder")
        }
        return next(name for name in _labels(wanted) if name.casefold() not in taken)

    def _holder(self, row: Row) -> Holder:
        did, label, document = row
        keys = self._database.rows(
            "SELECT id, kind, public, private FROM holder_key WHERE did = ? ORDER BY kind, id",
            (did,),
        )
        held = tuple(_held(key) for key in keys)
        return Holder(label, HolderIdentity(did, _parsed(document), held))


_SELECT: Final = "SELECT did, label, document FROM holder"


def _parsed(document: str) -> JsonObject:
    try:
        return parse_object(document, _STORED)
    except FormatError as error:
        raise EnvironmentFault("vault.damaged") from error


def _held(row: Row) -> HolderKey:
    name, kind, public, private = row
    return HolderKey(name, KeyKind(kind), public, Secret(private))


def _key_of(did: str, key: HolderKey) -> HolderKey:
    if key.id.partition("#")[0] != did:
        raise UserError("holder.key_malformed", {"id": short_id(key.id)})
    return checked_key(key)


def _document_of(identity: HolderIdentity) -> str:
    text = json.dumps(identity.document, ensure_ascii=False)
    try:
        valid = did_of(identity.did) == identity.did
    except ProofError:
        valid = False
    named = identity.document.get("id") == identity.did
    if not (valid and named and len(text.encode()) <= _MAX_DOCUMENT_BYTES):
        raise UserError("holder.malformed", {"id": short_id(identity.did)})
    return text


def _labels(wanted: str) -> Iterator[str]:
    yield wanted
    for number in range(2, _MAX_HOLDERS + 2):
        yield f"{wanted} ({number})"
