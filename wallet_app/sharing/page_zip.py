"""The page as a ZIP file, for a host that takes its files by hand."""

import io
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["page_zip"]

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FOR_EVERYBODY: Final = 0o100644 << 16


def page_zip(name: str, data: bytes) -> bytes:
    """Return a ZIP file with the page in it; the same page gives the same bytes."""
    file = io.BytesIO()
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = _FOR_EVERYBODY
    with ZipFile(file, "w") as archive:
        archive.writestr(entry, data)
    return file.getvalue()
