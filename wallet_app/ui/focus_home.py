"""Where the focus goes when nobody sees it: home, to what the page shows first.

A page takes the focus as soon as it is shown, when its list is still empty, or another page is
ready only then and was left meanwhile. Keys would act on what nobody sees.
"""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.shell import Shell

__all__ = ["FocusHome"]


class FocusHome(QObject):
    """Looks whenever a page is shown and nothing more is awaited for it; gone with the screens."""

    def __init__(self, window: "MainWindow", shell: "Shell") -> None:
        super().__init__(shell)
        self._window, self._shell = window, shell
        window.bridge.settled.connect(self._look)
        shell.shown.connect(self._look_soon)

    @Slot()
    def _look_soon(self) -> None:
        # After whoever showed the page has put the focus where it belongs.
        QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        window = self._window
        # Screens that are still being made have no page to look at.
        is_here = window.session.is_open and self._shell.isVisibleTo(window)
        is_free = is_here and not window.has_sheet and not window.bridge.busy
        if not is_free or QApplication.activePopupWidget() is not None:
            return
        # The binding promises a widget; Qt has none in a window that nothing was focused in.
        focused = cast("QWidget | None", window.focusWidget())
        if focused is None or not _can_be_seen(focused):
            focused = self._first_stop()
            if focused is None:
                return
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(focused, QAbstractItemView) and not focused.currentIndex().isValid():
            focused.setCurrentIndex(_first_line(focused))

    def _first_stop(self) -> QWidget | None:
        page = self._shell.page(self._shell.current_page)
        stops = (one for one in page.findChildren(QWidget) if _can_be_seen(one))
        return next((one for one in stops if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)


def _can_be_seen(widget: QWidget) -> bool:
    """Whether it has a use for keys and stands on the page that is shown."""
    is_stop = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()
    return is_stop and widget.isVisibleTo(widget.window())


def _first_line(view: QAbstractItemView) -> QModelIndex:
    model = view.model()
    lines = (model.index(row, 0) for row in range(model.rowCount()))
    is_enabled = Qt.ItemFlag.ItemIsEnabled
    return next((line for line in lines if line.flags() & is_enabled), QModelIndex())
