"""A column of content that scrolls when the window is too small for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.key_scroll import is_scroll_key, scroll_area
from wallet_app.ui.components.viewport import let_through

__all__ = ["ScrollColumn"]


class ScrollColumn(QScrollArea):
    """Scrolls up and down only.

    Attributes:
        column: the layout to fill.
    """

    def __init__(
        self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), see_through: bool = False
    ) -> None:
        """``see_through``: what is painted below shows."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(0)
        self._margins = margins
        self.setWidget(self._content)
        let_through(self)
        if see_through:
            self._content.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what is around that the content asks for another height."""
        done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a key that moves nothing here to what is around; Qt would swallow it."""
        if is_scroll_key(event):
            event.setAccepted(scroll_area(self, event.key()))
        else:
            super().keyPressEvent(event)

    def set_margins(self, margins: tuple[int, int, int, int]) -> None:
        """Change what is kept free around the content."""
        self._margins = margins
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Let the bar stand in the margin, so that its coming moves nothing."""
        left, top, right, bottom = self._margins
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self.column.setContentsMargins(left, top, max(0, right - taken), bottom)

    def sizeHint(self) -> QSize:
        """All of the content, where there is room for it."""
        hint = self._content.sizeHint()
        return QSize(hint.width(), hint.height())

    def hasHeightForWidth(self) -> bool:
        """Wrapping content grows downwards."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing has to scroll."""
        # While the bar shows, it stands in the margin: the content is as wide as without it.
        lent = self._margins[2] - self.column.contentsMargins().right()
        if not self.column.hasHeightForWidth():
            return self.column.totalSizeHint().height()
        return self.column.totalHeightForWidth(width - lent)

    def minimumSizeHint(self) -> QSize:
        """Never force the window to grow."""
        return QSize(0, 0)

    def clear(self) -> None:
        """Take everything out of the column."""
        empty(self.column)
