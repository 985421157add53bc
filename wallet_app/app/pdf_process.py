"""What is attached to a PDF, found in a process of its own.

A PDF is a program for its reader: references that run in circles, streams that inflate for
ever, tables of millions. The library bounds much of that, and this process what is left: it
may use a fixed amount of computing time and memory, and its end is the end of the trouble.
Run as a script; it imports nothing of Coffre, opens no file and draws no page.

Input: the PDF to the end. Output: one byte of ``Answer``; for ``DONE``, each attachment as
length and name in UTF-8, length and content; lengths of 4 bytes, big-endian.

Sources: ISO 32000-2 sections 7.11.4 (embedded files), 14.13 (associated files), 14.3 (metadata).
"""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import IntEnum
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError, PyPdfError
from pypdf.generic import DictionaryObject, PdfObject, StreamObject

__all__ = ["Answer", "find_attachments", "main"]


class Answer(IntEnum):
    """How it went. An empty output means that the process was ended."""

    DONE = 0
    DAMAGED = 1
    ENCRYPTED = 2
    TOO_COSTLY = 3


_CPU_SECONDS: Final = 1.0
_MAX_MEMORY_BYTES: Final = 256 * 1024 * 1024
_MAX_FOUND: Final = 200
_MAX_FOUND_BYTES: Final = 24 * 1024 * 1024
_MAX_NODES: Final = 2_000
_MAX_PAGES: Final = 200
_MAX_XMP_BYTES: Final = 4 * 1024 * 1024
_FILTERS: Final = frozenset({"/FlateDecode", "/Fl", "/ASCIIHexDecode", "/ASCII85Decode"})
"""Filters of data. Those of pictures may call other programs, and carry no text."""

_DAMAGE: Final = (PyPdfError, KeyError, IndexError, TypeError, ValueError, AttributeError,
                  OverflowError, AssertionError, RecursionError, OSError,
                  RuntimeError)  # fmt: skip
"""What the library is known to raise for files that keep no rule."""


def main() -> int:
    """Answer for the PDF on standard input; return the exit status."""
    logging.disable()
    _limit_itself()
    answer, found = _answer(sys.stdin.buffer.read())
    output = sys.stdout.buffer
    output.write(bytes([answer]))
    for name, content in found:
        for part in (name.encode("utf-8", "replace"), content):
            output.write(len(part).to_bytes(4, "big") + part)
    output.flush()
    return 0


def _limit_itself() -> None:
    # Computing time, not time: a busy machine must not make an honest file fail.
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - the module does not exist on Windows

    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY_BYTES, _MAX_MEMORY_BYTES))


def _answer(data: bytes) -> tuple[Answer, list[tuple[str, bytes]]]:
    try:
        return Answer.DONE, find_attachments(data)
    except (MemoryError, LimitReachedError):
        return Answer.TOO_COSTLY, []
    except _Encrypted:
        return Answer.ENCRYPTED, []
    except _DAMAGE:
        return Answer.DAMAGED, []


class _Encrypted(Exception):
    """The PDF opens with a password alone."""


def find_attachments(data: bytes) -> list[tuple[str, bytes]]:
    """Return names and contents: embedded files, associated files, texts in the metadata.

    Each content comes once. Without limits of its own; ``main`` sets them.
    """
    reader = PdfReader(BytesIO(data), strict=False)
    # Many PDFs are encrypted with no password at all, against changes only.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Encrypted
    root = _object(reader.trailer["/Root"])
    if not isinstance(root, DictionaryObject):
        raise PdfReadError
    found: dict[bytes, str] = {}
    left = _MAX_FOUND_BYTES
    for name, content in (*_files(reader, root), *_texts(reader, root)):
        if content in found or len(found) >= _MAX_FOUND:
            continue
        left -= len(content)
        if left < 0:
            raise LimitReachedError
        found[content] = name
    return [(name, content) for content, name in found.items()]


def _files(reader: PdfReader, root: DictionaryObject) -> Iterator[tuple[str, bytes]]:
    seen: set[int] = set()
    for specification in _specifications(reader, root):
        node = _object(specification)
        if id(node) in seen or not isinstance(node, DictionaryObject):
            continue
        seen.add(id(node))
        try:
            yield from _embedded(node)
        except LimitReachedError:
            raise
        except _DAMAGE:
            continue  # one that cannot be read hides no other


def _embedded(specification: DictionaryObject) -> Iterator[tuple[str, bytes]]:
    streams = _object(specification.get("/EF"))
    if not isinstance(streams, DictionaryObject):
        return
    name = str(_object(specification.get("/UF")) or _object(specification.get("/F")) or "")
    for key in ("/UF", "/F"):
        stream = _object(streams.get(key))
        if isinstance(stream, StreamObject) and _filters(stream) <= _FILTERS:
            yield name, bytes(stream.get_data())
            return


def _filters(stream: StreamObject) -> set[str]:
    named = _object(stream.get("/Filter"))
    values = named if isinstance(named, list) else [named]
    return {str(_object(value)) for value in values if value is not None}


def _specifications(reader: PdfReader, root: DictionaryObject) -> Iterator[object]:
    yield from _list(root.get("/AF"))
    names = _object(root.get("/Names"))
    if isinstance(names, DictionaryObject):
        yield from _name_tree(names.get("/EmbeddedFiles"))
    with suppress(*_DAMAGE):
        for page, _ in zip(reader.pages, range(_MAX_PAGES), strict=False):
            yield from _list(page.get("/AF"))
            for annotation in map(_object, _list(page.get("/Annots"))):
                if isinstance(annotation, DictionaryObject) and annotation.get("/FS") is not None:
                    yield annotation["/FS"]


def _name_tree(tree: object) -> Iterator[object]:
    """Yield the values of a name tree; one that leads round in circles ends."""
    waiting = [_object(tree)]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_NODES:
        node = waiting.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        yield from _list(node.get("/Names"))[1::2]
        waiting.extend(map(_object, reversed(_list(node.get("/Kids")))))


def _texts(reader: PdfReader, root: DictionaryObject) -> Iterator[tuple[str, bytes]]:
    """Yield texts in the metadata that may be a credential: JSON, or a compact token."""
    stream = _object(root.get("/Metadata"))
    if isinstance(stream, StreamObject) and _filters(stream) <= _FILTERS:
        with suppress(ParseError, DefusedXmlException):
            data = stream.get_data()
            for element in fromstring(data).iter() if len(data) <= _MAX_XMP_BYTES else ():
                for text in (element.text or "", *element.attrib.values()):
                    yield from _text("xmp", text)
    with suppress(*_DAMAGE):
        for value in (reader.metadata or {}).values():
            yield from _text("info", str(_object(value)))


def _text(name: str, text: str) -> Iterator[tuple[str, bytes]]:
    text = text.strip()
    if text.startswith(("{", "[", "eyJ")):
        yield name, text.encode()


def _list(value: object) -> list[object]:
    found = _object(value)
    return list(found) if isinstance(found, list) else []


def _object(value: object) -> object:
    return value.get_object() if isinstance(value, PdfObject) else value


if __name__ == "__main__":
    raise SystemExit(main())
