"""Saving what can still be read of a damaged vault into a new one; the old is not touched.

Every page that is as it was written is read by itself, so that one bad page costs the rows
on it and no more. A credential counts as saved when its bytes have the SHA-256 that names
them: nothing half goes into the new vault.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from wallet_app.credentials.model import Original
from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage.automatic import automatic_copies
from wallet_app.storage.building import VaultRecipe, build_vault, refuse_occupied
from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.header_file import unlock_header
from wallet_app.storage.history import insert_event
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.meta import VAULT_ID
from wallet_app.storage.models import Event
from wallet_app.storage.presence import DATABASE_NAME
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.salvage_pages import ReadPages, read_pages
from wallet_app.storage.salvage_tables import find_rows, shapes_of
from wallet_app.storage.search import index_again
from wallet_app.storage.signers import note_all_signers

__all__ = ["Salvaged", "salvage"]

Row = dict[str, SqlValue]

_HEADS: Final = ("credential", "original", "report", "document", "evidence", "event")
"""Put back in this order, each only with what it belongs to."""

_MADE_ANEW: Final = frozenset({"recipients", "signer", "sync_known", "sync_applied"})


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, exactly.

    Attributes:
        rows: saved rows by table. credentials: how many are whole in the new vault.
        orphans: bytes of credentials whose row or report is lost: whoever knows the
            formats reads them anew.
        lost: names of credentials whose bytes are lost; "" where it had none.
        lost_unnamed: credentials of which only a trace is left.
        pages, bad_pages: of the damaged vault. cut_rows: seen, not readable whole.
    """

    rows: Mapping[str, int]
    credentials: int
    orphans: tuple[Original, ...]
    lost: tuple[str, ...]
    lost_unnamed: int
    pages: int
    bad_pages: int
    cut_rows: int


def salvage(  # noqa: PLR0913 - each is named where it is called
    path: Path,
    secret: Secret,
    target: Path,
    *,
    now: datetime,
    is_ours: bool = False,
    kdf: KdfCost = DEFAULT_COST,
    randomness: Randomness = system_randomness,
) -> Salvaged:
    """Save what can be read of the vault at ``path`` into a new one at ``target``.

    ``secret`` opens both. ``is_ours``: the caller holds the vault open and, as it is
    damaged, writes nothing. A header that is lost or damaged is taken from one of the
    automatic copies. Nothing at ``path`` is changed.

    Raises:
        UserError: ``vault.wrong_passphrase``, ``vault.exists``, ``vault.folder_not_empty``.
        EnvironmentFault: ``salvage.nothing`` when no row could be read, ``vault.in_use``,
            ``vault.…``, ``file.…``; nothing is left at ``target``.
    """
    refuse_occupied(target)
    lock = None if is_ours else _lock(path)
    try:
        read = _read(path, secret)
    finally:
        if lock is not None:
            lock.release()
    saved = _Saving(read, now)
    recipe = VaultRecipe(secret, now, kdf, randomness, fill=saved.fill)
    build_vault(target, recipe).opened.vault_key.wipe()
    return saved.result()


def _lock(path: Path) -> FolderLock | None:
    try:
        return FolderLock(path)
    except OSError:
        # A disk that cannot be written can still be read.
        return None


def _read(path: Path, secret: Secret) -> ReadPages:
    database, log = path / DATABASE_NAME, path / f"{DATABASE_NAME}-wal"
    with _key(path, secret) as key:
        return read_pages(database, log, key)


def _key(path: Path, secret: Secret) -> Secret:
    """Return the vault key, from the vault's header or else from that of a copy."""
    try:
        return unlock_header(path, secret).opened.vault_key
    except CoffreError as error:
        for copy in automatic_copies(path):
            with suppress(CoffreError):
                return unlock_header(copy.path, secret).opened.vault_key
        raise error from None


@dataclass(slots=True)
class _Saving:
    """What is found, sorted while the new vault is filled."""

    read: ReadPages
    now: datetime
    rows: Counter[str] = field(default_factory=Counter)
    orphans: list[Original] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lost_unnamed: int = 0
    cut: int = 0
    credentials: int = 0

    def fill(self, database: Database) -> None:
        """Put everything that is whole into the fresh database, inside its transaction."""
        shapes = shapes_of(database)
        found = find_rows(self.read.pages, shapes)
        self.cut = found.cut
        tables = {
            shape.name: [
                dict(zip((column for column, _, _ in shape.columns), row, strict=True))
                for row in found.rows.get(shape.name, ())
            ]
            for shape in shapes
        }
        if not any(tables.values()):
            raise EnvironmentFault("salvage.nothing")
        self._sort(tables)
        for name in (*_HEADS, *sorted(tables.keys() - set(_HEADS) - _MADE_ANEW)):
            for row in tables[name]:
                self._put(database, name, row)
        for (number,) in database.rows("SELECT number FROM credential"):
            index_again(database, number)
        note_all_signers(database)
        self.credentials = self.rows["credential"]
        insert_event(database, Event(self.now, "salvaged", params={"count": self.credentials}))

    def result(self) -> Salvaged:
        """Return what became of everything."""
        return Salvaged(
            dict(self.rows),
            self.credentials,
            tuple(self.orphans),
            tuple(sorted(self.lost)),
            self.lost_unnamed,
            self.read.total,
            self.read.bad,
            self.cut,
        )

    def _sort(self, tables: dict[str, list[Row]]) -> None:
        """Keep what is whole with all it belongs to; name the rest."""
        tables["meta"] = [row for row in tables["meta"] if row["key"] != VAULT_ID]
        heads = {row["number"]: row for row in tables["credential"]}
        originals = {row["credential"]: row for row in tables["original"]}
        reported = {row["credential"] for row in tables["report"]}
        whole = {
            number
            for number, head in heads.items()
            if number in reported and number in originals and _is(originals[number], head["id"])
        }
        self._name_the_rest(heads, originals, reported, whole)
        documents = {row["number"] for row in tables["document"] if _is(row, row["sha256"])}
        rules: dict[str, Callable[[Row], bool]] = {
            "credential": lambda row: row["number"] in whole,
            "original": lambda row: row["credential"] in whole,
            "report": lambda row: row["credential"] in whole,
            "document": lambda row: row["number"] in documents,
            "trust_list": lambda row: _is(row, row["sha256"]),
        }
        for name, rule in rules.items():
            tables[name] = [row for row in tables[name] if rule(row)]
        reports = {row["number"] for row in tables["report"]}
        tables["evidence"] = [
            row
            for row in tables["evidence"]
            if row["report"] in reports and row["document"] in documents
        ]
        alive = {heads[number]["id"] for number in whole}
        tables["tombstone"] = [
            row for row in tables["tombstone"] if row["credential_id"] not in alive
        ]

    def _name_the_rest(
        self,
        heads: Mapping[SqlValue, Row],
        originals: Mapping[SqlValue, Row],
        reported: set[SqlValue],
        whole: set[SqlValue],
    ) -> None:
        for number, row in originals.items():
            # Without its row nothing says which hash it should have: its page was whole.
            head = heads.get(number)
            if number not in whole and (head is None or _is(row, head["id"])):
                data, media_type = row["data"], str(row["media_type"])
                if isinstance(data, bytes):
                    self.orphans.append(Original(data, media_type, str(row["source_name"])))
        kept = whole | originals.keys()
        self.lost += [str(head["name"]) for number, head in heads.items() if number not in kept]
        self.lost_unnamed = len(reported - heads.keys() - originals.keys())

    def _put(self, database: Database, name: str, row: Row) -> None:
        columns = ", ".join(row)
        marks = ", ".join(f":{column}" for column in row)
        before = database.changes
        # Names from the schema of the fresh vault; values as parameters. A row that is there
        # twice, as in an old page and a new one, goes in once.
        database.run(f"INSERT OR IGNORE INTO {name} ({columns}) VALUES ({marks})", row)  # noqa: S608
        self.rows[name] += database.changes - before


def _is(row: Row, identity: object) -> bool:
    data = row["data"]
    return isinstance(data, bytes) and sha256(data).hexdigest() == identity
