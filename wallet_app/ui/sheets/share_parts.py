"""Pieces of the share dialog: picture, rule, for whom, and what stands at the left of the foot."""

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.ui.components.field import Field, IconMark
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["FootNote", "Rule", "WhomPart", "paint_phone"]

_MAX_TO: Final = 200
_PHONE_RADIUS: Final = 26
_SCREEN_RADIUS: Final = 17
_SCREEN_MARGIN: Final = 10


def paint_phone(painter: QPainter, box: QRectF) -> None:
    """Draw a phone that fills ``box``, its screen empty."""
    tokens, margin = look().tokens, _SCREEN_MARGIN
    paint_frame(painter, box, _PHONE_RADIUS, fill=tokens.surf, border=tokens.edge)
    screen = box.adjusted(margin, margin, -margin, -margin)
    paint_frame(painter, screen, _SCREEN_RADIUS, fill=tokens.win)


class Rule(QWidget):
    """A line from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.line)
        painter.end()


class FootNote(QWidget):
    """What leaves, in short: an icon, a link or a name, and how long it is."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconMark("link", "t2", 16)
        self._text = Label("", "value", tone="t2")
        self._note = Label("", "small", tone="t2")
        # The beginning of a link says little: its length is what is to be read.
        self._note.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        row.addWidget(self._note)
        row.addStretch(1)

    def show_foot(self, icon: str, text: str, note: str) -> None:
        """Show it; without an icon nothing."""
        self._icon.setVisible(bool(icon))
        self._icon.set_face(icon or "link", "t2")
        self._text.setText(plain_text(text, max_chars=400) if icon else "")
        self._note.setText(note if icon else "")


class WhomPart(QWidget):
    """For whom it is, and the consent of a public link.

    Signals:
        submitted: Return was pressed.
        agreed: the box was ticked or not.
    """

    submitted = Signal()
    agreed = Signal(bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        words = context.words
        self.field = Field(
            words.text("share.for_whom"), note=words.text("share.for_whom_note"), height_px=40
        )
        self.field.edit.setObjectName("share-for-whom")
        self.field.edit.setMaxLength(_MAX_TO)
        self.field.set_hint(words.text("share.for_whom_hint"))
        self.field.submitted.connect(self.submitted)
        self.consent = TickBox(words.text("share.public_link.consent"))
        self.consent.setObjectName("share-consent")
        self.consent.toggled.connect(self.agreed)
        inset = QVBoxLayout()
        inset.setContentsMargins(28, 0, 28, 0)
        inset.setSpacing(8)
        inset.addWidget(self.field)
        inset.addWidget(self.consent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 18)
        column.setSpacing(12)
        column.addWidget(Line())
        column.addLayout(inset)

    def ask_consent(self, *, asked: bool) -> None:
        """Ask for it anew, or not at all: agreed to once is not for ever."""
        self.consent.setChecked(False)
        self.consent.setVisible(asked)
