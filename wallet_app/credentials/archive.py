"""Archives taken apart in memory: ZIP files, and a single file under gzip.

Nothing is ever written, so that no name in an archive can lead anywhere; a name that tries
to is refused all the same, because no honest program writes one. Everything is bounded
before it is inflated, and again while it is.

Sources: PKWARE APPNOTE 6.3.10 sections 4.3-4.4, RFC 1952.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.media import Media, media_of
from wallet_app.credentials.model import LeftOut

__all__ = ["MAX_ENTRIES", "REFUSED_ENTRIES", "ArchiveLimits", "Entry", "read_gzip", "read_zip"]

REFUSED_ENTRIES: Final = frozenset(
    {
        *("container.entry_compression", "container.entry_damaged"),
        *("container.entry_encrypted", "container.entry_escapes", "container.entry_link"),
        *("container.entry_nested", "container.entry_ratio", "container.entry_too_large"),
    }
)
"""Codes of entries that are not even looked into."""

MAX_ENTRIES: Final = 1_000
_MAX_INFLATED: Final = 24 * 1024 * 1024
"""Bytes of all entries together: a little more than the largest file that is read."""

_MAX_RATIO: Final = 100
_MAX_NAME_CHARS: Final = 200
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_LONG_END_OF_DIRECTORY: Final = b"PK\x06\x07"
_END_BYTES: Final = 22
_MAX_COMMENT_BYTES: Final = 65_535
_MAX_DIRECTORY_BYTES: Final = 1024 * 1024
_ENCRYPTED: Final = 0x1 | 0x40
_READ: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_GZIP_WINDOW: Final = 31
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error,
                  RuntimeError)  # fmt: skip
"""What the library raises for a damaged entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file taken out of another, with its name there: untrusted text."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What a ZIP archive may cost: files, and bytes of all of them and of their directory."""

    entries: int = MAX_ENTRIES
    inflated_bytes: int = _MAX_INFLATED
    directory_bytes: int = _MAX_DIRECTORY_BYTES


_DEFAULT_LIMITS: Final = ArchiveLimits()


def read_zip(
    data: bytes,
    limits: ArchiveLimits = _DEFAULT_LIMITS,
    *,
    wanted: Callable[[str], bool] = lambda _name: True,
) -> Iterator[Entry | LeftOut]:
    """Yield every file in a ZIP archive, or why it is not read; one hides no other.

    ``limits`` are wider where a person says that a file is their whole wallet; what is not
    ``wanted``, by its name, is passed over and not inflated.

    Raises:
        FormatError: ``container.damaged`` or ``container.too_many_entries``, before the
            first is yielded.
    """
    _check_directory(data, limits)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _DAMAGE as error:
        raise FormatError("container.damaged") from error
    with archive:
        if len(archive.infolist()) > limits.entries:
            raise FormatError("container.too_many_entries", {"limit": limits.entries})
        left = limits.inflated_bytes
        for info in archive.infolist():
            # The library cuts a name at a NUL; the whole one is judged.
            name = info.orig_filename[:_MAX_NAME_CHARS]
            if not wanted(info.orig_filename):
                continue
            if code := _refusal(info, left):
                yield LeftOut(name, code)
            elif not info.is_dir():
                left -= info.file_size
                yield _read_entry(archive, info, name)


def read_gzip(data: bytes) -> bytes:
    """Return the one file under gzip.

    Raises:
        FormatError: ``container.damaged``, also for anything after it;
            ``container.too_large``.
    """
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        content = inflater.decompress(data, _MAX_INFLATED + 1)
    except zlib.error as error:
        raise FormatError("container.damaged") from error
    if len(content) > min(_MAX_INFLATED, _MAX_RATIO * len(data)):
        raise FormatError("container.too_large", {"limit": _MAX_INFLATED})
    if not inflater.eof or inflater.unused_data:
        raise FormatError("container.damaged")
    return content


def _check_directory(data: bytes, limits: ArchiveLimits) -> None:
    """Refuse a directory of hundreds of thousands before the library reads all of it.

    Readers disagree on which end record counts when there are several, so each one that is
    there must be harmless. The long form (ZIP64) exists for more than Coffre reads.
    """
    start = max(0, len(data) - _END_BYTES - _MAX_COMMENT_BYTES)
    found = data.find(_END_OF_DIRECTORY, start)
    if found < 0 or _LONG_END_OF_DIRECTORY in data[max(0, start - 20) :]:
        raise FormatError("container.damaged")
    while found >= 0 and found + _END_BYTES <= len(data):
        entries, size = struct.unpack_from("<HI", data, found + 10)
        if entries > limits.entries or size > limits.directory_bytes:
            raise FormatError("container.too_many_entries", {"limit": limits.entries})
        found = data.find(_END_OF_DIRECTORY, found + 1)


def _refusal(info: zipfile.ZipInfo, left: int) -> str:
    """Return why an entry is not inflated, by what the directory says of it; "" if it may be."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if _OUTSIDE.search(info.orig_filename):
        return "container.entry_escapes"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "container.entry_link"
    if info.flag_bits & _ENCRYPTED:
        return "container.entry_encrypted"
    if info.compress_type not in _READ:
        return "container.entry_compression"
    if info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        return "container.entry_ratio"
    return "container.entry_too_large" if info.file_size > left else ""


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Entry | LeftOut:
    try:
        with archive.open(info) as file:
            # One byte more than announced: the library then compares the checksum as well.
            content = file.read(info.file_size + 1)
    except _DAMAGE:
        return LeftOut(name, "container.entry_damaged")
    if media_of(content) in (Media.ZIP, Media.GZIP, Media.ARCHIVE):
        return LeftOut(name, "container.entry_nested")
    return Entry(name, content)
