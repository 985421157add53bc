"""A second place for backups: choose it, keep it filled, say how it stands.

Everything that waits on a disk or a server is a step of its own (``run_…``): the window
runs those in its pool, the command line one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from wallet_app.app.open_place import PlaceSettings, open_place
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.key_file import KeyRing
from wallet_app.storage.models import Event
from wallet_app.storage.second_place import (
    Delivered,
    PlaceState,
    PutKeys,
    Taken,
    choose_place,
    deliver,
    has_stale_key,
    is_due,
    leave_place,
    note_failure,
    note_keys,
    note_success,
    passphrase_slot_of,
    place_settings,
    place_state,
    put_key_file,
    take,
)
from wallet_app.storage.vault import Vault

__all__ = [
    "BackupRequest",
    "Delivered",
    "KeyRequest",
    "PlaceState",
    "PutKeys",
    "SecondPlace",
    "run_backup",
    "run_keys",
]


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What it takes to put the key file into a place; ``is_choice`` when that is a new one."""

    settings: PlaceSettings
    keys: KeyRing
    passphrase: Secret
    known: str
    slot: str
    unique: str
    is_choice: bool = True


@dataclass(frozen=True, slots=True)
class BackupRequest:
    """What it takes to make one backup there."""

    settings: PlaceSettings
    taken: Taken
    unique: str


def run_keys(request: KeyRequest) -> PutKeys:
    """Put the key file there; in a place just chosen make its folder first. Blocks; any thread.

    Raises:
        UserError: ``place.…``.
        EnvironmentFault: ``place.…``.
    """
    place = open_place(request.settings, request.unique)
    if request.is_choice:
        # Later a folder that is missing is a disk that is not plugged in.
        place.prepare()
    return put_key_file(request.keys, request.passphrase, place, known=request.known)


def run_backup(request: BackupRequest, stopped: Callable[[], bool] = lambda: False) -> Delivered:
    """Make one backup in the place and prove it. Blocks; any thread; ``stopped`` ends it.

    Raises:
        UserError, EnvironmentFault: ``place.…``, ``backup.…``.
    """
    place = open_place(request.settings, request.unique)
    return deliver(request.taken, place, stopped=stopped)


class SecondPlace:
    """The second place of one open safe; on the vault's thread, but for ``run_…``."""

    def __init__(self, vault: Vault, services: Services) -> None:
        """Take an open vault."""
        self._vault = vault
        self._services = services

    @property
    def state(self) -> PlaceState:
        """How it stands; ``where`` is "" when none was chosen."""
        return place_state(self._vault)

    @property
    def has_stale_key(self) -> bool:
        """Whether the key file there is of an earlier passphrase or recovery code."""
        return has_stale_key(self._vault)

    def is_due(self) -> bool:
        """Return whether a backup should go there now."""
        return is_due(self._vault, self._services.now())

    # --- choosing ------------------------------------------------------------------------

    def choose(self, settings: PlaceSettings, passphrase: Secret) -> PlaceState:
        """Choose a place, put the key file and a first backup there.

        Raises:
            UserError: ``vault.wrong_passphrase``, ``place.…``; the earlier place stays.
            EnvironmentFault: ``place.…``; likewise, unless only the backup failed.
        """
        request = self.request_choice(settings, passphrase)
        self.keep_choice(request, run_keys(request))
        return self.back_up_now()

    def request_choice(self, settings: PlaceSettings, passphrase: Secret) -> KeyRequest:
        """Check the passphrase of the safe, which is to open the key file there.

        Raises:
            UserError: ``vault.wrong_passphrase``.
        """
        self._vault.check_passphrase(passphrase)
        return self._key_request(settings, passphrase)

    def keep_choice(self, request: KeyRequest, put: PutKeys) -> None:
        """Remember the place that ``run_keys`` tried."""
        choose_place(self._vault, request.settings)
        note_keys(self._vault, put, slot=request.slot)
        self._vault.history.append(Event(self._services.now(), "second_place_chosen"))

    def off(self) -> None:
        """Make no more backups there; those that lie there stay."""
        if self.state.where:
            leave_place(self._vault)
            self._vault.history.append(Event(self._services.now(), "second_place_left"))

    # --- the key -------------------------------------------------------------------------

    def renew_key(self, passphrase: Secret) -> None:
        """Put the key file there anew: after a change of passphrase or recovery code.

        Does nothing where no place was chosen.

        Raises:
            UserError: ``vault.wrong_passphrase``, ``place.…``.
            EnvironmentFault: ``place.…``: the earlier passphrase still opens that file.
        """
        request = self.request_key(passphrase)
        if request is not None:
            self.keep_key(request, run_keys(request))

    def request_key(self, passphrase: Secret) -> KeyRequest | None:
        """Return what ``run_keys`` takes to put the key file there anew; None without a place."""
        settings = place_settings(self._vault)
        if settings is None:
            return None
        return replace(self.request_choice(settings, passphrase), is_choice=False)

    def request_key_if_chosen(self, passphrase: Secret) -> KeyRequest | None:
        """As ``request_key``, after a change that went well whatever comes of this.

        Where it fails the key there is of the earlier passphrase, and ``has_stale_key`` says so.
        """
        try:
            return self.request_key(passphrase)
        except CoffreError:
            return None

    def keep_key(self, request: KeyRequest, put: PutKeys) -> None:
        """Remember the key file that ``run_keys`` has put there."""
        note_keys(self._vault, put, slot=request.slot)

    # --- backups -------------------------------------------------------------------------

    def back_up_now(self) -> PlaceState:
        """Make a backup there, due or not.

        Raises:
            UserError: ``place.none``, ``backup.…``.
            EnvironmentFault: ``place.…``; why is remembered.
        """
        request = self.request_backup()
        try:
            delivered = run_backup(request)
        except CoffreError as error:
            self.keep_failure(error)
            raise
        return self.keep_backup(delivered)

    def request_backup(self) -> BackupRequest:
        """Take out what a backup needs; quick.

        Raises:
            UserError: ``place.none``, ``backup.too_large``.
        """
        settings = place_settings(self._vault)
        if settings is None:
            raise UserError("place.none")
        return BackupRequest(settings, take(self._vault, self._services.now()), self._unique)

    def keep_backup(self, delivered: Delivered) -> PlaceState:
        """Remember a backup that was proven."""
        return note_success(self._vault, delivered)

    def keep_failure(self, error: CoffreError) -> PlaceState:
        """Remember why a backup did not come about."""
        return note_failure(self._vault, error, self._services.now())

    def _key_request(self, settings: PlaceSettings, passphrase: Secret) -> KeyRequest:
        state = self.state
        known = state.key_sha256 if state.where == settings.where else ""
        keys = KeyRing.of(self._vault)
        slot = passphrase_slot_of(self._vault)
        return KeyRequest(settings, keys, passphrase.copy(), known, slot, self._unique)

    @property
    def _unique(self) -> str:
        return "backup" + self._vault.vault_id.replace("-", "")[:16]
