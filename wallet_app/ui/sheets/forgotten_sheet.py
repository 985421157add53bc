"""On the lock screen, for who has forgotten the passphrase: what can be done, and what not."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.put_aside import put_aside
from wallet_app.app.safe_keys import has_keyring
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.envelope import SlotKind
from wallet_app.errors import CoffreError
from wallet_app.ui.components.action_card import ActionCard
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.safe_aside import aside_sentence
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.key_sheets import UseCodeSheet

__all__ = ["ForgottenSheet", "LockedSafe"]

_WIDTH: Final = 600


@dataclass(frozen=True, slots=True)
class LockedSafe:
    """What can be told of a safe while it is closed.

    Attributes:
        kinds: of the ways into it; None where its header cannot be read.
        asides: the safes that were put aside from its place, newest first.
    """

    kinds: Collection[str] | None
    asides: Sequence[Path] = ()


class ForgottenSheet(Sheet):
    """First what opens the safe, then how to go on without it, and the truth about the rest.

    Signals:
        quick_wanted: the keyring is to be asked.
    """

    quick_wanted = Signal()

    def __init__(self, window: QWidget, context: Context, locked: LockedSafe) -> None:
        words = context.words
        super().__init__(
            window, words.text("unlock.forgotten"), width=_WIDTH, close_name=words.text("ui.close")
        )
        self._context, self._host = context, window
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        self.column = scroll.column
        self.quick = self._button("forgotten.quick_go", "use-quick-unlock", self._use_quick)
        self.use_sheet = Button(words.text("forgotten.sheet_use"), Kind.PRIMARY, size=Size.SMALL)
        self.use_sheet.setObjectName("use-recovery-sheet")
        self.use_sheet.clicked.connect(self._use_sheet)
        self.restore = self._button("forgotten.restore_go", "restore-instead", self._ask_restore)
        self.anew = Button(words.text("forgotten.anew"), Kind.QUIET)
        self.anew.setObjectName("begin-anew")
        self.anew.clicked.connect(self._ask_anew)
        self.quick_card = ActionCard(
            "lock", words.text("forgotten.quick"), words.text("forgotten.quick_text"), self.quick
        )
        self._tell_ways(locked.kinds)
        self._tell_rest(locked)
        self.cancel = Button(words.text("ui.close"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        # The keyring's answer may still come: then nothing is forgotten.
        context.session.opened.connect(self.close_sheet)
        self.footer.addWidget(self.anew)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)

    def _button(self, key: str, name: str, pressed: Callable[[], None]) -> Button:
        button = Button(self._context.words.text(key), size=Size.SMALL)
        button.setObjectName(name)
        button.clicked.connect(pressed)
        return button

    def _tell_ways(self, kinds: Collection[str] | None) -> None:
        words = self._context.words
        self.column.addWidget(self.quick_card)
        self.quick_card.hide()
        if kinds is None:
            self._say("forgotten.unknown")
            return
        if SlotKind.KEYRING in kinds:
            self._look_for_keyring()
        if SlotKind.RECOVERY in kinds:
            title, hint = words.text("unlock.use_code"), words.text("forgotten.sheet_text")
            self.column.addWidget(ActionCard("key", title, hint, self.use_sheet))
        else:
            self._say("forgotten.no_sheet")

    def _tell_rest(self, locked: LockedSafe) -> None:
        words = self._context.words
        title, hint = words.text("first_run.restore"), words.text("forgotten.backup_text")
        self.column.addWidget(ActionCard("backups", title, hint, self.restore))
        # Of a safe whose ways cannot be read, nobody knows what else opens it.
        rest = "nobody" if locked.kinds is None else "nothing_else"
        self._say(f"forgotten.{rest}", "small")
        others = aside_sentence(words, locked.asides, self._context.session.vault_path)
        if others:
            self.column.addWidget(Label(others, "small", tone="t2", wrap=True))

    def _say(self, key: str, role: str = "body") -> None:
        self.column.addWidget(Label(self._context.words.text(key), role, tone="t2", wrap=True))

    def _look_for_keyring(self) -> None:
        seams = self._context.seams
        self._context.bridge.on_pool(
            self,
            "look for a keyring",
            lambda cancelled: has_keyring(seams.keyring(cancelled)),
            done=self._offer_quick,
            failed=self._context.stage.report,
        )

    def _offer_quick(self, there: bool) -> None:
        if not there:
            self.quick_card.tell(self._context.words.text("forgotten.quick_gone"))
        self.quick.setVisible(there)
        self.quick_card.show()
        self.fit()

    @Slot()
    def _use_quick(self) -> None:
        self.close_sheet()
        self.quick_wanted.emit()

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Have no button under the keys: who goes on typing a passphrase would press it."""
        super().open_sheet(first or self)

    @Slot()
    def _use_sheet(self) -> None:
        self.close_sheet()
        self._context.stage.open_sheet(UseCodeSheet(self._host, self._context))

    @Slot()
    def _ask_restore(self) -> None:
        self._ask("put_aside.then_restore", to_restore=True)

    @Slot()
    def _ask_anew(self) -> None:
        self._ask("put_aside.then_anew", to_restore=False)

    def _ask(self, confirm: str, *, to_restore: bool) -> None:
        words = self._context.words
        question = Question(
            title=words.text("put_aside.title"),
            text=words.text("put_aside.text"),
            confirm=words.text(confirm),
            cancel=words.text("ui.cancel"),
        )

        def answered(agreed: bool) -> None:
            if agreed and not self._context.session.is_open:
                self._put_aside(to_restore=to_restore)

        self._context.seams.ask(question, answered)

    def _put_aside(self, *, to_restore: bool) -> None:
        session, stage = self._context.session, self._context.stage
        path, day = session.vault_path, session.services.now().astimezone().date()

        def move(_cancelled: CancelToken) -> Path:
            return put_aside(path, day)

        def done(_aside: Path) -> None:
            self.close_sheet()
            stage.look_again(to_restore=to_restore)

        def refused(error: CoffreError) -> None:
            self.close_sheet()
            stage.report(error)

        # Between the question and the first page nothing else is begun.
        self.closable = False
        for button in (self.quick, self.use_sheet, self.restore, self.anew, self.cancel):
            button.setEnabled(False)
        self._context.bridge.on_pool(self, "put aside", move, done=done, failed=refused)
