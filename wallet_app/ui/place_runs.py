"""Backups to the second place and runs with the other computers, in the background.

Whatever waits on a disk or a server runs in the pool, between short steps on the safe's
thread: a place that does not answer holds up neither the window nor the lock. A lock drops
what is under way; it is done again after the next unlock.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.session import Session

if TYPE_CHECKING:
    from wallet_app.app.second_place import BackupRequest, Delivered, KeyRequest, PutKeys
    from wallet_app.app.sync import Arrived, Outgoing, Search, SyncState

__all__ = ["PlaceRuns", "keep_key_request", "place_runs", "run_key_request"]

_FIRST_LOOK_MS: Final = 30_000
_LOOK_AGAIN_MS: Final = 5 * 60_000
_AFTER_CHANGE_MS: Final = 20_000


class PlaceRuns(QObject):
    """At most one backup and one run at a time; lives as long as the session.

    Signals:
        backup_done, sync_done: how it ended, None or the error; and whether the person had
            asked for it.
        working: whether something is under way changed.
    """

    backup_done = Signal(object, bool)
    sync_done = Signal(object, bool)
    working = Signal()

    def __init__(self, bridge: Bridge, session: Session) -> None:
        super().__init__(session)
        self._bridge, self._session = bridge, session
        self.backing_up = self.syncing = False
        self._backup_asked = self._sync_asked = False
        self._came = 0
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._look_whether_due)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.locking.connect(self._stop)

    @Slot()
    def _on_opened(self) -> None:
        self._look.start(_FIRST_LOOK_MS)

    @Slot()
    def _on_changed(self) -> None:
        if self._session.is_open:
            self._look.start(_AFTER_CHANGE_MS)

    @Slot()
    def _stop(self) -> None:
        # Nothing that is under way comes home any more.
        self._look.stop()
        self.backing_up = self.syncing = False

    @Slot()
    def _look_whether_due(self) -> None:
        self._look.start(_LOOK_AGAIN_MS)
        self._start_backup(asked=False)
        self._start_sync(asked=False)

    # --- backups -------------------------------------------------------------------------

    @Slot()
    def back_up(self) -> None:
        """Make a backup in the second place now, because the person asked."""
        self._start_backup(asked=True)

    def _start_backup(self, *, asked: bool) -> None:
        if self.backing_up:
            self._backup_asked = self._backup_asked or asked
            return
        self.backing_up, self._backup_asked = True, asked
        self.working.emit()
        work = partial(_request_backup, asked)
        self._session.ask(
            self, "request backup", work, done=self._deliver, failed=self._backup_failed
        )

    def _deliver(self, request: "BackupRequest | None") -> None:
        if request is None:
            self._end_backup(None)
            return
        self._bridge.on_pool(
            self,
            "second place",
            partial(_run_backup, request),
            done=self._delivered,
            failed=self._backup_failed,
        )

    def _delivered(self, delivered: "Delivered") -> None:
        keep = partial(_keep_backup, delivered)
        self._session.ask(
            self, "keep backup", keep, done=self._backup_kept, failed=self._backup_failed
        )

    def _backup_kept(self, _state: object) -> None:
        self._end_backup(None)

    def _backup_failed(self, error: CoffreError) -> None:
        def kept(_state: object) -> None:
            self._end_backup(error)

        def lost(_error: CoffreError) -> None:
            self._end_backup(error)

        note = partial(_keep_backup_failure, error)
        self._session.ask(self, "note failure", note, done=kept, failed=lost)

    def _end_backup(self, error: CoffreError | None) -> None:
        self.backing_up = False
        self.backup_done.emit(error, self._backup_asked)
        self.working.emit()

    # --- the key there -------------------------------------------------------------------

    def put_key(self, request: "KeyRequest | None") -> None:
        """Put the key file there anew, after a change of passphrase.

        Where that fails the section of the second place says so and offers it again.
        """
        if request is not None:
            self._bridge.on_pool(
                self,
                "second place key",
                partial(run_key_request, request),
                done=partial(self._key_put, request),
                failed=_ignore,
            )

    def _key_put(self, request: "KeyRequest", put: "PutKeys") -> None:
        keep = partial(keep_key_request, request, put)
        self._session.ask(self, "keep key", keep, done=_ignore, failed=_ignore)

    # --- other computers -----------------------------------------------------------------

    @Slot()
    def sync(self) -> None:
        """Exchange changes with the other computers now, because the person asked."""
        self._start_sync(asked=True)

    def _start_sync(self, *, asked: bool) -> None:
        if self.syncing:
            self._sync_asked = self._sync_asked or asked
            return
        self.syncing, self._sync_asked, self._came = True, asked, 0
        self.working.emit()
        self._ask("request sync", partial(_request_fetch, asked), self._fetch)

    def _fetch(self, wanted: "Search | None") -> None:
        if wanted is None:
            self._end_sync(None)
        else:
            self._pool("fetch", partial(_run_fetch, wanted), partial(self._take, wanted))

    def _take(self, wanted: "Search", arrived: "Arrived") -> None:
        self._ask("take", partial(_take, arrived), partial(self._taken, wanted, arrived))

    def _taken(self, wanted: "Search", arrived: "Arrived", came: int) -> None:
        self._came += came
        if came:
            self._session.changed.emit()
        if arrived.rest:
            self._fetch(replace(wanted, tried=wanted.tried | arrived.tried))
        else:
            self._ask("collect", partial(_request_publish, arrived), self._publish)

    def _publish(self, outgoing: "Outgoing") -> None:
        self._pool("publish", partial(_run_publish, outgoing), partial(self._told, outgoing))

    def _told(self, outgoing: "Outgoing", _nothing: None) -> None:
        self._ask("keep told", partial(_keep_told, outgoing), partial(self._remove, outgoing))

    def _remove(self, outgoing: "Outgoing", state: "SyncState") -> None:
        if state.old:
            self._pool("remove old", partial(_run_remove, outgoing, state), self._removed)
        else:
            self._end_sync(None)

    def _removed(self, _nothing: None) -> None:
        self._ask("keep removed", _keep_removed, self._sync_kept)

    def _sync_kept(self, _nothing: None) -> None:
        self._end_sync(None)

    def _sync_failed(self, error: CoffreError) -> None:
        def kept(_nothing: None) -> None:
            self._end_sync(error)

        def lost(_error: CoffreError) -> None:
            self._end_sync(error)

        note = partial(_keep_sync_failure, error)
        self._session.ask(self, "note failure", note, done=kept, failed=lost)

    def _end_sync(self, error: CoffreError | None) -> None:
        self.syncing = False
        self.sync_done.emit(error, self._sync_asked)
        self.working.emit()

    @property
    def came(self) -> int:
        """How many changes the last run took over."""
        return self._came

    def _ask(self, name: str, work: Callable[[Safe], object], done: Callable[..., None]) -> None:
        self._session.ask(self, name, work, done=done, failed=self._sync_failed)

    def _pool(
        self, name: str, job: Callable[[CancelToken], object], done: Callable[..., None]
    ) -> None:
        self._bridge.on_pool(self, name, job, done=done, failed=self._sync_failed)


def place_runs(bridge: Bridge, session: Session) -> PlaceRuns:
    """Return the one that this session has, made when it is first asked for."""
    found = session.findChild(PlaceRuns)
    return found if isinstance(found, PlaceRuns) else PlaceRuns(bridge, session)


def _request_backup(asked: bool, safe: Safe) -> "BackupRequest | None":
    if asked or safe.second_place.is_due():
        return safe.second_place.request_backup()
    return None


def _run_backup(request: "BackupRequest", cancelled: CancelToken) -> "Delivered":
    from wallet_app.app.second_place import run_backup  # noqa: PLC0415 - loaded off the interface

    return run_backup(request, cancelled)


def _keep_backup(delivered: "Delivered", safe: Safe) -> object:
    return safe.second_place.keep_backup(delivered)


def _keep_backup_failure(error: CoffreError, safe: Safe) -> object:
    return safe.second_place.keep_failure(error)


def run_key_request(request: "KeyRequest", _cancelled: CancelToken) -> "PutKeys":
    """Put the key file there; a job of the pool."""
    from wallet_app.app.second_place import run_keys  # noqa: PLC0415 - loaded off the interface

    with request.passphrase:
        return run_keys(request)


def keep_key_request(request: "KeyRequest", put: "PutKeys", safe: Safe) -> None:
    """Remember the key file that was put; on the safe's thread."""
    safe.second_place.keep_key(request, put)


def _ignore(_end: CoffreError | None) -> None:
    """The section of the second place reads for itself how the key there stands."""


def _request_fetch(asked: bool, safe: Safe) -> "Search | None":
    if safe.is_read_only or not safe.sync.is_on:
        if asked:
            raise UserError("sync.none")
        return None
    return safe.sync.request_fetch()


def _run_fetch(wanted: "Search", cancelled: CancelToken) -> "Arrived":
    from wallet_app.app.sync import run_fetch  # noqa: PLC0415 - loaded off the interface

    return run_fetch(wanted, cancelled)


def _take(arrived: "Arrived", safe: Safe) -> int:
    return sum(len(one.changes) + one.reports for one in safe.sync.take(arrived))


def _request_publish(arrived: "Arrived", safe: Safe) -> "Outgoing":
    return safe.sync.request_publish(arrived)


def _run_publish(outgoing: "Outgoing", cancelled: CancelToken) -> None:
    from wallet_app.app.sync import run_publish  # noqa: PLC0415 - loaded off the interface

    run_publish(outgoing, cancelled)


def _keep_told(outgoing: "Outgoing", safe: Safe) -> "SyncState":
    return safe.sync.keep_told(outgoing)


def _run_remove(outgoing: "Outgoing", state: "SyncState", _cancelled: CancelToken) -> None:
    from wallet_app.app.sync import run_remove  # noqa: PLC0415 - loaded off the interface

    run_remove(outgoing.member, state)


def _keep_removed(safe: Safe) -> None:
    safe.sync.keep_removed()


def _keep_sync_failure(error: CoffreError, safe: Safe) -> None:
    safe.sync.keep_failure(error)
