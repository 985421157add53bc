"""The part of the open safe that checks badges anew and watches over all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wallet_app.app.check_again import (
    CheckFound,
    CheckRequest,
    keep_check,
    offline,
    request_check,
    run_check,
)
from wallet_app.app.inner_views import InsideRequest
from wallet_app.app.kept_proof import made_again
from wallet_app.app.models import BadgeDetail, Checked, HistoryEvent
from wallet_app.app.open_badge import open_badge
from wallet_app.app.people import People
from wallet_app.app.services import Services
from wallet_app.app.settings import Watch
from wallet_app.app.watch import finish_round, is_due, plan_round, see_changes, unseen_changes
from wallet_app.errors import UserError
from wallet_app.storage.vault import Vault
from wallet_app.verification.report import Report
from wallet_app.verification.verify import reverdict

__all__ = ["SafeChecks"]


class SafeChecks:
    """What ``Safe`` does to know how its badges stand; ``Safe`` itself is its only face."""

    def __init__(self, vault: Vault, services: Services) -> None:
        """Take an open vault."""
        self._vault = vault
        self._services = services
        self.people = People(vault, services)

    def judging(self, services: Services | None = None) -> Services:
        """Return ``services`` that also rely on the authorities that the owner chose.

        Args:
            services: those of the moment or of a round; without, those of the safe.
        """
        given = services or self._services
        return replace(given, anchors=(*given.anchors, *self.people.anchors))

    def check_again(self, badge_id: str) -> BadgeDetail:
        """Check one badge anew over the network and keep the report.

        Where the network gives nothing, the documents kept with the badge are used. The
        window takes the three steps apart (``request_check``, ``run_check`` in its pool,
        ``keep_check``), so that a silent issuer holds up neither the safe nor its lock.
        """
        request = self.request_check(badge_id)
        return self.keep_check(request, run_check(request))

    def request_check(self, badge_id: str, services: Services | None = None) -> CheckRequest:
        """Take one badge out for a new check; ``services`` as for ``judging``."""
        return request_check(self._vault, self._find(badge_id), self.judging(services))

    def request_inside(self, detail: BadgeDetail) -> InsideRequest:
        """Take one record out to check what it holds (``read_inside``, in the window's pool)."""
        check = self.request_check(detail.row.id)
        return InsideRequest(check, detail.credential, self.people.owner)

    def keep_check(
        self, request: CheckRequest, found: CheckFound, *, tell: bool = True
    ) -> BadgeDetail:
        """Keep the report of a new check; return the badge with it.

        Raises:
            UserError: ``vault.no_such_credential``: it was deleted meanwhile.
        """
        # The check may have proven which key signed.
        self.people.declared.pop(request.badge_id, None)
        return keep_check(self._vault, request, found, self.people.owner, tell=tell)

    def check(self, badge_id: str, services: Services | None = None) -> Checked:
        """Check one badge anew and keep what was found; tell what has changed.

        ``services`` are those of a round (``begin_round``). On a disk that cannot be
        written nothing is kept.
        """
        request = self.request_check(badge_id, services)
        found = run_check(request)
        if self._vault.read_only:
            return self._checked(request, found)
        return Checked(self.keep_check(request, found, tell=services is None), found.changes)

    def check_kept(self, badge_id: str) -> Checked:
        """Make the report of one badge again from its kept evidence; keep nothing new."""
        request = offline(self.request_check(badge_id))
        return self._checked(request, run_check(request))

    def _checked(self, request: CheckRequest, found: CheckFound) -> Checked:
        detail = open_badge(self._vault, request.badge_id, self._services, self.people.owner)
        report = reverdict(found.report, detail.credential, self._services.now())
        row = replace(detail.row, verdict=report.verdict)
        return Checked(replace(detail, row=row, report=report), found.changes)

    def made_again(self, badge_id: str, at: datetime) -> Report | None:
        """Run one check again from the kept evidence at the clock of a receipt.

        None when no badge of that id is in the safe.
        """
        try:
            request = self.request_check(badge_id)
        except UserError:
            return None
        return made_again(request.original, request.kept, at, self.judging())

    # --- watching ----------------------------------------------------------------------

    def round_plan(self) -> tuple[str, ...]:
        """Return the ids of all badges in the order in which a round checks them."""
        return plan_round(self._vault)

    def is_round_due(self, watch: Watch) -> bool:
        """Return whether the next round of checks is due."""
        return is_due(self._vault, watch, self._services.now())

    def finish_round(self) -> None:
        """Remember that a round was finished just now."""
        if not self._vault.read_only:
            finish_round(self._vault, self._services.now())

    def unseen_changes(self) -> tuple[HistoryEvent, ...]:
        """Return the changes that the person has not looked at, latest first."""
        return unseen_changes(self._vault)

    def see_changes(self, changes: Sequence[HistoryEvent]) -> None:
        """Remember that the person has looked at ``changes``."""
        see_changes(self._vault, changes)

    def _find(self, badge_id: str) -> str:
        return self._vault.credentials.find(badge_id)
