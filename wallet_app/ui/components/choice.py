"""Segments: a few possibilities in one frame, of which one holds. One tab stop."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.spoken_role import GROUP, speak_as
from wallet_app.ui.theme import look

__all__ = ["Choice"]

_HEIGHT: Final = 38
_PADDING: Final = 14


class _Segment(QAbstractButton):
    def __init__(self, text: str, *, on_iron: bool) -> None:
        super().__init__()
        self._words = text
        self._measured_at, self._hint = 0.0, QSize()
        self._on_iron = on_iron
        self.setCheckable(True)
        # One of several, and told so: a bare checkable button is called a check box.
        self.setAutoExclusive(True)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setProperty("ringRadius", RADII["control"])
        self.setProperty("onIron", on_iron)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        # Layouts ask for it hundreds of times for each change.
        if self._measured_at != look().scale:
            self._measured_at = look().scale
            strong = QFontMetricsF(font("compact_strong", scale=look().scale))
            width = strong.horizontalAdvance(self._words) + 2 * look().px(_PADDING)
            self._hint = QSize(round(width) + 2, look().px(_HEIGHT))
        return self._hint

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        on = self.isChecked()
        painter = QPainter(self)
        smooth(painter)
        if on:
            ground = tokens.sidebar.row if self._on_iron else tokens.sel
            border = tokens.edge if tokens.outlined else ""
            box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            radius = RADII["control"] - 2
            paint_frame(painter, box, radius, fill=ground, border=border, width=2)
        painter.setFont(font("compact_strong" if on else "compact", scale=look().scale))
        plain = tokens.sidebar.text if self._on_iron else tokens.t2
        strong = tokens.sidebar.row_text if self._on_iron else tokens.t1
        painter.setPen(QColor(strong if on else plain))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()


class Choice(QWidget):
    """One of several; ``chosen`` gives its id when the person changes it."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], current: str, *, on_iron: bool = False
    ) -> None:
        """``options`` are (id, words) in the order shown; ``current`` is one of the ids."""
        super().__init__()
        self._on_iron = on_iron
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self._ids = [option_id for option_id, _ in options]
        for at, (option_id, words) in enumerate(options):
            segment = _Segment(words, on_iron=on_iron)
            segment.setParent(self)
            segment.setObjectName(f"choice-{option_id}")
            segment.setChecked(option_id == current)
            self._group.addButton(segment, at)
        self._group.idClicked.connect(self._tell)
        self._settle_tab_stop()

    @property
    def current(self) -> str:
        """The id of the one that holds."""
        return self._ids[self._group.checkedId()]

    def choose(self, option_id: str) -> None:
        """Set the one that holds, without a signal."""
        had_focus = any(segment.hasFocus() for segment in self._group.buttons())
        self._group.button(self._ids.index(option_id)).setChecked(True)
        self._settle_tab_stop()
        if had_focus:
            self.focus_current()

    def focus_current(self) -> None:
        """Put the focus on the one that holds."""
        segment = self._group.checkedButton()
        if segment is not None:
            segment.setFocus(Qt.FocusReason.OtherFocusReason)

    def width_in_a_row(self) -> int:
        """Return the width that all segments take side by side."""
        return sum(segment.sizeHint().width() for segment in self._group.buttons())

    def sizeHint(self) -> QSize:
        """Side by side."""
        return QSize(self.width_in_a_row(), look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Below each other."""
        widest = max(segment.sizeHint().width() for segment in self._group.buttons())
        return QSize(widest, look().px(_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Narrow is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the segments below each other, where they must be."""
        rows = len(self._ids) if width < self.width_in_a_row() else 1
        return rows * look().px(_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the segments side by side, or below each other where there is no room."""
        super().resizeEvent(event)
        stacked = self.width() < self.width_in_a_row()
        x, y = 0, max(0, (self.height() - self.heightForWidth(self.width())) // 2)
        for segment in self._group.buttons():
            hint = segment.sizeHint()
            width = self.width() if stacked else hint.width()
            segment.setGeometry(x, y, width, hint.height())
            x, y = (x, y + hint.height()) if stacked else (x + width, y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows and choose what is moved to."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        segment = self._group.button((self._group.checkedId() + step) % len(self._ids))
        segment.setFocus(Qt.FocusReason.TabFocusReason)
        segment.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame around all."""
        tokens = look().tokens
        painter = QPainter(self)
        fill = tokens.sidebar.ground if self._on_iron else tokens.surf
        border = tokens.sidebar.muted if self._on_iron else tokens.edge
        paint_frame(
            painter, QRectF(self.childrenRect()), RADII["control"], fill=fill, border=border
        )
        painter.end()

    @Slot(int)
    def _tell(self, at: int) -> None:
        self._settle_tab_stop()
        self.chosen.emit(self._ids[at])

    def _settle_tab_stop(self) -> None:
        for segment in self._group.buttons():
            stop = segment.isChecked()
            policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)
