"""What has changed since the person last looked, in its place above the badges."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wallet_app.app.models import HistoryEvent
from wallet_app.ui.context import Context
from wallet_app.ui.pages.changes_notice import ChangesNotice
from wallet_app.ui.pages.page import MARGIN

__all__ = ["LibraryChanges"]


class LibraryChanges(QWidget):
    """Holds the notice, and tells the safe what was looked at.

    Signals:
        seen: the safe knows; the notice goes.
    """

    seen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.notice = ChangesNotice(context.words)
        self.notice.seen.connect(self._see)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 6)
        row.addWidget(self.notice)

    @Slot(object)
    def _see(self, changes: Sequence[HistoryEvent]) -> None:
        self._context.session.ask(
            self,
            "see changes",
            lambda safe: safe.see_changes(changes),
            done=self._tell_seen,
            failed=self._context.stage.report,
        )

    def _tell_seen(self, _nothing: None) -> None:
        self.seen.emit()
