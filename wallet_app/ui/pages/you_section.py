"""Settings, "You": the identifiers that are the owner's, and what their badges suggest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from wallet_app.app.people import Identity, OwnKey, Suggestion, key_of
from wallet_app.app.safe import Safe
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.row_panel import RowPanel
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.phrases import error_sentence
from wallet_app.verification.context import OwnerIdentity
from wallet_app.wording import plain_text

__all__ = ["YouSection"]

_MAX_CHARS = 200
_MAX_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the safe says of its owner.

    Attributes:
        keys: those that it holds, by DID.
        named: what badges write of identifiers that were confirmed.
    """

    identities: tuple[Identity, ...] = ()
    keys: dict[str, OwnKey] = field(default_factory=dict)
    suggested: tuple[Suggestion, ...] = ()
    named: dict[OwnerIdentity, Suggestion] = field(default_factory=dict)


class YouSection(SettingsSection):
    """Nothing is confirmed but by the person; nothing of it leaves the safe."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "settings_page.you", "settings_page.you_text")
        words = context.words
        self.identities = RowPanel()
        self.none = Label(words.text("settings_page.you_none"), "body", tone="t2", wrap=True)
        self.field = Field(words.text("settings_page.you_add"), height_px=40)
        self.field.edit.setObjectName("identity")
        self.field.submitted.connect(self._add)
        self.add = Button(words.text("settings_page.you_add_now"), Kind.PRIMARY)
        self.add.setObjectName("add-identity")
        self.add.clicked.connect(self._add)
        self.column.addWidget(self.none)
        self.column.addWidget(self.identities)
        self.column.addSpacing(16)
        self.column.addWidget(self.field)
        self.column.addSpacing(10)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self.column.addLayout(row)
        self._heading = self.add_heading("settings_page.you_suggested")
        self.suggested = RowPanel()
        self.column.addWidget(self.suggested)
        self.column.addStretch(1)
        for rows in (self.identities, self.suggested):
            rows.focus_gone.connect(self.focus_first)
        self.forget()

    def entered(self) -> None:
        """Read the identifiers and the suggestions."""
        self.ask("identities", _read, self._show)

    def forget(self) -> None:
        """Drop every identifier."""
        self.field.edit.setText("")
        self.field.show_error("")
        self._show(_Shown())

    @Slot()
    def focus_first(self) -> None:
        """Put the focus in the field."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, shown: _Shown) -> None:
        identities, suggested = shown.identities, shown.suggested
        self.none.setVisible(not identities)
        self.identities.fill(
            [self._identity_row(one, shown, first=at == 0) for at, one in enumerate(identities)]
        )
        self._heading.setVisible(bool(suggested))
        self.suggested.fill(
            [self._suggestion_row(one, first=at == 0) for at, one in enumerate(suggested)]
        )

    def _identity_row(self, identity: Identity, shown: _Shown, *, first: bool) -> SettingRow:
        words, key = self.context.words, key_of(identity, shown.keys)
        mine = OwnerIdentity(identity.kind, identity.value)
        value = plain_text(identity.value, max_chars=_MAX_CHARS)
        # A key of the safe has a name that the person gave it.
        found = None if key else shown.named.get(mine)
        named = self._quoted(found.holders) if found else ""
        remove = Button(words.text("settings_page.remove"), size=Size.SMALL)
        told = f"{named}, {value}" if named else value
        remove.setAccessibleName(words.text("settings_page.remove_named", name=told))
        remove.clicked.connect(partial(self._remove, mine))
        whence = self._whence(identity, key)
        if found is None or not named:
            return SettingRow(value, whence, remove, first=first)
        return self._named_row(named, value, remove, found, whence, first=first)

    def _named_row(  # noqa: PLR0913  (the parts of one row)
        self, named: str, value: str, act: Button, found: Suggestion, note: str, *, first: bool
    ) -> SettingRow:
        """Return a row that begins with the name that badges write, which nothing proves."""
        words = self.context.words
        row = SettingRow(named, value, act, first=first)
        row.add_note(note)
        row.add_note(words.plural("settings_page.you_name_unproven", found.badges))
        return row

    def _whence(self, identity: Identity, key: OwnKey | None) -> str:
        """Say why it is theirs: they said so, or the safe holds its key."""
        words = self.context.words
        if key is None:
            since = words.date(identity.confirmed_at.astimezone().date())
            kind = words.text(f"settings_page.identity_kind.{identity.kind}")
            return words.text("settings_page.you_since", kind=kind, date=since)
        since = words.date(key.since.astimezone().date())
        told = "settings_page.you_key_made" if key.made_here else "settings_page.you_key_held"
        return words.text(told, name=plain_text(key.name, max_chars=_MAX_NAME_CHARS), date=since)

    def _suggestion_row(self, suggestion: Suggestion, *, first: bool) -> SettingRow:
        words = self.context.words
        identity = suggestion.identity
        value = plain_text(identity.value, max_chars=_MAX_CHARS)
        named = self._quoted(suggestion.holders)
        confirm = Button(words.text("settings_page.you_confirm"), size=Size.SMALL)
        # Two suggestions may bear one name: what is confirmed is the identifier.
        told = f"{named}, {value}" if named else value
        confirm.setAccessibleName(words.text("settings_page.you_confirm_named", name=told))
        confirm.clicked.connect(partial(self._confirm, f"{identity.kind}:{identity.value}"))
        question = self._badges_of(suggestion)
        if not named:
            return SettingRow(value, question, confirm, first=first)
        return self._named_row(named, value, confirm, suggestion, question, first=first)

    def _badges_of(self, suggestion: Suggestion) -> str:
        names = self._quoted(suggestion.names)
        all_named = len(suggestion.names) >= suggestion.badges
        key = "none" if not names else "all" if all_named else "some"
        words = self.context.words
        return words.plural(f"settings_page.you_question.{key}", suggestion.badges, names=names)

    def _quoted(self, names: Sequence[str]) -> str:
        words = self.context.words
        shown = (plain_text(name, max_chars=_MAX_NAME_CHARS) for name in names)
        return ", ".join(words.text("detail.quoted", name=name) for name in shown)

    @Slot()
    def _add(self) -> None:
        # Nothing, as when Enter is pressed once more after a suggestion was confirmed.
        if typed := self.field.edit.text().strip():
            self._confirm(typed)

    def _confirm(self, text: str) -> None:
        self.context.session.ask(
            self, "add identity", partial(_add, text), done=self._added, failed=self._refuse
        )

    def _added(self, added: tuple[OwnerIdentity, int]) -> None:
        identity, mine = added
        self.field.edit.setText("")
        words = self.context.words
        told = words.plural("settings_page.you_added", mine)
        undo = partial(self._undo, lambda safe: safe.people.remove_identity(identity), told)
        self.context.stage.offer_undo(told, undo, words.text("marks.undo"))
        self.context.session.changed.emit()
        self.entered()

    def _refuse(self, error: CoffreError) -> None:
        sentence = error_sentence(self.context.words, error)
        self.field.show_error(sentence)
        self.context.stage.announce(sentence)

    def _remove(self, identity: OwnerIdentity) -> None:
        told = self.context.words.text("settings_page.you_removed")
        self.change(
            "remove identity",
            lambda safe: safe.people.remove_identity(identity),
            told,
            undo=lambda safe: safe.people.add_identity(f"{identity.kind}:{identity.value}"),
        )


def _read(safe: Safe) -> _Shown:
    people = safe.people
    return _Shown(
        people.identities(), people.own_keys(), people.suggestions(), people.identities_named()
    )


def _add(text: str, safe: Safe) -> tuple[OwnerIdentity, int]:
    identity = safe.people.add_identity(text)
    return identity, sum(row.mine == "yes" for row in safe.badges())
