"""Below the passphrase: the keyring, if it keeps a key, and what helps who has forgotten it.

Neither ever opens the safe by itself: after a lock the person presses.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind, LinkButton, Size
from wallet_app.ui.context import Context

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.app.safe_keys import WayIn
    from wallet_app.crypto.envelope import UnlockKey
    from wallet_app.ui.sheets.forgotten_sheet import LockedSafe

__all__ = ["OtherWays"]

_KEYRING = "keyring"


class OtherWays(QWidget):
    """The keyring is shown only where the safe has it. ``refuse`` shows why that failed."""

    def __init__(self, context: Context, refuse: Callable[[CoffreError], None]) -> None:
        super().__init__()
        self._context = context
        self._refuse = refuse
        words = context.words
        self.quick = Button(words.text("unlock.quick"), Kind.IRON, icon="key", size=Size.LARGE)
        self.quick.setObjectName("unlock-by-keyring")
        self.quick.setProperty("onIron", True)
        self.quick.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.quick.let_wrap()
        self.forgotten = LinkButton(words.text("unlock.forgotten"), tone="side.text", role="small")
        self.forgotten.setObjectName("forgotten")
        self.forgotten.setProperty("onIron", True)
        self._is_asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.quick)
        column.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignHCenter)
        self.quick.clicked.connect(self._ask_keyring)
        self.forgotten.clicked.connect(self._help)
        self._show_ways(())

    def entered(self) -> None:
        """Find out which ways the safe has; its header says so while it is closed."""
        self._rest()
        self._is_asked = False
        path = self._context.session.vault_path

        def read(_cancelled: CancelToken) -> "Sequence[WayIn]":
            from wallet_app.app.safe_keys import ways_into  # noqa: PLC0415 - not on this thread

            return ways_into(path)

        self._context.bridge.on_pool(
            self, "ways", read, done=self._show_ways, failed=self._show_none
        )

    def _show_ways(self, ways: "Sequence[WayIn]") -> None:
        kinds = {way.kind for way in ways}
        self.quick.setVisible(_KEYRING in kinds)

    def _show_none(self, _error: CoffreError) -> None:
        # What is wrong with the header is told when the passphrase is tried.
        self._show_ways(())

    @Slot()
    def _ask_keyring(self) -> None:
        if not self.quick.isEnabled():
            return
        path, seams = self._context.session.vault_path, self._context.seams

        def ask(cancelled: CancelToken) -> "UnlockKey":
            from wallet_app.app.safe_keys import keyring_key  # noqa: PLC0415 - not on this thread

            return keyring_key(path, seams.keyring(cancelled))

        self.quick.set_words(self._context.words.text("unlock.quick_waiting"))
        self.quick.setEnabled(False)
        self._context.bridge.on_pool(self, "keyring", ask, done=self._open, failed=self._fail)

    def _open(self, key: "UnlockKey") -> None:
        session = self._context.session
        if session.is_open:
            # The passphrase was quicker than the keyring's question.
            key.secret.wipe()
            return
        path, services = session.vault_path, session.services

        def make() -> "Safe":
            from wallet_app.app.open_safe import open_safe  # noqa: PLC0415 - not on this thread

            with key.secret:
                return open_safe(path, key, services)

        session.open_by(make, failed=self._fail)

    def _fail(self, error: CoffreError) -> None:
        self._rest()
        if not self._context.session.is_open:
            self._refuse(error)

    def _rest(self) -> None:
        self.quick.set_words(self._context.words.text("unlock.quick"))
        self.quick.setEnabled(True)

    @Slot()
    def _help(self) -> None:
        """Read what can be told of the safe now, then tell it once."""
        if self._is_asked:
            return
        self._is_asked = True
        path = self._context.session.vault_path

        def read(_cancelled: CancelToken) -> "LockedSafe":
            from wallet_app.app.put_aside import safes_aside  # noqa: PLC0415 - not on this thread
            from wallet_app.app.safe_keys import ways_into  # noqa: PLC0415
            from wallet_app.ui.sheets.forgotten_sheet import LockedSafe  # noqa: PLC0415

            try:
                kinds = frozenset(way.kind for way in ways_into(path))
            except CoffreError:
                return LockedSafe(None, safes_aside(path))
            return LockedSafe(kinds, safes_aside(path))

        self._context.bridge.on_pool(
            self, "forgotten", read, done=self._tell_help, failed=self._tell_no_help
        )

    def _tell_help(self, locked: "LockedSafe") -> None:
        from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet  # noqa: PLC0415 - if asked

        self._is_asked = False
        if self._context.session.is_open:
            # The keyring's answer was quicker.
            return
        sheet = ForgottenSheet(self.window(), self._context, locked)
        sheet.quick_wanted.connect(self._ask_keyring)
        self._context.stage.open_sheet(sheet)

    def _tell_no_help(self, error: CoffreError) -> None:
        self._is_asked = False
        self._context.stage.report(error)
