"""The header on disk: read, opened, and replaced so that it can never be lost.

Losing the header loses the vault. While it is replaced, the previous one stays as
``header.json.old`` until the new one has been read back and opened. Whichever of the two
opens at the next start is kept, so a crash in between loses nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from wallet_app.crypto.envelope import (
    Header,
    Opened,
    UnlockKey,
    open_header,
    parse_header,
    serialise_header,
)
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.storage.files import (
    file_fault,
    read_at_most,
    remove_stale_parts,
    sync_folder,
    write_atomic,
)
from wallet_app.storage.presence import HEADER_NAME
from wallet_app.storage.steps import reached

__all__ = [
    "HEADER_NAME",
    "UnlockedHeader",
    "header_digest",
    "header_in_force",
    "read_header",
    "replace_header",
    "restore_old_header",
    "settle_header",
    "unlock_header",
    "write_first_header",
]

_OLD_NAME: Final = "header.json.old"
_MAX_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class UnlockedHeader:
    """A header that was opened. ``name`` is the file it was read from."""

    header: Header
    opened: Opened
    name: str = HEADER_NAME


def unlock_header(folder: Path, given: Secret | UnlockKey) -> UnlockedHeader:
    """Return the header of the vault in ``folder``, opened; a bare secret is its passphrase.

    Raises:
        UserError: ``vault.newer_version`` and as ``open_header``.
        EnvironmentFault: ``vault.not_found``, ``vault.header_damaged`` and as
            ``open_header`` and ``file_fault``.
    """
    faults: list[CoffreError] = []
    for name in (HEADER_NAME, _OLD_NAME):
        try:
            header = _read(folder / name)
            return UnlockedHeader(header, open_header(header, UnlockKey.of(given)), name)
        except CoffreError as fault:
            if fault.code == "vault.newer_version":
                raise
            faults.append(fault)
    # What is wrong with the real header says more than what is wrong with the spare one,
    # unless there is no real one.
    missing = faults[0].code == "file.not_found"
    told = faults[1] if missing else faults[0]
    if told.code == "file.not_found":
        raise EnvironmentFault("vault.not_found", {"name": folder.name}) from told
    raise told


def _read(path: Path) -> Header:
    data = read_at_most(path, _MAX_BYTES)
    if data is None:
        raise EnvironmentFault("vault.header_damaged")
    return parse_header(data)


def read_header(folder: Path) -> Header:
    """Return the header of the vault in ``folder`` without opening it: which ways lead in.

    Raises:
        UserError: ``vault.newer_version``.
        EnvironmentFault: ``vault.header_damaged`` and as ``file_fault``.
    """
    try:
        return _read(folder / HEADER_NAME)
    except EnvironmentFault:
        if not (folder / _OLD_NAME).exists():
            raise
        return _read(folder / _OLD_NAME)


def header_digest(header: Header) -> bytes:
    """Return the SHA-256 of a header as written: how the database names the one in force."""
    return sha256(serialise_header(header)).digest()


def header_in_force(folder: Path, unlocked: UnlockedHeader, named: bytes) -> UnlockedHeader:
    """Return which of two headers counts when one key opens both.

    Two are there after an interrupted change. A key that opens one of them decides by
    itself: it is what the person knows. A key that the change did not touch opens both, and
    then the database decides, which ``named`` the header of its last whole change.
    """
    if unlocked.name == _OLD_NAME or header_digest(unlocked.header) == named:
        return unlocked
    try:
        old = _read(folder / _OLD_NAME)
    except CoffreError:
        return unlocked
    slot = next(slot for slot in unlocked.header.slots if slot.id == unlocked.opened.slot_id)
    same = slot in old.slots and old.vault_id == unlocked.header.vault_id
    return UnlockedHeader(old, unlocked.opened, _OLD_NAME) if same else unlocked


def settle_header(folder: Path, unlocked: UnlockedHeader) -> None:
    """Keep the one header that opened, and clear away what an interruption left.

    The other one must go: it would still open with a passphrase that was changed.

    Raises:
        EnvironmentFault: as ``file_fault``.
    """
    try:
        if unlocked.name == _OLD_NAME:
            (folder / _OLD_NAME).replace(folder / HEADER_NAME)
        else:
            (folder / _OLD_NAME).unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as error:
        raise file_fault(error, folder / HEADER_NAME) from error
    for name in (HEADER_NAME, _OLD_NAME):
        remove_stale_parts(folder / name)


def write_first_header(folder: Path, header: Header) -> None:
    """Write the header of a vault that is being created; raises as ``write_atomic``."""
    write_atomic(folder / HEADER_NAME, serialise_header(header))


def replace_header(folder: Path, old: Header, new: Header, proof: UnlockKey | None) -> None:
    """Put ``new`` in place of ``old`` and prove that ``proof`` opens it as written.

    The old one stays as the spare: ``settle_header`` ends the change,
    ``restore_old_header`` takes it back. Without a proof, because no slot was made, it is
    enough that what is on the disk is what was to be written.

    Raises:
        EnvironmentFault: as ``write_atomic`` or ``open_header``; the change is to be taken
            back.
    """
    write_atomic(folder / _OLD_NAME, serialise_header(old))
    reached("header.old_kept")
    write_atomic(folder / HEADER_NAME, serialise_header(new))
    reached("header.replaced")
    written = _read(folder / HEADER_NAME)
    if written != new:
        raise EnvironmentFault("file.not_as_written", {"name": HEADER_NAME})
    if proof is not None:
        open_header(written, proof).vault_key.wipe()


def restore_old_header(folder: Path, old: Header) -> None:
    """Take back a change of header that was not settled; ``old`` was in force before it.

    Threat: the change failed before its first step, and what lies there is of an earlier
    change, or planted: it must not take the place of the header in force.
    """
    with suppress(OSError, CoffreError):
        if _read(folder / _OLD_NAME) == old:
            (folder / _OLD_NAME).replace(folder / HEADER_NAME)
            sync_folder(folder)
