"""The part of the open safe that tells which badges need their owner, and when they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from wallet_app.app.models import BadgeRow, HistoryEvent
from wallet_app.app.safe_finding import SafeFinding
from wallet_app.app.shown_file import write_shown
from wallet_app.errors import UserError
from wallet_app.sharing.calendar import Ending, calendar_file
from wallet_app.storage.models import Event
from wallet_app.wording import Words

__all__ = ["SafeWatching", "Watched"]


@dataclass(frozen=True, slots=True)
class Watched:
    """What needs the owner's eye as of now; a badge may stand in several places.

    Attributes:
        expiring: what ends within ``ahead_days``, the first to end first.
        ended: what ended within the last year, the latest first.
        ended_in_all: how many have ended at any time.
        failed: not valid, whatever the reason.
        withdrawn: revoked or suspended.
        gone: whose issuer answered once and does not any more.
        changes: what changed since the owner last looked, latest first.
    """

    ahead_days: int
    expiring: tuple[BadgeRow, ...] = ()
    ended: tuple[BadgeRow, ...] = ()
    ended_in_all: int = 0
    failed: tuple[BadgeRow, ...] = ()
    withdrawn: tuple[BadgeRow, ...] = ()
    gone: tuple[BadgeRow, ...] = ()
    changes: tuple[HistoryEvent, ...] = ()

    @property
    def is_calm(self) -> bool:
        """Whether there is nothing to look at."""
        badges = self.expiring or self.ended or self.failed or self.withdrawn or self.gone
        return not (badges or self.changes)


class SafeWatching(SafeFinding):
    """What ``Safe`` does to watch over its badges; ``Safe`` itself is its only face."""

    def watched(self) -> Watched:
        """Return what needs the owner's eye."""
        standing = self._standing
        return Watched(
            standing.ahead_days,
            expiring=self.badges_numbered(standing.expiring()),
            ended=self.badges_numbered(standing.ended()),
            ended_in_all=standing.count_ended(),
            failed=self.badges_numbered(standing.failed()),
            withdrawn=self.badges_numbered(standing.withdrawn()),
            gone=self.badges_numbered(standing.gone()),
            changes=self.unseen_changes(),
        )

    def expiring(self, days: int) -> tuple[BadgeRow, ...]:
        """Return what is in force and ends within so many days, the first to end first."""
        return self.badges_numbered(self._standing.expiring(timedelta(days=days)))

    def save_calendar(self, badges: Sequence[BadgeRow], path: Path, words: Words) -> int:
        """Write the days on which these badges end to a calendar file; return how many.

        Their names and the days are all that it holds of them.

        Raises:
            UserError: ``calendar.none_ends``: none has an end; ``file.inside_vault``.
            EnvironmentFault: the disk refuses.
        """
        endings = [
            Ending(row.id, row.name, row.expires_on.date()) for row in badges if row.expires_on
        ]
        if not endings:
            raise UserError("calendar.none_ends")
        now = self._services.now()
        write_shown(path, calendar_file(endings, words, now))
        if not self._vault.read_only:
            params: dict[str, str | int] = {"name": path.name, "badges": len(endings)}
            self._vault.history.append(Event(now, "calendar_saved", params=params))
        return len(endings)

    def all_endings(self) -> tuple[BadgeRow, ...]:
        """Return everything in force that has an end, the first to end first."""
        return self.badges_numbered(self._standing.with_end())
