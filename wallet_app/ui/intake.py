"""What is dropped or pasted on the window, as sources for an import. Nothing is read here."""

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

__all__ = ["is_picture", "pasted_bytes", "pasted_picture", "sources_of"]

_MAX_SOURCES: Final = 10_000
_MAX_LINK_CHARS: Final = 2_000
_MAX_PASTE_BYTES: Final = 8 * 1024 * 1024


def sources_of(mime: QMimeData) -> list[str]:
    """Return the files and web addresses in a drop or on the clipboard, at most 10,000."""
    found = [
        url.toLocalFile() if url.isLocalFile() else url.toString()
        for url in mime.urls()[:_MAX_SOURCES]
        if url.isLocalFile() or url.scheme() in ("https", "http")
    ]
    if not found and mime.hasText():
        text = mime.text().strip()
        is_link = text.startswith(("https://", "http://")) and len(text) <= _MAX_LINK_CHARS
        if is_link and not any(character.isspace() for character in text):
            found = [text]
    return found


def pasted_bytes(mime: QMimeData) -> bytes:
    """Return a badge that was copied as a picture or as text, or b"".

    Text counts only when it can be one: a JSON document or a signed token.
    """
    for kind in ("image/png", "image/svg+xml"):
        if mime.hasFormat(kind):
            return bytes(mime.data(kind).data())[:_MAX_PASTE_BYTES]
    text = mime.text().strip() if mime.hasText() else ""
    if text.startswith(("{", "[", "eyJ", "<svg", "<?xml")):
        return text.encode("utf-8", "replace")[:_MAX_PASTE_BYTES]
    return b""


def is_picture(data: bytes) -> bool:
    """Return whether bytes begin as a PNG or a JPEG does."""
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff"))


def pasted_picture(mime: QMimeData) -> QImage:
    """Return a picture that a program put on the clipboard as pixels, or an empty one."""
    found = mime.imageData() if mime.hasImage() else None
    return found if isinstance(found, QImage) else QImage()
