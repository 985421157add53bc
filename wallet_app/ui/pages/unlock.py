"""The locked safe: a passphrase, and nothing about what is inside."""

import math
import time
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.patience import Patience
from wallet_app.crypto.secret import Secret
from wallet_app.drawing.app_mark import paint_app_mark
from wallet_app.drawing.guilloche import Ink, guilloche_pixmap
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.field import PassphraseField
from wallet_app.ui.components.painting import paint_frame, paint_shadow, smooth
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.unlock_ways import OtherWays
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.rescue import RescueButton
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["UnlockPage", "passphrase_words"]

_CARD_WIDTH: Final = 420
_CARD_RADIUS: Final = 20
_RINGS: Final = 892
_MARK: Final = 76
_TICK_MS: Final = 250
_WRONG: Final = "vault.wrong_passphrase"
_GONE: Final = "vault.not_found"


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(look().px(_MARK), look().px(_MARK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_app_mark(painter, QRectF(self.rect()), on_iron=True)
        painter.end()


class _IronCard(QFrame):
    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().tokens.sidebar
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_frame(painter, box, _CARD_RADIUS, fill=side.ground, border=side.line)
        painter.end()


class UnlockPage(QWidget):
    """Asks for the passphrase. The field is emptied as soon as it is used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.field = PassphraseField(
            words.text("unlock.passphrase"), passphrase_words(words), on_iron=True
        )
        self.field.edit.setProperty("onIron", True)
        self.field.reveal.setProperty("onIron", True)
        self.button = Button(words.text("unlock.open"), Kind.GOLD, size=Size.LARGE)
        self.button.setProperty("onIron", True)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.let_wrap()
        self.others = OtherWays(context, self._tell)
        self._patience = Patience(time.monotonic)
        self._waiting = QTimer(self)
        self._waiting.setInterval(_TICK_MS)
        self._waiting.timeout.connect(self._ready)
        self.rescue = RescueButton(context)
        self._card = _IronCard()
        self._fill(words)
        self.field.submitted.connect(self._submit)
        self.button.clicked.connect(self._submit)
        context.session.opened.connect(self._welcome)

    def _fill(self, words: Words) -> None:
        title = Label(words.text("unlock.title"), "badge_title_small", tone="side.title", wrap=True)
        subtitle = Label(words.text("unlock.subtitle"), "body", tone="side.muted", wrap=True)
        title.center()
        subtitle.center()
        column = QVBoxLayout(self._card)
        column.setContentsMargins(40, 40, 40, 32)
        column.setSpacing(0)
        column.addWidget(_Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(18)
        column.addWidget(title)
        column.addSpacing(4)
        column.addWidget(subtitle)
        column.addSpacing(24)
        column.addWidget(self.field)
        column.addSpacing(14)
        column.addWidget(self.button)
        column.addSpacing(14)
        column.addWidget(self.others)
        column.addSpacing(8)
        column.addWidget(self.rescue)
        self._card.setFixedWidth(look().px(_CARD_WIDTH))
        # Stretches, not an alignment: an aligned widget is measured at the full width, and
        # an error sentence would be cut.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        # In large text the card may be taller than the window.
        self._scroll = ScrollColumn(see_through=True)
        page = self._scroll.column
        page.addStretch(1)
        page.addLayout(middle)
        page.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def entered(self) -> None:
        """Begin with an empty field that has the focus."""
        self.forget()
        self.others.entered()
        self.begin()

    def begin(self) -> None:
        """Put the focus into the field."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the field."""
        self.field.take_text()
        self.field.show_error("")
        self.rescue.hide()
        self._ready()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the iron ground, the rings, and the shadow of the card."""
        side = look().tokens.sidebar
        painter = QPainter(self)
        smooth(painter)
        painter.fillRect(self.rect(), QColor(side.ground))
        if not look().tokens.outlined:
            rings = guilloche_pixmap(_RINGS, Ink(side.gold, 0.14), ratio=self.devicePixelRatio())
            corner = QPointF((self.width() - _RINGS) / 2, (self.height() - _RINGS) / 2)
            painter.drawPixmap(corner, rings)
            corner = QPointF(self._card.mapTo(self, self._card.rect().topLeft()))
            box = QRectF(corner, self._card.size())
            paint_shadow(painter, box, _CARD_RADIUS, side.field)
        painter.end()

    @Slot()
    def _submit(self) -> None:
        words = self._context.words
        if not self.button.isEnabled():
            return
        if not self.field.edit.text() and self.others.quick.isVisible():
            # Enter in the empty field: the person presses, and the keyring is the way that is on.
            self.others.quick.click()
            return
        try:
            passphrase = Secret.from_text(self.field.take_text())
        except CoffreError as error:
            empty = error.code == "passphrase.empty"
            said = words.text("unlock.empty") if empty else error_sentence(words, error)
            self.field.show_error(said)
            return
        self.button.set_words(words.text("unlock.opening"))
        self.button.setEnabled(False)
        self._context.session.open(passphrase, failed=self._refuse)

    def _refuse(self, error: CoffreError) -> None:
        if error.code == _WRONG:
            self._patience.failed()
        self._ready()
        self._tell(error)

    def _tell(self, error: CoffreError) -> None:
        if error.code == _GONE:
            # Moved away, or put aside, since this page came: the first page says where it may be.
            self._context.stage.look_again()
        sentence = error_sentence(self._context.words, error)
        self.field.show_error(sentence)
        self.rescue.offer(error)
        self._context.stage.announce(sentence)
        self.begin()

    @Slot()
    def _welcome(self) -> None:
        self._patience.succeeded()
        self._ready()

    @Slot()
    def _ready(self) -> None:
        words = self._context.words
        left = math.ceil(self._patience.remaining_s())
        self.button.set_words(words.plural("unlock.wait", left) if left else
                              words.text("unlock.open"))  # fmt: skip
        self.button.setEnabled(not left)
        if left:
            self._waiting.start()
        else:
            self._waiting.stop()
