"""A table of documents given as files: verification without any network.

A map is a UTF-8 file of lines ``url<TAB>file``, the file relative to the map. A first line
``url<TAB>file`` is a header; further columns are ignored. With maps, an unlisted URL is
unreachable.
"""

import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.network.fetch_rules import RULES
from wallet_app.network.url_rules import without_fragment

__all__ = ["DocumentMap"]

_MAX_MAP_BYTES: Final = 4 * 1024 * 1024
_MAX_MAP_LINES: Final = 50_000
_ADDRESSES: Final = ("https://", "http://", "did:", "urn:")


class DocumentMap:
    """Answers from listed files, each read when it is asked for."""

    def __init__(self, files: dict[str, Path], fetched_at: datetime) -> None:
        """Take file paths by URL without fragment; use ``load`` for map files."""
        self._files = files
        self._fetched_at = fetched_at

    @classmethod
    def load(cls, paths: Sequence[Path], fetched_at: datetime) -> "DocumentMap":
        """Read map files; where two list one URL, the first wins, and in one the first line.

        Args:
            paths: the map files, in order of precedence.
            fetched_at: aware UTC, given to every document.

        Raises:
            UserError: ``map.missing``, ``map.not_utf8``, ``map.too_large``,
                ``map.bad_line`` (with file and line), or ``map.per_case`` for a table
                whose first column is no URL but a case.
            EnvironmentFault: ``map.unreadable``.
        """
        files: dict[str, Path] = {}
        for path in paths:
            for url, file in _read_map(path).items():
                files.setdefault(url, file)
        return cls(files, fetched_at)

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the listed document; an ``http`` URL may be listed under ``https``.

        Raises:
            DocumentUnavailable: ``unlisted``, also when the listed file is not there;
                ``too_large``.
        """
        key = without_fragment(url)
        path = self._files.get(key)
        if path is None and key.startswith("http://"):
            path = self._files.get("https://" + key.removeprefix("http://"))
        if path is None:
            raise DocumentUnavailable("unlisted", url)
        limit = RULES[purpose].size_bytes
        try:
            data = _read_regular(path, limit + 1)
        except (OSError, ValueError) as error:
            raise DocumentUnavailable("unlisted", url, path.name) from error
        if len(data) > limit:
            raise DocumentUnavailable("too_large", url, str(limit))
        return Document(key, key, data, "", self._fetched_at, Origin.SNAPSHOT)


def _read_map(path: Path) -> dict[str, Path]:
    text = _text(path)
    if text.count("\n") > _MAX_MAP_LINES:
        raise UserError("map.too_large", {"file": path.name})
    files: dict[str, Path] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.rstrip("\r").split("\t", 2)
        if number == 1 and row[0].strip() == "case_file":
            raise UserError("map.per_case", {"file": path.name})
        if not any(cell.strip() for cell in row):
            continue
        if number == 1 and [cell.strip() for cell in row[:2]] == ["url", "file"]:
            continue
        if len(row) < 2 or not row[1].strip() or not row[0].startswith(_ADDRESSES):
            raise UserError("map.bad_line", {"file": path.name, "line": number})
        files.setdefault(without_fragment(row[0].strip()), path.parent / row[1].strip())
    return files


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_MAP_BYTES + 1)
    except (FileNotFoundError, IsADirectoryError, ValueError) as error:
        raise UserError("map.missing", {"file": str(path)}) from error
    except OSError as error:
        raise EnvironmentFault("map.unreadable", {"file": str(path)}) from error
    if len(data) > _MAX_MAP_BYTES:
        raise UserError("map.too_large", {"file": path.name})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("map.not_utf8", {"file": path.name}) from error


def _read_regular(path: Path, size: int) -> bytes:
    """Return up to ``size`` bytes of an ordinary file; ``FileNotFoundError`` for others."""
    # Opening a pipe or a device could wait for ever.
    if not stat.S_ISREG(path.stat().st_mode):
        raise FileNotFoundError(str(path))
    with path.open("rb") as file:
        return file.read(size)
