"""Settings, "Issuers you know": the owner's own list, lists by others, and authorities."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl, Slot

from wallet_app.app.authority_words import authority_facts
from wallet_app.app.people import AnchorList, KnownIssuer, TrustList
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.sources import is_address, is_allowed_address
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.trust_lists import LoadedLists, load_lists
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.row_panel import RowPanel, button_row
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.settings_section import SettingsSection
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.seams import Question
from wallet_app.wording import plain_text

__all__ = ["IssuersSection"]

_MAX_CHARS = 200
_Lists = tuple[tuple[TrustList, int], ...]
_Shown = tuple[tuple[KnownIssuer, ...], _Lists, tuple[AnchorList, ...]]


class IssuersSection(SettingsSection):
    """A list of issuers informs and never decides; authorities decide what is proven.

    Both are loaded only when the person says so.
    """

    def __init__(self, context: Context, check_all: Callable[[], None]) -> None:
        """``check_all`` checks all badges anew, which authorities are first used at."""
        super().__init__(context, "settings_page.issuers", "settings_page.issuers_text")
        words = context.words
        self._check_all = check_all
        self.known = RowPanel()
        self.none = Label(words.text("settings_page.issuers_none"), "body", tone="t2", wrap=True)
        self.column.addWidget(self.none)
        self.column.addWidget(self.known)
        self.add_heading("settings_page.lists")
        self.lists = RowPanel()
        self.no_lists = Label(words.text("settings_page.lists_none"), "body", tone="t2", wrap=True)
        self.column.addWidget(self.no_lists)
        self.column.addWidget(self.lists)
        self._add_authorities()
        self.add_heading("settings_page.list_add")
        self.field = Field(words.text("settings_page.list_address"), height_px=40)
        self.field.edit.setObjectName("list-address")
        self.field.submitted.connect(self._ask_address)
        self.column.addWidget(self.field)
        self.column.addSpacing(10)
        self.column.addWidget(self._make_ways())
        self.column.addSpacing(8)
        self._add_small("settings_page.lists_text")
        self.column.addStretch(1)
        for rows in (self.known, self.lists, self.authorities):
            rows.focus_gone.connect(self.focus_first)
        self.forget()

    def _add_authorities(self) -> None:
        self.add_heading("settings_page.authorities")
        self.authorities = RowPanel()
        self.column.addWidget(self.authorities)
        self.column.addSpacing(8)
        self._add_small("settings_page.authorities_text")

    def _add_small(self, key: str) -> None:
        self.column.addWidget(Label(self.context.words.text(key), "small", tone="t3", wrap=True))

    def _make_ways(self) -> FlowRow:
        words = self.context.words
        self.load = Button(words.text("settings_page.list_load"))
        self.load.setObjectName("load-list")
        self.load.clicked.connect(self._ask_address)
        self.choose = Button(words.text("settings_page.list_choose"), icon="file")
        self.choose.setObjectName("choose-list")
        self.choose.clicked.connect(self._choose_file)
        row = FlowRow(gap=10)
        row.add(self.load, self.choose)
        return row

    def entered(self) -> None:
        """Read the own list and the chosen ones."""
        self.ask("issuers", _read, self._show)

    def forget(self) -> None:
        """Drop every name."""
        self.field.edit.setText("")
        self.field.show_error("")
        self._show(((), (), ()))

    @Slot()
    def focus_first(self) -> None:
        """Put the focus in the field."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, shown: _Shown) -> None:
        issuers, lists, authorities = shown
        self.none.setVisible(not issuers)
        self.known.fill([self._issuer_row(one, first=at == 0) for at, one in enumerate(issuers)])
        self.no_lists.setVisible(not lists)
        self.lists.fill(
            [self._list_row(one, size, first=at == 0) for at, (one, size) in enumerate(lists)]
        )
        self.authorities.fill(
            [self._authority_row(one, first=at == 0) for at, one in enumerate(authorities)]
        )

    def _issuer_row(self, issuer: KnownIssuer, *, first: bool) -> SettingRow:
        words = self.context.words
        name = plain_text(issuer.name, max_chars=_MAX_CHARS)
        remove = Button(words.text("settings_page.remove"), size=Size.SMALL)
        remove.setAccessibleName(words.text("settings_page.remove_named", name=name))
        remove.clicked.connect(partial(self._forget_issuer, issuer))
        hint = words.text(
            "settings_page.issuer_since",
            date=words.date(issuer.added_at.astimezone().date()),
            id=issuer.issuer_id,
        )
        return SettingRow(name, hint, remove, first=first)

    def _list_row(self, kept: TrustList, size: int, *, first: bool) -> SettingRow:
        hint = self.context.words.plural(
            "settings_page.list_facts" if kept.enabled else "settings_page.list_facts_off",
            size,
            source=kept.source,
            date=self.context.words.date(kept.fetched_at.astimezone().date()),
        )
        return self._kept_row(kept, hint, "list", first=first)

    def _authority_row(self, one: AnchorList, *, first: bool) -> SettingRow:
        hint = authority_facts(self.context.words, one, self.context.session.services.now())
        return self._kept_row(one.kept, hint, "authorities", first=first)

    def _kept_row(self, kept: TrustList, hint: str, kind: str, *, first: bool) -> SettingRow:
        words = self.context.words
        name = plain_text(kept.name, max_chars=_MAX_CHARS)
        key = "list_off" if kept.enabled else "list_on"
        switch = Button(words.text(f"settings_page.{key}"), size=Size.SMALL)
        switch.setAccessibleName(words.text(f"settings_page.{key}_named", name=name))
        switch.clicked.connect(partial(self._switch, kept, kind))
        remove = Button(words.text("settings_page.remove"), size=Size.SMALL)
        remove.setAccessibleName(words.text("settings_page.remove_named", name=name))
        remove.clicked.connect(partial(self._remove_list, kept.number, kind))
        return SettingRow(name, hint, button_row(switch, remove), first=first)

    # --- changes -------------------------------------------------------------------------

    def _forget_issuer(self, issuer: KnownIssuer) -> None:
        told = self.context.words.text("settings_page.issuer_removed")
        self.change(
            "forget issuer",
            lambda safe: safe.people.forget_issuer(issuer.issuer_id),
            told,
            undo=lambda safe: safe.people.know_issuer_again(issuer),
        )

    def _remove_list(self, number: int, kind: str) -> None:
        told = self.context.words.text(f"settings_page.{kind}_removed")
        work = partial(_remove, number)
        self.change("remove list", work, told, self._next_step(kind))

    def _switch(self, kept: TrustList, kind: str) -> None:
        state = "off" if kept.enabled else "on"
        told = self.context.words.text(f"settings_page.{kind}_is_{state}")
        work = partial(_switch, kept.number, not kept.enabled)
        back = partial(_switch, kept.number, kept.enabled)
        self.change("switch list", work, told, self._next_step(kind), undo=back)

    def _next_step(self, kind: str) -> tuple[str, Callable[[], None] | None]:
        """Return what is offered after a change: badges know authorities from a check on."""
        if kind != "authorities":
            return "", None
        return self.context.words.text("privacy.check_all"), self._check_all

    @Slot()
    def _choose_file(self) -> None:
        title = self.context.words.text("settings_page.list_choose_title")
        self.context.seams.choose_files(title, self._load_files)

    def _load_files(self, names: list[str]) -> None:
        if names:
            self._load(names[0])

    @Slot()
    def _ask_address(self) -> None:
        words, typed = self.context.words, self.field.edit.text().strip()
        if not is_address(typed) or not is_allowed_address(typed):
            self._say_wrong(words.text("settings_page.list_no_address"))
            return
        encoded = QUrl.ComponentFormattingOption.FullyEncoded
        host = plain_text(QUrl(typed).host(encoded) or typed, max_chars=80)
        question = Question(
            title=words.text("settings_page.list_ask_title"),
            text=words.text("settings_page.list_ask", host=host),
            confirm=words.text("settings_page.list_ask_confirm"),
            cancel=words.text("ui.cancel"),
        )
        self.context.seams.ask(question, partial(self._answered, typed))

    def _answered(self, address: str, agreed: bool) -> None:
        if agreed and self.context.session.is_open:
            self._load(address)

    def _load(self, source: str) -> None:
        # In the pool: a silent site must hold up neither the safe nor its lock.
        self._set_busy(busy=True)
        work = partial(_load, source, self.context.session.services)
        self.context.bridge.on_pool(self, "load list", work, done=self._keep, failed=self._refuse)

    def _keep(self, loaded: LoadedLists) -> None:
        work = partial(_keep, loaded)
        self.context.session.ask(self, "keep list", work, done=self._kept, failed=self._refuse)

    def _kept(self, loaded: LoadedLists) -> None:
        words = self.context.words
        self._set_busy(busy=False)
        self.field.edit.setText("")
        self.field.show_error("")
        kind = "authorities" if loaded.are_anchors else "list"
        told = words.plural(f"settings_page.{kind}_loaded", len(loaded.lists))
        if loaded.left_out:
            told = f"{told} {words.plural('settings_page.list_left_out', len(loaded.left_out))}"
        self.context.stage.toast(told, *self._next_step(kind))
        self.context.session.changed.emit()
        self.entered()

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        self._say_wrong(error_sentence(self.context.words, error))

    def _say_wrong(self, sentence: str) -> None:
        self.field.show_error(sentence)
        self.context.stage.announce(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        self.load.setEnabled(not busy)
        self.choose.setEnabled(not busy)


def _read(safe: Safe) -> _Shown:
    people = safe.people
    return people.known_issuers(), people.trust_lists(), people.anchor_lists()


def _remove(number: int, safe: Safe) -> None:
    safe.people.remove_list(number)


def _switch(number: int, enabled: bool, safe: Safe) -> None:
    safe.people.switch_list(number, enabled=enabled)


def _load(source: str, services: Services, _cancelled: CancelToken) -> LoadedLists:
    return load_lists(source, services)


def _keep(loaded: LoadedLists, safe: Safe) -> LoadedLists:
    safe.people.keep_lists(loaded)
    return loaded
