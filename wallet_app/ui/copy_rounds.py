"""Automatic copies while the safe is open: in the background, on a thread of their own.

The safe's thread only says what is due, some milliseconds; a lock stops the rest within
one step. At quitting there is a last one, which is waited for ten seconds and no longer.
"""

from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot

from wallet_app.app.copies import CopyRow, Errand, run_errand
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.context import Preferences
from wallet_app.ui.session import Session

__all__ = ["CopyRounds"]

_FIRST_LOOK_MS: Final = 20_000
_LOOK_AGAIN_MS: Final = 5 * 60_000
_LAST_WAIT_MS: Final = 10_000


class CopyRounds(QObject):
    """At most one copy at a time; lives as long as the window.

    Attributes:
        problem: why the last copy could not be made; None after a good one.

    Signals:
        settled: a copy, a check or a look that found nothing due has ended.
        emptied: how many badges an unlock removed from the trash for good.
    """

    settled = Signal()
    emptied = Signal(int)

    def __init__(
        self, bridge: Bridge, session: Session, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._session, self._preferences = bridge, session, preferences
        self._running = False
        self.problem: CoffreError | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        session.opened.connect(self._on_opened)
        session.locking.connect(self._on_locking)
        session.leaving.connect(self.copy_before_quitting)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._running

    @Slot()
    def copy_now(self) -> None:
        """Make a copy because the person asked: it is never skipped."""
        self._begin(asked=True)

    @Slot()
    def copy_before_quitting(self) -> None:
        """Make a copy if one is due, and wait for it, but not for long."""
        if not self._session.is_open:
            return
        waiting = QEventLoop()
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(waiting.quit)
        self.settled.connect(waiting.quit)
        self._session.locking.connect(waiting.quit)
        self._begin(asked=False, only_copies=True)
        if self._running:
            limit.start(_LAST_WAIT_MS)
            waiting.exec()

    @Slot()
    def _on_opened(self) -> None:
        self._running = False
        self._timer.start(_FIRST_LOOK_MS)
        days = self._preferences.settings.trash_days
        if days:
            self._session.ask(
                self,
                "empty trash",
                lambda safe: safe.empty_old_trash(days),
                done=self._tell_emptied,
                failed=self._fail,
            )

    @Slot()
    def _on_locking(self) -> None:
        self._timer.stop()
        self._running = False

    @Slot()
    def _look(self) -> None:
        self._begin(asked=False)

    def _begin(self, *, asked: bool, only_copies: bool = False) -> None:
        if self._running:
            return

        def plan(safe: Safe) -> Errand | None:
            errand = safe.errand(asked=asked)
            return None if errand is not None and only_copies and not errand.reason else errand

        self._running = bool(
            self._session.ask(self, "plan copy", plan, done=self._run, failed=self._fail)
        )

    def _run(self, errand: Errand | None) -> None:
        if errand is None:
            self._end(None)
            return
        self._bridge.on_pool(
            self,
            "copy",
            lambda cancelled: run_errand(errand, cancelled),
            done=self._end,
            failed=self._fail,
        )

    def _end(self, made: CopyRow | None) -> None:
        if made is not None:
            self.problem = None
        self._rest()

    def _fail(self, error: CoffreError) -> None:
        self.problem = error
        self._rest()

    def _rest(self) -> None:
        self._running = False
        if self._session.is_open:
            self._timer.start(_LOOK_AGAIN_MS)
        self.settled.emit()

    def _tell_emptied(self, count: int) -> None:
        if count:
            self._session.changed.emit()
            self.emptied.emit(count)
