"""What became of each source of an import, as a table to keep."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from wallet_app.app.damaged_copies import damage_of
from wallet_app.app.declared import row_word
from wallet_app.app.history_export import table_cell
from wallet_app.app.models import BadgeRow, ImportOutcome, ImportResult
from wallet_app.errors import CoffreError
from wallet_app.wording import Words

__all__ = ["import_table"]

_COLUMNS: Final = ("file", "inside", "outcome", "badge", "issuer", "result", "why")


def import_table(
    results: Iterable[ImportResult], words: Words, sentence: Callable[[CoffreError], str]
) -> bytes:
    """Return a CSV file with a line for each result; ``sentence`` says why one was refused."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(words.text(f"intake.column.{name}") for name in _COLUMNS)
    new: set[str] = set()
    for result in results:
        badge = result.badge
        twice = badge is not None and result.outcome is ImportOutcome.DUPLICATE and badge.id in new
        if badge is not None:
            new.add(badge.id)
        texts = (
            Path(result.source).name or result.source,
            result.inside,
            words.text(f"intake.outcome.{'twice' if twice else result.outcome}"),
            badge.name if badge else "",
            _issuer(words, badge) if badge else "",
            row_word(words, badge) if badge else "",
            _why(words, result, sentence),
        )
        writer.writerow(map(table_cell, texts))
    # With a mark in front spreadsheets read accents as they are.
    return file.getvalue().encode("utf-8-sig")


def _why(words: Words, result: ImportResult, sentence: Callable[[CoffreError], str]) -> str:
    if result.error:
        return sentence(result.error)
    return words.text("code.bake.picture_damaged") if damage_of(result.report) else ""


def _issuer(words: Words, badge: BadgeRow) -> str:
    """Return the issuer as a table may say it, which others read too: plain only when proven."""
    if badge.issuer_proven or not badge.issuer:
        return badge.issuer
    return words.text("library.calls_itself", issuer=badge.issuer)
