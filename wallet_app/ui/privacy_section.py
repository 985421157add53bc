"""Settings that decide when Coffre asks anybody outside: rounds, pictures, chains, versions."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.app.settings import Updates, Watch
from wallet_app.app.updates import update_source
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import round_told

if TYPE_CHECKING:
    from wallet_app.ui.watch_rounds import WatchRounds

__all__ = ["PrivacySection"]

_NO, _YES = "no", "yes"


class PrivacySection(QObject):
    """The rows of the section and what they do."""

    def __init__(self, context: Context, rounds: "WatchRounds", parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._rounds = context, rounds
        words, settings = context.words, context.preferences.settings
        self.watch = Choice(
            words.text("privacy.watch"),
            [(watch.value, words.text(f"privacy.watch_of.{watch.value}")) for watch in Watch],
            settings.watch.value,
        )
        self.watch.chosen.connect(self._change_watch)
        self.pictures = self._yes_or_no("privacy.pictures", yes=settings.fetch_pictures)
        self.pictures.chosen.connect(self._change_pictures)
        self.explorers = self._yes_or_no("privacy.explorers", yes=settings.ask_explorers)
        self.explorers.chosen.connect(self._change_explorers)
        self.updates = self._yes_or_no("updates.section", yes=settings.updates is Updates.YES)
        self.updates.chosen.connect(self._change_updates)
        self._source = update_source()
        self.check_all = Button(words.text("privacy.check_all"), size=Size.SMALL)
        self.check_all.clicked.connect(self._start_or_stop)
        self._now = SettingRow(
            words.text("privacy.now"), words.text("privacy.now_text"), self.check_all
        )
        if rounds.running:
            self.check_all.setText(words.text("privacy.stop"))
        rounds.progressed.connect(self._show_progress)
        rounds.finished.connect(self._show_outcome)
        rounds.stopped.connect(self._show_rest)

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows, in order."""
        words = self._context.words
        return (
            SettingRow(
                words.text("privacy.watch"),
                words.text("privacy.watch_text"),
                self.watch,
                first=True,
            ),
            self._now,
            SettingRow(
                words.text("privacy.pictures"), words.text("privacy.pictures_text"), self.pictures
            ),
            SettingRow(
                words.text("privacy.explorers"),
                words.text("privacy.explorers_text"),
                self.explorers,
            ),
            *self._update_row(),
        )

    def _update_row(self) -> tuple[SettingRow, ...]:
        """Return nothing where this build names nobody to ask."""
        words = self._context.words
        if self._source is None:
            return ()
        text = words.text("updates.text", host=self._source.host)
        return (SettingRow(words.text("updates.section"), text, self.updates),)

    def _yes_or_no(self, key: str, *, yes: bool) -> Choice:
        words = self._context.words
        options = [(_NO, words.text("privacy.no")), (_YES, words.text("privacy.yes"))]
        return Choice(words.text(key), options, _YES if yes else _NO)

    @Slot(str)
    def _change_watch(self, watch: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, watch=Watch(watch)))

    @Slot(str)
    def _change_pictures(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, fetch_pictures=chosen == _YES))

    @Slot(str)
    def _change_explorers(self, chosen: str) -> None:
        preferences = self._context.preferences
        preferences.change(replace(preferences.settings, ask_explorers=chosen == _YES))

    @Slot(str)
    def _change_updates(self, chosen: str) -> None:
        preferences = self._context.preferences
        wanted = Updates.YES if chosen == _YES else Updates.NO
        preferences.change(replace(preferences.settings, updates=wanted))

    @Slot()
    def _start_or_stop(self) -> None:
        if self._rounds.running:
            self._rounds.stop()
        else:
            self._rounds.start()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        words = self._context.words
        numbers = {"done": words.number(done), "total": words.number(total)}
        self._now.hint.setText(words.text("privacy.progress", **numbers))
        self.check_all.setText(words.text("privacy.stop"))

    @Slot(int, bool)
    def _show_outcome(self, changes: int, _asked: bool) -> None:
        """Say here what was found, as well: the message goes after a while."""
        rounds = self._rounds
        self._show_rest()
        told = round_told(
            self._context.words, changes, chosen=rounds.chosen, unanswered=rounds.unanswered
        )
        self._now.hint.setText(told)

    @Slot()
    def _show_rest(self) -> None:
        words = self._context.words
        self._now.hint.setText(words.text("privacy.now_text"))
        self.check_all.setText(words.text("privacy.check_all"))
