"""Asking the issuer for a newer copy of the badge that is shown, in three steps."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallet_app.app.examine import Examination
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.refresh_badge import RefreshRequest, run_refresh
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.context import Context
from wallet_app.wording import plain_text

__all__ = ["BadgeRefresh"]

_MAX_NAME: int = 60


class BadgeRefresh(QObject):
    """``kept`` gives the id of the copy, ``failed`` the reason; the old badge stays in any case."""

    kept = Signal(str)
    failed = Signal(CoffreError)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask(self, badge_id: str) -> None:
        """Take the badge out, fetch and check its copy in the pool, keep it."""
        self._context.session.ask(
            self._page,
            "request copy",
            partial(_request, badge_id, self._context.session.services),
            done=self._fetch,
            failed=self.failed.emit,
        )

    def _fetch(self, request: RefreshRequest) -> None:
        # In the pool: a silent issuer must hold up neither the safe nor its lock.
        self._context.bridge.on_pool(
            self._page,
            "fetch copy",
            partial(_run, request),
            done=partial(self._keep, request),
            failed=self.failed.emit,
        )

    def _keep(self, request: RefreshRequest, found: Examination) -> None:
        self._context.session.ask(
            self._page,
            "keep copy",
            partial(_keep, request, found),
            done=self._tell,
            failed=self.failed.emit,
        )

    def _tell(self, result: ImportResult) -> None:
        self._context.session.changed.emit()
        if result.badge is None:
            return
        same = result.outcome is ImportOutcome.DUPLICATE
        key = "detail.refresh_same" if same else "detail.refreshed"
        name = plain_text(result.badge.name, max_chars=_MAX_NAME)
        self._context.stage.toast(self._context.words.text(key, name=name))
        self.kept.emit(result.badge.id)


def _request(badge_id: str, services: Services, safe: Safe) -> RefreshRequest:
    return safe.request_refresh(badge_id, services)


def _run(request: RefreshRequest, _cancelled: CancelToken) -> Examination:
    return run_refresh(request)


def _keep(request: RefreshRequest, found: Examination, safe: Safe) -> ImportResult:
    return safe.keep_refresh(request, found)
