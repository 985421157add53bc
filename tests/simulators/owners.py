"""An owner at work on one vault, with a clock that may stand wrong."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from tests.simulators.vaults import NOW, add, credential, event, make_vault, open_vault
from wallet_app.errors import UserError
from wallet_app.storage.connection import SqlValue
from wallet_app.storage.content_rules import note_id
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import Contents, read_contents
from wallet_app.storage.merge import merge
from wallet_app.storage.merge_changes import MergeChanges
from wallet_app.storage.search import index_again
from wallet_app.storage.stamps import next_stamp
from wallet_app.storage.vault import Vault

NEVER_BEHIND = timedelta(milliseconds=1)


class Owner:
    """Somebody with one vault. Every act takes a moment on a clock that can be set."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        if not (folder / "empty").exists():
            make_vault(folder / "empty").close()
        self.vault: Vault = open_vault(shutil.copytree(folder / "empty", folder / name))
        # A crash of the machine is not what these tests are about.
        self.vault.database.run("PRAGMA synchronous = OFF")
        self._clock = NOW

    def set_clock(self, days: int) -> None:
        self._clock += timedelta(days=days)

    def now(self) -> datetime:
        self._clock += NEVER_BEHIND
        return self._clock

    def identity(self, number: int) -> str:
        return credential(number).original.sha256

    def add(self, number: int) -> bool:
        with suppress(UserError):
            add(self.vault, credential(number), at=self.now())
            return True
        return False

    def delete(self, number: int) -> bool:
        return self._try(self.vault.credentials.move_to_trash, number)

    def recover(self, number: int) -> bool:
        return self._try(self.vault.credentials.recover, number)

    def delete_forever(self, number: int) -> bool:
        return self._try(self.vault.credentials.delete_forever, number)

    def _try(self, act: object, number: int) -> bool:
        identity = self.identity(number)
        with suppress(UserError):
            act(identity, event("moved", identity, at=self.now()))  # type: ignore[operator]
            return True
        return False

    def is_here(self, number: int) -> bool:
        select = "SELECT 1 FROM credential WHERE id = ?"
        return self.vault.database.row(select, (self.identity(number),)) is not None

    def note(self, number: int, text: str) -> None:
        identity = self.identity(number)
        row = self.vault.database.row(
            "SELECT id FROM note_version WHERE credential_id = ? ORDER BY stamp DESC, id DESC",
            (identity,),
        )
        parent = str(row[0]) if row else ""
        self._put("notes", {"credential_id": identity, "parent": parent, "text": text})

    def tag(self, number: int, name: str, *, present: bool) -> None:
        row = {"credential_id": self.identity(number), "name": name, "present": int(present)}
        self._put("tags", row)

    def favourite(self, number: int, *, present: bool) -> None:
        self._put("favourites", {"credential_id": self.identity(number), "present": int(present)})

    def collect(self, identity: str, name: str, *, present: bool) -> None:
        self._put("collections", {"id": identity, "name": name, "present": int(present)})

    def member(self, collection: str, number: int, *, present: bool) -> None:
        row = {"collection": collection, "credential_id": self.identity(number)}
        self._put("members", {**row, "present": int(present)})

    def _put(self, name: str, told: Mapping[str, SqlValue]) -> None:
        database = self.vault.database
        with database.transaction():
            row = {**told, "stamp": next_stamp(database, self.now())}
            if name == "notes":
                row["id"] = note_id(row)
            database.run(TABLES[name].insert, row)
            for (number,) in database.rows(
                "SELECT number FROM credential WHERE id = ?", (told.get("credential_id", ""),)
            ):
                index_again(database, number)

    def contents(self) -> Contents:
        return read_contents(self.vault.database, keys=True)

    def take(self, contents: Contents, bring_back: frozenset[str] = frozenset()) -> MergeChanges:
        return merge(self.vault, contents, now=self.now(), source="a test", bring_back=bring_back)
