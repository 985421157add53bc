"""Keys of the owner held in this safe: their names, and whether Coffre made them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallet_app.storage.models import Event, Identity
from wallet_app.storage.vault import Vault

__all__ = ["OwnKey", "key_of", "own_keys"]

_MADE: Final = frozenset({"holder_made", "holder_minted"})
_CAME: Final = frozenset({"holder_added"})
_SAME_MOMENT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key that the safe holds.

    Attributes:
        name: as the person, or the wallet that it came from, called it.
        since: when it was made or taken in.
        made_here: Coffre made it; False where it came from elsewhere, or nobody knows.
    """

    name: str
    since: datetime
    made_here: bool


def own_keys(vault: Vault) -> dict[str, OwnKey]:
    """Return the keys of a vault by their DID."""
    held = vault.holders.since()
    events = tuple(event for _, event in vault.history.numbered(sorted(_MADE | _CAME)))
    return {
        did: OwnKey(name, since, made_here=_was_made(since, events))
        for did, (name, since) in held.items()
    }


def key_of(identity: Identity, keys: Mapping[str, OwnKey]) -> OwnKey | None:
    """Return the key that an identifier of the owner stands for, if it is one."""
    return keys.get(identity.value) if identity.kind == "id" else None


def _was_made(since: datetime, events: Iterable[Event]) -> bool:
    # Events name no key. A stamp never lies before its event, and just behind it.
    near = {one.kind for one in events if timedelta() <= since - one.at < _SAME_MOMENT}
    return bool(near) and near <= _MADE
