"""Choosing a passphrase: typed twice, its strength in plain words, a suggestion if wanted."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallet_app.app.passphrase_strength import Strength, judge
from wallet_app.app.passphrases import suggest_passphrase
from wallet_app.crypto.secret import Secret
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.field import IconMark, PassphraseField
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.strength_meter import StrengthMeter
from wallet_app.ui.components.tab_order import set_tab_order
from wallet_app.ui.components.text import Label
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["NewPassphrase", "SuggestedWords"]


class NewPassphrase(QWidget):
    """Two fields that must agree.

    Signals:
        changed: the text changed; ask ``is_ready``.
        submitted: Enter was pressed in one of the fields.
        refused: the sentence that ``say_what_is_missing`` put below a field.
    """

    changed = Signal()
    submitted = Signal()
    refused = Signal(str)

    def __init__(self, words: Words, label: str, *, height_px: int = 44) -> None:
        super().__init__()
        self._words = words
        self.first = PassphraseField(label, passphrase_words(words), height_px=height_px)
        self.meter = StrengthMeter()
        policy = self.meter.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.meter.setSizePolicy(policy)
        again = words.text("new_passphrase.again")
        self.again = PassphraseField(again, passphrase_words(words), height_px=height_px)
        self._agrees = IconMark("outcome-passed", "outcome.passed", 18)
        self.again.frame.row.insertWidget(1, self._agrees)
        self.match = Label("", "small", tone="t2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.first)
        column.addWidget(self.meter)
        column.addSpacing(16)
        column.addWidget(self.again)
        column.addSpacing(2)
        column.addWidget(self.match)
        for field in (self.first, self.again):
            field.edit.textChanged.connect(self._judge)
            field.submitted.connect(self.submitted)
        # From the one field to the other: who types, presses Tab and types again would press an
        # eye between them. After them comes the eye of the second, which shows both; the first
        # one is for the pointer, or Tab would go back up to it.
        set_tab_order((self.first.edit, self.again.edit, self.again.reveal))
        self.first.reveal.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.again.reveal.clicked.connect(self._reveal_both)
        self._judge()

    @property
    def is_ready(self) -> bool:
        """Whether both fields hold the same passphrase."""
        typed = self.first.edit.text()
        return bool(typed) and typed == self.again.edit.text()

    def take(self) -> Secret:
        """Return the passphrase and empty both fields.

        Raises:
            UserError: it cannot be one; see ``Secret.from_text``.
        """
        self.again.take_text()
        return Secret.from_text(self.first.take_text())

    def set_busy(self, *, busy: bool) -> None:
        """Look as before ``take`` while the passphrase is being used, and let nobody type."""
        self.setEnabled(not busy)
        for field in (self.first, self.again):
            field.look_filled(filled=busy)
        self.meter.setVisible(not busy)

    def say_what_is_missing(self) -> None:
        """Say at its field what keeps the passphrase from being one, and go there."""
        first, again = self.first.edit.text(), self.again.edit.text()
        if not first:
            self._refuse(self.first, "none_yet")
        elif not again and not self.again.edit.hasFocus():
            # The first was just typed: the other comes next, and nothing is wrong.
            self.again.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first.startswith(again):
            self._refuse(self.again, "unfinished" if again else "not_again")
        elif first != again:
            self._refuse(self.again, "not_same")

    def _refuse(self, field: PassphraseField, key: str) -> None:
        sentence = self._words.text(f"new_passphrase.{key}")
        field.show_error(sentence)
        self.match.hide()
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refused.emit(sentence)

    def clear(self) -> None:
        """Empty both fields."""
        self.first.take_text()
        self.again.take_text()

    def propose(self, passphrase: str) -> None:
        """Put a passphrase in clear into the first field; it is learned by typing it again."""
        self.first.edit.setText(passphrase)
        self.first.set_revealed(revealed=True)
        self.again.take_text()
        self.again.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _reveal_both(self) -> None:
        shown = self.again.edit.echoMode() is QLineEdit.EchoMode.Normal
        self.first.set_revealed(revealed=shown)

    @Slot()
    def _judge(self) -> None:
        words = self._words
        judged = judge(self.first.edit.text())
        strength, name = judged.strength, judged.strength.name.lower()
        word = "" if strength is Strength.NONE else words.text(f"new_passphrase.{name}.name")
        advice = f"tried.{judged.weakness}" if judged.weakness else f"{name}.advice"
        self.meter.show_strength(strength, word, words.text(f"new_passphrase.{advice}"))
        self._agrees.setVisible(self.is_ready)
        for field in (self.first, self.again):
            field.show_error("")
        self.match.setText(self._match_sentence())
        self.match.show()
        self.changed.emit()

    def _match_sentence(self) -> str:
        first, again = self.first.edit.text(), self.again.edit.text()
        if not again or not first:
            return ""
        if first == again:
            return self._words.text("new_passphrase.same")
        typing = first.startswith(again)
        return "" if typing else self._words.text("new_passphrase.differs")


class SuggestedWords(Panel):
    """Six words to take or leave; ``taken`` gives them when the person takes them."""

    taken = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._labels = [Label("", "value") for _ in range(6)]
        self.use = Button(words.text("new_passphrase.use"), size=Size.SMALL)
        self.use.setObjectName("use-suggestion")
        self.other = LinkButton(words.text("new_passphrase.other"), tone="t2")
        self.other.setObjectName("other-suggestion")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, label in enumerate(self._labels):
            label.setFont(font("value", scale=look().scale))
            grid.addWidget(Label(str(at + 1), "value", tone="t3"), at // 2, at % 2 * 2)
            grid.addWidget(label, at // 2, at % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(14)
        buttons.addWidget(self.use)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(14)
        column.addWidget(
            Label(words.text("new_passphrase.suggestion"), "small", tone="t2", wrap=True)
        )
        column.addLayout(grid)
        column.addLayout(buttons)
        self.use.clicked.connect(self._take)
        self.other.clicked.connect(self.renew)
        self.renew()

    @property
    def passphrase(self) -> str:
        """The six words shown."""
        return " ".join(label.text() for label in self._labels)

    @Slot()
    def renew(self) -> None:
        """Show six other words."""
        drawn = suggest_passphrase(self._words.language).split(" ")
        for label, word in zip(self._labels, drawn, strict=True):
            label.setText(word)

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.passphrase)
