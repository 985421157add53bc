"""The one way home for work done off the interface thread.

Jobs run on the threads of ``TaskRunner``. Their ends cross to the interface thread
through one long-lived object and a queued signal, and are given to the receivers of
their job. A receiver whose owner is gone, or whose job belongs to a safe that has been
locked meanwhile, is never called.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from wallet_app.app.task_runner import CancelToken, Finished, TaskRunner
from wallet_app.errors import CoffreError, EnvironmentFault

__all__ = ["Bridge", "Failed"]

T = TypeVar("T")
Failed = Callable[[CoffreError], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Receiver:
    owner: QObject
    done: Callable[..., None]
    failed: Failed


class Bridge(QObject):
    """Starts jobs and brings their results home. Lives as long as the application.

    Signals:
        settled: no job is awaited any more.
        rested: nor does any run whose results were dropped.
    """

    settled = Signal()
    rested = Signal()
    _dropped = Signal()
    _arrived = Signal(object)
    _progressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receivers: dict[int, _Receiver] = {}
        self._reporters: dict[int, tuple[QObject, Callable[..., None]]] = {}
        self._reporter_ids = count(1)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._report, Qt.ConnectionType.QueuedConnection)
        self._dropped.connect(self._look_for_rest, Qt.ConnectionType.QueuedConnection)
        self._runner = TaskRunner(self._arrived.emit, self._dropped.emit)

    def on_vault(
        self,
        owner: QObject,
        name: str,
        job: Callable[[CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Failed,
    ) -> int:
        """Run ``job`` on the safe's own thread; one of ``done``, ``failed`` follows.

        ``owner`` is the widget that waits: when it is deleted, nothing is called. Any
        error that is not a ``CoffreError`` is a bug: ``failed`` hears ``ui.bug`` and
        the exception goes on to the exception hook.
        """
        return self._expect(self._runner.on_vault(name, job), _Receiver(owner, done, failed))

    def on_pool(
        self,
        owner: QObject,
        name: str,
        job: Callable[[CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Failed,
    ) -> int:
        """Run ``job`` on the pool (network, pictures, QR codes); else as ``on_vault``."""
        return self._expect(self._runner.on_pool(name, job), _Receiver(owner, done, failed))

    def reporter(self, owner: QObject, receive: Callable[..., None]) -> Callable[..., None]:
        """Return a function for a job to call from its own thread to report progress.

        Its arguments reach ``receive`` on the interface thread while ``owner`` lives.
        """
        reporter_id = next(self._reporter_ids)
        self._reporters[reporter_id] = (owner, receive)
        return partial(self._send, reporter_id)

    def cancel(self, job_id: int) -> None:
        """Ask a job to stop; its end is still reported."""
        self._runner.cancel(job_id)

    @property
    def busy(self) -> bool:
        """Whether any job is still awaited."""
        return bool(self._receivers)

    @property
    def is_at_rest(self) -> bool:
        """Whether no job waits or runs, not even one whose results were dropped."""
        return self._runner.is_at_rest

    def forget_all(self) -> None:
        """Cancel every job and drop every result, those already on their way included."""
        self._runner.discard()
        self._receivers.clear()
        self._reporters.clear()

    def close(self) -> None:
        """Drop everything and wait for the threads; the last call."""
        self.forget_all()
        self._runner.shutdown()

    def _expect(self, job_id: int, receiver: _Receiver) -> int:
        # The end cannot overtake this line: it is queued behind the running handler.
        self._receivers[job_id] = receiver
        return job_id

    def _send(self, reporter_id: int, *values: object) -> None:
        self._progressed.emit((reporter_id, values))

    @Slot(object)
    def _report(self, message: tuple[int, tuple[object, ...]]) -> None:
        reporter_id, values = message
        owner, receive = self._reporters.get(reporter_id, (None, None))
        if owner is None or receive is None or not isValid(owner):
            self._reporters.pop(reporter_id, None)
            return
        receive(*values)

    @Slot()
    def _look_for_rest(self) -> None:
        if self._runner.is_at_rest:
            self.rested.emit()

    @Slot(object)
    def _deliver(self, finished: Finished) -> None:
        receiver = self._receivers.pop(finished.job_id, None)
        try:
            if receiver is None or not isValid(receiver.owner):
                _log.debug("nobody waits for job %s any more", finished.name)
            else:
                _hand_over(receiver, finished)
        finally:
            if not self._receivers:
                self.settled.emit()
            self._look_for_rest()


def _hand_over(receiver: _Receiver, finished: Finished) -> None:
    error = finished.error
    if error is None:
        receiver.done(finished.result)
    elif isinstance(error, CoffreError):
        receiver.failed(error)
    else:
        receiver.failed(EnvironmentFault("ui.bug"))
        raise error
