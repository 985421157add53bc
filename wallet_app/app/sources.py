"""What a person points at: a file, a folder, an address or standard input.

Names are expanded first and read one by one later, so that one unreadable file never
hides the others. Size is checked before a byte is read.
"""

import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from wallet_app.app.page_source import fetch_badge
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Original
from wallet_app.credentials.wallets.coffre_export import MANIFEST, is_coffre_export, read_manifest
from wallet_app.crypto.documents import Document, DocumentUnavailable, Purpose, Resolver
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.network.url_rules import check_url

__all__ = [
    "MAX_SOURCE_BYTES",
    "UNAVAILABLE_REASONS",
    "Source",
    "SourceKind",
    "fetch_source",
    "find_sources",
    "is_address",
    "is_allowed_address",
    "read_source",
    "source_named",
]

MAX_SOURCE_BYTES: Final = 20 * 1024 * 1024
"""Largest input that is looked at. Badges are kilobytes; more is a mistake or an attack."""

_MAX_FILES_IN_FOLDER: Final = 100_000
_MAX_LIST_BYTES: Final = 256 * 1024 * 1024
_UNKNOWN_TYPE: Final = "application/octet-stream"

UNAVAILABLE_REASONS: Final = frozenset(
    {
        "blocked_address",
        "blocked_url",
        "budget",
        "dns",
        "media_type",
        "offline",
        "redirect",
        "refused",
        "status",
        "timeout",
        "tls",
        "too_large",
        "unlisted",
    }
)
"""Every reason of ``DocumentUnavailable``; each has its own sentence."""

_REFUSED_BY_RULE: Final = frozenset(
    {"blocked_address", "blocked_url", "media_type", "too_large", "unlisted"}
)


class SourceKind(StrEnum):
    """How a source is read."""

    FILE = "file"
    URL = "url"
    """An address that a person gave: the badge, or a page that leads to it."""
    DOCUMENT_URL = "document_url"
    """An address that a document gave: asked for as it is, and nothing behind it."""
    STANDARD_INPUT = "stdin"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read. ``name`` is what the person gave, or the path found inside it."""

    name: str
    kind: SourceKind


def find_sources(argument: str) -> Iterator[Source]:
    """Yield what ``argument`` stands for: itself, or every file of a folder.

    A folder is walked recursively in the order of names; of one that Coffre wrote only the
    badges are taken. Hidden entries are skipped, and
    folders behind symbolic links too: they may lead round in circles or out of the folder.
    What cannot be looked into is a source as well, one that reading refuses.

    Raises:
        UserError: ``source.empty_folder``, ``source.too_many_files``.
    """
    if argument == "-":
        yield Source("-", SourceKind.STANDARD_INPUT)
    elif is_address(argument):
        yield Source(argument, SourceKind.URL)
    elif _is_folder(argument):
        yield from _own_export(Path(argument)) or _files_below(argument)
    else:
        yield Source(argument, SourceKind.FILE)


def source_named(name: str) -> Source:
    """Return the file or address that ``find_sources`` gave this name."""
    return Source(name, SourceKind.URL if is_address(name) else SourceKind.FILE)


def is_address(argument: str) -> bool:
    """Return whether an argument is a web address rather than a file."""
    return argument.lower().startswith(("https://", "http://"))


def is_allowed_address(address: str) -> bool:
    """Return whether the fetch rules let this address be asked for, as far as its text tells.

    Where its name leads is judged when it is fetched.
    """
    try:
        check_url(address, upgrades_http=True)
    except DocumentUnavailable:
        return False
    return True


def _is_folder(argument: str) -> bool:
    try:
        return Path(argument).is_dir()
    except (OSError, ValueError):
        return False


def _own_export(folder: Path) -> list[Source]:
    """Return the badges of a folder that Coffre wrote: what they rest on is no badge there."""
    place = folder / MANIFEST
    try:
        if not place.is_file() or place.stat().st_size > _MAX_LIST_BYTES:
            return []
        data = place.read_bytes()
        listed = read_manifest(data).badges if is_coffre_export(data) else ()
    except (OSError, FormatError):
        return []
    return [Source(str(folder / badge.path), SourceKind.FILE) for badge in listed]


def _files_below(folder: str) -> Iterator[Source]:
    found = 0
    for path in _walk(Path(folder)):
        found += 1
        if found > _MAX_FILES_IN_FOLDER:
            raise UserError("source.too_many_files", {"name": folder, "max": _MAX_FILES_IN_FOLDER})
        yield Source(str(path), SourceKind.FILE)
    if not found:
        raise UserError("source.empty_folder", {"name": folder})


def _walk(folder: Path) -> Iterator[Path]:
    # A stack, not recursion: a hostile tree may be thousands of folders deep.
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir() or (path.is_symlink() and path != folder):
                if path.is_file():
                    yield path
                continue
            names = sorted(entry.name for entry in path.iterdir())
        except OSError:
            # Named all the same: reading it says what is wrong, and the rest is still found.
            yield path
            continue
        waiting.extend(path / name for name in reversed(names) if not name.startswith("."))


def read_source(source: Source, resolver: Resolver) -> tuple[Original, Document | None]:
    """Return the bytes of ``source``, and for an address the document that answered.

    The media type is left open: recognition decides it from the content.

    Raises:
        UserError: ``source.missing``, ``source.not_a_file``, ``source.too_large``,
            ``source.empty``, ``source.address.page``, or another ``source.address.*`` when a
            fetch rule refuses it.
        EnvironmentFault: ``source.unreadable``, ``source.forbidden``, or
            ``source.address.*`` when the network fails.
    """
    document = None
    if source.kind is SourceKind.URL:
        document = fetch_source(source.name, resolver)
    elif source.kind is SourceKind.DOCUMENT_URL:
        document = fetch_source(source.name, resolver, Purpose.CREDENTIAL)
    if document is not None:
        data = document.data
    elif source.kind is SourceKind.STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1)
    else:
        data = _read_file(source.name)
    if len(data) > MAX_SOURCE_BYTES:
        raise _too_large(source.name)
    if not data:
        raise UserError("source.empty", {"name": source.name})
    media_type = document.media_type if document else ""
    return Original(data, media_type or _UNKNOWN_TYPE, source.name), document


def _read_file(name: str) -> bytes:
    try:
        found = Path(name).stat()
        if stat.S_ISDIR(found.st_mode):
            next(Path(name).iterdir(), None)  # a folder that is shut says so
        if not stat.S_ISREG(found.st_mode):
            # Opening a pipe or a device could wait for ever.
            raise UserError("source.not_a_file", {"name": name})
        if found.st_size > MAX_SOURCE_BYTES:
            raise _too_large(name)
        if not found.st_size:
            # Files of the kernel (/proc) claim no size and yet answer, some for ever.
            return b""
        with Path(name).open("rb") as file:
            return file.read(MAX_SOURCE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UserError("source.missing", {"name": name}) from error
    except OSError as error:
        raise _unreadable(name, error) from error


def _too_large(name: str) -> UserError:
    return UserError("source.too_large", {"name": name, "max_mb": MAX_SOURCE_BYTES // 1024**2})


def _unreadable(name: str, error: OSError) -> EnvironmentFault:
    if isinstance(error, PermissionError):
        return EnvironmentFault("source.forbidden", {"name": name})
    return EnvironmentFault("source.unreadable", {"name": name})


def fetch_source(url: str, resolver: Resolver, purpose: Purpose = Purpose.PAGE) -> Document:
    """Return the document at an address that a person named.

    A page for people is followed to its badge; for any other purpose the address is asked as
    it is.

    Raises:
        UserError, EnvironmentFault: ``source.address.*``.
    """
    try:
        if purpose is Purpose.PAGE:
            return fetch_badge(url, resolver)
        return resolver.fetch(url, purpose)
    except DocumentUnavailable as unavailable:
        reason = unavailable.reason
        family = UserError if reason in _REFUSED_BY_RULE else EnvironmentFault
        code = f"source.address.{reason if reason in UNAVAILABLE_REASONS else 'refused'}"
        raise family(code, {"url": url, "detail": unavailable.detail}) from unavailable
