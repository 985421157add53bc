"""The library's list: the same rows as cards or as a list, one tab stop."""

from enum import StrEnum

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QToolTip

from wallet_app.ui.components.focus_ring import FocusRing
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.pages.badge_delegates import (
    CardDelegate,
    RowDelegate,
    forget_shaped,
)
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.ui.pictures import Pictures
from wallet_app.ui.theme import look

__all__ = ["SCROLL_BAR", "BadgeView", "Mode"]

SCROLL_BAR = 10
_INSIDE = 12
"""So far from the edge, in px, there is a badge and no gap."""
_LAID_OUT_AT_ONCE = 5_000
"""Places are computed for this many badges in one go, some 6 ms; then events come first."""


class Mode(StrEnum):
    """How the library is shown."""

    CARDS = "cards"
    LIST = "list"


class BadgeView(QListView):
    """Emits ``opened`` with a badge's id on a click, Enter or a screen reader's press.

    ``typed`` gives what is typed here, and is to be searched for.
    """

    opened = Signal(str)
    typed = Signal(str)
    menu_asked = Signal(str, QPoint)
    dragged = Signal(str)

    def __init__(self, name: str, model: LibraryModel, pictures: Pictures) -> None:
        super().__init__()
        self._library = model
        self._selects = False
        self._anchor = 0
        self._pressed: QPoint | None = None
        self._place: int | None = None
        self._far: QPersistentModelIndex | None = None
        self._top = (0, QPersistentModelIndex())
        self.mode = Mode.CARDS
        self._cards = CardDelegate(pictures, self)
        self._rows = RowDelegate(pictures, self)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_LAID_OUT_AT_ONCE)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        let_through(self)
        self.verticalScrollBar().setSingleStep(40)
        self.set_mode(Mode.CARDS)
        self.verticalScrollBar().rangeChanged.connect(self._back_to_place)
        self.clicked.connect(self._open)
        pictures.arrived.connect(model.refresh_picture)
        look().changed.connect(self._repaint)

    def hold_top(self) -> None:
        """Keep for the next mode which badge is the first to be seen whole."""
        place, held = self._top
        # Not scrolled since it was shown otherwise: there and back leads to where one was.
        if not held.isValid() or place != self.verticalScrollBar().value():
            self._top = (place, QPersistentModelIndex(self._first_whole()))

    def set_mode(self, mode: Mode) -> None:
        """Show cards or a list, from the badge on that is held.

        The current badge stays current, and in sight where a ring shows it.
        """
        first = self._top[1]
        ringed = self._cards.ring_current and self._is_in_sight(self.currentIndex())
        self.mode = mode
        cards = mode is Mode.CARDS
        self.setViewMode(QListView.ViewMode.IconMode if cards else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.LeftToRight if cards else QListView.Flow.TopToBottom)
        self.setWrapping(cards)
        self.setItemDelegate(self._cards if cards else self._rows)
        self._fit()
        if first.isValid():
            self.scrollTo(first, QListView.ScrollHint.PositionAtTop)
        self._top = (self.verticalScrollBar().value(), first)
        if ringed:
            self.scrollTo(self.currentIndex())

    def _first_whole(self) -> QModelIndex:
        """Return the first badge that is seen whole, else the first that is seen at all."""
        seen, y, end = QModelIndex(), 0, self.viewport().height()
        while y < end:
            index = self.indexAt(QPoint(_INSIDE, y))
            cell = self.visualRect(index)
            if index.isValid() and cell.top() >= 0:
                return seen if cell.bottom() >= end and seen.isValid() else index
            seen = index if index.isValid() else seen
            y = cell.bottom() + 1 if index.isValid() else y + _INSIDE
        return seen

    def _is_in_sight(self, index: QModelIndex) -> bool:
        return self.viewport().rect().intersects(self.visualRect(index))

    @property
    def current_id(self) -> str:
        """The id of the current badge, or ""."""
        return self._library.badge_id(self.currentIndex().row())

    @property
    def is_stood_on(self) -> bool:
        """Whether it has the focus of its window, also while a menu takes the keys."""
        return self.window().focusWidget() is self

    def stay_on(self, badge_id: str, *, in_sight: bool) -> bool:
        """Stand on a badge as before the list was filled anew; else stay nowhere.

        ``in_sight``: it was seen, and is to be; else one has scrolled away, and stays there.
        Returns whether it is in the list.
        """
        at = self._library.row_of(badge_id)
        index = self._library.index(at)
        if in_sight and not self._is_in_sight(index):
            return self.make_current(badge_id)
        self.setAutoScroll(False)
        self.setCurrentIndex(index)
        self.setAutoScroll(True)
        return at >= 0

    @property
    def sees_current(self) -> bool:
        """Whether the current badge is in view, if only in part."""
        return self._is_in_sight(self.currentIndex())

    def make_current(self, badge_id: str) -> bool:
        """Move to a badge by id, as after a search that moved it; else stay nowhere.

        Returns whether it is in the list.
        """
        at = self._library.row_of(badge_id) if badge_id else -1
        self._far = None
        if at >= 0:
            index = self._library.index(at)
            self.setCurrentIndex(index)
            if at >= _LAID_OUT_AT_ONCE and self.visualRect(index).isEmpty():
                self._place, self._far = None, QPersistentModelIndex(index)
        return at >= 0

    def reset(self) -> None:
        """Lay all out anew, and stay where one has scrolled to."""
        place = self.verticalScrollBar().value()
        super().reset()
        many = self._library.rowCount() > _LAID_OUT_AT_ONCE
        self._place = place if many else None

    def to_top(self) -> None:
        """Show the first badges, as after another search."""
        self._place = self._far = None
        self.scrollToTop()

    def begin(self) -> None:
        """Show the first badges, and stand on the first unless the current one is seen there."""
        self.to_top()
        if not self.sees_current:
            self.setCurrentIndex(self._library.index(0))

    @Slot(int, int)
    def _back_to_place(self, _least: int, most: int) -> None:
        """Go back to a place, or to the current badge, as soon as it has been laid out."""
        # A badge less, and the place is a little beyond the end.
        if self._place is not None and most >= self._place - self.height():
            self.verticalScrollBar().setValue(self._place)
            self._place = None
        if self._far is not None and not self.visualRect(self._far).isEmpty():
            far, self._far = self._far, None
            self.scrollTo(far)

    def make_first_current(self) -> None:
        """Move to the first badge when none is current."""
        if not self.currentIndex().isValid() and self._library.rowCount():
            self.setCurrentIndex(self._library.index(0))

    def forget(self) -> None:
        """Drop laid-out names: the safe is locking."""
        QToolTip.hideText()
        forget_shaped()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Space selects; letters are searched for; the rest moves."""
        self._show_ring(shown=True)
        if self._select_by_key(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            # Held down, it would open what the first of its presses led to.
            if not event.isAutoRepeat():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Let what is typed be found anywhere in the badges, not only where a name begins."""
        if search.isprintable() and search.strip():
            self.typed.emit(search)

    def _select_by_key(self, event: QKeyEvent) -> bool:
        at, shift = self.currentIndex().row(), Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._library.select_all()
        elif event.key() == Qt.Key.Key_Escape and self._library.has_selection:
            self._library.select_none()
        elif event.key() == Qt.Key.Key_Space and at >= 0:
            self._select(at, between=bool(event.modifiers() & shift))
        else:
            return False
        return True

    def _select(self, at: int, *, between: bool) -> None:
        if between:
            self._library.select_range(self._anchor, at)
        else:
            self._library.toggle(at)
        self._anchor = at

    def event(self, event: QEvent) -> bool:
        """Claim Escape while something is selected: it takes the selection away."""
        claims = event.type() == QEvent.Type.ShortcutOverride and self._library.has_selection
        if claims and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by keyboard, show where one is."""
        ring = self.window().findChild(FocusRing)
        self._show_ring(shown=ring is not None and ring.keyboard_leads)
        self.make_first_current()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer leads now. On a tick box, or with a key held, it selects."""
        self._show_ring(shown=False)
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        place = event.position().toPoint()
        delegate = self._cards if self.mode is Mode.CARDS else self._rows
        cell = QRectF(self.visualRect(self.indexAt(place)))
        on_box = delegate.tick_area(cell).contains(event.position())
        self._selects = on_box or bool(event.modifiers() & keys)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = place if left and not on_box else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragged away from where it was pressed, a badge leaves as a file."""
        pressed = self._pressed
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - pressed).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed = None
            if badge_id := self._library.badge_id(self.indexAt(pressed).row()):
                self.dragged.emit(badge_id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was dragged away is not opened by the release."""
        was_dragged = self._pressed is None and event.button() is Qt.MouseButton.LeftButton
        self._pressed = None
        if was_dragged and not self._selects:
            self.setState(QListView.State.NoState)
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a badge, at the pointer or at the current badge."""
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        badge_id = self._library.badge_id(index.row())
        if badge_id:
            self.setCurrentIndex(index)
            middle = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_asked.emit(badge_id, middle if by_keyboard else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Recompute the cards' width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.mode is Mode.CARDS:
            self.setGridSize(self._cards.fit(self.viewport().width()))
        else:
            self.setGridSize(QSize())
            self.scheduleDelayedItemsLayout()

    def _show_ring(self, *, shown: bool) -> None:
        if self._cards.ring_current is not shown:
            self._cards.ring_current = self._rows.ring_current = shown
            self.viewport().update()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if self._selects:
            self._selects = False
            held = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            self._select(index.row(), between=bool(held))
            return
        badge_id = self._library.badge_id(index.row())
        if badge_id:
            self.opened.emit(badge_id)

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()
