"""Leads a real window through rounds: unlock, pages, sheets, lock; and counts what is left.

A sheet is opened as the window does where that is one call, and by its constructor, with values out
of the open safe, for all the others. A new sheet is found by itself.
"""

import gc
import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

import wallet_app.ui
from tests.simulators.vaults import CHEAP, NOW
from wallet_app.app.merging import OpenedBackup, open_backup
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import MyPage
from wallet_app.crypto.secret import Secret
from wallet_app.storage.vault import Vault
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.search_words import Kind
from wallet_app.ui.sheets.forgotten_sheet import LockedSafe

__all__ = ["BY_ACT", "MAKERS", "PASSPHRASE", "Left", "Rounds", "prepared", "sheet_classes"]

T = TypeVar("T")
PASSPHRASE: Final = "velvet orbit granite meadow"

BASES: Final = frozenset({"ActionSheet", "PassphraseSheet", "NewPassphraseSheet", "_PlaceSheet"})
"""Never opened by themselves."""

READINGS: Final = ("everything", "criteria", "evidence", "endorsements")
BY_ACT: Final = frozenset(
    {"EndorsementsSheet", "PickSkillSheet", "SkillSheet", "SkillsRecordSheet", "SourceSheet",
     "WritingsSheet", "ShareSheet", "PaletteSheet", "ShortcutsSheet", "FacetSheet"}
)  # fmt: skip
"""Their values are not for others to make; an act of ``_acts`` opens them."""


@dataclass(frozen=True)
class Left:
    """What is alive after a round: Qt's widgets by class, and Python's objects by number.

    Only widgets are asked for: a list of all of Qt's objects would make wrappers of what Qt holds
    for itself, and those wrappers stay.
    """

    widgets: Counter[str]
    python: int

    @classmethod
    def now(cls) -> "Left":
        """Count, after everything that is given up has been destroyed."""
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
        widgets = Counter(type(widget).__name__ for widget in QApplication.allWidgets())
        return cls(widgets, len(gc.get_objects()))


def sheet_classes() -> dict[str, type[Sheet]]:
    """Return every kind of sheet that the window has, by name."""
    for module in pkgutil.walk_packages(wallet_app.ui.__path__, "wallet_app.ui."):
        importlib.import_module(module.name)
    found: dict[str, type[Sheet]] = {}
    waiting: list[type[Sheet]] = [Sheet]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("wallet_app."):
                found[kind.__name__] = kind
    return {name: kind for name, kind in sorted(found.items()) if name not in BASES}


class Rounds:
    """Rounds over one window, which is locked at the beginning and after each round."""

    def __init__(self, window: MainWindow) -> None:
        """The window's safe is one that ``prepared`` made."""
        self.window = window
        self.seen: set[str] = set()
        self.file = window.session.vault_path.with_name("safe.coffre")
        self._opened: OpenedBackup | None = None
        self.acts = self._acts()
        self.classes = {name: kind for name, kind in sheet_classes().items() if name not in BY_ACT}

    # --- the parts of a round ----------------------------------------------------------

    def unlock(self) -> None:
        """Open the safe as a person does."""
        self.window.unlock.field.edit.setText(PASSPHRASE)
        self.window.unlock.button.click()
        self.settle()
        if not self.window.session.is_open:
            raise RuntimeError("the safe does not open")

    def lock(self) -> None:
        """Lock, and wait until the database is closed and nothing is under way."""
        self.window.lock()
        wait_until(lambda: self.window.session.is_closed and self.window.bridge.is_at_rest)
        run_for(2)

    @property
    def pages(self) -> list[str]:
        """The pages that the shell has."""
        return list(self.window.shell._makers)

    def show_page(self, page: str) -> None:
        """Show a page, and paint it."""
        if page == "badge":
            self.window.show_badge(self.window.library.rows()[0].id)
        else:
            self.window.show_page(page)
        self.settle()
        self.window.grab()

    def open_and_close(self, name: str) -> None:
        """Open one sheet, or do one act, paint it, and close whatever is open."""
        if name in self.acts:
            self.acts[name]()
        else:
            kind = self.classes[name]
            self.window.open_sheet(kind(**self._values(kind)))
        self.settle()
        self.window.grab()
        self.close_sheets()

    def skills_page(self) -> SkillsPage:
        """Show the page of skills, with all of them."""
        self.show_page("skills")
        page = self.window.shell.page("skills")
        assert isinstance(page, SkillsPage)
        return page

    def open_skill(self) -> None:
        """Open the first skill."""
        page = self.skills_page()
        assert page.mine.shown is not None
        page.open_skill(page.mine.shown.overview.skills[0])

    def close_sheets(self) -> None:
        """Close what is open, the last first."""
        while self.window.sheets._open:
            sheet = self.window.sheets._open[-1]
            self.seen.add(type(sheet).__name__)
            sheet.close_sheet()
            self.settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def names(self) -> list[str]:
        """Everything that ``open_and_close`` can open."""
        return [*self.acts, *self.classes]

    def settle(self) -> None:
        """Wait until no job is under way and no search is to start."""
        quiet = 0

        def is_quiet() -> bool:
            nonlocal quiet
            window = self.window
            waits = window.bridge.busy or (
                window.session.is_open and window.library.search.is_waiting
            )
            quiet = 0 if waits else quiet + 1
            return quiet > 2

        wait_until(is_quiet)

    # --- what is opened ------------------------------------------------------------------

    def _acts(self) -> dict[str, Callable[[], object]]:
        window = self.window

        def reading(act: str) -> None:
            self.show_page("badge")
            getattr(window.detail.reading, act)()

        def check_again() -> None:
            self.show_page("badge")
            window.detail.check_again()

        def share() -> None:
            window.share_asked.emit(window.library.rows()[0].id)

        def several() -> None:
            assert window.tasks is not None
            window.tasks.showing.show_several(window.library.rows()[:3])

        def interview() -> None:
            assert window.tasks is not None
            window.tasks.showing.interview([row.id for row in window.library.rows()[:2]])

        def search() -> None:
            for text in ("robot", ""):
                window.library.search.edit.setText(text)
                self.settle()

        def menu() -> None:
            shown = PopupMenu(window)
            shown.add("one", _nothing)
            shown.popup(window.rect().center())
            shown.close()
            shown.deleteLater()

        return {
            **{act: partial(reading, act) for act in READINGS},
            "check again": check_again,
            "palette": window.menus.open_palette,
            "shortcuts": window.menus.open_shortcuts,
            # The library is another one after each lock.
            "all issuers": lambda: window.library.shelf_filter.show_all(Kind.ISSUERS),
            "skill": self.open_skill,
            "record": lambda: self.skills_page().open_record(),
            "pick a skill": lambda: self.skills_page().advert._pick("Explain statistics"),
            "share": share,
            "several": several,
            "interview": interview,
            "search": search,
            "menu": menu,
        }

    def _values(self, kind: type[Sheet]) -> dict[str, Any]:
        """Return what a kind of sheet is made with, by the names of its parameters."""
        wanted = inspect.signature(kind.__init__).parameters
        values = {}
        for name, parameter in list(wanted.items())[1:]:
            maker = MAKERS.get(f"{kind.__name__}.{name}") or MAKERS.get(name)
            if maker is not None:
                values[name] = maker(self)
            elif parameter.default is inspect.Parameter.empty:
                raise LookupError("say in MAKERS what it is made with", kind.__name__, name)
        return values

    def ask(self, work: Callable[[Safe], T]) -> T:
        """Return what the safe answers."""
        found: list[T] = []
        self.window.session.ask(
            self.window, "rounds", work, done=found.append, failed=self.window.report
        )
        wait_until(lambda: bool(found))
        return found[0]

    @property
    def badge(self) -> str:
        """The first badge."""
        return self.window.library.rows()[0].id

    @property
    def opened(self) -> OpenedBackup:
        """A backup of the safe, made and opened once: its key costs seconds each time."""
        if self._opened is None:
            self.ask(lambda safe: safe.backup(self.file, Secret.from_text(PASSPHRASE)))
            self._opened = open_backup(self.file, Secret.from_text(PASSPHRASE))
        return self._opened


def _nothing(*_: object) -> None:
    """What a sheet calls when it is done."""


MAKERS: Final[dict[str, Callable[[Rounds], Any]]] = {
    "window": lambda rounds: rounds.window,
    "context": lambda rounds: rounds.window.context,
    "words": lambda rounds: rounds.window.words,
    "done": lambda _: _nothing,
    "path": lambda rounds: rounds.file,
    "target": lambda rounds: rounds.file,
    "locked": lambda _: LockedSafe({"recovery"}),
    "title": lambda _: "Title",
    "text": lambda _: "Text",
    "confirm": lambda _: "Yes",
    "cancel": lambda _: "No",
    "page": lambda _: MyPage(),
    "badge_ids": lambda rounds: [rounds.badge],
    "without": lambda rounds: [rounds.badge],
    "rows": lambda rounds: rounds.window.library.rows()[:2],
    "badges": lambda rounds: [rounds.ask(lambda safe: safe.marks(rounds.badge))],
    "shelves": lambda rounds: rounds.ask(lambda safe: safe.shelves()),
    "CollectionsSheet.shelves": lambda rounds: rounds.ask(lambda safe: safe.shelves().collections),
    "note": lambda rounds: rounds.ask(lambda safe: safe.note(rounds.badge)),
    "copy": lambda rounds: rounds.ask(lambda safe: safe.copies().copies[0]),
    "look": lambda rounds: rounds.ask(
        lambda safe: safe.look_into_copy(safe.copies().copies[0].name)
    ),
    "backup": lambda rounds: rounds.opened,
    "changes": lambda rounds: rounds.ask(lambda safe: safe.plan_merge(rounds.opened)),
}
"""Values for the parameters of sheets, by their names, or by class and name."""


def prepared(folder: Path, services: Services) -> Path:
    """Make a safe that opens quickly, with the sample badges and a copy; return its folder."""
    with Secret.from_text(PASSPHRASE) as secret:
        Vault.create(folder / "safe", secret, now=NOW, kdf=CHEAP).close()
        with open_safe(folder / "safe", secret, services) as safe:
            safe.import_demo()
            safe.copy_now("asked")
    return folder / "safe"


def wait_until(is_so: Callable[[], bool], patience_ms: int = 60_000) -> None:
    """Let the event loop run until something comes true."""
    for _ in range(patience_ms // 2):
        if is_so():
            return
        run_for(2)
    raise TimeoutError


def run_for(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()

    def end() -> None:
        loop.quit()

    # Not ``loop.quit`` itself: of Qt's own methods that are connected to, the binding keeps the
    # names (67 bytes each time, measured with PySide6 6.11.3), and a round waits many times.
    QTimer.singleShot(milliseconds, loop, end)
    loop.exec()
