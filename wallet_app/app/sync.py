"""The owner's computers in step: begin or join a group, run, say how it stands.

Everything that waits on a place is a step of its own (``run_…``): the window runs those in
its pool, the command line one after the other (``now``).
"""

import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from wallet_app.app.open_place import Place, PlaceSettings, open_place
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.merge_changes import MergeChanges
from wallet_app.storage.models import Event
from wallet_app.storage.sync.arrivals import Arrived, Search, apply, fetch, search
from wallet_app.storage.sync.departures import (
    Outgoing,
    collect,
    note_removed,
    note_told,
    publish,
    remove_old,
)
from wallet_app.storage.sync.exchange import Run, begin_group, find_group, run
from wallet_app.storage.sync.keys import SyncKey, read_code
from wallet_app.storage.sync.membership import (
    Device,
    Member,
    SyncState,
    keep_member,
    leave,
    member_of,
    sync_state,
    write_state,
)
from wallet_app.storage.sync.names import new_device
from wallet_app.storage.vault import Vault

__all__ = [
    "Arrived",
    "Entry",
    "Found",
    "Outgoing",
    "Search",
    "Sync",
    "SyncState",
    "SyncStatus",
    "computer_name",
    "run_begin",
    "run_fetch",
    "run_find",
    "run_publish",
    "run_remove",
]

_MAX_LABEL = 60


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the computers stand.

    Attributes:
        where: the place, "" for none. label: how this computer is called.
        code: to let another computer in, as it is shown.
        good_at: the last run that came through. failed_at, failure: the last failure since.
        others: the other computers, last heard first.
        refused: files that could not be taken, with the code of the reason.
        waiting: how many files wait for others.
    """

    where: str = ""
    label: str = ""
    code: Secret | None = None
    good_at: datetime | None = None
    failed_at: datetime | None = None
    failure: CoffreError | None = None
    others: tuple[Device, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """The way into a group. ``code`` is None for whoever begins one."""

    settings: PlaceSettings
    label: str
    device: str
    code: Secret | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A group that was begun or found, with its code."""

    entry: Entry
    key: SyncKey
    code: Secret


def computer_name() -> str:
    """Return how this computer calls itself; the person may call it otherwise."""
    return platform.node().partition(".")[0][:_MAX_LABEL] or "Coffre"


def run_begin(entry: Entry) -> Found:
    """Begin a group in the place. Blocks for seconds; any thread.

    Raises:
        UserError: ``sync.already_there``, ``place.…``.
        EnvironmentFault: ``place.…``.
    """
    key, code = begin_group(open_place(entry.settings, entry.device))
    return Found(entry, key, code)


def run_find(entry: Entry) -> Found:
    """Find the group in the place and open its key. Blocks for seconds; any thread.

    Raises:
        UserError: ``sync.not_there``, ``sync.wrong_code``, ``sync.key_damaged``, ``place.…``.
        EnvironmentFault: ``place.…``.
    """
    if entry.code is None:
        raise UserError("sync.code_length")
    key = find_group(open_place(entry.settings, entry.device), entry.code)
    return Found(entry, key, entry.code)


def run_fetch(wanted: Search, stopped: Callable[[], bool] = lambda: False) -> Arrived:
    """Look for what others wrote. Blocks; any thread; ``stopped`` ends it.

    Raises:
        EnvironmentFault: ``place.…``.
    """
    return fetch(wanted, _place_of(wanted.member), stopped=stopped)


def run_publish(outgoing: Outgoing, stopped: Callable[[], bool] = lambda: False) -> None:
    """Write what others were not told. Blocks; any thread; raises as ``run_fetch``."""
    publish(outgoing, _place_of(outgoing.member), stopped=stopped)


def run_remove(member: Member, state: SyncState) -> None:
    """Remove the files of this computer that newer ones replace; as ``run_fetch``."""
    remove_old(state, _place_of(member))


class Sync:
    """The group of one open safe; on the vault's thread, but for ``run_…``."""

    def __init__(
        self, vault: Vault, services: Services, *, before: Callable[[], object] = lambda: None
    ) -> None:
        """Take an open vault; ``before`` makes a copy of it, called before the first change."""
        self._vault = vault
        self._services = services
        self._before = before

    @property
    def status(self) -> SyncStatus:
        """How the computers stand."""
        try:
            member = member_of(self._vault)
        except UserError:
            return SyncStatus()
        state = sync_state(self._vault)
        others = [one for name, one in state.devices.items() if name != member.device]
        return SyncStatus(
            where=member.settings.where,
            label=member.label,
            code=member.code,
            good_at=state.good_at,
            failed_at=state.failed_at,
            failure=state.failure,
            others=tuple(sorted(others, key=lambda one: one.last_at, reverse=True)),
            refused=tuple(sorted(state.refused.items())),
            waiting=len(state.waiting),
        )

    @property
    def is_on(self) -> bool:
        """Whether this safe is in a group."""
        return bool(self.status.where)

    # --- beginning, joining, leaving ---------------------------------------------------

    def start(self, settings: PlaceSettings, label: str) -> Secret:
        """Begin a group in a place; return the code for the other computers."""
        found = run_begin(self.request_start(settings, label))
        self.keep(found)
        return found.code

    def join(self, settings: PlaceSettings, label: str, typed: str) -> None:
        """Join the group in a place with the code that another computer shows."""
        self.keep(run_find(self.request_join(settings, label, typed)))

    def request_start(self, settings: PlaceSettings, label: str) -> Entry:
        """Return what ``run_begin`` takes.

        Raises:
            UserError: ``sync.already_on``.
        """
        if self.is_on:
            raise UserError("sync.already_on")
        if self._vault.read_only:
            raise EnvironmentFault("vault.read_only")
        return Entry(settings, label.strip()[:_MAX_LABEL], new_device())

    def request_join(self, settings: PlaceSettings, label: str, typed: str) -> Entry:
        """Return what ``run_find`` takes.

        Raises:
            UserError: ``sync.already_on``, ``sync.code_length``, ``sync.code_mistyped``.
        """
        return replace(self.request_start(settings, label), code=read_code(typed))

    def keep(self, found: Found) -> None:
        """Be a member of the group that was begun or found."""
        entry = found.entry
        member = Member(entry.settings, found.key, entry.device, found.code, entry.label)
        keep_member(self._vault, member)
        kind = "sync_started" if entry.code is None else "sync_joined"
        self._vault.history.append(Event(self._services.now(), kind))

    def leave(self) -> None:
        """Be in no group any more; all that was taken over stays."""
        if self.is_on:
            leave(self._vault)
            self._vault.history.append(Event(self._services.now(), "sync_left"))

    # --- running -------------------------------------------------------------------------

    def now(self) -> Run:
        """Take over what others wrote and tell them what is new, in one go.

        Raises:
            UserError: ``sync.none``.
            EnvironmentFault: ``place.…``, ``vault.…``; why is remembered.
        """
        member, now = member_of(self._vault), self._services.now()
        try:
            return run(self._vault, _place_of(member), now=now, before=self._copy)
        except CoffreError as error:
            self.keep_failure(error)
            raise

    def request_fetch(self) -> Search:
        """Return what ``run_fetch`` takes.

        Raises:
            UserError: ``sync.none``.
        """
        return search(self._vault, member_of(self._vault))

    def take(self, arrived: Arrived) -> tuple[MergeChanges, ...]:
        """Take over what ``run_fetch`` brought."""
        return apply(self._vault, arrived, now=self._services.now(), before=self._copy)

    def request_publish(self, arrived: Arrived) -> Outgoing:
        """Return what ``run_publish`` takes."""
        now = self._services.now()
        return collect(self._vault, member_of(self._vault), arrived.listing, now)

    def keep_told(self, outgoing: Outgoing) -> SyncState:
        """Remember what was told; ``run_remove`` follows when the state has old files."""
        return note_told(self._vault, outgoing, self._services.now())

    def keep_removed(self) -> None:
        """Remember that old files were removed."""
        note_removed(self._vault)

    def keep_failure(self, error: CoffreError) -> None:
        """Remember why a run did not come through."""
        if self.is_on:
            state = sync_state(self._vault)
            failed = replace(state, failed_at=self._services.now(), failure=error)
            write_state(self._vault, failed)

    def _copy(self) -> None:
        self._before()


def _place_of(member: Member) -> Place:
    return open_place(member.settings, member.device)
