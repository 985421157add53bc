"""A file that holds several credentials, taken apart into sources of one each.

A folder is its files, and so is an archive: every credential in a ZIP archive, a PDF, a
picture, a presentation or a wallet backup becomes a row of its own in the safe, with its own
bytes. A CLR is signed as a whole and stays one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from wallet_app.app.examine import FileWork, read_file
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, LeftOut, Original, Securing

__all__ = ["Part", "unpack"]

_NOTED: Final = frozenset(
    {
        *("container.private_keys", "container.others_skipped"),
        *("container.too_many_members", "container.too_deep"),
    }
)
"""What is told once about the whole; everything else left out has a line of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One credential in a file, or what could not be read as one.

    Attributes:
        inside: where in the file it lay.
        source: the file.
        original: its own bytes; None when it was refused.
        address: where the badge is, when its bytes are no more than that.
        notes: what is to be told about the file as a whole, with its first part alone.
        file: the work on the file, whose bounds its parts share.
    """

    source: str
    inside: str
    original: Original | None = None
    address: str = ""
    refusal: FormatError | None = None
    notes: tuple[tuple[str, Mapping[str, str | int]], ...] = ()
    file: FileWork | None = None


def unpack(original: Original) -> Credential | tuple[Part, ...]:
    """Return the one credential that a file is, or its parts.

    Raises:
        FormatError: it is no credential and holds none.
    """
    whole = read_file(original)
    if not whole.format.is_collection:
        return whole
    left_out = list(_left_out(whole))
    first, *others = [*_members(whole, original.name), *_refusals(left_out, original.name)] or [
        Part(original.name, "", refusal=FormatError("container.no_credential"))
    ]
    notes = tuple((one.code, one.params) for one in left_out if one.code in _NOTED)
    return (replace(first, notes=notes), *others)


def _members(whole: Credential, source: str) -> Iterator[Part]:
    for member in whole.embedded:
        if member.format.is_collection:
            yield from _members(member, source)
        else:
            # No address: where it came from as a whole is not the page of one in it.
            name = f"{source} ({member.container})"
            original = replace(member.original, name=name)
            yield Part(source, member.container, original, address=_address_of(member))


def _address_of(member: Credential) -> str:
    hosted = member.secured.securing is Securing.HOSTED
    return member.id if hosted and member.original.data == member.id.encode() else ""


def _left_out(whole: Credential) -> Iterator[LeftOut]:
    yield from whole.left_out
    yield from (LeftOut("", code) for code in whole.warnings if code in _NOTED)
    for member in whole.embedded:
        if member.format.is_collection:
            yield from _left_out(member)


def _refusals(left_out: list[LeftOut], source: str) -> Iterator[Part]:
    for one in left_out:
        if one.code not in _NOTED:
            params = {**one.params, "entry": one.name}
            yield Part(source, one.name, refusal=FormatError(one.code, params))
