"""What a vault knows of its group: the key, its own name there, how the last run went.

Kept among the secrets of the vault, which travel in no backup: a vault that is restored
elsewhere is another computer and joins anew.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.place_settings import PlaceSettings, read_object, write_object
from wallet_app.storage.sync.keys import SyncKey
from wallet_app.storage.times import stored_time, time_text
from wallet_app.storage.vault import Vault

__all__ = ["Device", "Member", "SyncState", "keep_member", "leave", "member_of", "sync_state",
           "write_state"]  # fmt: skip

_MEMBER: Final = "sync"
_STATE: Final = "sync_state"


@dataclass(frozen=True, slots=True)
class Member:
    """A vault's part in a group.

    Attributes:
        settings: the place. key: of the group. device: this vault's name there.
        code: as it is shown, to let another computer in. label: how this computer is called.
    """

    settings: PlaceSettings
    key: SyncKey
    device: str
    code: Secret
    label: str


@dataclass(frozen=True, slots=True)
class Device:
    """Another computer of the group: how it calls itself, and when it last wrote."""

    label: str
    last_at: datetime


@dataclass(frozen=True, slots=True)
class SyncState:
    """How it stands.

    Attributes:
        good_at: the last run that came through. failed_at, failure: the last one since that
            did not, as a code with its params.
        devices: the others, by their names.
        refused: files that could not be taken, with the code of the reason.
        waiting: files that tell of what has not come yet.
        own: files of this vault that lie there. old: those that newer ones replace.
        missed: of ``own``, those that were not there at the last run.
        number: the last one used. mark: ``change_mark`` of what was told.
    """

    good_at: datetime | None = None
    failed_at: datetime | None = None
    failure: CoffreError | None = None
    devices: Mapping[str, Device] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    number: int = 0
    mark: str = ""


def keep_member(vault: Vault, member: Member) -> None:
    """Become a member: nothing has been told or taken yet.

    Raises:
        EnvironmentFault: as ``Database.transaction``.
    """
    stored: dict[str, object] = {
        "place": member.settings.to_json(),
        "group": member.key.group,
        "key": b64encode(bytes(member.key.secret.buffer())).decode("ascii"),
        "device": member.device,
        "code": bytes(member.code.buffer()).decode("ascii"),
        "label": member.label,
    }
    _forget(vault)
    write_object(vault.secrets, _MEMBER, stored)


def member_of(vault: Vault) -> Member:
    """Return the vault's part in its group.

    Raises:
        UserError: ``sync.none``.
        EnvironmentFault: ``vault.damaged``.
    """
    stored = read_object(vault.secrets, _MEMBER)
    if stored is None:
        raise UserError("sync.none")
    place = stored.get("place")
    texts = [stored.get(name) for name in ("group", "key", "device", "code", "label")]
    if not isinstance(place, dict) or not all(isinstance(text, str) for text in texts):
        raise EnvironmentFault("vault.damaged")
    group, key, device, code, label = map(str, texts)
    secret = Secret(b64decode(key))
    settings = PlaceSettings.from_json(place)
    return Member(settings, SyncKey(group, secret), device, Secret(code.encode("ascii")), label)


def leave(vault: Vault) -> None:
    """Be no member any more. What was taken over stays; what lies in the place stays, too."""
    _forget(vault)
    vault.secrets.remove(_MEMBER)


def _forget(vault: Vault) -> None:
    with vault.database.transaction():
        vault.database.run("DELETE FROM sync_known")
        vault.database.run("DELETE FROM sync_applied")
    vault.secrets.remove(_STATE)


def sync_state(vault: Vault) -> SyncState:
    """Return how it stands; a fresh state where nothing was done yet."""
    stored = read_object(vault.secrets, _STATE) or {}

    def names(name: str) -> tuple[str, ...]:
        found = stored.get(name)
        return tuple(map(str, found)) if isinstance(found, list) else ()

    devices, refused, number = (stored.get(name) for name in ("devices", "refused", "number"))
    return SyncState(
        good_at=_moment(stored.get("good_at")),
        failed_at=_moment(stored.get("failed_at")),
        failure=_failure(stored.get("failure")),
        devices={
            str(name): Device(str(label), stored_time(str(at)))
            for name, (label, at) in (devices.items() if isinstance(devices, dict) else ())
        },
        refused=dict(refused) if isinstance(refused, dict) else {},
        waiting=names("waiting"),
        own=names("own"),
        old=names("old"),
        missed=names("missed"),
        number=number if isinstance(number, int) else 0,
        mark=str(stored.get("mark", "")),
    )


def write_state(vault: Vault, state: SyncState) -> SyncState:
    """Keep the state; return it."""
    failure = state.failure
    stored: dict[str, object] = {
        "good_at": time_text(state.good_at) if state.good_at else "",
        "failed_at": time_text(state.failed_at) if state.failed_at else "",
        "failure": [failure.code, dict(failure.params)] if failure else None,
        "devices": {
            name: [one.label, time_text(one.last_at)] for name, one in state.devices.items()
        },
        "refused": dict(state.refused),
        "waiting": list(state.waiting),
        "own": list(state.own),
        "old": list(state.old),
        "missed": list(state.missed),
        "number": state.number,
        "mark": state.mark,
    }
    write_object(vault.secrets, _STATE, stored)
    return replace(state)


def _moment(text: object) -> datetime | None:
    return stored_time(text) if isinstance(text, str) and text else None


def _failure(stored: object) -> CoffreError | None:
    if not isinstance(stored, list):
        return None
    code, params = stored
    return EnvironmentFault(str(code), params)
