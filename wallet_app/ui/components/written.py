"""What a person has typed below a widget, which would be gone with it."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

__all__ = ["call_it_kept", "holds_typed", "holds_words"]


def holds_typed(host: QWidget) -> bool:
    """Return whether anything was typed: words, or a passphrase."""
    lines = host.findChildren(QLineEdit)
    return any(line.isModified() and line.text() for line in lines) or _holds_text(host)


def holds_words(host: QWidget) -> bool:
    """Return whether words were typed; a passphrase is known by heart, and not asked about."""
    dots = QLineEdit.EchoMode.Password
    lines = [line for line in host.findChildren(QLineEdit) if line.echoMode() is not dots]
    return any(line.isModified() and line.text().strip() for line in lines) or _holds_text(host)


def call_it_kept(host: QWidget) -> None:
    """Count what was typed until now no longer: it has gone where it was meant to go."""
    for line in host.findChildren(QLineEdit):
        line.setModified(False)
    for text in host.findChildren(QPlainTextEdit):
        text.document().setModified(False)


def _holds_text(host: QWidget) -> bool:
    texts = host.findChildren(QPlainTextEdit)
    return any(
        text.document().isModified() and not text.isReadOnly() and not text.document().isEmpty()
        for text in texts
    )
