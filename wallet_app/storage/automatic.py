"""The automatic copies of one vault: when one is due, making it, listing them, thinning.

They lie in ``copies`` inside the vault's own folder (``docs/adr/0017``) and open with the
passphrase that the vault had when they were made, and with the vault's key.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.change_mark import content_mark
from wallet_app.storage.contents import holds_nothing
from wallet_app.storage.copying import (
    COPIES_NAME,
    PARTIAL_SUFFIX,
    REASON_NAME,
    CopySource,
    CopyTicket,
    check_sums,
    make_copy,
)
from wallet_app.storage.files import file_fault, read_at_most, sync_folder
from wallet_app.storage.go_back import AS_IT_WAS
from wallet_app.storage.integrity import check_whole, damage_in, find_problems, never
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.presence import DATABASE_NAME, HEADER_NAME
from wallet_app.storage.steps import reached
from wallet_app.storage.thinning import POLICY, Policy, copies_to_delete, parse_copy_name
from wallet_app.storage.vault import Vault

__all__ = [
    "LEAST_INTERVAL",
    "AutomaticCopy",
    "automatic_copies",
    "check_copy",
    "copy_now",
    "find_copy",
    "forget_copies",
    "is_copy_due",
    "run_check",
    "run_copy",
    "thin_copies",
]

LEAST_INTERVAL: Final = timedelta(minutes=30)
"""Between two copies that nobody asked for."""

_MAX_REASON_BYTES: Final = 64
_MAX_HEADER_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class AutomaticCopy:
    """One copy, as its folder tells it. Whether a passphrase opens it is known when tried.

    Attributes:
        made_at: aware UTC, whole seconds. schema: 0 for a state that was put aside as it
            was, damaged or not, and is proven by nobody.
        size_bytes: of its files. reason: the word that ``make_copy`` was given, or "".
    """

    path: Path
    made_at: datetime
    schema: int
    size_bytes: int
    reason: str

    @property
    def name(self) -> str:
        """What it is called on the disk and on the command line."""
        return self.path.name

    @property
    def is_proven(self) -> bool:
        """Whether it was read back whole when it was made."""
        return self.schema > 0


def automatic_copies(vault_path: Path) -> tuple[AutomaticCopy, ...]:
    """Return every copy of the vault at ``vault_path``, newest first; opens none.

    Raises:
        EnvironmentFault: as ``file_fault``.
    """
    folder = vault_path / COPIES_NAME
    try:
        found = [_described(path) for path in folder.iterdir()]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise file_fault(error, folder) from error
    whole = [copy for copy in found if copy is not None]
    return tuple(sorted(whole, key=lambda copy: (copy.made_at, copy.name), reverse=True))


def find_copy(vault_path: Path, name: str) -> AutomaticCopy:
    """Return the copy of that name, or whose name begins so, if there is just one.

    Raises:
        UserError: ``copies.unknown``.
    """
    found = [copy for copy in automatic_copies(vault_path) if copy.name.startswith(name)]
    if not name or len(found) != 1:
        raise UserError("copies.unknown", {"name": name[:80]})
    return found[0]


def is_copy_due(vault: Vault, *, now: datetime, least: timedelta = LEAST_INTERVAL) -> bool:
    """Return whether the vault differs from its newest copy, and that one is old enough.

    The newest copy is opened and its ``content_mark`` compared: some milliseconds. A vault that
    never held anything, cannot be written or is damaged has no copy due.

    Raises:
        EnvironmentFault: as ``file_fault``.
    """
    if vault.read_only or vault.database.is_damaged or holds_nothing(vault.database):
        return False
    newest = next((copy for copy in automatic_copies(vault.path) if copy.is_proven), None)
    if newest is None:
        return True
    # After the clock was set back the newest lies ahead: that is no reason to wait for it.
    if timedelta(0) <= now - newest.made_at < least:
        return False
    with vault.ticket() as ticket:
        return not _is_equal(vault, ticket, newest)


def _is_equal(vault: Vault, ticket: CopyTicket, copy: AutomaticCopy) -> bool:
    try:
        if read_at_most(copy.path / HEADER_NAME, _MAX_HEADER_BYTES) != ticket.header:
            return False
        database = open_database(copy.path / DATABASE_NAME, ticket.key, Access.FROZEN)
        try:
            return content_mark(database) == content_mark(vault.database)
        finally:
            database.close()
    except EnvironmentFault:
        # Another key, or a copy that went bad: as good as none.
        return False


def copy_now(
    vault: Vault, *, now: datetime, reason: str, stopped: Callable[[], bool] = never
) -> AutomaticCopy:
    """Make and prove one copy, whatever the last one holds; then thin the others.

    On the thread that owns the vault; 10,000 credentials take about a second.

    Raises:
        EnvironmentFault: ``vault.read_only``, ``vault.damaged`` and as ``make_copy``:
            nothing was changed, and no copy was removed.
    """
    if vault.read_only:
        raise EnvironmentFault("vault.read_only")
    with vault.ticket() as ticket:
        source = CopySource(vault.path, vault.database, ticket.key, ticket.header)
        return _copy_and_thin(source, now, reason, stopped)


def run_copy(
    ticket: CopyTicket, *, now: datetime, reason: str, stopped: Callable[[], bool] = never
) -> AutomaticCopy:
    """As ``copy_now``, on a thread and a connection of its own; closes the ticket.

    Raises:
        EnvironmentFault: as ``copy_now``; ``vault.interrupted`` when ``stopped`` says so.
    """
    with ticket:
        return _copy_and_thin(ticket.open(), now, reason, stopped)


def run_check(ticket: CopyTicket, stopped: Callable[[], bool] = never) -> tuple[str, ...]:
    """Check the whole vault on a thread of its own; closes the ticket.

    Damage stops all writing, in this session and the next.

    Raises:
        EnvironmentFault: ``vault.interrupted`` when ``stopped`` says so.
    """
    with ticket:
        return check_whole(ticket.open().database, stopped)


def _copy_and_thin(
    source: CopySource, now: datetime, reason: str, stopped: Callable[[], bool]
) -> AutomaticCopy:
    if source.database.is_damaged:
        raise EnvironmentFault("vault.damaged")
    made = _described(make_copy(source, now=now, reason=reason, stopped=stopped))
    if made is None:
        raise EnvironmentFault("copies.not_good")
    thin_copies(source.folder, now)
    return made


def thin_copies(vault_path: Path, now: datetime, policy: Policy = POLICY) -> tuple[str, ...]:
    """Remove the copies that ``copies_to_delete`` names; return those that went.

    Only after a good copy: a vault that gives none keeps all it has. What cannot be
    removed stays until the next time.
    """
    folder = vault_path / COPIES_NAME
    proven = [copy.name for copy in automatic_copies(vault_path) if copy.is_proven]
    gone = []
    for name in copies_to_delete(proven, now, policy):
        reached("copy.before_thinning")
        with suppress(OSError):
            _remove(folder / name)
            gone.append(name)
    with suppress(OSError):
        sync_folder(folder)
    return tuple(gone)


def forget_copies(vault_path: Path) -> None:
    """Remove every copy, because a stolen passphrase opens them.

    Raises:
        EnvironmentFault: as ``file_fault``: some are still there.
    """
    for copy in automatic_copies(vault_path):
        try:
            _remove(copy.path)
        except OSError as error:
            raise file_fault(error, copy.path) from error


def _remove(copy: Path) -> None:
    # Out of the list first: half a folder must not stand there as a copy.
    away = copy.rename(copy.with_name(f"{copy.name}{PARTIAL_SUFFIX}"))
    shutil.rmtree(away)


def check_copy(copy: AutomaticCopy, key: Secret) -> tuple[str, ...]:
    """Return what a full check of a copy finds wrong; () is good.

    Raises:
        EnvironmentFault: ``copies.not_good`` when a file is not what it was,
            ``vault.unreadable`` for another key, and as ``file_fault``.
    """
    check_sums(copy.path)
    database = open_database(copy.path / DATABASE_NAME, key, Access.FROZEN)
    try:
        return damage_in(find_problems(database))
    finally:
        database.close()


def _described(path: Path) -> AutomaticCopy | None:
    """Return what a folder says of itself; None when it is no whole copy."""
    kept_aside = path.name.endswith(AS_IT_WAS)
    # The schema of what was put aside unread is not known.
    named = parse_copy_name(path.name.removesuffix(AS_IT_WAS) + "-s1" if kept_aside else path.name)
    if named is None or path.is_symlink() or not (path / DATABASE_NAME).is_file():
        return None
    if not kept_aside and not (path / HEADER_NAME).is_file():
        return None
    size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
    schema = 0 if kept_aside else named.schema
    return AutomaticCopy(path, named.made_at, schema, size, _reason(path))


def _reason(path: Path) -> str:
    try:
        data = read_at_most(path / REASON_NAME, _MAX_REASON_BYTES)
        word = (data or b"").decode("ascii").strip()
    except (EnvironmentFault, UnicodeDecodeError):
        return ""
    return word if word.replace("_", "").isalpha() else ""
