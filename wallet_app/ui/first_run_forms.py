"""The two forms of first run: make a safe, or restore one from a backup."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.backup_files import choose_backup
from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.field import PassphraseField
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.panel import Line
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.lost_safe import LostSafe
from wallet_app.ui.new_passphrase import NewPassphrase, SuggestedWords
from wallet_app.ui.passphrase_words import passphrase_words
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.safe_aside import SafeAside
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["CreateForm", "RestoreForm"]

_FIELDS = 376


class _Form(QWidget):
    """Title, text and content that scroll; actions that stay at the foot.

    Attributes:
        aside: the safes that were put aside from here.
    """

    asked = Signal()

    def __init__(self, words: Words, title: str, text: str) -> None:
        super().__init__()
        self.content = ScrollColumn()
        self.promise = Label(words.text("first_run.headline"), "section", tone="brass", wrap=True)
        self.promise.hide()
        self.content.column.addWidget(self.promise)
        self.aside = SafeAside(words)
        self.content.column.addWidget(self.aside)
        self.content.column.addWidget(Label(title, "page_title", wrap=True))
        self.content.column.addSpacing(6)
        self.content.column.addWidget(Label(text, "body", tone="t2", wrap=True))
        self.content.column.addSpacing(24)
        foot = QWidget()
        self.footer = FootLayout(foot, gap=20)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(18)
        self._column.addWidget(self.content, 1)
        self._column.addWidget(Line())
        self._column.addWidget(foot)
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Take smaller margins in a small window."""
        side = 32 if compact else 72
        top, below = (32, 20) if compact else (56, 40)
        self._column.setContentsMargins(side, top, side, below)


class CreateForm(_Form):
    """A passphrase, typed twice. ``asked`` when the safe is to be made.

    Attributes:
        restore, demo: the two other ways to begin.
    """

    def __init__(self, words: Words) -> None:
        super().__init__(
            words, words.text("first_run.create_title"), words.text("first_run.create_text")
        )
        self._words = words
        self.lost = LostSafe(words)
        self.content.column.insertWidget(0, self.lost)
        self.passphrase = NewPassphrase(words, words.text("unlock.passphrase"))
        self.passphrase.first.edit.setObjectName("new-passphrase")
        self.passphrase.again.edit.setObjectName("new-passphrase-again")
        self.suggestion = SuggestedWords(words)
        self.suggestion.taken.connect(self.passphrase.propose)
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._two.setSpacing(28)
        self._two.addLayout(self._fields(words), 3)
        self._two.addLayout(self._idea(words), 2)
        self.content.column.addLayout(self._two)
        self.content.column.addStretch(1)
        self._fill_footer(words)
        self.passphrase.changed.connect(self._judge)
        self.passphrase.submitted.connect(self._submit)
        self.create_button.clicked.connect(self._submit)
        self._judge()

    def _fields(self, words: Words) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.passphrase)
        column.addSpacing(20)
        column.addWidget(Notice("key", words.text("first_run.lose_title"),
                                words.text("first_run.lose_text")))  # fmt: skip
        column.addSpacing(12)
        column.addWidget(Label(words.text("lock.first_run"), "small", tone="t2", wrap=True))
        column.addStretch(1)
        return column

    def _idea(self, words: Words) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(Label(words.text("first_run.idea"), "compact_strong"))
        column.addWidget(self.suggestion)
        column.addStretch(1)
        return column

    def _fill_footer(self, words: Words) -> None:
        self.restore = LinkButton(words.text("first_run.restore"), role="body")
        self.restore.setObjectName("show-restore")
        self.demo = LinkButton(words.text("first_run.demo"), role="body")
        self.demo.setObjectName("open-demo")
        self.create_button = Button(words.text("first_run.create"), Kind.PRIMARY)
        self.create_button.setObjectName("create-safe")
        for other in (self.restore, self.demo):
            self.footer.addWidget(other)
        self.footer.addStretch()
        self.footer.addWidget(self.create_button)

    def begin(self) -> None:
        """Put the focus where work begins."""
        if self.lost.isVisibleTo(self):
            self.lost.begin()
            return
        self.passphrase.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the fields and draw other words."""
        self.passphrase.clear()
        self.passphrase.first.show_error("")
        self.suggestion.renew()
        self.set_busy(busy=False)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the safe is being made."""
        key = "first_run.creating" if busy else "first_run.create"
        self.create_button.set_words(self._words.text(key))
        for part in (self.restore, self.demo, self.suggestion, self.lost, self.aside):
            part.setEnabled(not busy)
        self.create_button.updateGeometry()
        self.passphrase.set_busy(busy=busy)
        self._judge()
        if busy:
            self.create_button.setEnabled(False)

    def set_compact(self, *, compact: bool) -> None:
        """Put the suggestion below the fields in a small window."""
        super().set_compact(compact=compact)
        if hasattr(self, "_two"):
            direction = QBoxLayout.Direction
            self._two.setDirection(direction.TopToBottom if compact else direction.LeftToRight)

    @Slot()
    def _judge(self) -> None:
        self.create_button.setEnabled(self.passphrase.is_ready)

    @Slot()
    def _submit(self) -> None:
        if self.passphrase.is_ready and self.create_button.isEnabled():
            self.asked.emit()
        elif not self.passphrase.is_ready:
            self.passphrase.say_what_is_missing()


class RestoreForm(_Form):
    """A backup file and its passphrase. ``asked`` when the safe is to be restored."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            words, words.text("first_run.restore_title"), words.text("first_run.restore_text")
        )
        self._context = context
        self._backup: Path | None = None
        self.choose = Button(words.text("first_run.choose_backup"), icon="folder")
        self.choose.setObjectName("choose-backup")
        self.name = Label(words.text("first_run.no_backup"), "body", tone="t2", wrap=True)
        self.field = PassphraseField(words.text("first_run.backup_passphrase"),
                                     passphrase_words(words))  # fmt: skip
        self.field.edit.setObjectName("backup-passphrase")
        self.field.set_hint(words.text("first_run.backup_hint"))
        self.field.setMaximumWidth(look().px(_FIELDS))
        chosen = QWidget()
        row = FlowLayout(chosen, gap=14)
        row.addWidget(self.choose)
        row.addWidget(self.name)
        column = self.content.column
        column.addWidget(Label(words.text("first_run.backup_file"), "compact_strong"))
        column.addSpacing(6)
        column.addWidget(chosen)
        column.addSpacing(20)
        # Asked by the column alone, it would tell its height for the column's width, not its own.
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addStretch(0)
        column.addLayout(line)
        column.addStretch(1)
        self.back = LinkButton(words.text("first_run.back"), role="body")
        self.back.setObjectName("show-create")
        self.restore = Button(words.text("first_run.restore_now"), Kind.PRIMARY)
        self.restore.setObjectName("restore-safe")
        self.footer.addWidget(self.back)
        self.footer.addStretch(1)
        self.footer.addWidget(self.restore)
        self.choose.clicked.connect(self._choose)
        self.field.edit.textChanged.connect(self._judge)
        self.field.submitted.connect(self._submit)
        self.restore.clicked.connect(self._submit)
        self._judge()

    def begin(self) -> None:
        """Put the focus where work begins."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, backup: Path) -> None:
        """Choose a backup; its passphrase is what is left. Not while another is being read."""
        if not self.choose.isEnabled():
            return
        self._backup = backup
        self.name.setText(backup.name)
        self._judge()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty everything."""
        self._backup = None
        self.name.setText(self._context.words.text("first_run.no_backup"))
        self.field.take_text()
        self.field.show_error("")
        self.set_busy(busy=False)

    def take(self) -> tuple[Path, Secret]:
        """Return the backup and its passphrase, and empty the field.

        Raises:
            UserError: no backup is chosen, or the passphrase cannot be one.
        """
        if self._backup is None:
            raise UserError("first_run.no_backup")
        return self._backup, Secret.from_text(self.field.take_text())

    def refuse(self, error: CoffreError) -> None:
        """Say below the field why the backup was not restored."""
        sentence = error_sentence(self._context.words, error)
        self.field.show_error(sentence)
        self._context.stage.announce(sentence)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the backup is being read."""
        key = "first_run.restoring" if busy else "first_run.restore_now"
        self.restore.set_words(self._context.words.text(key))
        self.restore.updateGeometry()
        for widget in (self.back, self.choose, self.field, self.aside):
            widget.setEnabled(not busy)
        self.field.look_filled(filled=busy)
        self._judge()
        if busy:
            self.restore.setEnabled(False)

    @Slot()
    def _choose(self) -> None:
        choose_backup(self._context, self.offer)

    @Slot()
    def _judge(self) -> None:
        self.restore.setEnabled(self._backup is not None and bool(self.field.edit.text()))

    @Slot()
    def _submit(self) -> None:
        if self.restore.isEnabled():
            self.asked.emit()
