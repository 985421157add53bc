"""The safe as the window holds it: closed, opening or open, never twice.

All work on the safe runs on its own thread through ``ask``. Locking always wins: it drops
what is under way, tells every screen to forget, and closes the safe behind the last job.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from wallet_app.app.explorers import allowed_explorers
from wallet_app.app.settings import Settings
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge, Failed

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.app.services import Services

__all__ = ["Session"]

T = TypeVar("T")


class Session(QObject):
    """One safe at ``vault_path``.

    Signals:
        opening: the key is being derived; nothing can be asked yet.
        opened: the safe is open; screens may ask.
        locking: about to close; screens drop everything they show.
        locked: closed.
        leaving: the program is about to end; what is still to be done is done now, briefly.
        changed: badges were added, deleted, recovered or checked again.
    """

    opening = Signal()
    opened = Signal()
    locking = Signal()
    locked = Signal()
    leaving = Signal()
    changed = Signal()

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
        self._safe: Safe | None = None

    @property
    def is_open(self) -> bool:
        """Whether the safe is open."""
        return self._safe is not None

    def allow(self, settings: Settings) -> None:
        """Take over what may be asked outside beside the documents of a check."""
        self.services = replace(
            self.services,
            pictures=settings.fetch_pictures,
            explorers=allowed_explorers(settings),
        )

    def warm_up(self, loaded: Callable[[], None]) -> None:
        """Load the vault's libraries on its thread, while the person types the passphrase."""

        def load(_cancelled: CancelToken) -> None:
            import wallet_app.app.safe  # noqa: F401, PLC0415

        def done(_nothing: None) -> None:
            loaded()

        self._bridge.on_vault(self, "warm up", load, done=done, failed=_ignore)

    def open(self, passphrase: Secret, *, failed: Failed) -> None:
        """Open the safe at ``vault_path``; ``opened`` or ``failed`` follows."""
        path, services = self.vault_path, self.services

        def make() -> "Safe":
            from wallet_app.app.safe import open_safe  # noqa: PLC0415 - loaded off the interface

            return open_safe(path, passphrase, services)

        self.open_by(make, failed=failed)

    def open_by(self, make: Callable[[], "Safe"], *, failed: Failed) -> None:
        """Run ``make`` (open, create, restore) on the safe's thread and adopt its safe."""

        def job(cancelled: CancelToken) -> "Safe":
            safe = make()
            if cancelled():
                safe.close()
            return safe

        self._bridge.on_vault(self, "open", job, done=self._adopt, failed=failed)
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
        safe = self._safe
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
        safe = self._safe
        if safe is None:
            return 0
        return self._bridge.on_vault(
            owner, name, lambda cancelled: work(safe, cancelled), done=done, failed=failed
        )

    def leave(self) -> None:
        """Let what must still be done be done, then lock for the last time."""
        if self.is_open:
            self.leaving.emit()
        self.lock()

    def lock(self) -> None:
        """Close the safe. Nothing that was under way comes home any more."""
        safe, self._safe = self._safe, None
        if safe is None:
            return
        self._bridge.forget_all()
        self.locking.emit()
        self._bridge.on_vault(
            self, "close", lambda _cancelled: safe.close(), done=_ignore, failed=_ignore
        )
        self.locked.emit()

    def _adopt(self, safe: "Safe") -> None:
        self._safe = safe
        self.vault_path = safe.path
        self.opened.emit()


def _ignore(_end: CoffreError | None) -> None:
    """Nothing waits for the safe to close; a failure to close loses nothing."""
