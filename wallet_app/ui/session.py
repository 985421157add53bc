"""The safe as the window holds it: closed, opening or open, never twice.

All work on the safe runs on its own thread through ``ask``. Locking always wins (``lock``):
nobody is asked, nothing is waited for.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from wallet_app.app.closing import Closing, SafeHolder
from wallet_app.app.settings import Settings
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge, Failed
from wallet_app.ui.draft_sources import DraftSources

if TYPE_CHECKING:
    from wallet_app.app.drafts import Draft
    from wallet_app.app.safe import Safe
    from wallet_app.app.services import Services
    from wallet_app.verification.chain_lookup import Explorer

__all__ = ["Session"]

T = TypeVar("T")


class Session(QObject):
    """One safe at ``vault_path``.

    Signals:
        opening: the key is being derived; nothing can be asked yet.
        opened: the safe is open; screens may ask.
        locking: about to close; screens drop everything they show.
        locked: nothing can be asked any more, and nothing is shown.
        closed: after a lock, the database is closed and its key is gone.
        leaving: the program is about to end; what is still to be done is done now, briefly.
        changed: badges were added, deleted, recovered or checked again.
        came: the ids of badges that a person just added, declared or brought back.
        sought: the ids of badges, if they are still there, that the list is to stand on.
    """

    opening = Signal()
    opened = Signal()
    locking = Signal()
    locked = Signal()
    closed = Signal()
    leaving = Signal()
    changed = Signal()
    came = Signal(object)
    sought = Signal(object)
    _shut = Signal()

    def __init__(
        self,
        bridge: Bridge,
        services: "Services",
        vault_path: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.vault_path = vault_path
        self._bridge = bridge
        self._holder: SafeHolder | None = None
        self._closings = 0
        self._is_open = False
        self._drafts = DraftSources()
        self._shut.connect(self._on_shut, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether the safe is open."""
        return self._is_open

    @property
    def is_closed(self) -> bool:
        """Whether there is no open database and no key, not even one that is about to go."""
        return self._holder is None and not self._closings

    def offer_drafts_from(self, source: "Callable[[], Sequence[Draft]]") -> None:
        """Ask ``source`` at each lock for texts that are not saved yet; the safe keeps them.

        It must answer at once, from memory, and go on answering until the safe has confirmed
        that a text was saved. A bound method is held weakly: it ends with its widget.
        """
        self._drafts.add(source)

    def allow(self, settings: Settings) -> None:
        """Take over what may be asked outside beside the documents of a check."""
        explorers: tuple[Explorer, ...] = ()
        if settings.ask_explorers:
            from wallet_app.app.explorers import allowed_explorers  # noqa: PLC0415 - what few allow

            explorers = allowed_explorers(settings)
        self.services = replace(
            self.services, pictures=settings.fetch_pictures, explorers=explorers
        )

    def warm_up(self, loaded: Callable[[], None]) -> None:
        """Load the vault's libraries on its thread, while the person types the passphrase."""

        def load(_cancelled: CancelToken) -> None:
            import wallet_app.app.open_safe  # noqa: F401, PLC0415
            from wallet_app.app.passphrase_strength import prepare  # noqa: PLC0415

            prepare()

        def done(_nothing: None) -> None:
            loaded()

        self._bridge.on_vault(self, "warm up", load, done=done, failed=_ignore)

    def open(self, passphrase: Secret, *, failed: Failed) -> None:
        """Open the safe at ``vault_path``; ``opened`` or ``failed`` follows.

        The passphrase is wiped as soon as it was used.
        """
        path, services = self.vault_path, self.services

        def make() -> "Safe":
            from wallet_app.app.open_safe import open_safe  # noqa: PLC0415 - loaded off the interface

            with passphrase:
                return open_safe(path, passphrase, services)

        self.open_by(make, failed=failed)

    def open_by(self, make: Callable[[], "Safe"], *, failed: Failed) -> None:
        """Run ``make`` (open, create, restore) on the safe's thread and adopt its safe.

        A lock meanwhile wins: the safe is closed as soon as it is open, and nobody hears of it.
        """
        self.lock()
        holder = self._holder = SafeHolder()

        def job(_cancelled: CancelToken) -> "Safe | None":
            safe = make()
            return safe if holder.put(safe) else None

        def refused(error: CoffreError) -> None:
            self._holder = None
            failed(error)

        self._bridge.on_vault(self, "open", job, done=self._adopt, failed=refused)
        self.opening.emit()

    def ask(
        self,
        owner: QObject,
        name: str,
        work: Callable[["Safe"], T],
        *,
        done: Callable[[T], None],
        failed: Failed,
    ) -> int:
        """Run ``work`` on the safe's thread; ``done`` or ``failed`` follows.

        Returns the job's id, or 0 when the safe is locked: then nothing follows.
        """
        safe = self._open_safe
        if safe is None:
            return 0
        return self._bridge.on_vault(
            owner, name, lambda _cancelled: work(safe), done=done, failed=failed
        )

    def ask_cancellable(
        self,
        owner: QObject,
        name: str,
        work: Callable[["Safe", CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Failed,
    ) -> int:
        """Like ``ask``, for long work that looks at its cancel token between two steps."""
        safe = self._open_safe
        if safe is None:
            return 0
        return self._bridge.on_vault(
            owner, name, lambda cancelled: work(safe, cancelled), done=done, failed=failed
        )

    def stop_finding(self) -> None:
        """Stop a search that runs on the safe's thread: a newer one waits for it."""
        safe = self._open_safe
        if safe is not None:
            safe.stop_finding()

    def leave(self) -> None:
        """Let what must still be done be done, then lock for the last time."""
        if self.is_open:
            self.leaving.emit()
        self.lock()

    def lock(self) -> None:
        """Close the safe, or the one that is about to open. Twice does no harm.

        In this order: no more jobs; what was being written is collected; nothing that was under
        way comes home any more; the safe closes on its own thread, or without it when that is
        busy (``Closing``); every screen forgets.
        """
        holder, self._holder = self._holder, None
        if holder is None:
            return
        was_open, self._is_open = self._is_open, False
        drafts = self._drafts.collect() if was_open else ()
        self._bridge.forget_all()
        closing = Closing(holder, drafts, self._shut.emit)
        self._closings += 1
        self._bridge.on_vault(self, "close", closing.leave, done=_ignore, failed=_ignore)
        closing.watch()
        try:
            self.locking.emit()
        finally:
            self.locked.emit()

    @property
    def _open_safe(self) -> "Safe | None":
        holder = self._holder
        return holder.safe if holder is not None and self._is_open else None

    def _adopt(self, safe: "Safe | None") -> None:
        if safe is None:
            return
        self._is_open = True
        self.vault_path = safe.path
        self.opened.emit()

    @Slot()
    def _on_shut(self) -> None:
        self._closings -= 1
        if self.is_closed:
            self.closed.emit()


def _ignore(_end: CoffreError | None) -> None:
    """Nothing waits for the safe to close; a failure to close loses nothing."""
