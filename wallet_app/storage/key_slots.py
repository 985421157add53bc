"""The ways into an open vault: added, replaced and taken away without touching its content.

Every change costs what opening costs: somebody who finds the vault open must not be able to
add a way in of their own. Each is one new header and one event, both or neither. Copies of an
older header (backups of the folder, other disks) still open as before; against a passphrase
that was stolen only a new vault key helps (``rekey``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import Header, Opened, Slot, SlotKind, UnlockKey, open_header
from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost
from wallet_app.crypto.recovery_code import RecoveryCode
from wallet_app.crypto.secret import Secret
from wallet_app.crypto.slots import cost_of_slot, keyring_slot, passphrase_slot, recovery_slot
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.building import new_slot_seed
from wallet_app.storage.connection import Database
from wallet_app.storage.header_file import (
    UnlockedHeader,
    header_digest,
    replace_header,
    restore_old_header,
    settle_header,
)
from wallet_app.storage.history import insert_event
from wallet_app.storage.models import Event
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.recovery import keep_identity
from wallet_app.storage.secrets import put_secret
from wallet_app.storage.times import optional_time

__all__ = ["HEADER_IN_FORCE", "KeySlots", "WayIn", "ways_of"]

HEADER_IN_FORCE: Final = "header_in_force"
"""Secret of the vault: SHA-256 of the header that belongs to the last whole change."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way of opening the vault, as told to a person.

    Attributes:
        slot_id: its name in the header. kind: a ``SlotKind``, or one of a later Coffre.
        created: when it was made. backend: class of the keyring that keeps the entry, or "".
    """

    slot_id: str
    kind: str
    created: datetime | None
    backend: str = ""


def ways_of(header: Header) -> tuple[WayIn, ...]:
    """Return the ways in that a header states, in its order."""
    return tuple(
        WayIn(slot.id, slot.kind, _created(slot), str(slot.members.get("backend") or ""))
        for slot in header.slots
    )


def _created(slot: Slot) -> datetime | None:
    # The header's checksum protects nothing: anybody may have written this text.
    try:
        return optional_time(str(slot.members["created"]))
    except (KeyError, ValueError):
        return None


class KeySlots:
    """The ways into one open vault."""

    def __init__(self, folder: Path, database: Database, header: Header, *, writable: bool) -> None:
        """Work on the vault in ``folder`` that ``header`` opened."""
        self._folder = folder
        self._database = database
        self._writable = writable
        self.header = header

    def all(self) -> tuple[WayIn, ...]:
        """Return every way in, in the order of the header."""
        return ways_of(self.header)

    def has(self, kind: SlotKind) -> bool:
        """Return whether the vault opens that way."""
        return self.header.slot(kind) is not None

    def check(self, given: UnlockKey) -> None:
        """Make sure that ``given`` opens this vault; raises as ``open_header``."""
        open_header(self.header, given).vault_key.wipe()

    def change_passphrase(
        self,
        given: UnlockKey,
        new: Secret,
        *,
        event: Event,
        cost: KdfCost | None = None,
        randomness: Randomness = system_randomness,
    ) -> None:
        """Make ``new`` the passphrase; ``given`` is the old one or the recovery code.

        The new slot costs as much to open as the old one unless ``cost`` says otherwise.

        Raises:
            UserError: as ``open_header`` for ``given``.
            EnvironmentFault: ``vault.read_only``, ``file.…``; the old one still opens it.
        """
        seed = new_slot_seed(randomness, event.at)
        old = self.header.slot(SlotKind.PASSPHRASE)

        def make(key: Secret) -> Slot:
            spent = cost or (cost_of_slot(old) if old else DEFAULT_COST)
            return passphrase_slot(self.header.vault_id, key, new, cost=spent, seed=seed)

        self._put(given, make, UnlockKey.of(new), event)

    def put_recovery(
        self,
        given: UnlockKey,
        code: RecoveryCode,
        *,
        event: Event,
        cost: KdfCost | None = None,
        randomness: Randomness = system_randomness,
    ) -> None:
        """Let ``code`` open the vault; an earlier code no longer does.

        The identity for backups that comes from the code is kept in the vault with it; the
        earlier one stays beside, so that what was written to it can still be read here.

        Raises:
            UserError, EnvironmentFault: as ``change_passphrase``; the earlier code still opens.
        """
        seed = new_slot_seed(randomness, event.at)

        def make(key: Secret) -> Slot:
            spent = cost or self._usual_cost()
            return recovery_slot(self.header.vault_id, key, code.secret, cost=spent, seed=seed)

        def keep() -> None:
            with identity_of_code(code) as identity:
                keep_identity(self._database, identity)

        self._put(given, make, UnlockKey.recovery(code.secret), event, also=keep)

    def put_keyring(
        self,
        given: UnlockKey,
        keep: Callable[[str, Secret], str],
        *,
        event: Event,
        randomness: Randomness = system_randomness,
    ) -> None:
        """Let 32 random bytes in the system's keyring open the vault.

        ``keep`` takes the slot's id and the bytes, puts them into the keyring, makes sure
        that they come back and returns the class of the keyring. Only then is the header
        written: an entry without a slot opens nothing, a slot without an entry misleads.

        Raises:
            UserError, EnvironmentFault: as ``change_passphrase``, or whatever ``keep`` raises.
        """
        seed = new_slot_seed(randomness, event.at)
        with Secret(randomness(_KEYRING_BYTES)) as entry:

            def make(key: Secret) -> Slot:
                backend = keep(seed.id, entry)
                return keyring_slot(self.header.vault_id, key, entry, backend=backend, seed=seed)

            self._put(given, make, UnlockKey.keyring(entry, seed.id), event)

    def remove(self, kind: SlotKind, *, event: Event) -> None:
        """Take a way in away; one that is not there does no harm. Needs no key.

        Raises:
            UserError: ``slot.last_way``: neither a passphrase nor a recovery code would stay.
            EnvironmentFault: ``vault.read_only``, ``file.…``; it still opens the vault.
        """
        if self.has(kind):
            self._write(self.header.without(kind), None, event)

    def adopt(self, header: Header) -> None:
        """Work on under another header, which ``rekey`` has put in place."""
        self.header = header

    def refuse_if_read_only(self) -> None:
        """Raise ``vault.read_only`` when nothing can be written."""
        if not self._writable:
            raise EnvironmentFault("vault.read_only")

    def _put(
        self,
        given: UnlockKey,
        make: Callable[[Secret], Slot],
        proof: UnlockKey,
        event: Event,
        *,
        also: Callable[[], None] = lambda: None,
    ) -> None:
        self.refuse_if_read_only()
        with open_header(self.header, given).vault_key as key:
            slot = make(key)
        self._write(self.header.with_only(slot), proof, event, also=also)

    def _write(
        self,
        header: Header,
        proof: UnlockKey | None,
        event: Event,
        *,
        also: Callable[[], None] = lambda: None,
    ) -> None:
        self.refuse_if_read_only()
        try:
            with self._database.transaction():
                insert_event(self._database, event)
                also()
                put_secret(self._database, HEADER_IN_FORCE, Secret(header_digest(header)))
                replace_header(self._folder, self.header, header, proof)
        except BaseException:
            restore_old_header(self._folder, self.header)
            raise
        self.header = header
        settle_header(self._folder, UnlockedHeader(header, Opened(Secret(b""), "")))

    def _usual_cost(self) -> KdfCost:
        slot = self.header.slot(SlotKind.PASSPHRASE)
        return cost_of_slot(slot) if slot else DEFAULT_COST


_KEYRING_BYTES: Final = 32
