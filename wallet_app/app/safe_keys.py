"""The ways into a safe as a person uses them: passphrase, recovery code, quick unlock.

Threads and errors as in ``safe``. What asks a keyring may wait for a prompt of the system.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from wallet_app.app import key_cost
from wallet_app.app.passphrases import word_list
from wallet_app.app.services import Services
from wallet_app.crypto.envelope import SlotKind, UnlockKey
from wallet_app.crypto.kdf import KEY_BYTES
from wallet_app.crypto.recovery_code import RecoveryCode, read_code
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.automatic import forget_copies as remove_all_copies
from wallet_app.storage.header_file import read_header
from wallet_app.storage.key_slots import WayIn, ways_of
from wallet_app.storage.models import Event
from wallet_app.storage.recovery import new_recovery_code
from wallet_app.storage.rekey import NewKeys, rekey
from wallet_app.storage.vault import Vault
from wallet_app.system.keyring_store import KeyringStore
from wallet_app.wording import LANGUAGES

__all__ = [
    "SafeKeys",
    "WayIn",
    "has_keyring",
    "keyring_key",
    "keyring_name",
    "new_recovery_code",
    "read_recovery_text",
    "recovery_key",
    "wake_keyring",
    "ways_into",
]

_WORD_LISTS: Final[Sequence[str]] = LANGUAGES


def ways_into(path: Path) -> tuple[WayIn, ...]:
    """Return the ways into the closed safe at ``path``, as its header states them.

    Raises:
        UserError: ``vault.newer_version``.
        EnvironmentFault: ``vault.header_damaged``, ``file.…``.
    """
    return ways_of(read_header(path))


def read_recovery_text(text: str) -> RecoveryCode:
    """Return the recovery code in ``text``: the words alone, or a saved sheet with them.

    Raises:
        UserError: as ``read_code``.
    """
    lists: Mapping[str, Sequence[str]] = {name: word_list(name) for name in _WORD_LISTS}
    try:
        return read_code(text, lists)
    except UserError as whole:
        # In a sheet one line is the code.
        for line in text.splitlines():
            with suppress(UserError):
                return read_code(line, lists)
        raise whole from None


def recovery_key(text: str) -> UnlockKey:
    """Return the key that a recovery code gives; raises as ``read_recovery_text``."""
    return UnlockKey.recovery(read_recovery_text(text).secret)


def keyring_key(path: Path, store: KeyringStore) -> UnlockKey:
    """Return the key to the safe at ``path`` that the keyring holds; may wait for a prompt.

    Nothing is changed, whatever is wrong: a keyring that fails today may answer tomorrow.

    Raises:
        UserError: ``keyring.off``, quick unlock was never turned on here.
        EnvironmentFault: ``keyring.backend_changed`` with ``was`` and ``now``,
            ``keyring.damaged``, and as ``KeyringStore``.
    """
    header = read_header(path)
    slot = header.slot(SlotKind.KEYRING)
    if slot is None:
        raise UserError("keyring.off")
    was, now = str(slot.members.get("backend")), store.backend()
    if was != now:
        params = {"was": keyring_name(was), "now": keyring_name(now)}
        raise EnvironmentFault("keyring.backend_changed", params)
    data = store.get(_entry_name(header.vault_id, slot.id))
    if len(data) != KEY_BYTES:
        raise EnvironmentFault("keyring.damaged")
    return UnlockKey.keyring(Secret(data), slot.id)


def has_keyring(store: KeyringStore) -> bool:
    """Whether this computer has a keyring that may hold a key; asks the person nothing.

    A keyring that is locked counts: it opens when it is wanted.
    """
    try:
        store.backend()
    except EnvironmentFault as fault:
        return fault.code not in ("keyring.none", "keyring.refused")
    return True


def wake_keyring(store: KeyringStore) -> None:
    """Let the system ask what it has to ask now, where nothing waits for the answer.

    Raises:
        EnvironmentFault: as ``KeyringStore``; with an answer, keeping a key works at once.
    """
    try:
        store.get("nothing")
    except EnvironmentFault as fault:
        if fault.code != "keyring.missing":
            raise


def _entry_name(vault_id: str, slot_id: str) -> str:
    return f"{vault_id}/{slot_id}"


def keyring_name(backend: str) -> str:
    """Return what a person may know a keyring by: ``SecretService``, ``kwallet``."""
    # ``keyring.backends.SecretService.Keyring``: the module says which it is.
    parts = backend.split(".")
    return parts[2] if backend.startswith("keyring.backends.") and len(parts) > 2 else parts[0]


class SafeKeys:
    """The ways into the open safe. Every change asks for what opens it."""

    def __init__(
        self,
        vault: Vault,
        services: Services,
        *,
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """Work on an open vault; ``before`` is done before its keys change."""
        self._vault = vault
        self._services = services
        self._before = before

    def ways(self) -> tuple[WayIn, ...]:
        """Return every way in."""
        return self._vault.slots.all()

    def has(self, kind: SlotKind) -> bool:
        """Return whether the safe opens that way."""
        return self._vault.slots.has(kind)

    def check(self, given: Secret | UnlockKey) -> None:
        """Make sure that something opens the safe; raises as ``open_safe``."""
        self._vault.slots.check(UnlockKey.of(given))

    def change_passphrase(self, given: Secret | UnlockKey, new: Secret) -> None:
        """Change the passphrase, by the old one or by the recovery code.

        Raises:
            UserError: ``vault.wrong_passphrase``, ``vault.wrong_recovery_code``.
        """
        self._before()
        self._vault.change_passphrase(given, new, event=self._event("passphrase_changed"))

    def put_recovery(self, given: Secret | UnlockKey, code: RecoveryCode) -> None:
        """Let a code open the safe from now on; an earlier one no longer does.

        Call it once the person has the code on paper: before, the earlier one must stay.
        """
        self._vault.slots.put_recovery(
            UnlockKey.of(given), code, event=self._event("recovery_code_made")
        )

    def remove_recovery(self) -> None:
        """Let no recovery code open the safe any more."""
        self._vault.slots.remove(SlotKind.RECOVERY, event=self._event("recovery_code_removed"))

    def keyring_on(self, given: Secret | UnlockKey, store: KeyringStore) -> None:
        """Let the system's keyring open the safe.

        Raises:
            UserError: as ``check`` for ``given``.
            EnvironmentFault: as ``KeyringStore``; nothing was changed.
        """
        earlier = self._entries()

        def keep(slot_id: str, secret: Secret) -> str:
            name = _entry_name(self._vault.vault_id, slot_id)
            return store.put(name, bytes(secret.buffer()))

        self._vault.slots.put_keyring(
            UnlockKey.of(given), keep, event=self._event("quick_unlock_on")
        )
        _forget(store, earlier)

    def keyring_off(self, store: KeyringStore) -> None:
        """Let the keyring no longer open the safe; its entry goes where it can be reached.

        The header first: an entry that stays behind opens nothing.
        """
        earlier = self._entries()
        self._vault.slots.remove(SlotKind.KEYRING, event=self._event("quick_unlock_off"))
        _forget(store, earlier)

    def replace_keys(
        self,
        given: Secret | UnlockKey,
        new: Secret,
        code: RecoveryCode | None,
        *,
        store: KeyringStore,
        forget_copies: bool,
    ) -> None:
        """Give the safe a new key, because its passphrase was stolen.

        Only ``new`` and ``code`` open it afterwards. Copies of the safe that lie in its own
        folder still open with the stolen passphrase; they go only with ``forget_copies``,
        which the person has to say. A new copy is made in any case.

        Raises:
            UserError: ``rekey.same_passphrase``, or as ``check`` for ``given``.
            EnvironmentFault: the disk refuses; the safe is as it was.
        """
        earlier = self._entries()
        keys = NewKeys(new, code, key_cost.calibrated_cost())
        rekey(self._vault, UnlockKey.of(given), keys, event=self._event("keys_replaced"))
        _forget(store, earlier)
        if forget_copies:
            self._vault.remove_upgrade_copies()
            remove_all_copies(self._vault.path)
        with suppress(CoffreError):
            # One that opens with the new key; where the disk refuses, a later one is made.
            self._before()

    def _entries(self) -> tuple[str, ...]:
        return tuple(
            _entry_name(self._vault.vault_id, way.slot_id)
            for way in self.ways()
            if way.kind == SlotKind.KEYRING
        )

    def _event(self, kind: str) -> Event:
        return Event(self._services.now(), kind)


def _forget(store: KeyringStore, names: Sequence[str]) -> None:
    for name in names:
        # It opens nothing any more: a keyring that cannot be reached may keep it.
        with suppress(CoffreError):
            store.remove(name)
