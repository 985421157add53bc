"""A dialog that lies over the window: veil, white sheet, title, content, actions.

It keeps the keyboard inside, closes on Escape and on a click beside it (unless work is
under way, or words would be lost), and gives the focus back to what had it before.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from wallet_app.drawing.tokens import RADII, SCRIM
from wallet_app.ui.components.button import Button, IconButton
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.key_scroll import scroll_front
from wallet_app.ui.components.painting import paint_frame, paint_shadow
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.spoken_role import DIALOG, speak_as
from wallet_app.ui.components.tab_order import in_tab_order
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.written import holds_typed, holds_words
from wallet_app.ui.theme import look

__all__ = ["Sheet"]

_MARGIN: Final = 24
_MARGIN_LOW: Final = 8
_HEADER: Final = (28, 20, 20, 16)
_HEADER_LOW: Final = (28, 10, 20, 6)
_FOOTER: Final = (24, 14, 24, 14)
_FOOTER_LOW: Final = (24, 8, 24, 8)
_LOW: Final = 480
"""Below this height of the window, in px of the design, the content has all the room."""


class _Paper(QFrame):
    """Tells when what lies on it asks for another size."""

    outgrown = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.outgrown.emit()
        return done

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        border = tokens.line if tokens.is_dark or tokens.outlined else ""
        box = QRectF(self.rect())
        paint_frame(painter, box, RADII["dialog"], fill=tokens.surf, border=border)
        painter.end()


class Sheet(QWidget):
    """Base of every sheet. Fill ``body`` and ``footer``; call ``close_sheet`` when done.

    Attributes:
        body: the layout for the content.
        footer: a row of actions, primary last; empty rows are not shown.
        closable: False while something must not be interrupted; Lock still wins.
        asks_first: what is typed here is kept nowhere else, so that a slip must not lose it.

    Signals:
        closed: it is gone.
        leave_asked: the person wants to leave, and words would be lost; ``leave`` answers.
        placed: its paper has a place, maybe another one than before.
    """

    closed = Signal()
    leave_asked = Signal()
    placed = Signal()
    asks_first = False

    def __init__(  # noqa: PLR0913  (the parts of one dialog)
        self,
        window: QWidget,
        title: str,
        *,
        subtitle: str = "",
        close_name: str = "",
        width: int = 560,
        height: int = 0,
    ) -> None:
        """``height`` 0 grows with the content."""
        super().__init__(window)
        self._window = window
        self.closable = True
        self._wanted_width, self._wanted_height = width, height
        self._opener: QWidget | None = None
        self._focused: QWidget | None = None
        self._below: QWidget | None = None
        self._done = False
        # Not by a click: beside a field it would take the keys from what is being typed there.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        speak_as(self, DIALOG)
        self.setAccessibleName(title)
        self.paper = _Paper(self)
        self.paper.outgrown.connect(self.fit)
        self.title = Label(title, "section", wrap=True)
        self.subtitle = Label(subtitle, "small", tone="t2", wrap=True)
        if not subtitle:
            self.subtitle.hide()
        self._lay_out(close_name)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self, close_name: str) -> None:
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(*_HEADER)
        self.header.setSpacing(14)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        self.header.addLayout(titles, 1)
        self.close_button = IconButton("close", close_name)
        if not close_name:
            self.close_button.hide()
        self.close_button.clicked.connect(self.dismiss)
        self.header.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self.header)
        self.header_line = Line()
        column.addWidget(self.header_line)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(28, 20, 28, 20)
        self.body.setSpacing(14)
        column.addLayout(self.body, 1)
        column.addWidget(Line())
        self._actions = QWidget()
        self.footer = FootLayout(self._actions)
        column.addWidget(self._actions)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Cover the window and take the focus; ``first`` gets it, else the first control."""
        for at in range(self.footer.count()):
            item = self.footer.itemAt(at)
            button = item.widget() if item is not None else None
            if isinstance(button, Button):
                button.let_wrap()
        # A screen reader is told what lies on the paper in the order of the pieces.
        self._actions.raise_()
        # Of this window: what has the focus in a file dialog goes with the dialog.
        self._opener = self._window.window().focusWidget()
        self._cover()
        self.show()
        self.raise_()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._hold_focus)
        target = first or next(iter(self._stops()), self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def footer_span(self) -> tuple[int, int]:
        """Where its actions begin and end in the window, in px from above; (0, 0) for none."""
        if self.paper.isHidden():
            return 0, 0
        box = self.paper.geometry()
        foot = box.y() + box.height()
        # Not the layout's own place: that comes only with the next events.
        return foot - self.footer.totalHeightForWidth(box.width()), foot

    @Slot()
    def dismiss(self) -> None:
        """Close as the person asks: Escape, the cross, a click beside the sheet."""
        if not self.closable:
            return
        if self._would_lose():
            self.leave_asked.emit()
        else:
            self.close_sheet()

    @Slot(bool)
    def leave(self, agreed: bool) -> None:
        """Close if the person agreed to lose what was typed."""
        if agreed:
            self.close_sheet()

    def close_sheet(self) -> None:
        """Close at once, give the focus back, and be deleted."""
        if self._done:
            return
        self._done = True
        self._window.removeEventFilter(self)
        self.hide()
        for back in (self._opener, self._below):
            if back is not None and isValid(back) and back.isVisible():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        self.closed.emit()
        self.deleteLater()

    def forget(self) -> None:
        """Drop what is shown, because the safe is locking. Sheets with data extend this."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside while it is open."""
        if self._done:
            return super().focusNextPrevChild(forward)
        stops = self._stops()
        if not stops:
            return True
        focused = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at every size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim Escape before the window's own shortcut for it does."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, what scrolls does; no key falls through to the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            scroll_front(self.paper, event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes it, unless words would be lost by it."""
        beside = not self.paper.geometry().contains(event.position().toPoint())
        if beside and not self._is_written_in():
            self.dismiss()
        event.accept()

    def _is_written_in(self) -> bool:
        return holds_typed(self)

    def _would_lose(self) -> bool:
        return self.asks_first and holds_words(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the veil and the shadow."""
        painter = QPainter(self)
        veil = QColor(SCRIM[0])
        veil.setAlphaF(SCRIM[1])
        painter.fillRect(self.rect(), veil)
        box = QRectF(self.paper.geometry())
        paint_shadow(painter, box, RADII["dialog"], SCRIM[0])
        painter.end()

    @Slot(QWidget, QWidget)
    def _hold_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Take the focus back from below.

        A page that is ready only now, or a control that is disabled while it has the focus,
        sends it there; keys would then act on what nobody sees.
        """
        if self._done or new is None or new.window() is not self.window():
            return
        if new is self or self.isAncestorOf(new):
            self._focused = new
        elif self._is_on_top():
            # Of a page that came meanwhile: what opened the sheet may be gone at the end.
            self._below = new
            stops = self._stops()
            before = self._focused
            kept = (stop for stop in (self, *stops) if stop is before)
            target = next(kept, next(iter(stops), self))
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_on_top(self) -> bool:
        """Qt keeps the children in the order of their stack."""
        above = [
            child
            for child in self._window.children()
            if isinstance(child, Sheet) and child.isVisible()
        ]
        return bool(above) and above[-1] is self

    def _stops(self) -> list[QWidget]:
        """The controls inside: content, actions, cross; each in the order of Tab."""
        found = [
            inside
            for inside in self.findChildren(QWidget)
            if inside.focusPolicy() & Qt.FocusPolicy.TabFocus
            and inside.isEnabled()
            and inside.isVisibleTo(self)
        ]
        return sorted(in_tab_order(found), key=self._rank)

    def _rank(self, stop: QWidget) -> int:
        """What closes comes last: a key typed too early must not end the sheet."""
        if stop is self.close_button:
            return 2
        return 1 if self.footer.indexOf(stop) >= 0 else 0

    def _cover(self) -> None:
        area = self._window.rect()
        self.setGeometry(area)
        low = area.height() < look().px(_LOW)
        around = _MARGIN_LOW if low else _MARGIN
        header = _HEADER_LOW if low else _HEADER
        # Without a title its margins would still be there, as a blank strip.
        self.header.setContentsMargins(*((0, 0, 0, 0) if self.header.isEmpty() else header))
        self.footer.setContentsMargins(*(_FOOTER_LOW if low else _FOOTER))
        width = min(look().px(self._wanted_width), area.width() - 2 * around)
        if self._wanted_height:
            height = look().px(self._wanted_height)
        else:
            layout = self.paper.layout()
            grows = layout is not None and layout.hasHeightForWidth()
            height = (
                layout.totalHeightForWidth(width)
                if layout is not None and grows
                else self.paper.sizeHint().height()
            )
        height = min(height, area.height() - 2 * around)
        corner = QPoint((area.width() - width) // 2, (area.height() - height) // 2)
        self.paper.setGeometry(corner.x(), corner.y(), width, height)
        self.update()
        self.placed.emit()

    @Slot()
    def fit(self) -> None:
        """Take a new height after the content changed; done by itself once it is laid out."""
        if not self._done:
            self._cover()
