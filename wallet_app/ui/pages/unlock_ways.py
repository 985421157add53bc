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

__all__ = ["OtherWays"]

_KEYRING, _RECOVERY = "keyring", "recovery"


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
        self._has_sheet = False
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
        self._has_sheet = _RECOVERY in kinds

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
        from wallet_app.ui.sheets.forgotten_sheet import ForgottenSheet  # noqa: PLC0415 - if asked

        sheet = ForgottenSheet(self.window(), self._context, has_sheet=self._has_sheet)
        self._context.stage.open_sheet(sheet)
