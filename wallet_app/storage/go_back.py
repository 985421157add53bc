"""Putting a vault back to one of its copies, so that a crash leaves the old or the new.

What is put in place is prepared and proven in ``going-back.part`` first. Its renaming to
``going-back`` decides: before it nothing was changed, after it the few renames that are
left are done again at every opening until they have ended. The present state is kept as a
copy of its own before that; where it cannot be read, its files are put aside as they are.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallet_app.crypto.envelope import serialise_header
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.copying import AS_IT_WAS, COPIES_NAME, CopySource, check_sums, make_copy
from wallet_app.storage.damage import clear_damage, damage_noted
from wallet_app.storage.files import (
    file_fault,
    make_private_folders,
    open_regular,
    read_at_most,
    sync_folder,
    write_atomic,
)
from wallet_app.storage.header_file import UnlockedHeader, unlock_header
from wallet_app.storage.history import insert_event
from wallet_app.storage.integrity import damage_in, find_problems
from wallet_app.storage.lock import FolderLock
from wallet_app.storage.meta import VAULT_ID
from wallet_app.storage.models import Event
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME, HEADER_NAME
from wallet_app.storage.recovery import carry_identities
from wallet_app.storage.schema import schema_version
from wallet_app.storage.steps import reached
from wallet_app.storage.thinning import copy_name

__all__ = ["AS_IT_WAS", "WentBack", "finish_going_back", "go_back", "is_going_back"]

_PART: Final = "going-back.part"
_PENDING: Final = "going-back"
_ASIDE: Final = "aside"
_LOG_NAME: Final = f"{DATABASE_NAME}-wal"
_INDEX_NAME: Final = f"{DATABASE_NAME}-shm"
_OLD_HEADER: Final = "header.json.old"
_MAX_HEADER_BYTES: Final = 64 * 1024
_MAX_NAME_BYTES: Final = 100


@dataclass(frozen=True, slots=True)
class WentBack:
    """What became of the state before: the name of the copy that holds it.

    ``as_it_was``: its files were put aside unread, because it could not be read whole.
    """

    kept_as: str
    as_it_was: bool


def go_back(vault_path: Path, copy: Path, secret: Secret, *, now: datetime) -> WentBack:
    """Replace the vault at ``vault_path`` by the copy in the folder ``copy``.

    ``secret`` is the passphrase of today. The header of today stays, so that an earlier
    passphrase does not come back to life; only where it does not open, or not this copy,
    is the copy's own taken, with ``secret`` as the passphrase of that time. The present
    state is kept first: going back can be undone by going back to it.

    Raises:
        UserError: ``vault.wrong_passphrase``; nothing was changed.
        EnvironmentFault: ``copies.bad_copy``, ``vault.in_use``, ``file.…``, ``vault.…``:
            the vault is as it was, or it is the copy at the next opening.
    """
    try:
        lock = FolderLock(vault_path)
    except OSError as error:
        raise file_fault(error, vault_path) from error
    try:
        _finish(vault_path)
        kept = _decide(vault_path, copy, secret, now)
        _finish(vault_path)
    except OSError as error:
        raise file_fault(error, vault_path) from error
    finally:
        lock.release()
    return kept


def is_going_back(vault_path: Path) -> bool:
    """Return whether a going back was decided and has not ended."""
    return _is_own_folder(vault_path / _PENDING)


def finish_going_back(vault_path: Path) -> None:
    """End a going back that was decided; to be called under the vault's lock, before it opens.

    What was prepared and never decided goes: it is as large as the vault.

    Raises:
        EnvironmentFault: as ``file_fault``; to be done again.
    """
    try:
        _finish(vault_path)
        _discard(vault_path / _PART)
    except OSError as error:
        raise file_fault(error, vault_path) from error


# --- before it is decided ----------------------------------------------------------------


def _decide(vault_path: Path, copy: Path, secret: Secret, now: datetime) -> WentBack:
    part = vault_path / _PART
    _discard(part)
    present = _present(vault_path, secret)
    try:
        _prepare(part, copy, secret, present, now)
        kept = _keep_present(vault_path, present, part, now)
        reached("go_back.prepared")
        sync_folder(part)
        part.rename(vault_path / _PENDING)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    finally:
        if present is not None:
            present.opened.vault_key.wipe()
    sync_folder(vault_path)
    reached("go_back.decided")
    return kept


def _present(vault_path: Path, secret: Secret) -> UnlockedHeader | None:
    """Return today's header, opened; None when it is damaged or has another passphrase."""
    try:
        return unlock_header(vault_path, secret)
    except CoffreError:
        return None


def _prepare(
    part: Path, copy: Path, secret: Secret, present: UnlockedHeader | None, now: datetime
) -> None:
    """Build in ``part`` what will be the vault: database, header, and the event that tells."""
    if not copy.name.endswith(AS_IT_WAS):
        _refuse_changed(copy)
    part.mkdir(mode=0o700)
    for name in (DATABASE_NAME, _LOG_NAME):
        if (copy / name).exists():
            _copy_file(copy / name, part / name)
    reached("go_back.copied")
    database, unlocked = _opened(part, copy, secret, present)
    try:
        _check(database, unlocked.header.vault_id)
        with database.transaction():
            insert_event(database, Event(now, "went_back", params={"name": copy.name}))
            if unlocked is present:
                _carry_identities(part.parent, present.opened.vault_key, database)
    finally:
        database.close()
    write_atomic(part / HEADER_NAME, serialise_header(unlocked.header))
    if unlocked is not present:
        unlocked.opened.vault_key.wipe()


def _carry_identities(vault_path: Path, key: Secret, database: Database) -> None:
    # Today's header stays, and with it today's recovery sheet: what backups are sealed to
    # must stay today's as well. A present state that cannot be read has none to give.
    with suppress(CoffreError):
        present = open_database(vault_path / DATABASE_NAME, key, Access.WRITE)
        try:
            carry_identities(present, database)
        finally:
            present.close()


def _refuse_changed(copy: Path) -> None:
    try:
        check_sums(copy)
    except EnvironmentFault as fault:
        raise EnvironmentFault("copies.bad_copy") from fault


def _opened(
    part: Path, copy: Path, secret: Secret, present: UnlockedHeader | None
) -> tuple[Database, UnlockedHeader]:
    if present is not None:
        with suppress(EnvironmentFault):
            key = present.opened.vault_key
            return open_database(part / DATABASE_NAME, key, Access.WRITE), present
    try:
        own = unlock_header(copy, secret)
    except EnvironmentFault as fault:
        raise EnvironmentFault("copies.bad_copy") from fault
    try:
        return open_database(part / DATABASE_NAME, own.opened.vault_key, Access.WRITE), own
    except EnvironmentFault as fault:
        own.opened.vault_key.wipe()
        raise EnvironmentFault("copies.bad_copy") from fault


def _check(database: Database, vault_id: str) -> None:
    schema_version(database)
    belongs = database.row("SELECT value FROM meta WHERE key = ?", (VAULT_ID,)) == (vault_id,)
    if not belongs or damage_in(find_problems(database)):
        raise EnvironmentFault("copies.bad_copy")


def _copy_file(source: Path, target: Path) -> None:
    # At rest, nobody has it open: here its bytes are the whole truth. Private before any byte.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(target, flags, 0o600)
    with os.fdopen(descriptor, "wb") as written, open_regular(source) as read:
        shutil.copyfileobj(read, written, 2**20)
        written.flush()
        os.fsync(written.fileno())


def _keep_present(
    vault_path: Path, present: UnlockedHeader | None, part: Path, now: datetime
) -> WentBack:
    """Copy the present state like any other, or say that its files are to be put aside."""
    made = _copy_present(vault_path, present, now)
    if made is not None:
        return WentBack(made, as_it_was=False)
    name = _free_aside(vault_path / COPIES_NAME, now)
    write_atomic(part / _ASIDE, name.encode("ascii"))
    return WentBack(name, as_it_was=True)


def _copy_present(vault_path: Path, present: UnlockedHeader | None, now: datetime) -> str | None:
    if present is None or damage_noted(vault_path):
        return None
    key = present.opened.vault_key
    try:
        database = open_database(vault_path / DATABASE_NAME, key, Access.WRITE)
    except EnvironmentFault:
        return None
    try:
        source = CopySource(vault_path, database, key, serialise_header(present.header))
        return make_copy(source, now=now, reason="before_going_back").name
    except EnvironmentFault:
        # Damaged, or no room for a copy: moving the files needs none.
        return None
    finally:
        database.close()


def _free_aside(folder: Path, now: datetime) -> str:
    moment = now
    while (name := _aside_name(moment)) and (folder / name).exists():
        moment += timedelta(seconds=1)
    return name


def _aside_name(moment: datetime) -> str:
    return copy_name(moment, 1).removesuffix("-s1") + AS_IT_WAS


# --- after it is decided -----------------------------------------------------------------


def _finish(vault_path: Path) -> None:
    pending = vault_path / _PENDING
    if not _is_own_folder(pending):
        return
    if (pending / DATABASE_NAME).exists():
        # Until the new database is in place, what lies there is the old state.
        _clear_away(vault_path, pending)
        reached("go_back.cleared")
        if (pending / HEADER_NAME).exists():
            (pending / HEADER_NAME).replace(vault_path / HEADER_NAME)
        reached("go_back.header")
        (pending / DATABASE_NAME).replace(vault_path / DATABASE_NAME)
        sync_folder(vault_path)
        reached("go_back.database")
    clear_damage(vault_path)
    shutil.rmtree(pending)
    sync_folder(vault_path)
    reached("go_back.ended")


def _is_own_folder(folder: Path) -> bool:
    # Threat: a link to the folder of another vault, which would be emptied into this one.
    return folder.is_dir() and not folder.is_symlink()


def _discard(part: Path) -> None:
    # A pipe of that name would hold ``rmtree`` up for ever.
    if _is_own_folder(part):
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _clear_away(vault_path: Path, pending: Path) -> None:
    """Put the old files aside where that was decided, and never leave a log of theirs.

    Threat: the log of the old database beside the new one would be played into it.
    """
    aside = _aside_of(vault_path, pending)
    if aside is not None:
        make_private_folders(aside)
        for name in (_LOG_NAME, DATABASE_NAME):
            if (vault_path / name).exists():
                (vault_path / name).replace(aside / name)
        header = vault_path / HEADER_NAME
        if header.exists() and not (aside / HEADER_NAME).exists():
            # A copy: there is a header in the vault's folder at every moment.
            write_atomic(aside / HEADER_NAME, read_at_most(header, _MAX_HEADER_BYTES) or b"")
        sync_folder(aside)
        sync_folder(aside.parent)
    for name in (_LOG_NAME, _INDEX_NAME, _OLD_HEADER):
        (vault_path / name).unlink(missing_ok=True)


def _aside_of(vault_path: Path, pending: Path) -> Path | None:
    if not (pending / _ASIDE).exists():
        return None
    name = (read_at_most(pending / _ASIDE, _MAX_NAME_BYTES) or b"").decode("ascii", "replace")
    # Our own file, but a path that leads elsewhere is never followed.
    if Path(name).name != name or not name.endswith(AS_IT_WAS):
        raise EnvironmentFault("copies.unfinished")
    return vault_path / COPIES_NAME / name
