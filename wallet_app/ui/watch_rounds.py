"""Rounds of checks while the safe is open: in the background, badge by badge, politely.

Each badge goes the three steps of a single check, so that nothing blocks the window and a
lock ends the round at once. Between two badges the round rests: it is in no hurry, and the
safe's thread and the pool stay free for the person.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wallet_app.app.check_again import CheckFound, CheckRequest, run_check
from wallet_app.app.safe import Safe
from wallet_app.app.settings import Watch
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.watch import Round, begin_round
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.context import Preferences
from wallet_app.ui.session import Session
from wallet_app.verification.silence import went_unanswered

if TYPE_CHECKING:
    from wallet_app.app.models import BadgeDetail
    from wallet_app.app.services import Services

__all__ = ["WatchRounds"]

_FIRST_LOOK_MS: Final = 60_000
_LOOK_AGAIN_MS: Final = 60 * 60_000
_REST_MS: Final = 250


class WatchRounds(QObject):
    """At most one round at a time; lives as long as the window.

    Attributes:
        unanswered: of how many badges of this round, or the last, nobody could be asked.
        chosen: how many badges the person chose for it; 0 when it is for all of them.

    Signals:
        progressed: badges done, and of how many.
        finished: how many changes were found, and whether the person had asked.
        stopped: the round was cut short.
    """

    progressed = Signal(int, int)
    finished = Signal(int, bool)
    stopped = Signal()

    def __init__(
        self, bridge: Bridge, session: Session, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._session, self._preferences = bridge, session, preferences
        self._waiting: deque[str] = deque()
        self._total = self._changes = 0
        self.unanswered = self.chosen = 0
        self._asked = False
        self._round: Round | None = None
        self._look = _timer(self, self._look_whether_due)
        self._rest = _timer(self, self._next)
        session.opened.connect(self._on_opened)
        session.locking.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether a round is under way."""
        return self._round is not None

    @Slot()
    def start(self) -> None:
        """Check all badges now, because the person asked; a running round goes on."""
        self._asked = True
        if not self.running:
            self._plan(Safe.round_plan)

    @Slot(object)
    def check(self, badge_ids: Sequence[str]) -> None:
        """Check these badges now, because the person asked; while a round runs, in it."""
        self._asked = True
        if self.running:
            waiting = [one for one in badge_ids if one not in self._waiting]
            self._waiting.extendleft(reversed(waiting))
            self._total += len(waiting)
        else:
            self._begin(tuple(badge_ids), chosen=len(badge_ids))

    @Slot()
    def stop(self) -> None:
        """End the round; what was found is kept, and the rest comes first next time."""
        was_running = self.running
        self._waiting.clear()
        self._round = None
        self._rest.stop()
        if not self._session.is_open:
            self._look.stop()
        if was_running:
            self.stopped.emit()

    @Slot()
    def _on_opened(self) -> None:
        self._look.start(_FIRST_LOOK_MS)

    @Slot()
    def _look_whether_due(self) -> None:
        self._look.start(_LOOK_AGAIN_MS)
        if not self.running:
            self._asked = False
            self._plan(partial(_due, self._preferences.settings.watch))

    def _plan(self, plan: Callable[[Safe], tuple[str, ...]]) -> None:
        self._session.ask(self, "plan round", plan, done=self._begin, failed=self._fail)

    def _begin(self, badge_ids: tuple[str, ...], chosen: int = 0) -> None:
        if self.running or not (badge_ids or self._asked):
            return
        self._changes = self.unanswered = 0
        self.chosen = chosen
        self._round = begin_round(self._session.services)
        self._waiting.extend(badge_ids)
        self._total = len(badge_ids)
        self._next()

    @Slot()
    def _next(self) -> None:
        if self._round is None:
            return
        self.progressed.emit(self._total - len(self._waiting), self._total)
        if not self._waiting or self._round.is_spent:
            self._end(complete=not self._waiting)
            return
        # The permission of this moment: it may have been taken back while the round runs.
        allowed = self._session.services.explorers
        services = replace(self._round.services, explorers=allowed)
        work = partial(_request, self._waiting.popleft(), services)
        self._session.ask(self, "request check", work, done=self._run, failed=self._skip)

    def _run(self, request: CheckRequest) -> None:
        self._bridge.on_pool(
            self,
            "check",
            partial(_run, request),
            done=partial(self._keep, request),
            failed=self._skip,
        )

    def _keep(self, request: CheckRequest, found: CheckFound) -> None:
        if self.running:
            self._changes += len(found.changes)
            self.unanswered += went_unanswered(found.report)
            work = partial(_keep, request, found)
            self._session.ask(self, "keep check", work, done=self._kept, failed=self._skip)

    def _kept(self, _detail: "BadgeDetail") -> None:
        self._rest.start(_REST_MS)

    def _skip(self, _error: CoffreError) -> None:
        # Deleted meanwhile, or a disk that is full: the others are still worth a look.
        self._rest.start(_REST_MS)

    def _end(self, *, complete: bool) -> None:
        self._round = None
        if complete:
            self._session.ask(
                self, "finish round", Safe.finish_round, done=self._tell, failed=self._fail
            )
        else:
            self._tell(None)

    def _tell(self, _nothing: None) -> None:
        self.finished.emit(self._changes, self._asked)
        self._session.changed.emit()

    def _fail(self, _error: CoffreError) -> None:
        self.stop()


def _timer(parent: QObject, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    return timer


def _due(watch: Watch, safe: Safe) -> tuple[str, ...]:
    return safe.round_plan() if safe.is_round_due(watch) else ()


def _request(badge_id: str, services: "Services", safe: Safe) -> CheckRequest:
    return safe.request_check(badge_id, services)


def _run(request: CheckRequest, _cancelled: CancelToken) -> CheckFound:
    return run_check(request)


def _keep(request: CheckRequest, found: CheckFound, safe: Safe) -> "BadgeDetail":
    return safe.keep_check(request, found, tell=False)
