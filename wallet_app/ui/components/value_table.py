"""Labels and values in a frame, one pair a row, each with a way to copy it if wanted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look

__all__ = ["ValueRow", "ValueTable"]

_RADIUS: Final = 10
_LABEL: Final = 132
_MAX_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One pair; ``copy_name`` names the button that copies the value, "" for none."""

    label: str
    value: str
    copy_name: str = ""
    quiet: bool = False


class _CopyButton(IconButton):
    def __init__(self, name: str, value: str) -> None:
        super().__init__("copy", name, tone="t2", side_px=32, icon_px=18)
        self.value = value


class ValueTable(QFrame):
    """``copy_asked`` gives the whole value, even where the row shows less of it."""

    copy_asked = Signal(str)

    def __init__(self, rows: list[ValueRow]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        for at, row in enumerate(rows):
            if at:
                column.addWidget(Line())
            column.addWidget(self._row(row))

    def _row(self, row: ValueRow) -> QWidget:
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(14, 7, 6 if row.copy_name else 14, 7)
        line.setSpacing(10)
        label = Label(row.label, "compact", tone="t3", wrap=True)
        label.setFixedWidth(look().px(_LABEL))
        value = Label(row.value, "compact", tone="t3" if row.quiet else "t1", wrap=True)
        value.max_lines = _MAX_LINES
        # Beside a button the row is taller than its words: both stand in its middle.
        side = Qt.AlignmentFlag.AlignVCenter if row.copy_name else Qt.AlignmentFlag.AlignTop
        line.addWidget(label, 0, side)
        line.addWidget(value, 1)
        if row.copy_name:
            line.setContentsMargins(14, 2, 6, 2)
            button = _CopyButton(row.copy_name, row.value)
            button.clicked.connect(self._copy)
            line.addWidget(button)
        return widget

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        tokens = look().tokens
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), _RADIUS, border=tokens.line)
        painter.end()

    @Slot()
    def _copy(self) -> None:
        button = self.sender()
        if isinstance(button, _CopyButton):
            self.copy_asked.emit(button.value)
