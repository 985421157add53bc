"""What a person does beyond looking: adding, showing, keeping. Joins it to the window."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Slot

from wallet_app.app.demo_safe import demo_path_for
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.sources import is_address, is_allowed_address
from wallet_app.ui.context import Context
from wallet_app.ui.copy_rounds import CopyRounds
from wallet_app.ui.import_faces import import_face
from wallet_app.ui.import_run import ImportRun, Tally
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.history_page import HistoryPage
from wallet_app.ui.pages.import_page import ImportPage
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.pages.shares_page import SharesPage
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.phrases import round_told
from wallet_app.ui.place_runs import place_runs
from wallet_app.ui.seams import Question
from wallet_app.ui.shell import Shell
from wallet_app.ui.showing import Showing
from wallet_app.ui.watch_rounds import WatchRounds
from wallet_app.wording import plain_text

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Tasks"]

_PATIENCE_MS: Final = 300
_HOSTS_NAMED: Final = 5


class Tasks(QObject):
    """Lives as long as the window; its pages are made anew with each language."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._home_path = window.session.vault_path
        self._changed_section = ""
        self.run = ImportRun(window.bridge, window.session, self)
        self.run.started.connect(self._wait_for_page)
        self.run.finished.connect(self._end_import)
        self.rounds = WatchRounds(window.bridge, window.session, window.preferences, self)
        self.rounds.finished.connect(self._tell_round)
        self.places = place_runs(window.bridge, window.session)
        self.copies = CopyRounds(window.bridge, window.session, window.preferences, self)
        self.copies.emptied.connect(self._tell_emptied)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_running)
        window.sources_dropped.connect(self.take_sources)
        window.bytes_pasted.connect(self.take_bytes)
        window.samples_asked.connect(self.take_samples)
        self.showing = Showing(window, self)
        self.showing.page_wanted.connect(self.tell_my_page)
        window.session.opened.connect(self._welcome)
        window.session.locking.connect(self._leave)

    def add_pages(self, context: Context, shell: Shell) -> None:
        """Give the pages of this module to the shell, which makes them when they are wanted."""
        shell.add_page("import", partial(ImportPage, context, self.run), row="safe")
        shell.add_page("skills", partial(SkillsPage, context))
        shell.add_page("shares", partial(SharesPage, context))
        shell.add_page("history", partial(HistoryPage, context))
        shell.add_page("backups", partial(BackupsPage, context, self.copies))
        shell.add_page("settings", partial(SettingsPage, context, self.rounds))

    # --- adding ------------------------------------------------------------------------

    @Slot(list)
    def take_sources(self, sources: list[str]) -> None:
        """Take in files, folders and addresses; addresses only after the person agrees."""
        links = [_as_sent(source) for source in sources if is_address(source)]
        files = [source for source in sources if not is_address(source)]
        asked = [link for link in links if is_allowed_address(link)]
        if not asked:
            # Nobody is asked about an address that is refused anyway: it is told at the end.
            self.run.add_sources([*files, *links])
            return
        answered = partial(self._take_links, files, links)
        self._window.seams.ask(self._ask_hosts(asked), answered)

    @Slot(object)
    def take_bytes(self, data: bytes) -> None:
        """Take in a badge that was pasted or dropped without a file."""
        self.run.add_bytes(data, self._window.words.text("intake.pasted"))

    @Slot()
    def take_samples(self) -> None:
        """Take in the sample badges."""
        self.run.add_samples(self._window.words.text("intake.samples"))

    def _ask_hosts(self, links: Sequence[str]) -> Question:
        words = self._window.words
        encoded = QUrl.ComponentFormattingOption.FullyEncoded
        hosts = list(dict.fromkeys(QUrl(link).host(encoded) or link for link in links))
        named = ", ".join(plain_text(host, max_chars=80) for host in hosts[:_HOSTS_NAMED])
        more = "…" if len(hosts) > _HOSTS_NAMED else ""
        return Question(
            title=words.text("intake.ask_host.title"),
            text=words.plural("intake.ask_host", len(hosts), host=named + more),
            confirm=words.plural("intake.ask_host.confirm", len(hosts)),
            cancel=words.text("ui.cancel"),
        )

    def _take_links(self, files: list[str], links: list[str], agreed: bool) -> None:
        wanted = [*files, *links] if agreed else files
        if wanted and self._window.session.is_open:
            self.run.add_sources(wanted)

    @Slot()
    def _wait_for_page(self) -> None:
        self._patience.start()

    @Slot()
    def _show_running(self) -> None:
        if self.run.running and self.run.tally.total != 1:
            self._window.show_page("import")

    @Slot()
    def _end_import(self) -> None:
        self._patience.stop()
        tally = self.run.tally
        self._let_undo(tally)
        on_page = self._window.shell.current_page == "import"
        is_aside = not on_page and self._was_left_to_run()
        self._tell_came(tally, is_aside=is_aside)
        single = tally.results[0] if tally.done == 1 and not tally.stopped else None
        if single is not None and single.notes:
            single = None  # a message has no room for what stayed in the file
        if on_page:
            return
        if single is not None and single.outcome is not ImportOutcome.REFUSED:
            self._tell_single(single)
        elif single is None and is_aside:
            self._tell_many()
        else:
            self._window.show_page("import")

    def _tell_came(self, tally: Tally, *, is_aside: bool) -> None:
        """Let the library begin at what came; but many, left to run, disturb nobody there."""
        results = tally.results if tally.done == 1 else () if is_aside else tally.added
        ids = tuple(result.badge.id for result in results if result.badge is not None)
        if ids:
            self._window.session.came.emit(ids)

    def _let_undo(self, tally: Tally) -> None:
        """Let the whole import be undone as one step: what it added goes to the trash."""
        added = [
            result.badge.id
            for result in tally.results
            if result.outcome is ImportOutcome.ADDED and result.badge is not None
        ]
        if added:
            said = self._window.words.plural("intake.added", len(added))
            self._window.undos.push(said, partial(self._undo_import, said, tuple(added)))

    def _undo_import(self, said: str, badge_ids: tuple[str, ...]) -> None:
        self._window.session.ask(
            self,
            "undo import",
            lambda safe: safe.delete_many(badge_ids),
            done=partial(self._tell_undone, said),
            failed=self._window.report,
        )

    def _tell_undone(self, said: str, deleted: tuple[str, ...]) -> None:
        self._window.session.changed.emit()
        key = "marks.undone" if deleted else "undo.nothing_left"
        self._window.toast(self._window.words.text(key, what=said))

    def _was_left_to_run(self) -> bool:
        return self.run.tally.elapsed_ms > _PATIENCE_MS and not self._patience.isActive()

    def _tell_single(self, result: ImportResult) -> None:
        words, badge = self._window.words, result.badge
        if badge is None:
            return
        known = result.outcome is ImportOutcome.DUPLICATE
        face = import_face(self._window.context, result, 1.0)
        key = "intake.toast_known" if known else "intake.toast_added"
        text = words.text(key, name=badge.name, verdict=face.word)
        if result.error is not None:
            self._window.report(result.error)
            return
        opening = partial(self._window.show_badge, badge.id)
        self._window.toast(text, words.text("intake.toast_open"), opening)

    def _tell_many(self) -> None:
        words, tally = self._window.words, self.run.tally
        text = words.text(
            "intake.read_and_added",
            read=words.plural(
                "intake.read" if tally.only_files else "intake.read_items", tally.sources
            ),
            added=words.plural("intake.added", len(tally.added)),
        )
        show = partial(self._window.show_page, "import")
        self._window.toast(text, words.text("intake.toast_report"), show)

    # --- watching ----------------------------------------------------------------------

    @Slot(int, bool)
    def _tell_round(self, changes: int, asked: bool) -> None:
        words, rounds = self._window.words, self.rounds
        told = round_told(words, changes, chosen=rounds.chosen, unanswered=rounds.unanswered)
        if changes:
            show = partial(self._window.show_page, "safe")
            self._window.toast(told, words.text("changes.look"), show)
        elif asked:
            self._window.toast(told)

    @Slot(int)
    def _tell_emptied(self, count: int) -> None:
        self._window.toast(self._window.words.plural("copies_page.emptied", count))

    # --- the demo ----------------------------------------------------------------------

    @property
    def is_demo(self) -> bool:
        """Whether the open safe is the demo."""
        return self._window.session.vault_path == demo_path_for(self._home_path)

    @Slot()
    def _welcome(self) -> None:
        words, cut = self._window.words, self.run.take_cut_short()
        if not self.is_demo:
            self._window.preferences.remember_safe(self._home_path)
        if self.is_demo:
            self._window.toast(words.text("first_run.in_demo"))
        elif cut is not None:
            done, total = map(words.number, cut)
            self._window.toast(words.text("intake.cut_short", done=done, total=total))

    @Slot()
    def _leave(self) -> None:
        self._patience.stop()
        if self.is_demo:
            # Locking the demo leaves it: next comes the person's own safe.
            self._window.session.vault_path = self._home_path
            self.run.take_cut_short()

    # --- settings ----------------------------------------------------------------------

    @Slot()
    def tell_who_you_are(self) -> None:
        """Show where the owner tells which identifiers are theirs; Escape leads back."""
        self._window.screens.way_back.leave_for("settings")
        self._window.show_page("settings")
        page = self._window.shell.page("settings")
        if isinstance(page, SettingsPage):
            page.show_you()

    @Slot()
    def tell_about(self) -> None:
        """Show what Coffre is made of."""
        self.tell_section("about")

    def tell_section(self, section: str) -> None:
        """Show a section of the settings, named as in ``SECTIONS``."""
        self._window.show_page("settings")
        page = self._window.shell.page("settings")
        if isinstance(page, SettingsPage):
            page.show_named(section)

    @Slot()
    def back_up(self) -> None:
        """Ask where a backup is to be written."""
        self._window.show_page("backups")
        page = self._window.shell.page("backups")
        if isinstance(page, BackupsPage):
            page.choose_place()

    def remember_section(self) -> None:
        """Keep which settings are shown, for ``tell_changed_look``."""
        page = self._window.shell.page("settings")
        if isinstance(page, SettingsPage):
            self._changed_section = page.section

    def ready_section(self, shell: Shell) -> None:
        """Make in new screens the section of the settings that is shown now."""
        old, new = self._window.shell.page("settings"), shell.page("settings")
        if isinstance(old, SettingsPage) and isinstance(new, SettingsPage):
            new.show_section(tuple(SECTIONS).index(old.section))

    def tell_changed_look(self) -> None:
        """Put the focus back where language or size was changed: the screens are made anew."""
        page = self._window.shell.page("settings")
        if isinstance(page, SettingsPage):
            page.show_changed(self._changed_section)

    @Slot()
    def tell_my_page(self) -> None:
        """Show where the owner sets up their page and allows public links; Escape leads back."""
        self._window.screens.way_back.leave_for("settings")
        self._window.show_page("settings")
        page = self._window.shell.page("settings")
        if isinstance(page, SettingsPage):
            page.show_my_page()


def _as_sent(link: str) -> str:
    """Return an address in ASCII, its international host name as the network knows it."""
    return QUrl(link).toString(QUrl.ComponentFormattingOption.FullyEncoded) or link
