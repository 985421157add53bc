"""Keys of the owner held in this safe: their names, and whether Coffre made them."""

from collections.abc import Mapping, Sequence
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
    events = [event for _, event in vault.history.numbered(sorted(_MADE | _CAME))]
    made = _made_among([since for _, since in held.values()], events)
    return {
        did: OwnKey(name, since, made_here=is_made)
        for (did, (name, since)), is_made in zip(held.items(), made, strict=True)
    }


def key_of(identity: Identity, keys: Mapping[str, OwnKey]) -> OwnKey | None:
    """Return the key that an identifier of the owner stands for, if it is one."""
    return keys.get(identity.value) if identity.kind == "id" else None


def _made_among(moments: Sequence[datetime], events: Sequence[Event]) -> list[bool]:
    """Return of each key, by its stamp, earliest first, whether its making is in the history.

    Events name no key. A stamp never lies before its event, and just behind it; but where a clock
    stood wrong, that of a later key lies just behind an earlier one (``storage.stamps``). So each
    making answers for one key, the first behind it.
    """
    makings = sorted(event.at for event in events if event.kind in _MADE)
    came = [event.at for event in events if event.kind in _CAME]
    told: list[bool] = []
    for since in moments:
        while makings and since - makings[0] >= _SAME_MOMENT:
            del makings[0]
        is_made = bool(makings) and makings[0] <= since
        if is_made:
            del makings[0]
        told.append(is_made and not any(_is_just_behind(since, at) for at in came))
    return told


def _is_just_behind(stamp: datetime, at: datetime) -> bool:
    return timedelta() <= stamp - at < _SAME_MOMENT
