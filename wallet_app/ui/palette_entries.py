"""What the palette can lead to: actions that can be done now, pages, settings, badges, shelves."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from wallet_app.app.models import BadgeRow
from wallet_app.app.safe_marks import Shelves
from wallet_app.app.search_language import Field
from wallet_app.app.search_language import State as BadgeState
from wallet_app.ui.actions import ACTIONS, ActionSpec, Group, State
from wallet_app.ui.pages.settings_page import SECTIONS
from wallet_app.ui.palette_search import Entry, EntryKind, find
from wallet_app.ui.palette_things import also_found_by, thing_entries
from wallet_app.ui.phrases import issuer_name, row_date
from wallet_app.ui.search_words import named_term, state_term
from wallet_app.wording import plain_text

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["badge_entries", "command_entries", "shelf_entries"]

_MAX_NAME: Final = 80
_NOT_OFFERED: Final = frozenset({"palette", "menu", "back", "about"})


def command_entries(window: "MainWindow", state: State) -> list[Entry]:
    """Return what can be done in ``state`` and where one can go, most wanted first."""
    able = [spec for spec in ACTIONS if spec.id not in _NOT_OFFERED and spec.when.holds(state)]
    if state.badge:
        # Of the badge that somebody stands on, before all else.
        able.sort(key=lambda spec: spec.group is not Group.BADGE)
    entries = [_action_entry(window, spec) for spec in able]
    if state.unlocked and window.tasks is not None and window.tasks.run.tally.done:
        text, go = window.words.text("palette.import_report"), partial(window.show_page, "import")
        note = window.words.text(f"palette.kind.{EntryKind.PAGE.value}")
        entries.append(Entry(EntryKind.PAGE, text, "file", go, note=note))
    if state.unlocked:
        entries += [_section_entry(window, section, key) for section, key in SECTIONS.items()]
        entries += thing_entries(window)
    return entries


def _action_entry(window: "MainWindow", spec: ActionSpec) -> Entry:
    words = window.words
    also = f"palette.also.{spec.id}"
    is_page = spec.group is Group.GO
    return Entry(
        EntryKind.PAGE if is_page else EntryKind.ACTION,
        window.commands[spec.id].text().replace("&&", "&"),
        spec.icon,
        window.commands[spec.id].trigger,
        note=words.text(f"palette.kind.{EntryKind.PAGE.value}") if is_page else "",
        keys=window.commands.shortcut_text(spec.id),
        also=also_found_by(words, f"action.{spec.id}", also),
    )


def _section_entry(window: "MainWindow", section: str, key: str) -> Entry:
    words = window.words
    also = f"palette.also.settings_{section}"
    return Entry(
        EntryKind.SETTING,
        words.text(key),
        "settings",
        partial(_show_section, window, section),
        note=words.text("page.settings"),
        also=also_found_by(words, key, also),
    )


def _show_section(window: "MainWindow", section: str) -> None:
    if window.tasks is not None:
        window.tasks.tell_section(section)


def badge_entries(window: "MainWindow", query: str, rows: Sequence[BadgeRow]) -> list[Entry]:
    """Return badges that ``query`` found, those first whose name it fits; choosing one opens it."""
    faces = [(plain_text(row.name, max_chars=_MAX_NAME), _issuer(window, row)) for row in rows]
    alike = Counter(faces)
    entries = [
        Entry(
            EntryKind.BADGE,
            name,
            "badge",
            partial(window.show_badge, row.id),
            note=_dated(window, row, issuer) if alike[name, issuer] > 1 else issuer,
        )
        for row, (name, issuer) in zip(rows, faces, strict=True)
    ]
    named = find(query, entries)
    return [*named, *(entry for entry in entries if entry not in named)]


def _issuer(window: "MainWindow", row: BadgeRow) -> str:
    return plain_text(issuer_name(window.words, row), max_chars=_MAX_NAME)


def _dated(window: "MainWindow", row: BadgeRow, issuer: str) -> str:
    """Return what tells a badge from another of the same name and issuer, where it has a date."""
    return " · ".join(filter(None, (issuer, row_date(window.words, row))))


def shelf_entries(window: "MainWindow", shelves: Shelves) -> list[Entry]:
    """Return collections, tags and the favourites, each shown in the library."""
    words = window.words
    found = [
        (shelf.name, "folder", named_term(words, Field.COLLECTION, shelf.name), "collection")
        for shelf in shelves.collections
    ]
    found += [
        (shelf.name, "tag", named_term(words, Field.TAG, shelf.name), "tag")
        for shelf in shelves.tags
    ]
    if shelves.favourites:
        found.append(
            (
                words.text("shelf.state.favourite"),
                "star",
                state_term(words, BadgeState.FAVOURITE),
                "collection",
            )
        )
    return [
        Entry(
            EntryKind.COLLECTION,
            plain_text(name, max_chars=_MAX_NAME),
            icon,
            partial(_look_for, window, term),
            note=words.text(f"palette.kind.{kind}"),
        )
        for name, icon, term, kind in found
    ]


def _look_for(window: "MainWindow", term: str) -> None:
    window.show_page("safe")
    window.library.look_for(term)
