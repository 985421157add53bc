"""Asks once whether newer versions may be looked for; then, once a week, and never loudly."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from wallet_app.app.settings import Updates
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.seams import Question

if TYPE_CHECKING:
    from wallet_app.app.services import Services
    from wallet_app.app.updates import Announcement, UpdateSource
    from wallet_app.ui.main_window import MainWindow

__all__ = ["UpdateCheck"]

_LATER_MS: Final = 20_000


class UpdateCheck(QObject):
    """Lives as long as the window. A build that names nobody to ask never asks anybody."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.begin)
        window.session.opened.connect(self._later.start)
        window.session.locking.connect(self._later.stop)

    @Slot()
    def begin(self) -> None:
        """Ask the person, or the announcement, whichever is due; nothing over a dialog."""
        # Loads cryptography, which the lock screen does without.
        from wallet_app.app.updates import is_due, update_source  # noqa: PLC0415

        window, source = self._window, update_source()
        if source is None or window.has_sheet or not window.session.is_open:
            return
        settings = window.settings
        if settings.updates is Updates.UNASKED:
            self._ask_person(source)
        elif settings.updates is Updates.YES:
            today = window.session.services.now().date()
            if is_due(settings.updates_asked_on, today):
                window.change(replace(settings, updates_asked_on=today.isoformat()))
                self.look(source)

    def look(self, source: "UpdateSource") -> None:
        """Ask for the announcement; a failure is silent."""
        work = partial(_look, source, self._window.session.services)
        self._window.bridge.on_pool(self, "update", work, done=self._told, failed=_let_be)

    def _ask_person(self, source: "UpdateSource") -> None:
        words = self._window.words
        question = Question(
            title=words.text("updates.ask_title"),
            text=words.text("updates.ask_text", host=source.host),
            confirm=words.text("updates.ask_yes"),
            cancel=words.text("updates.ask_no"),
        )
        self._window.seams.ask(question, self._answered)

    def _answered(self, agreed: bool) -> None:
        if not self._window.session.is_open:
            return  # a lock closed the question: nobody has answered
        wanted = Updates.YES if agreed else Updates.NO
        self._window.change(replace(self._window.settings, updates=wanted))
        if agreed:
            self.begin()

    def _told(self, found: "Announcement | None") -> None:
        if found is None:
            return
        words = self._window.words
        see = partial(self._window.seams.open_link, found.page, words)
        text = words.text("updates.newer", release=found.release)
        self._window.toast(text, words.text("updates.see"), see)


def _look(
    source: "UpdateSource", services: "Services", _cancelled: CancelToken
) -> "Announcement | None":
    from wallet_app.app.updates import look_for_update  # noqa: PLC0415 - as above

    return look_for_update(source, services.source)


def _let_be(_error: CoffreError) -> None:
    """Whoever looks for a newer version hears of one, and of nothing else."""
