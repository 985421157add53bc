"""Preparing what is to be taken into the safe: read, taken apart and examined.

It touches no vault and may take its time: reading, the network and the nine checks.
"""

from dataclasses import replace

from wallet_app.app.examine import Examination, FileWork, examine_row
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.services import Services
from wallet_app.app.sources import MAX_SOURCE_BYTES, Source, SourceKind
from wallet_app.app.unpacking import Part, unpack
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Original
from wallet_app.errors import CoffreError, UserError

__all__ = [
    "Found",
    "Prepared",
    "found_in",
    "found_in_bytes",
    "prepare_bytes",
    "prepare_part",
    "prepare_source",
]

_MEGABYTE = 1024 * 1024

Prepared = Examination | ImportResult
"""A credential ready to be kept, or the result that it was refused."""

Found = Prepared | tuple[Part, ...]
"""What one source came to: a credential, a refusal, or several credentials to prepare."""


def prepare_source(source: Source, services: Services, *, within: FileWork | None = None) -> Found:
    """Read and examine one file or address; touches no vault.

    ``within`` is the file that named the address, whose bounds it shares.
    """
    try:
        return found_in(FileWork.read(source, services, within=within))
    except CoffreError as error:
        return ImportResult(source.name, ImportOutcome.REFUSED, error=error)


def prepare_bytes(data: bytes, name: str, services: Services) -> Found:
    """Examine bytes that came without a file, such as pasted text; touches no vault."""
    if len(data) > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // _MEGABYTE
        error = UserError("source.too_large", {"name": name, "max_mb": limit})
        return ImportResult(name, ImportOutcome.REFUSED, error=error)
    original = Original(data, "application/octet-stream", name)
    return found_in(FileWork.of(original, name, services))


def found_in_bytes(data: bytes) -> bool:
    """Return whether bytes are a credential, or hold some; nothing is checked or asked."""
    try:
        unpack(Original(data, "application/octet-stream", ""))
    except FormatError:
        return False
    return True


def prepare_part(part: Part, services: Services) -> Prepared:
    """Examine one credential of a file that holds several; touches no vault."""
    if part.original is None:
        return _refused(part)
    if part.address:
        return _fetched(part, services)
    examination = examine_row(part.original, part.source, services, within=part.file)
    return replace(examination, inside=part.inside, notes=part.notes)


def _refused(part: Part) -> ImportResult:
    return ImportResult(
        part.source,
        ImportOutcome.REFUSED,
        error=part.refusal,
        inside=part.inside,
        notes=part.notes,
    )


def _fetched(part: Part, services: Services) -> Prepared:
    """Examine the badge at an address that stands for it, in a picture as in a window."""
    address = Source(part.address, SourceKind.URL)
    found = prepare_source(address, services, within=part.file)
    if isinstance(found, ImportResult):
        return replace(found, source=part.source, inside=part.inside, notes=part.notes)
    if isinstance(found, tuple):
        error = FormatError("container.entry_nested", {"entry": part.inside})
        return replace(_refused(part), error=error)
    examined = replace(found.examined, source=part.source)
    return replace(found, examined=examined, inside=part.inside, notes=part.notes)


def found_in(work: FileWork) -> Found:
    """Return what a file is: one credential, checked, or several that are still to be."""
    try:
        found = unpack(work.original)
    except FormatError as error:
        return work.refused(error)
    if not isinstance(found, tuple):
        return work.check(found)
    return tuple(replace(part, file=work) for part in found)
