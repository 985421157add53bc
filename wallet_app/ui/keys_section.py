"""Settings on the ways into the safe: recovery code, quick unlock, a stolen passphrase."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe_keys import has_keyring, keyring_name
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.envelope import SlotKind
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.row_panel import button_row
from wallet_app.ui.components.setting_row import SettingRow
from wallet_app.ui.context import Context
from wallet_app.ui.seams import Question

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.app.safe_keys import WayIn

__all__ = ["KeysSection"]

_NO, _YES = "no", "yes"


class KeysSection(QObject):
    """The rows of the section and what they do."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._has_keyring: bool | None = None
        self._quick_by = ""
        words = context.words
        self.make = Button(words.text("keys_section.make"), size=Size.SMALL)
        self.make.setObjectName("make-recovery-code")
        self.make.clicked.connect(self._open_recovery)
        self.remove = Button(words.text("keys_section.remove"), Kind.QUIET, size=Size.SMALL)
        self.remove.setObjectName("remove-recovery-code")
        self.remove.setAccessibleName(words.text("keys_section.remove_title"))
        self.remove.clicked.connect(self._ask_remove)
        self._recovery = SettingRow(
            words.text("keys_section.recovery"),
            words.text("keys_section.recovery_none"),
            button_row(self.remove, self.make),
        )
        self.quick = Choice(
            words.text("keys_section.quick"),
            [(_NO, words.text("keys_section.no")), (_YES, words.text("keys_section.yes"))],
            _NO,
        )
        self.quick.chosen.connect(self._change_quick)
        self._quick = SettingRow(
            words.text("keys_section.quick"), words.text("keys_section.quick_text"), self.quick
        )
        self.stolen = Button(words.text("keys_section.stolen_go"), size=Size.SMALL)
        self.stolen.setObjectName("passphrase-stolen")
        self.stolen.setAccessibleName(words.text("stolen.title"))
        self.stolen.clicked.connect(self._open_stolen)
        self._stolen = SettingRow(
            words.text("stolen.title"), words.text("keys_section.stolen_text"), self.stolen
        )
        self._show_ways(())

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows, in order."""
        return self._stolen, self._recovery, self._quick

    @Slot()
    def entered(self) -> None:
        """Read which ways the safe has."""
        self._context.session.ask(
            self,
            "ways",
            lambda safe: safe.keys.ways(),
            done=self._show_ways,
            failed=self._context.stage.report,
        )

        seams = self._context.seams
        self._context.bridge.on_pool(
            self,
            "look for a keyring",
            lambda cancelled: has_keyring(seams.keyring(cancelled)),
            done=self._show_keyring,
            failed=self._context.stage.report,
        )

    def _show_keyring(self, present: bool) -> None:
        self._has_keyring = present
        self._show_quick()

    def _show_quick(self) -> None:
        words, by = self._context.words, self._quick_by
        if by:
            hint = words.text("keys_section.quick_by", name=by)
        else:
            key = "quick_nowhere" if self._has_keyring is False else "quick_text"
            hint = words.text(f"keys_section.{key}")
        self._quick.hint.setText(hint)
        # What is on can be turned off, even where the keyring has gone.
        self.quick.setVisible(bool(self._has_keyring or by))
        self.quick.choose(_YES if by else _NO)

    def _show_ways(self, ways: "Sequence[WayIn]") -> None:
        words = self._context.words
        recovery = next((way for way in ways if way.kind == SlotKind.RECOVERY), None)
        keyring = next((way for way in ways if way.kind == SlotKind.KEYRING), None)
        made = recovery.created if recovery else None
        self._recovery.hint.setText(
            words.text("keys_section.recovery_since", date=words.date(made.astimezone().date()))
            if made
            else words.text("keys_section.recovery_none")
        )
        self.make.set_words(words.text("keys_section.renew" if recovery else "keys_section.make"))
        self.make.setAccessibleName(f"{words.text('keys_section.recovery')}: {self.make.words}")
        self.make.updateGeometry()
        self.remove.setVisible(recovery is not None)
        self._quick_by = keyring_name(keyring.backend) if keyring else ""
        self._show_quick()

    @Slot()
    def _open_recovery(self) -> None:
        from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet  # noqa: PLC0415

        sheet = RecoveryCodeSheet(self._host.window(), self._context)
        sheet.made.connect(self.entered)
        self._context.stage.open_sheet(sheet)

    @Slot()
    def _ask_remove(self) -> None:
        words = self._context.words
        question = Question(
            title=words.text("keys_section.remove_title"),
            text=words.text("keys_section.remove_text"),
            confirm=words.text("keys_section.remove"),
            cancel=words.text("keys_section.keep"),
            danger=True,
        )
        self._context.seams.ask(question, self._remove)

    def _remove(self, agreed: bool) -> None:
        if agreed:
            self._change(lambda safe, _: safe.keys.remove_recovery(), "keys_section.removed")

    @Slot(str)
    def _change_quick(self, chosen: str) -> None:
        if chosen == _NO:
            seams = self._context.seams
            self._change(
                lambda safe, cancelled: safe.keys.keyring_off(seams.keyring(cancelled)),
                "quick_unlock.off",
            )
            return
        from wallet_app.ui.sheets.key_sheets import QuickUnlockSheet  # noqa: PLC0415 - if asked

        sheet = QuickUnlockSheet(self._host.window(), self._context, self.entered)
        # Until the keyring has the key it is still off, whatever was pressed.
        sheet.closed.connect(self.entered)
        self._context.stage.open_sheet(sheet)

    @Slot()
    def _open_stolen(self) -> None:
        from wallet_app.ui.sheets.key_sheets import StolenSheet  # noqa: PLC0415 - if asked

        self._context.stage.open_sheet(
            StolenSheet(self._host.window(), self._context, self.entered)
        )

    def _change(self, work: Callable[["Safe", CancelToken], None], told: str) -> None:
        def changed(_nothing: None) -> None:
            self._context.stage.toast(self._context.words.text(told))
            self._context.session.changed.emit()
            self.entered()

        self._context.session.ask_cancellable(
            self, "change ways", work, done=changed, failed=self._context.stage.report
        )
