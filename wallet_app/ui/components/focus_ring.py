"""The focus ring: one overlay for the whole window, shown when the keyboard leads.

Style sheets cannot draw outside a widget's box; this can. Lists draw the ring of their
current item themselves, by ``is_ringed``.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.theme import look

__all__ = ["FocusRing", "is_ringed"]

_AWAY: Final = 2
_WIDTH: Final = 2
_NEAR: Final = 12
_LIST_START: Final = 64
"""So much of a list is to be seen: the most of its first line."""
_MOVING: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
_POINTER_LEADS: Final = "pointerLeads"
_INPUT: Final = {
    QEvent.Type.KeyPress: True,
    QEvent.Type.MouseButtonPress: False,
    QEvent.Type.TouchBegin: False,
}


def is_ringed(option: QStyleOptionViewItem) -> bool:
    """Whether the line of a list that is being painted has the focus and shows it."""
    by_pointer = bool(option.widget.window().property(_POINTER_LEADS))
    return bool(option.state & QStyle.StateFlag.State_HasFocus) and not by_pointer


def _bring_into_view(widget: QWidget) -> None:
    """Scroll to it, the inner parts first; Qt does so only for the one that Tab leaves."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, _NEAR)
        above = above.parentWidget()


def _begins_in_view(widget: QWidget) -> bool:
    """Whether it is a list whose beginning is seen below the title of its page.

    All of it would be seen only with the title scrolled away, in large text.
    """
    above: QWidget | None = widget
    while above is not None and not isinstance(above, HeadedRoom):
        above = above.parentWidget()
    if above is None or not isinstance(widget, QAbstractItemView):
        return False
    at_top = above.verticalScrollBar().value() == 0
    start = widget.mapTo(above, QPoint(0, 0)).y()
    return at_top and 0 <= start <= above.viewport().height() - look().px(_LIST_START)


class FocusRing(QWidget):
    """Follows ``QApplication.focusChanged`` inside one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window().setProperty(_POINTER_LEADS, True)
        self._followed: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @property
    def keyboard_leads(self) -> bool:
        """Whether the last input was a key."""
        return not self.window().property(_POINTER_LEADS)

    def follow_input(self, window: QObject) -> None:
        """Watch the native window for which device was used last."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the device; move with the ringed widget."""
        kind = event.type()
        if kind in _INPUT and not isinstance(watched, QWidget):
            self._set_leader(keyboard=_INPUT[kind])
            if isinstance(event, QKeyEvent) and event.key() in _MOVING:
                self._show_whole_list()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return super().eventFilter(watched, event)

    def _show_whole_list(self) -> None:
        """Bring into view where somebody is about to move; on arrival its beginning was enough."""
        focused = self.window().focusWidget()
        if isinstance(focused, QAbstractItemView) and focused.isVisible():
            _bring_into_view(focused)

    def lead_by_keyboard(self) -> None:
        """Show the ring from now on, as after a key press."""
        self._set_leader(keyboard=True)

    def lead_by_pointer(self) -> None:
        """Hide the ring, as after a click."""
        self._set_leader(keyboard=False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring around the room left for the widget."""
        if self._target is None or not isValid(self._target):
            return
        radius = float(self._box_of(self._target).property("ringRadius") or RADII["focus"])
        painter = QPainter(self)
        paint_frame(
            painter,
            QRectF(self.rect()),
            radius + _AWAY + _WIDTH,
            border=self._color(),
            width=_WIDTH,
        )
        painter.end()

    def _color(self) -> str:
        tokens = look().tokens
        target = self._target
        if target is not None and target.property("onInverse"):
            return tokens.invert_text
        on_iron = target is not None and bool(target.property("onIron"))
        return tokens.sidebar.gold if on_iron else tokens.focus

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._set_leader(keyboard=False)
        self._leave()
        inside = new is not None and (new is self.window() or self.window().isAncestorOf(new))
        # A page that a stack focuses for want of a control in it is not one itself.
        if new is not None and inside and self.keyboard_leads and not _begins_in_view(new):
            _bring_into_view(new)
        ringed = new is not None and new.focusPolicy() != Qt.FocusPolicy.NoFocus
        if new is None or not inside or not ringed or isinstance(new, QAbstractItemView):
            self._target = None
            self._place()
            return
        self._target = new
        at: QWidget | None = self._box_of(new)
        while at is not None and at is not self.window():
            self._follow(at)
            at = at.parentWidget()
        self._place()

    def _follow(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        widget.destroyed.connect(self._on_destroyed)
        self._followed.append(widget)

    def _leave(self) -> None:
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._on_destroyed)
        self._followed = []

    @Slot()
    def _on_destroyed(self) -> None:
        """Forget at once what is inside a widget that is going: it must not be touched again."""
        self._followed = []
        self._target = None
        self.hide()

    def _set_leader(self, *, keyboard: bool) -> None:
        if self.keyboard_leads is not keyboard:
            self.window().setProperty(_POINTER_LEADS, not keyboard)
            self._place()
            focused = self.window().focusWidget()
            if isinstance(focused, QAbstractItemView):
                focused.viewport().update()

    @staticmethod
    def _box_of(widget: QWidget) -> QWidget:
        above = widget.parentWidget()
        return above if widget.property("ringHost") and above is not None else widget

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target):
            self._target = None
            self.hide()
            return
        if not self.keyboard_leads or not target.isVisible():
            self.hide()
            return
        box = self._box_of(target)
        reach = 0 if box.property("ringInside") else _AWAY + _WIDTH
        aside = reach - int(box.property("ringInset") or 0)
        corner = box.mapTo(self.window(), QPoint(0, 0))
        ring = QRect(corner, box.size()).adjusted(-aside, -reach, aside, reach)
        if not self._is_in_view(box, ring):
            self.hide()
            return
        self.setGeometry(ring)
        self.raise_()
        self.show()
        self.update()

    def _is_in_view(self, box: QWidget, ring: QRect) -> bool:
        above = box.parentWidget()
        while above is not None and above is not self.window():
            if isinstance(above, QScrollArea):
                viewport = above.viewport()
                shown = QRect(viewport.mapTo(self.window(), QPoint(0, 0)), viewport.size())
                return shown.contains(ring.center())
            above = above.parentWidget()
        return True
