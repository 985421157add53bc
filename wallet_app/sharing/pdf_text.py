"""Making the text of a PDF by Qt come out as it was written when it is copied or searched.

Where two characters share one drawing, Qt names the drawing after the first of them: a space
comes out as a tab, an apostrophe as a modifier letter. The tables that name them
(``ToUnicode``, ISO 32000-1 section 9.10.3) lie in the file as plain text of fixed width, so
they are mended in place and no offset moves.
"""

import re
from typing import Final

__all__ = ["mend_text"]

_MENDED: Final = {b"<0009>": b"<0020>", b"<02BC>": b"<2019>"}
_TABLE: Final = re.compile(
    rb"\d+ 0 obj\s<<\s/Length \d+\s>>\sstream\s/CIDInit /ProcSet findresource begin"
)
_LIST: Final = re.compile(rb"\[[<>0-9A-F ]*\]")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_USED: Final = re.compile(rb"^(\d{10}) \d{5} n", re.MULTILINE)


def mend_text(pdf: bytes) -> bytes:
    """Return the same file with spaces and apostrophes named as such.

    Only objects that the file's own table of offsets points at are looked into: bytes that
    look alike inside an attachment stay as they are. A file that is not as Qt writes it comes
    back unchanged.
    """
    start = _START.search(pdf)
    if start is None:
        return pdf
    mended = bytearray(pdf)
    for used in _USED.finditer(pdf, int(start[1])):
        table = _TABLE.match(pdf, int(used[1]))
        if table is None:
            continue
        end = pdf.find(b"endcmap", table.end())
        for found in _LIST.finditer(pdf, table.end(), max(end, table.end())):
            mended[found.start() : found.end()] = _renamed(found[0])
    return bytes(mended)


def _renamed(names: bytes) -> bytes:
    for wrong, right in _MENDED.items():
        names = names.replace(wrong, right)
    return names
