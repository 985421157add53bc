"""The screens of the ways into the safe: recovery sheet, quick unlock, a stolen passphrase."""

from typing import TYPE_CHECKING, TypeVar

from simulators.keyrings import MemoryKeyring
from tests.screenshots.studio import PASSPHRASE, Studio, close, settle
from wallet_app.ui.components.question import QuestionSheet
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet
from wallet_app.ui.sheets.key_sheets import QuickUnlockSheet, StolenSheet, UseCodeSheet
from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet

if TYPE_CHECKING:
    from tests.screenshots.scenes import Camera, Look

__all__ = ["take_keys"]

T = TypeVar("T", bound=Sheet)


def take_keys(studio: Studio, look: "Look", camera: "Camera") -> None:
    """Take the first run of a newcomer up to a locked safe with every way in."""
    window = studio.window("none", look.language, look.theme, look.size)
    store = MemoryKeyring()
    window.seams.keyring = lambda _cancelled: store  # type: ignore[method-assign]
    form = window.first_run.create_form
    form.passphrase.first.edit.setText(PASSPHRASE)
    form.passphrase.again.edit.setText(PASSPHRASE)
    form.create_button.click()
    settle(window)
    camera("recovery-words", window)
    _confirm(window, _top(window, RecoveryCodeSheet), camera)
    camera("quick-unlock-offer", window)
    _top(window, Sheet).dismiss()
    settle(window)
    _settings(window, camera)
    window.lock()
    settle(window)
    camera("unlock-all-ways", window)
    window.unlock.others.forgotten.click()
    settle(window)
    camera("forgotten", window)
    _top(window, ForgottenSheet).use_sheet.click()
    settle(window)
    camera("use-recovery-code", window)
    _top(window, UseCodeSheet).dismiss()
    store.fault = "keyring.locked"
    window.unlock.others.quick.click()
    settle(window)
    camera("unlock-keyring-locked", window)
    store.fault = ""
    _put_aside(window, camera)
    close(window)


def _put_aside(window: MainWindow, camera: "Camera") -> None:
    window.unlock.others.forgotten.click()
    settle(window)
    _top(window, ForgottenSheet).restore.click()
    settle(window)
    camera("put-aside", window)
    _top(window, QuestionSheet).confirm.click()
    settle(window)
    camera("first-run-restore-aside", window)
    window.first_run.restore_form.back.click()
    settle(window)
    camera("first-run-aside", window)


def _confirm(window: MainWindow, sheet: RecoveryCodeSheet, camera: "Camera") -> None:
    words = [label.text() for label in sheet.showing.labels]
    sheet.go.click()
    for place, field in zip(sheet.places, sheet.fields, strict=True):
        field.edit.setText(words[place - 1])
    settle(window)
    camera("recovery-confirm", window)
    sheet.go.click()
    settle(window)


def _settings(window: MainWindow, camera: "Camera") -> None:
    window.show_page("settings")
    settings = window.shell.page("settings")
    if not isinstance(settings, SettingsPage):
        raise TypeError(settings)
    settings.show_named("security")
    settings.keys.quick.choose("yes")
    settings.keys._change_quick("yes")
    settle(window)
    camera("quick-unlock-turn-on", window)
    sheet = _top(window, QuickUnlockSheet)
    sheet.field.edit.setText(PASSPHRASE)
    sheet.go.click()
    settle(window)
    camera("settings-security-ways", window)
    settings.keys.stolen.click()
    settle(window)
    camera("passphrase-stolen", window)
    _top(window, StolenSheet).dismiss()
    settle(window)


def _top(window: MainWindow, kind: type[T]) -> T:
    return [sheet for sheet in window.findChildren(kind) if sheet.isVisible()][-1]
