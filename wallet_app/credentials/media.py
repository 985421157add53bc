"""What kind of bytes these are, by their content; names and headers are never asked."""

import re
from enum import StrEnum
from typing import Final

from wallet_app.credentials.baked_png import PNG_SIGNATURE

__all__ = ["Media", "media_of"]


class Media(StrEnum):
    """A kind of content, as its media type."""

    PNG = "image/png"
    SVG = "image/svg+xml"
    JSON = "application/json"
    TOKEN = "application/jwt"  # noqa: S105 - a media type, not a secret
    TEXT = "text/plain"
    PDF = "application/pdf"
    ZIP = "application/zip"
    GZIP = "application/gzip"
    ARCHIVE = "application/x-archive"
    """An archive that is not opened."""
    PICTURE = "image/*"
    HTML = "text/html"
    XML = "application/xml"
    BINARY = "application/octet-stream"


_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP: Final = b"\x1f\x8b"
_ARCHIVES: Final = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_PICTURES: Final = (
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
)
_ISO_PICTURES: Final = (b"avif", b"heic", b"heix", b"mif1", b"jxl ")
_LOOKED_AT: Final = 65_536
_SVG_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)


def media_of(data: bytes) -> Media:
    """Return the kind of ``data``; the order decides what a polyglot file counts as."""
    if data.startswith(PNG_SIGNATURE):
        return Media.PNG
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Media.PDF
    start = data.removeprefix(b"\xef\xbb\xbf")[:_LOOKED_AT].lstrip(b" \t\r\n")
    if start.startswith(b"<"):
        return _markup(start)
    if packed := _archive(data):
        return packed
    if data.startswith(_PICTURES) or _is_modern_picture(data):
        return Media.PICTURE
    return _text(start, data)


def _archive(data: bytes) -> Media | None:
    if data.startswith(_ZIPS):
        return Media.ZIP
    if data.startswith(_GZIP):
        return Media.GZIP
    return Media.ARCHIVE if data.startswith(_ARCHIVES) else None


def _markup(start: bytes) -> Media:
    svg, html = _SVG_ROOT.search(start), _HTML_ROOT.search(start)
    if html and (not svg or html.start() < svg.start()):
        return Media.HTML
    return Media.SVG if svg else Media.XML


def _is_modern_picture(data: bytes) -> bool:
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return is_webp or (data[4:8] == b"ftyp" and data[8:12] in _ISO_PICTURES)


def _text(start: bytes, data: bytes) -> Media:
    if start[:1] in (b"{", b"["):
        return Media.JSON
    if start.startswith(b"ey"):
        return Media.TOKEN
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Media.BINARY if b"\x00" in data[:_LOOKED_AT] and not is_utf_16 else Media.TEXT
