"""Watching: all badges checked anew from time to time, and what has changed told once.

A round is polite: the badges of one issuer stand together, each address is asked once for
all of them (``RoundResolver``), and the badges checked longest ago come first, so that a
round that was cut short is taken up where it ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from wallet_app.app.badge_views import history_event
from wallet_app.app.models import HistoryEvent
from wallet_app.app.services import Services
from wallet_app.app.settings import Watch
from wallet_app.network.round_resolver import RoundResolver
from wallet_app.storage.vault import Vault

__all__ = [
    "PERIODS",
    "Round",
    "begin_round",
    "finish_round",
    "is_due",
    "plan_round",
    "see_changes",
    "unseen_changes",
]

PERIODS: Final = MappingProxyType({Watch.WEEKLY: timedelta(days=7), Watch.DAILY: timedelta(days=1)})
"""How long after one round the next is due. ``never`` has none."""

_ROUND_KEY: Final = "watch_round"
_SEEN_KEY: Final = "changes_seen"
_MAX_CHANGES: Final = 200


def plan_round(vault: Vault) -> tuple[str, ...]:
    """Return the ids of all badges in the order of a round."""
    by_issuer: dict[str, list[str]] = {}
    for badge_id, issuer in vault.credentials.by_last_check():
        by_issuer.setdefault(issuer, []).append(badge_id)
    return tuple(badge_id for ids in by_issuer.values() for badge_id in ids)


@dataclass(frozen=True, slots=True)
class Round:
    """One round under way; ``services`` ask each address once for all its badges."""

    services: Services
    resolver: RoundResolver

    @property
    def is_spent(self) -> bool:
        """Whether enough was asked for one round."""
        return self.resolver.is_spent


def begin_round(services: Services) -> Round:
    """Return a round over the world of ``services``."""
    resolver = RoundResolver(services.source)
    return Round(replace(services, source=resolver), resolver)


def is_due(vault: Vault, watch: Watch, now: datetime) -> bool:
    """Return whether a round is due; a clock that was set back makes none due for ever."""
    period = PERIODS.get(watch)
    if period is None or vault.read_only:
        return False
    last = _moment(vault.meta.get(_ROUND_KEY))
    return last is None or not last <= now < last + period


def finish_round(vault: Vault, now: datetime) -> None:
    """Remember that a round was finished."""
    vault.meta.set(_ROUND_KEY, now.isoformat())


def unseen_changes(vault: Vault) -> tuple[HistoryEvent, ...]:
    """Return what has changed since the person last looked, latest first."""
    seen = _moment(vault.meta.get(_SEEN_KEY))
    events = vault.history.events(_MAX_CHANGES, kind="changed")
    return tuple(history_event(event) for event in events if seen is None or event.at > seen)


def see_changes(vault: Vault, changes: Sequence[HistoryEvent]) -> None:
    """Remember that the person saw ``changes``; later ones are still new."""
    if changes and not vault.read_only:
        vault.meta.set(_SEEN_KEY, max(change.at for change in changes).isoformat())


def _moment(text: str) -> datetime | None:
    """Return a moment written here; None for none, or for what a backup made of it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
