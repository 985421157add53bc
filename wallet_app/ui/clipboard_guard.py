"""The one way onto the clipboard, and off it again.

What is copied is a link that opens a badge, a code or words that open the safe. It is marked as a
secret for programs that keep what is copied, and taken back after a while, at the lock and at the
end, but only while it is still there: what somebody copied meanwhile is theirs. Programs may
ignore the mark, and a desktop may refuse a window without the focus: SECURITY.md says so.
"""

import hmac
from hashlib import sha256
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from wallet_app.crypto.secret import Secret
from wallet_app.wording import Words

__all__ = ["ClipboardGuard", "copied_sentence"]

_HINTS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01",
}
_MS: Final = 1_000


class ClipboardGuard(QObject):
    """Remembers a hash of what it put there, never the text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 30
        self._digest = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)

    @property
    def is_holding(self) -> bool:
        """Whether something put there is still to be taken back."""
        return self._digest != b""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard; it goes after ``seconds``, 0 for only at the lock."""
        mime = QMimeData()
        mime.setText(text)
        for kind, value in _HINTS.items():
            mime.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(mime)
        self._digest = _digest(text)
        self._timer.stop()
        if self.seconds:
            self._timer.start(self.seconds * _MS)

    def copy_secret(self, secret: Secret) -> None:
        """Put a passphrase or a code on the clipboard."""
        self.copy(secret.buffer().decode("utf-8"))

    @Slot()
    def clear(self) -> None:
        """Take back what was put there, if it is still there."""
        self._timer.stop()
        digest, self._digest = self._digest, b""
        clipboard = QGuiApplication.clipboard()
        if digest and hmac.compare_digest(digest, _digest(clipboard.text())):
            clipboard.clear()

    def clear_all(self) -> None:
        """At a lock: also what was copied out of a field, while this program holds it."""
        self.clear()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def copied_sentence(words: Words, seconds: int) -> str:
    """Return what is said when something was copied: also when it goes again."""
    if not seconds:
        return words.text("clipboard.copied_until_lock")
    return words.text("clipboard.copied", seconds=seconds)
