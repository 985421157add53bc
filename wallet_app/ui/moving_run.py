"""One file of another wallet brought in: opened and checked in the pool, kept one by one.

As an import: only keeping runs on the safe's thread, so that locking never waits.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from wallet_app.app.moving_in import MoveInReport, MovingIn
from wallet_app.app.preparing import Prepared, prepare_part
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.unpacking import Part
from wallet_app.app.wallet_files import WalletFile, open_wallet
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.context import Context

__all__ = ["MovingRun"]


class MovingRun(QObject):
    """Brings in one file after the other.

    Signals:
        opened: the file was read; what is in it will be taken in.
        progressed: (done, of how many).
        finished: a ``MoveInReport``.
        failed: a ``CoffreError``; what was told as done is safe.
    """

    opened = Signal()
    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wallet: WalletFile | None = None
        self._moving: MovingIn | None = None
        self._services: Services | None = None
        self._waiting: deque[Part] = deque()
        self._left = 0
        self._opening = 0

    def start(self, path: Path, password: Secret | None) -> None:
        """Open a file; ``opened`` or ``failed`` follows."""
        report = self._context.bridge.reporter(self, self.progressed.emit)

        def read(cancelled: CancelToken) -> WalletFile:
            def tick(done: int, total: int) -> None:
                if cancelled():
                    raise UserError("wallet.stopped")
                report(done, total)

            if password is None:
                return open_wallet(path, progress=tick)
            with password:
                return open_wallet(path, password, progress=tick)

        self._left = 0
        self._opening = self._context.bridge.on_pool(
            self, "open wallet", read, done=self._begin, failed=self._fail
        )

    def stop(self) -> None:
        """Leave out what has not begun; what was taken in stays."""
        self._context.bridge.cancel(self._opening)
        self._left += len(self._waiting)
        self._waiting.clear()

    def forget(self) -> None:
        """Drop what was read, and wipe the keys in it."""
        wallet, self._wallet = self._wallet, None
        self._moving = None
        self._waiting.clear()
        for _label, identity in wallet.keys.identities if wallet else ():
            for key in identity.keys:
                key.private.wipe()

    def _begin(self, wallet: WalletFile) -> None:
        self._wallet = wallet
        self._waiting = deque(wallet.parts)
        self.opened.emit()
        self._ask("keep keys", partial(_take_keys, wallet), self._keys_kept)

    def _keys_kept(self, begun: tuple[MovingIn, Services]) -> None:
        self._moving, self._services = begun
        self._next()

    def _next(self) -> None:
        moving, services = self._moving, self._services
        if moving is None or services is None:
            return
        if not self._waiting:
            left = self._left
            self._ask("finish moving in", lambda _safe: moving.finish(left=left), self._end)
            return
        total = len(self._wallet.parts) if self._wallet else 0
        part = self._waiting.popleft()
        # Last: who hears it may stop the rest.
        self.progressed.emit(total - len(self._waiting) - 1, total)
        self._context.bridge.on_pool(
            self,
            "prepare",
            lambda _cancelled: prepare_part(part, services),
            done=partial(self._keep, moving, part),
            failed=self._fail,
        )

    def _keep(self, moving: MovingIn, part: Part, prepared: Prepared) -> None:
        self._ask("keep", lambda _safe: moving.keep(part, prepared), self._kept)

    def _kept(self, _result: object) -> None:
        self._next()

    def _end(self, report: MoveInReport) -> None:
        self.forget()
        self._context.session.changed.emit()
        self.finished.emit(report)

    def _fail(self, error: CoffreError) -> None:
        self.forget()
        self.failed.emit(error)

    def _ask(self, name: str, work: Callable[[Safe], object], done: Callable[..., None]) -> None:
        self._context.session.ask(self, name, work, done=done, failed=self._fail)


def _take_keys(wallet: WalletFile, safe: Safe) -> tuple[MovingIn, Services]:
    moving = safe.moving_in(wallet)
    moving.take_keys()
    moving.take_attachments()
    return moving, safe.judging()
