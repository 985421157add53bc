"""The part of the open safe that looks back: search in the history, and take it along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from wallet_app.app.badge_views import history_event
from wallet_app.app.history_export import history_file
from wallet_app.app.history_kinds import KIND_GROUPS, kinds_meant
from wallet_app.app.history_words import event_sentence
from wallet_app.app.models import HistoryEvent
from wallet_app.app.services import Services
from wallet_app.app.shown_file import write_shown
from wallet_app.storage.history_search import events_about, events_within
from wallet_app.storage.mark_texts import folded
from wallet_app.storage.models import Event
from wallet_app.storage.vault import Vault
from wallet_app.wording import Words

__all__ = ["HistoryQuery", "SafeHistory"]


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """What to look for in the history; without anything, all of it.

    Attributes:
        text: words that all stand in the sentence, the names or the values of an event,
            whatever their case and accents.
        kinds: kinds of events or groups of them (``KindGroup``).
        since, before: aware; from the first on, and before the second.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


class SafeHistory:
    """What ``Safe`` does to look back; ``Safe`` itself is its only face."""

    _vault: Vault
    _services: Services

    def find_history(
        self, query: HistoryQuery, words: Words, *, limit: int | None = 500
    ) -> tuple[HistoryEvent, ...]:
        """Return the latest ``limit`` events that ``query`` means, latest first.

        ``words`` are those whose sentences are searched.
        """
        return tuple(islice(self._events(query, words), limit))

    def history_of(self, badge_id: str, *, limit: int = 500) -> tuple[HistoryEvent, ...]:
        """Return the latest ``limit`` events about one badge, latest first."""
        return tuple(map(history_event, events_about(self._vault.database, badge_id, limit)))

    def export_history(self, query: HistoryQuery, path: Path, words: Words) -> int:
        """Write every event that ``query`` means to ``path``; return how many.

        Raises:
            UserError: ``history.unknown_form`` for a suffix other than ``.csv`` and
                ``.json``; ``file.inside_vault``.
            EnvironmentFault: the disk refuses.
        """
        events = self.find_history(query, words, limit=None)
        data = history_file(events, path, words)
        write_shown(path, data)
        if not self._vault.read_only:
            params: dict[str, str | int] = {"name": path.name, "events": len(events)}
            now = self._services.now()
            self._vault.history.append(Event(now, "history_exported", params=params))
        return len(events)

    def save_import_report(self, path: Path, data: bytes) -> str:
        """Write what became of an import (``import_table``); return the name of the file.

        Raises:
            UserError: ``file.inside_vault``.
            EnvironmentFault: the disk refuses.
        """
        write_shown(path, data)
        if not self._vault.read_only:
            event = Event(self._services.now(), "import_saved", params={"name": path.name})
            self._vault.history.append(event)
        return path.name

    def _events(self, query: HistoryQuery, words: Words) -> Iterator[HistoryEvent]:
        kinds, others = kinds_meant(query.kinds)
        grouped = {kind for group in KIND_GROUPS.values() for kind in group}
        wanted = folded(query.text).split()
        stored = events_within(
            self._vault.database,
            kinds=() if others else sorted(kinds),
            since=query.since,
            before=query.before,
        )
        for event in map(history_event, stored):
            if others and event.kind in grouped - kinds:
                continue
            if not wanted or _says(event, wanted, words):
                yield event


def _says(event: HistoryEvent, wanted: list[str], words: Words) -> bool:
    values = " ".join(map(str, event.params.values()))
    sentence = event_sentence(words, event)
    text = folded(f"{sentence} {event.badge_name} {event.badge_id} {event.kind} {values}")
    return all(word in text for word in wanted)
