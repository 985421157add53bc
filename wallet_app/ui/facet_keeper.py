"""Keeps what there is to look for in the open safe, for side bar, filter and search line."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from wallet_app.app.facets import Facets
from wallet_app.app.safe import Safe
from wallet_app.ui.context import Context

__all__ = ["FacetKeeper"]

_LEAST_REST_MS: Final = 100
_REST: Final = 8
"""Between two counts, times as long as one took: an import has the safe for itself mostly."""


class FacetKeeper(QObject):
    """``fetched``: ``facets`` are those of now. Empty while the safe is locked."""

    fetched = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.facets = Facets()
        self._since = QElapsedTimer()
        self._is_old = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._look_again)
        context.session.opened.connect(self.refresh)
        context.session.changed.connect(self._hear)
        context.session.locking.connect(self._forget)
        self.refresh()

    @property
    def is_waiting(self) -> bool:
        """Whether something changed that is still to be counted."""
        return self._is_old

    @Slot()
    def _hear(self) -> None:
        self._is_old = True
        if not self._rest.isActive():
            self.refresh()

    @Slot()
    def _look_again(self) -> None:
        if self._is_old:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the safe; nothing happens while it is locked."""
        self._is_old = False
        self._since.start()
        self._rest.start(_LEAST_REST_MS)
        days = self._context.preferences.settings.ahead_days

        def count(safe: Safe) -> Facets:
            safe.look_ahead(days)
            return safe.facets()

        self._context.session.ask(
            self, "facets", count, done=self._take, failed=self._context.stage.report
        )

    def _take(self, facets: Facets) -> None:
        self.facets = facets
        self._rest.start(max(_LEAST_REST_MS, _REST * self._since.elapsed()))
        self.fetched.emit()

    @Slot()
    def _forget(self) -> None:
        self._rest.stop()
        self._is_old = False
        self.facets = Facets()
