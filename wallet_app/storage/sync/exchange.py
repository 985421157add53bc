"""A whole run in one go, and how a group begins: for the command line and the tests.

The window takes the same steps apart, so that a slow place holds up neither the vault nor
its lock: ``fetch``, ``publish`` and ``remove_old`` need no vault.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.merge_changes import MergeChanges
from wallet_app.storage.places import Place, write_proven
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.steps import reached
from wallet_app.storage.sync.arrivals import apply, fetch, search
from wallet_app.storage.sync.departures import (
    collect,
    note_removed,
    note_told,
    publish,
    remove_old,
)
from wallet_app.storage.sync.keys import (
    KEY_NAME,
    MAX_KEY_FILE_BYTES,
    SyncKey,
    new_code,
    new_key,
    open_key,
    seal_key,
)
from wallet_app.storage.sync.membership import SyncState, member_of, sync_state
from wallet_app.storage.vault import Vault

__all__ = ["Run", "begin_group", "find_group", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did: what came, what was told, and how it stands now."""

    came: tuple[MergeChanges, ...]
    told: int
    state: SyncState


def begin_group(place: Place, randomness: Randomness = system_randomness) -> tuple[SyncKey, Secret]:
    """Begin a group in a place; return its key and the code for the others. Takes seconds.

    Raises:
        UserError: ``sync.already_there``: a group is there, to be joined.
        EnvironmentFault: ``place.…``.
    """
    place.prepare()
    if KEY_NAME in {one.name for one in place.files()}:
        raise UserError("sync.already_there", {"place": place.where})
    key, code = new_key(randomness), new_code(randomness)
    try:
        write_proven(place, KEY_NAME, seal_key(key, code))
    except EnvironmentFault as fault:
        if fault.code == "place.exists":
            raise UserError("sync.already_there", {"place": place.where}) from fault
        raise
    reached("sync.begun")
    return key, code


def find_group(place: Place, code: Secret) -> SyncKey:
    """Return the key of the group in a place. Takes seconds.

    Raises:
        UserError: ``sync.not_there``, ``sync.wrong_code``, ``sync.key_damaged``.
        EnvironmentFault: ``place.…``.
    """
    try:
        file = place.read(KEY_NAME, MAX_KEY_FILE_BYTES)
    except EnvironmentFault as fault:
        if fault.code == "place.no_such_file":
            raise UserError("sync.not_there", {"place": place.where}) from fault
        if fault.code == "place.too_large":
            raise UserError("sync.key_damaged") from fault
        raise
    return open_key(file, code)


def run(
    vault: Vault, place: Place, *, now: datetime, before: Callable[[], None] = lambda: None
) -> Run:
    """Take over what others wrote, then tell them what is new here.

    Args:
        vault: a member of a group, open for writing.
        place: that of the group.
        now: dates what is noted.
        before: makes a copy of the vault; called before the first change, if any.

    Raises:
        UserError: ``sync.none``.
        EnvironmentFault: ``place.…``, ``vault.…``: what was done counts, the rest comes next
            time.
    """
    member = member_of(vault)
    place.sweep(now)
    came: list[MergeChanges] = []
    wanted = search(vault, member)
    while True:
        arrived = fetch(wanted, place)
        came += apply(vault, arrived, now=now, before=before)
        waiting = frozenset(sync_state(vault).waiting)
        tried = wanted.tried | arrived.tried
        if arrived.rest:
            wanted = replace(wanted, tried=tried)
        elif waiting and arrived.sets.keys() - waiting:
            # What came last may be what others have waited for.
            again = search(vault, member)
            wanted = replace(again, tried=tried - waiting - again.applied)
        else:
            break
    outgoing = collect(vault, member, arrived.listing, now)
    publish(outgoing, place)
    state = note_told(vault, outgoing, now)
    if state.old:
        remove_old(state, place)
        note_removed(vault)
    return Run(tuple(came), len(outgoing.sets), sync_state(vault))
