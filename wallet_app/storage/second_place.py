"""Backups in a second place, made without asking: taken, delivered, noted.

Three steps, so that neither the vault nor its lock waits for a disk or a server:
``take`` and ``note`` on the vault's thread, ``deliver`` on any other. A backup counts when
the place gave it back byte for byte, and older ones go only then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from wallet_app.crypto.envelope import SlotKind
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.age_archive import recipient_of, seal_to
from wallet_app.storage.archive import MAX_ARCHIVE_BYTES, pack, unpack
from wallet_app.storage.backup_names import backups_to_delete, placed_backup
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import Contents, read_contents, size_of_files
from wallet_app.storage.key_file import KEY_FILE, MAX_KEY_BYTES, KeyRing, key_file, read_key_file
from wallet_app.storage.place_settings import PlaceSettings, read_object, write_object
from wallet_app.storage.places import Place, write_proven
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.secrets import BACKUP_IDENTITY, put_secret
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time, time_text
from wallet_app.storage.vault import Vault

__all__ = [
    "Delivered",
    "PlaceState",
    "PutKeys",
    "Taken",
    "change_mark",
    "choose_place",
    "deliver",
    "has_stale_key",
    "is_due",
    "leave_place",
    "note_failure",
    "note_keys",
    "note_success",
    "passphrase_slot_of",
    "place_settings",
    "place_state",
    "put_key_file",
    "take",
]

_SETTINGS: Final = "second_place"
_STATE: Final = "second_place_state"
_HOUR: Final = timedelta(hours=1)
_RETRY: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PlaceState:
    """How the second place stands.

    Attributes:
        where: as shown; "" when none was chosen.
        good_at, name, size_bytes: the last backup that was proven there.
        mark: ``change_mark`` of what it holds.
        failed_at, failure: the last failure since then, as a code with its params.
        key_for: the recipient whose key lies there; key_sha256: of that file; key_slot: of
            the passphrase that opens it.
    """

    where: str = ""
    good_at: datetime | None = None
    name: str = ""
    size_bytes: int = 0
    mark: str = ""
    failed_at: datetime | None = None
    failure: CoffreError | None = None
    key_for: str = ""
    key_sha256: str = ""
    key_slot: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything that a backup needs, taken out of the vault at one moment."""

    contents: Contents
    recipient: str
    keys: KeyRing
    machine: str
    made_at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A backup that the place gave back as it was written, and what went to make room."""

    name: str
    size_bytes: int
    made_at: datetime
    mark: str
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PutKeys:
    """A key file that was proven: for whom, its hash, and keys of others found in it."""

    recipient: str
    sha256: str
    others: tuple[Secret, ...] = ()


def place_settings(vault: Vault) -> PlaceSettings | None:
    """Return the chosen place, None for none."""
    stored = read_object(vault.secrets, _SETTINGS)
    return None if stored is None else PlaceSettings.from_json(stored)


def choose_place(vault: Vault, settings: PlaceSettings) -> None:
    """Keep a place that was tried; ``note_keys`` follows.

    Raises:
        EnvironmentFault: as ``Database.transaction``.
    """
    write_object(vault.secrets, _SETTINGS, dict(settings.to_json()))
    _write_state(vault, PlaceState(where=settings.where))


def passphrase_slot_of(vault: Vault) -> str:
    """Return the name of the slot that the present passphrase opens; it changes with it."""
    return next((way.slot_id for way in vault.slots.all() if way.kind == SlotKind.PASSPHRASE), "")


def has_stale_key(vault: Vault) -> bool:
    """Return whether the key file is of an earlier passphrase or recovery code."""
    state = place_state(vault)
    if not state.where or not knows_notes(vault.database):
        return False
    present = (KeyRing.of(vault).recipient, passphrase_slot_of(vault))
    return present != (state.key_for, state.key_slot)


def note_keys(vault: Vault, put: PutKeys, *, slot: str) -> None:
    """Remember the key file that lies in the place, and the keys that it must go on holding.

    ``slot`` is what ``passphrase_slot_of`` gave for the passphrase of the file.
    """
    with vault.database.transaction():
        for one in put.others:
            put_secret(vault.database, f"{BACKUP_IDENTITY}.{recipient_of(one)}", one)
    state = replace(place_state(vault), key_for=put.recipient, key_sha256=put.sha256, key_slot=slot)
    _write_state(vault, state)


def leave_place(vault: Vault) -> None:
    """Forget the place. What lies there stays there."""
    vault.secrets.remove(_SETTINGS)
    vault.secrets.remove(_STATE)


def place_state(vault: Vault) -> PlaceState:
    """Return how the second place stands."""
    settings, stored = place_settings(vault), read_object(vault.secrets, _STATE)
    if settings is None:
        return PlaceState()
    return _read_state(settings.where, stored or {})


def change_mark(database: Database) -> str:
    """Return a text that differs after every change that a backup would carry.

    Everything that changes writes an event, a report or a stamp.
    """
    parts = [
        database.row("SELECT coalesce(max(number), 0) FROM event"),
        database.row("SELECT number, checked_at FROM report ORDER BY number DESC LIMIT 1"),
        database.row("SELECT value FROM meta WHERE key = 'last_stamp'"),
        database.row("SELECT coalesce(sum(enabled), 0), count(*) FROM trust_list"),
    ]
    return "/".join("-".join(map(str, part or ())) for part in parts)


def is_due(vault: Vault, now: datetime) -> bool:
    """Return whether a backup should go to the second place now.

    At most one an hour, none when nothing has changed; after a failure again in 15 minutes.
    """
    state = place_state(vault)
    if not state.where or vault.read_only or not knows_notes(vault.database):
        return False
    if state.failed_at is not None and timedelta() <= now - state.failed_at < _RETRY:
        return False
    recent = state.good_at is not None and timedelta() <= now - state.good_at < _HOUR
    return not recent and state.mark != change_mark(vault.database)


def take(vault: Vault, now: datetime) -> Taken:
    """Take everything out for a backup; quick, and nothing waits on a place.

    Raises:
        UserError: ``backup.too_large``.
    """
    keys = KeyRing.of(vault)
    with vault.database.snapshot():
        if size_of_files(vault.database) > MAX_ARCHIVE_BYTES:
            raise UserError("backup.too_large", {"max_mb": MAX_ARCHIVE_BYTES // 2**20})
        contents = read_contents(vault.database)
        mark = change_mark(vault.database)
    return Taken(contents, keys.recipient, keys, vault.vault_id, now, mark)


def deliver(
    taken: Taken, place: Place, *, stopped: Callable[[], bool] = lambda: False
) -> Delivered:
    """Write a backup to the place, prove it, then let the oldest go. Blocks; any thread.

    ``stopped`` is asked between the steps: what was taken out must not outlive a lock.

    Raises:
        EnvironmentFault: ``place.stopped``.
        EnvironmentFault: ``place.…``; ``place.key_missing`` when the place no longer holds
            what was put there: an unplugged disk leaves an empty folder of its name.
    """
    names = [one.name for one in place.files()]
    if KEY_FILE not in names:
        raise EnvironmentFault("place.key_missing", {"place": place.where})
    _refuse_stopped(stopped)
    archive = pack(taken.contents, taken.made_at)
    sealed = seal_to(archive, taken.recipient)
    reached("second_place.sealed")
    if taken.keys.open(sealed) != archive or unpack(archive)[1] != taken.contents:
        raise EnvironmentFault("backup.not_as_written", {"name": place.where})
    backup = placed_backup(taken.made_at, taken.machine)
    while backup.name in names:
        # Made within the same second, or before the clock was set back.
        backup = replace(backup, made_at=backup.made_at + timedelta(seconds=1))
    _refuse_stopped(stopped)
    place.sweep(taken.made_at)
    write_proven(place, backup.name, sealed)
    reached("second_place.proven")
    old = backups_to_delete([*names, backup.name], taken.made_at, backup.machine)
    for name in old:
        place.remove(name)
        reached("second_place.thinned")
    return Delivered(backup.name, len(sealed), taken.made_at, taken.mark, old)


def _refuse_stopped(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise EnvironmentFault("place.stopped")


def note_success(vault: Vault, delivered: Delivered) -> PlaceState:
    """Remember a backup that was proven."""
    state = replace(
        place_state(vault),
        good_at=delivered.made_at,
        name=delivered.name,
        size_bytes=delivered.size_bytes,
        mark=delivered.mark,
        failed_at=None,
        failure=None,
    )
    _write_state(vault, state)
    return state


def note_failure(vault: Vault, error: CoffreError, now: datetime) -> PlaceState:
    """Remember why the last backup did not come about; the last good one stays named."""
    state = replace(place_state(vault), failed_at=now, failure=error)
    _write_state(vault, state)
    return state


def put_key_file(keys: KeyRing, passphrase: Secret, place: Place, *, known: str) -> PutKeys:
    """Write the key file for a passphrase and read it back; takes seconds; any thread.

    After a change of passphrase or of the recovery code this must be done again: until then
    the earlier passphrase opens it. Where another vault of the person keeps its backups in
    the same place, its keys stay in the file.

    Args:
        keys: of the vault.
        passphrase: what is to open the file.
        place: where.
        known: ``PlaceState.key_sha256``: a file that is this may simply be replaced.

    Raises:
        EnvironmentFault: ``place.…``; an earlier key file stays.
        UserError: ``place.other_key``: the file there is another vault's, and this
            passphrase does not open it. Replacing it would lock its backups for ever.
    """
    others = _keys_of_others(keys, passphrase, place, known)
    everybody = KeyRing((*keys.identities, *others))
    sealed = key_file(everybody.text(), passphrase)
    reached("second_place.key_sealed")
    write_proven(place, KEY_FILE, sealed, over=True)
    reached("second_place.key_proven")
    return PutKeys(keys.recipient, sha256(sealed).hexdigest(), others)


def _keys_of_others(
    keys: KeyRing, passphrase: Secret, place: Place, known: str
) -> tuple[Secret, ...]:
    try:
        present = place.read(KEY_FILE, MAX_KEY_BYTES)
    except EnvironmentFault as fault:
        if fault.code != "place.no_such_file":
            raise
        return ()
    if sha256(present).hexdigest() == known:
        return ()
    try:
        found = read_key_file(present, passphrase)
    except UserError as error:
        raise UserError("place.other_key", {"place": place.where}) from error
    ours = set(keys.identities_text())
    return tuple(one for one in found.identities if bytes(one.buffer()).strip() not in ours)


def _write_state(vault: Vault, state: PlaceState) -> None:
    failure = state.failure
    stored: dict[str, object] = {
        "good_at": time_text(state.good_at) if state.good_at else "",
        "name": state.name,
        "size_bytes": state.size_bytes,
        "mark": state.mark,
        "failed_at": time_text(state.failed_at) if state.failed_at else "",
        "failure": [failure.code, dict(failure.params)] if failure else None,
        "key_for": state.key_for,
        "key_sha256": state.key_sha256,
        "key_slot": state.key_slot,
    }
    write_object(vault.secrets, _STATE, stored)


def _read_state(where: str, stored: dict[str, object]) -> PlaceState:
    def moment(name: str) -> datetime | None:
        text = stored.get(name)
        return stored_time(text) if isinstance(text, str) and text else None

    size, failure = stored.get("size_bytes"), stored.get("failure")
    code, params = failure if isinstance(failure, list) else ("", {})
    return PlaceState(
        where=where,
        good_at=moment("good_at"),
        name=str(stored.get("name", "")),
        size_bytes=size if isinstance(size, int) else 0,
        mark=str(stored.get("mark", "")),
        failed_at=moment("failed_at"),
        failure=EnvironmentFault(str(code), params) if code else None,
        key_for=str(stored.get("key_for", "")),
        key_sha256=str(stored.get("key_sha256", "")),
        key_slot=str(stored.get("key_slot", "")),
    )
