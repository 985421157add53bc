"""Every page of a damaged vault that can still be read: of the file, and of the log beside it.

No database is opened: where one page is bad, the engine refuses whole tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.crypto.sqlcipher_pages import PAGE_BYTES, SALT_BYTES, PageReader
from wallet_app.storage.files import file_fault

__all__ = ["ReadPages", "read_pages"]

_LOG_HEADER: Final = Struct(">IIIIIIII")
_FRAME_HEADER: Final = Struct(">IIIIII")
_LOG_MAGIC: Final = frozenset({0x377F0682, 0x377F0683})
_PROBED: Final = 8


@dataclass(frozen=True, slots=True)
class ReadPages:
    """The plain pages by number, and how many there should be and are not readable."""

    pages: Mapping[int, bytes]
    total: int
    bad: int


def read_pages(database: Path, log: Path, key: Secret) -> ReadPages:
    """Return every readable page; a missing file has none.

    Raises:
        EnvironmentFault: as ``file_fault``.
    """
    data, log_data = _bytes_of(database), _bytes_of(log)
    reader = _reader(data, key)
    found: dict[int, bytes] = {}
    total = -(-len(data) // PAGE_BYTES)
    for number in range(1, total + 1):
        plain = reader.read(number, data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES])
        if plain is not None:
            found[number] = plain
    # What was committed last lies in the log alone.
    logged = _logged(log_data, reader)
    found.update(logged)
    total = max(total, *logged, 0) if logged else total
    return ReadPages(found, total, total - len(found))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise file_fault(error, path) from error


def _reader(data: bytes, key: Secret) -> PageReader:
    """Return a reader with the salt of the file, or with that salt mended in one byte.

    One flipped byte there would make every page unreadable; 4,080 trials take a moment.
    """
    salt = data[:SALT_BYTES].ljust(SALT_BYTES, b"\0")
    probes = [
        (number, data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES])
        for number in range(1, _PROBED + 1)
    ]
    candidates = [salt] + [
        salt[:place] + bytes([value]) + salt[place + 1 :]
        for place in range(SALT_BYTES)
        for value in range(256)
        if value != salt[place]
    ]
    for candidate in candidates:
        reader = PageReader(key, candidate)
        if any(reader.read(number, page) is not None for number, page in probes):
            return reader
    return PageReader(key, salt)


def _logged(data: bytes, reader: PageReader) -> dict[int, bytes]:
    """Return the pages of the log up to its last commit (sqlite.org/walformat)."""
    if len(data) < _LOG_HEADER.size:
        return {}
    magic, _version, _size, _sequence, *salts, _sum1, _sum2 = _LOG_HEADER.unpack_from(data)
    if magic not in _LOG_MAGIC:
        return {}
    committed: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    step = _FRAME_HEADER.size + PAGE_BYTES
    for start in range(_LOG_HEADER.size, len(data) - step + 1, step):
        number, commit, *frame_salts, _, _ = _FRAME_HEADER.unpack_from(data, start)
        if frame_salts != salts:
            # Left over from before the log began anew.
            break
        plain = reader.read(number, data[start + _FRAME_HEADER.size : start + step])
        if plain is not None:
            waiting[number] = plain
        if commit:
            committed.update(waiting)
            waiting = {}
    return committed
