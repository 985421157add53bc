"""What the window does at a lock, so that nothing of the safe stays on the screen or behind it.

Each step stands alone: one that fails is logged and the next is done.
"""

import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QDrag, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

from wallet_app.system.hardening import give_back_memory

if TYPE_CHECKING:
    from wallet_app.ui.components.sheet import Sheet
    from wallet_app.ui.main_window import MainWindow

__all__ = ["Leaving", "close_popups", "close_sheets", "destroy_given_up", "do_each", "drop_traces"]

_COMES_BACK = frozenset({"badge", "deleted", "skills", "shares", "history", "backups", "settings"})
"""The library comes by itself, and an import that was cut short has nothing left to show."""
_CAN_CANCEL_DRAGS = frozenset({"xcb", "wayland", "windows"})
"""Elsewhere Qt only complains."""
_MOST_POPUPS = 20
_AT_LATEST_MS = 1_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody was: a page, and of a badge its fingerprint, which says nothing by itself."""

    vault: tuple[Path, int, int]
    page: str
    badge_id: str


class Leaving(QObject):
    """Leads the window through a lock.

    ``has_traces``: something was shown since what outlives the screens was last emptied for good.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.has_traces = False
        self._place: _Place | None = None
        # One that is kept: a single shot with a delay leaves a reference behind each time.
        self._meanwhile = QTimer(self)
        self._meanwhile.setSingleShot(True)
        self._meanwhile.setInterval(_AT_LATEST_MS)
        self._meanwhile.timeout.connect(self._drop_meanwhile)
        window.session.opened.connect(self._return)
        window.session.locking.connect(self._forget)
        window.session.locked.connect(self._show_gate)
        window.bridge.rested.connect(self._on_rested)

    @Slot()
    def _forget(self) -> None:
        self.has_traces = True
        do_each(
            self._remember_place, partial(close_popups, self._window), self._window.forget_shown
        )

    @Slot()
    def _show_gate(self) -> None:
        self._window.give_up_screens()
        QTimer.singleShot(0, self, destroy_given_up)
        # Work that hangs must not put off what can be forgotten without it.
        self._meanwhile.start()

    @Slot()
    def _drop_meanwhile(self) -> None:
        if self.has_traces and not self._window.session.is_open:
            drop_traces()

    def _remember_place(self) -> None:
        window = self._window
        self._place = None
        if window.stack.has_screens and (page := window.shell.current_page) in _COMES_BACK:
            badge = window.detail.badge_id if page == "badge" else ""
            vault = _folder_id(window.session.vault_path)
            self._place = _Place(vault, page, badge) if vault is not None else None

    @Slot()
    def _return(self) -> None:
        """Show again what was shown when the same safe locked."""
        place, self._place = self._place, None
        # By the folder itself as well: where one was put aside, another may lie by the same name.
        if place is None or place.vault != _folder_id(self._window.session.vault_path):
            return
        if place.badge_id:
            self._window.show_badge(place.badge_id)
        else:
            self._window.show_page(place.page)

    @Slot()
    def _on_rested(self) -> None:
        # The safe is closed, and work that could not be stopped at the lock has ended.
        if self.has_traces and not self._window.session.is_open:
            self.has_traces = False
            drop_traces()


def _folder_id(folder: Path) -> tuple[Path, int, int] | None:
    """Return what tells a folder from others, by the same name too; None where it is gone."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return folder, found.st_dev, found.st_ino


def do_each(*steps: Callable[[], object]) -> None:
    """Do every step whatever becomes of the others."""
    for step in steps:
        try:
            step()
        except Exception as bug:
            # The border of a lock: nothing may stop it. Without the message: it may quote a badge.
            _log.error("a step of the lock failed: %s", type(bug).__name__)


def close_popups(window: QMainWindow) -> None:
    """Close menus, lists, tooltips, drags, file dialogs and every other window of ``window``."""
    QToolTip.hideText()
    if QGuiApplication.platformName() in _CAN_CANCEL_DRAGS:
        QDrag.cancel()
    for _ in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.hide()
        popup.close()
    for other in QApplication.topLevelWidgets():
        if other is not window and _main_window_of(other) in (window, None):
            _close(other)


def close_sheets(sheets: "Sequence[Sheet]") -> None:
    """Close every dialog of ours, the one on top first."""
    for sheet in reversed(sheets):
        do_each(sheet.forget, sheet.close_sheet)


def _main_window_of(widget: QWidget) -> QMainWindow | None:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, QMainWindow):
        at = at.parentWidget()
    return at


def _close(other: QWidget) -> None:
    if isinstance(other, QDialog):
        # ``close`` could be refused, and asks in some dialogs.
        other.reject()
    other.hide()
    if other.parentWidget() is not None:
        # Lists without a parent belong to Qt, which uses them again.
        other.deleteLater()


def destroy_given_up() -> None:
    """Destroy the widgets that were given up, and empty what outlives them."""
    from wallet_app.app.forgetting import forget_caches  # noqa: PLC0415 - loads cryptography

    QPixmapCache.clear()
    forget_caches()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def drop_traces() -> None:
    """Also what only pointed at itself, and what is freed but still readable. Takes a moment."""
    from wallet_app.app.forgetting import forget_contacts, overwrite_freed  # noqa: PLC0415 - as above

    destroy_given_up()
    forget_contacts()
    gc.collect()
    overwrite_freed()
    give_back_memory()
