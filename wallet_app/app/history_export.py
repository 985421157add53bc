"""The history as a file to keep or to hand over: a table (CSV) or JSON."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wallet_app.app.history_words import event_sentence
from wallet_app.app.models import HistoryEvent
from wallet_app.errors import UserError
from wallet_app.wording import Words, plain_text

__all__ = ["handed_over", "history_file", "table_cell"]

_COLUMNS: Final = ("at", "what", "kind", "badge", "id", "params")
# Threat: a spreadsheet runs a cell that begins like this as a formula, and a badge may be
# called "=HYPERLINK(…)" (OWASP, CSV Injection). Full-width forms are read alike.
_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")

_STAYS: Final = frozenset({"folder"})
"""Where a backup lies concerns nobody to whom the history is handed over, as file or as output."""


def history_file(events: Sequence[HistoryEvent], path: Path, words: Words) -> bytes:
    """Return the bytes for ``path``: by its suffix a table, or JSON.

    Raises:
        UserError: ``history.unknown_form``.
    """
    forms = {".csv": _table, ".json": _json}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise UserError("history.unknown_form", {"name": path.name})
    return form(events, words)


def _table(events: Sequence[HistoryEvent], words: Words) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for event in events:
        told = handed_over(event)
        params = ", ".join(f"{name}: {value}" for name, value in sorted(told.items()))
        texts = (event_sentence(words, event), event.kind, event.badge_name, event.badge_id, params)
        writer.writerow([_moment(event), *map(table_cell, texts)])
    # With a mark in front spreadsheets read accents as they are.
    return file.getvalue().encode("utf-8-sig")


def table_cell(text: str) -> str:
    """Return untrusted text that no spreadsheet takes for a formula: plain and on one line."""
    plain = plain_text(text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain


def _json(events: Sequence[HistoryEvent], words: Words) -> bytes:
    rows = [
        {
            "at": _moment(event),
            "what": event_sentence(words, event),
            "kind": event.kind,
            "badge": event.badge_name or None,
            "id": event.badge_id or None,
            "params": handed_over(event),
        }
        for event in events
    ]
    document = {"format": "coffre-history", "version": 1, "events": rows}
    return json.dumps(document, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def handed_over(event: HistoryEvent) -> dict[str, str | int]:
    """Return what an event says to whoever reads it outside of the safe."""
    return {name: value for name, value in event.params.items() if name not in _STAYS}


def _moment(event: HistoryEvent) -> str:
    return event.at.isoformat().replace("+00:00", "Z")
