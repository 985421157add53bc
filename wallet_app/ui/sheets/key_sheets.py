"""Dialogs on the ways into the safe: the recovery code, quick unlock, a stolen passphrase."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.safe_keys import recovery_key, wake_keyring
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.ui.bridge import Failed
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.new_passphrase import NewPassphrase
from wallet_app.ui.place_runs import place_runs
from wallet_app.ui.sheets.action_sheet import FIELD_HEIGHT, ActionSheet
from wallet_app.ui.sheets.new_passphrase_sheet import NewPassphraseSheet
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet

if TYPE_CHECKING:
    from wallet_app.app.second_place import KeyRequest

__all__ = ["QuickUnlockSheet", "StolenSheet", "UseCodeSheet", "turn_on_quick_unlock"]

_KEEP, _FORGET = "keep", "forget"
_TYPED_LINES = 2
_MOST_SHOWN = 20


class UseCodeSheet(ActionSheet):
    """Opens the locked safe with its recovery code and gives it a new passphrase.

    One is asked for always: later it could be changed only by who knows the forgotten one.
    """

    def __init__(self, window: QWidget, context: Context) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("use_code.title"),
            words.text("use_code.text"),
            words.text("use_code.go"),
        )
        self.code = Field(words.text("use_code.code"), height_px=FIELD_HEIGHT)
        self.code.edit.setObjectName("recovery-code")
        self.code.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.new = NewPassphrase(
            words, words.text("settings_page.new_passphrase"), height_px=FIELD_HEIGHT
        )
        self.new.first.edit.setObjectName("recovered-passphrase")
        self.new.again.edit.setObjectName("recovered-passphrase-again")
        self.new.submitted.connect(self._submit)
        self.new.refused.connect(context.stage.announce)
        self.new.changed.connect(self._judge)
        self.code.edit.textChanged.connect(self._judge)
        self._add_field(self.code)
        self.typed = Label("", "small", tone="t2", wrap=True)
        self.typed.setMinimumHeight(_TYPED_LINES * self.typed.fontMetrics().lineSpacing())
        self.code.edit.textChanged.connect(self._show_typed)
        self.content.addWidget(self.typed)
        self.content.addWidget(self.new)
        self._unchanged: list[bool] = []
        context.session.opened.connect(self._finish)
        self.closed.connect(self.forget)
        self._judge()

    @Slot()
    def forget(self) -> None:
        """Empty every field."""
        self.code.edit.setText("")
        self.new.clear()

    @Slot(str)
    def _show_typed(self, text: str) -> None:
        """Show all words with their places, as on the sheet: the line has room for the last few."""
        words = text.replace("-", " ").split()[:_MOST_SHOWN]
        self.typed.setText("   ".join(f"{at}.\u00a0{word}" for at, word in enumerate(words, 1)))

    @Slot()
    def _judge(self) -> None:
        self.go.setEnabled(bool(self.code.edit.text()) and self.new.is_ready)

    @Slot()
    def _submit(self) -> None:
        if not self.cancel.isEnabled() or not self.code.edit.text():
            return
        try:
            # Read here and not on the safe's thread: a slip is told at once, and can be mended.
            key = recovery_key(self.code.edit.text())
        except CoffreError as error:
            self._refuse_in(self.code, error)
            return
        if not self.new.is_ready:
            key.secret.wipe()
            self.new.say_what_is_missing()
            self.fit()
            return
        try:
            new = self.new.take()
        except CoffreError as error:
            key.secret.wipe()
            self._refuse_in(self.new.first, error)
            return
        self._open(key, new)

    def _open(self, key: UnlockKey, new: Secret) -> None:
        session, unchanged = self._context.session, self._unchanged
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with key.secret, new:
                safe = open_safe(path, key, services)
                unchanged.append(safe.is_read_only or not _change_or_close(safe, key, new))
                return safe

        self._set_busy(self._context.words.text("use_code.opening"))
        session.open_by(make, failed=self._refuse)

    @Slot()
    def _finish(self) -> None:
        self.close_sheet()
        if any(self._unchanged):
            said = self._context.words.text("use_code.unchanged")
            self._context.stage.toast(said, icon="warning")

    def _refuse(self, error: CoffreError) -> None:
        self._refuse_in(self.code, error)
        self._judge()


def _change_or_close(safe: Safe, key: UnlockKey, new: Secret) -> bool:
    """Return whether the passphrase was changed; a disk that is full keeps nobody out."""
    try:
        safe.keys.change_passphrase(key, new)
    except EnvironmentFault:
        return False
    except BaseException:
        # The caller never gets this safe: its lock must go.
        safe.close()
        raise
    return True


def turn_on_quick_unlock(
    context: Context,
    owner: QObject,
    given: Secret,
    *,
    done: Callable[[None], None],
    failed: Failed,
) -> None:
    """Let the keyring open the safe; ``given`` is the passphrase, wiped at the end.

    The keyring may ask the person something first: on the pool, so that the safe's own
    thread never waits for an answer, and a lock always gets through.
    """
    seams = context.seams

    def wake(cancelled: CancelToken) -> None:
        wake_keyring(seams.keyring(cancelled))

    def turn_on(safe: Safe, cancelled: CancelToken) -> None:
        with given:
            safe.keys.keyring_on(given, seams.keyring(cancelled))

    def refuse(error: CoffreError) -> None:
        given.wipe()
        failed(error)

    def go_on(_nothing: None) -> None:
        asked = context.session.ask_cancellable(
            owner, "quick unlock", turn_on, done=done, failed=refuse
        )
        if not asked:
            given.wipe()

    context.bridge.on_pool(owner, "wake keyring", wake, done=go_on, failed=refuse)


class QuickUnlockSheet(PassphraseSheet):
    """The passphrase once more, then the keyring keeps a key."""

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("quick_unlock.title"),
            words.text("quick_unlock.text"),
            words.text("quick_unlock.go"),
        )
        self._tell = done
        self.field = self._add_passphrase("unlock.passphrase", "quick-unlock-passphrase")

    def _use(self, given: Secret) -> None:
        self._set_busy(self._context.words.text("quick_unlock.waiting"))
        turn_on_quick_unlock(self._context, self, given, done=self._finish, failed=self._refuse)

    def _finish(self, _nothing: None) -> None:
        self.close_sheet()
        self._context.stage.toast(self._context.words.text("quick_unlock.on"))
        self._tell()


class StolenSheet(NewPassphraseSheet):
    """The stolen passphrase and another one: the safe gets a new key."""

    def __init__(self, window: QWidget, context: Context, done: Callable[[], None]) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("stolen.title"),
            words.text("stolen.text"),
            words.text("stolen.go"),
        )
        self._host = window
        self._tell = done
        self._add_passphrases("stolen-passphrase", "safe-passphrase")
        self.copies = Choice(
            words.text("stolen.copies"),
            [(_KEEP, words.text("stolen.copies_keep")),
             (_FORGET, words.text("stolen.copies_forget"))],
            _KEEP,
        )  # fmt: skip
        self._forget_copies = False
        self.copies.chosen.connect(self._choose_copies)
        self.content.addWidget(Label(words.text("stolen.copies"), "compact_strong"))
        self.content.addWidget(
            Label(words.text("stolen.copies_text"), "small", tone="t2", wrap=True)
        )
        self.content.addWidget(self.copies, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot(str)
    def _choose_copies(self, chosen: str) -> None:
        self._forget_copies = chosen == _FORGET

    def _use(self, old: Secret, new: Secret) -> None:
        seams, forget = self._context.seams, self._forget_copies

        def replace(safe: Safe, cancelled: CancelToken) -> "KeyRequest | None":
            store = seams.keyring(cancelled)
            with old, new:
                safe.keys.replace_keys(old, new, None, store=store, forget_copies=forget)
                return safe.second_place.request_key_if_chosen(new)

        self._set_busy(self._context.words.text("stolen.working"))
        self._context.session.ask_cancellable(
            self, "replace keys", replace, done=self._finish, failed=self._refuse
        )

    def _finish(self, place_key: "KeyRequest | None") -> None:
        self.close_sheet()
        words = self._context.words
        place_runs(self._context.bridge, self._context.session).put_key(place_key)
        self._context.stage.toast(
            words.text("stolen.done"), words.text("stolen.make_sheet"), self._make_sheet
        )
        self._context.session.changed.emit()
        self._tell()

    def _make_sheet(self) -> None:
        self._context.stage.open_sheet(RecoveryCodeSheet(self._host, self._context))
