"""The part of the open safe that takes everything out, and brings other wallets' files in."""

from collections.abc import Callable, Iterator

from wallet_app.app.models import ImportResult
from wallet_app.app.moving_in import MovingIn
from wallet_app.app.moving_out import (
    MoveOutKind,
    MoveOutPlan,
    MoveOutRequest,
    move_out,
    plan_move_out,
)
from wallet_app.app.safe_checks import SafeChecks
from wallet_app.app.wallet_files import WalletFile
from wallet_app.storage.holders import ListedHolder

__all__ = ["SafeMoving"]


class SafeMoving(SafeChecks):
    """What ``Safe`` does to let a person come and go; ``Safe`` itself is its only face."""

    def held_identities(self) -> tuple[ListedHolder, ...]:
        """Return the identities whose keys are held, without the private ones."""
        return self._vault.holders.listed()

    def plan_move_out(self, kind: MoveOutKind) -> MoveOutPlan:
        """Return what ``move_out`` would write and what it would leave; writes nothing."""
        return plan_move_out(self._vault, kind, self._services.now())

    def move_out(
        self,
        request: MoveOutRequest,
        *,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> MoveOutPlan:
        """Write everything to a file or folder **in clear**; the caller has asked the person.

        Raises:
            UserError: ``move_out.exists``, ``move_out.nothing``, ``file.inside_vault``.
            EnvironmentFault: ``file.…``; nothing is left behind.
        """
        return move_out(self._vault, request, self._services.now(), progress=progress)

    def moving_in(self, wallet: WalletFile) -> MovingIn:
        """Return the taking in of an opened file; the window does its steps one by one."""
        return MovingIn(self._vault, self._services, self.people, wallet)

    def move_in(
        self,
        moving: MovingIn,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[ImportResult]:
        """Take in all of an opened file, one result per badge; then call ``finish``."""
        yield from moving.run(self.judging(), progress=progress, cancelled=cancelled)
