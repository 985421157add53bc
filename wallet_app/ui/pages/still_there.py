"""Tells when the badge that is shown leaves the safe by any other hand than the page's own."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.safe import Safe
from wallet_app.ui.context import Context

__all__ = ["StillThere"]


class StillThere(QObject):
    """An undo, another computer or a deletion elsewhere may take a badge away.

    Of one that was in the trash already nothing is told: somebody meant to look at it.

    Signals:
        gone: the badge was in the safe, and is there no more.
    """

    gone = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._report = context.session, context.stage.report
        self._badge_id = ""
        self._was_there = False
        context.session.changed.connect(self._ask)

    def watch(self, badge_id: str) -> None:
        """Look after this badge, and no other."""
        self._badge_id, self._was_there = badge_id, False
        self._ask()

    def forget(self) -> None:
        """Look after none."""
        self._badge_id, self._was_there = "", False

    @Slot()
    def _ask(self) -> None:
        if self._badge_id:
            self._session.ask(
                self, "still there", partial(_holds, self._badge_id),
                done=partial(self._take, self._badge_id), failed=self._report,
            )  # fmt: skip

    def _take(self, badge_id: str, there: bool) -> None:
        if badge_id != self._badge_id:
            return
        was, self._was_there = self._was_there, there
        if was and not there:
            self.gone.emit()


def _holds(badge_id: str, safe: Safe) -> bool:
    return safe.holds(badge_id)
