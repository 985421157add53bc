"""Goes through the screens and looks for what a stranger's text must never do there.

Pages are those that the shell knows: a new one is walked through without a word here.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QToolTip,
    QWidget,
)

from tests.simulators.hostile import Traps
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.ui.sheets.endorsements_sheet import EndorsementsSheet
from wallet_app.ui.sheets.interview import InterviewView
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet
from wallet_app.ui.sheets.source_sheet import SourceSheet

__all__ = ["HostileWalk", "Pace", "problems"]

_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_TAG = re.compile(r"<[A-Za-z!/?]")
_ROWS = 60
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
)
PILED = 8
"""Accents on one letter, one behind the other, that still stand on it."""


class Pace:
    """How long the interface thread worked at once: the longest steps, and which they were."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.longest: list[tuple[float, str]] = []

    def do(self, name: str, act: Callable[[], object]) -> None:
        """Do it, let the window come to rest and be drawn, and measure each step of that."""
        self._step(f"{name}: asked", act)
        quiet = 0
        while quiet < 3:
            self._step(f"{name}: at work", QApplication.processEvents)
            quiet = 0 if self._window.bridge.busy else quiet + 1
            time.sleep(0.002)
        self._step(f"{name}: drawn", self._window.grab)

    def _step(self, name: str, act: Callable[[], object]) -> None:
        # Of this thread alone: whoever else uses the computer must not decide a test.
        began = time.thread_time()
        act()
        self.longest.append((time.thread_time() - began, name))
        self.longest = sorted(self.longest, reverse=True)[:8]


def problems(window: MainWindow) -> list[str]:
    """Return everything that is wrong on the screen now, each with where it is."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        if widget is window or window.isAncestorOf(widget):
            where = f"{type(widget).__name__}[{widget.objectName()}]"
            found += [f"{where}: {what}" for what in _of_widget(widget)]
            if widget.isVisible() and _is_too_wide(widget, window):
                found.append(f"{where}: {widget.width()} px wide")
    for name, text in (("title", window.windowTitle()), ("status", window.statusTip())):
        found += [f"window {name}: {what}" for what in _of_text(text)]
    least = window.minimumSizeHint()
    if least.width() > 960 or least.height() > 640:
        found.append(f"the window wants {least.width()} by {least.height()}")
    return sorted(set(found))


def _is_too_wide(widget: QWidget, window: MainWindow) -> bool:
    return widget.width() > window.width() and not isinstance(widget, QScrollBar)


def _of_widget(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield "a label that guesses at HTML"
    for text in _texts(widget):
        yield from _of_text(text)
    for tip in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
        yield from _of_tip(tip)


def _inside(tip: str) -> str:
    return tip.removeprefix("<qt>").removesuffix("</qt>")


def _of_tip(tip: str) -> Iterator[str]:
    yield from _of_text(tip)
    # Lines are put together with a break, each of them escaped.
    if any(_TAG.search(line) for line in _inside(tip).split("<br>")):
        yield f"a tooltip that is HTML: {tip[:80]!r}"


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText().replace("\n", " ").replace("\t", " ")
        yield widget.placeholderText()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model())
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield from (action.text(), action.toolTip(), action.statusTip())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), _ROWS)):
        values = (model.index(row, 0).data(role) for role in _ROLES)
        yield from (value for value in values if isinstance(value, str))


def _of_text(text: str) -> Iterator[str]:
    hidden = sorted({f"U+{ord(one):04X}" for one in text if unicodedata.category(one) in _HIDDEN})
    if hidden:
        yield f"{', '.join(hidden)} in {text[:60]!r}"
    piled = 0
    for one in text:
        piled = piled + 1 if unicodedata.category(one) in ("Mn", "Me") else 0
        if piled > PILED:
            yield f"accents piled up in {text[:20]!r}"
            return


class HostileWalk:
    """Goes through the screens and keeps what was wrong on each.

    Attributes:
        found: everything wrong, each once, behind the name of the first screen with it.
        pace: how long the interface was held.
    """

    def __init__(
        self,
        window: MainWindow,
        traps: Traps,
        camera: Callable[[str, MainWindow], None] = lambda _name, _window: None,
    ) -> None:
        self.window, self.pace = window, Pace(window)
        self.found: dict[str, str] = {}
        self._traps, self._camera = traps, camera

    def at(self, name: str, act: Callable[[], object]) -> None:
        """Do something, and look at what is shown then."""
        self.pace.do(name, act)
        for problem in (*problems(self.window), *self._traps.sprung()):
            self.found.setdefault(problem, name)
        self._camera(name, self.window)

    @property
    def sheet(self) -> Sheet:
        """The dialog on top."""
        return [sheet for sheet in self.window.findChildren(Sheet) if sheet.isVisible()][-1]

    def close(self) -> None:
        """Close every dialog."""
        while self.window.has_sheet:
            sheet = self.sheet
            self.pace.do("close", sheet.dismiss)

    # --- the screens -------------------------------------------------------------------

    def take_in(self, files: list[str]) -> None:
        """Import them, with the report on the screen."""
        self.window.show_page("import")
        self.at("import", lambda: self.window.sources_dropped.emit(files))

    def library(self) -> None:
        """Cards, list, tooltips, menu, selection and search."""
        library, view = self.window.library, self.window.library.view
        self.at("cards", lambda: self.window.show_page("safe"))
        for mode in (Mode.CARDS, Mode.LIST):
            self.at(mode.value, lambda mode=mode: library.modes.choose(mode.value))
            for row in range(library.model.rowCount()):
                self._point_at(view, view.visualRect(library.model.index(row)).center())
        self.at("selected", library.model.select_all)
        library.model.select_none()
        self.at("searched", lambda: library.search.edit.setText("<b>"))
        self.at("all again", library.search.edit.clear)

    def _point_at(self, view: QAbstractItemView, place: QPoint) -> None:
        far = view.viewport().mapToGlobal(place)
        view.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, place, far))
        shown = QToolTip.text()
        for problem in _of_tip(shown):
            self.found.setdefault(problem, "tooltip of a badge")
        QToolTip.hideText()

    def badge(self, badge_id: str, name: str, *, in_full: bool = True) -> None:
        """The page of a badge with all checks open, and everything that opens from it."""
        detail = self.window.detail
        self.at(f"badge {name}", lambda: self.window.show_badge(badge_id))
        assert detail.checks is not None
        rows = detail.checks.rows.values()
        self.at(f"checks {name}", lambda: [row.set_open(opened=True) for row in rows])
        if not in_full:
            return
        reading = detail.reading
        for open_it in (reading.criteria, reading.evidence, reading.endorsements):
            self.at(f"{open_it.__name__} {name}", open_it)
            sheet = self.sheet
            if isinstance(sheet, EndorsementsSheet):
                self.at(f"endorser {name}", sheet.cards[0].open_checks)
            self.close()
        self.at(f"source {name}", reading.everything)
        source = self.sheet
        assert isinstance(source, SourceSheet)
        for part in source.parts:
            self.at(f"source {part} {name}", lambda part=part: source.show_part(part))
        self.close()

    def pages(self) -> None:
        """Every page that the shell knows, whichever they are, and each of the settings."""
        for page in self.window.shell.page_ids:
            self.at(f"page {page}", lambda page=page: self.window.show_page(page))
        settings = self.window.shell.page("settings")
        assert isinstance(settings, SettingsPage)
        self.window.show_page("settings")
        for section in SECTIONS:
            self.at(f"settings {section}", lambda section=section: settings.show_named(section))

    def showing(self, badge_ids: list[str]) -> None:
        """The ladder of showing, several badges, and the interview."""
        tasks = self.window.tasks
        assert tasks is not None
        rows = [row for row in self.window.library.rows() if row.id in badge_ids]
        self.at("share", lambda: self.window.share_asked.emit(badge_ids[0]))
        share = self.sheet
        assert isinstance(share, ShareSheet)
        for way in ShownBy:
            self.at(f"share {way.value}", lambda way=way: share.show_way(way))
        self.close()
        self.at("portfolio", lambda: tasks.showing.show_several(rows))
        portfolio = self.sheet
        assert isinstance(portfolio, PortfolioSheet)
        self.at("portfolio, more", portfolio.badges.add.click)
        self.close()
        self.at("interview", lambda: tasks.showing.interview(badge_ids))
        assert isinstance(self.sheet, InterviewView)
        self.close()

    def trash(self, badge_id: str) -> None:
        """The page of a badge again, the message that it is deleted, and what was deleted."""
        self.pace.do("badge", lambda: self.window.show_badge(badge_id))
        self.at("deleted message", self.window.detail.delete)
        self.at("deleted", lambda: self.window.show_page("deleted"))
        self.at("undone", self.window.commands["undo"].trigger)
