"""From bytes to what they say: the one way in for every file, page, paste and picture.

Order of calls: kind of content, taking apart what merely carries credentials (archive, PDF,
picture), strict parsing, family, one Credential model. Nothing is verified and nothing is
fetched.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from wallet_app.credentials.archive import Entry, read_gzip, read_zip
from wallet_app.credentials.baked_png import count_chunks, read_baked_png
from wallet_app.credentials.baked_svg import read_baked_svg
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats.europass_xml import read_europass_xml
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.media import Media, media_of
from wallet_app.credentials.model import (
    Credential,
    Format,
    LeftOut,
    Original,
    Secured,
    Securing,
)
from wallet_app.credentials.strict_json import DEFAULT_LIMITS
from wallet_app.credentials.text_reader import Disclose, TextReader
from wallet_app.credentials.wallets.archives import badges_among

__all__ = ["MAX_ORIGINAL_BYTES", "Disclose", "OpenPdf", "collection_of", "recognise"]

MAX_ORIGINAL_BYTES: Final = 20 * 1024 * 1024
"""Largest file that is read at all: a picture."""

OpenPdf = Callable[[bytes], Sequence[Entry]]
"""Gives what is attached to a PDF, within bounds of its own; raises ``FormatError``."""

_MAX_TEXT_BYTES: Final = DEFAULT_LIMITS.size_bytes

_MAX_PIECES: Final = 800_000
_PIECES_IN_A_CHUNK: Final = 4
"""What it costs to look at one chunk of a PNG, in tags or attributes of an SVG."""

_REFUSED_MEDIA: Final = {
    Media.ARCHIVE: "format.archive",
    Media.PICTURE: "format.picture_without_badge",
    Media.HTML: "format.html",
    Media.BINARY: "format.not_a_credential",
}
_NO_CREDENTIAL: Final = frozenset(
    {
        *("format.address", "format.empty", "format.html", "format.not_a_credential"),
        *("format.not_utf8", "format.open_badges_part", "format.picture_without_badge"),
        *("format.pdf_without_badge", "format.token_without_credential"),
        *("format.unknown_type", "format.xml"),
    }
)
"""What else an archive holds is counted; what was meant to be a credential is named."""


def recognise(
    original: Original, *, disclose: Disclose | None = None, open_pdf: OpenPdf | None = None
) -> tuple[Credential, ...]:
    """Return the credentials that ``original`` holds: one, or one per kind baked in a picture.

    A collection (presentation, wallet backup, list, archive, PDF with several) is one
    credential whose members are its ``embedded`` ones, each with its own bytes. An archive
    or PDF that holds one credential and nothing suspicious is that credential. The media
    type of ``original`` is decided anew from the content.

    Args:
        original: the bytes; at most ``MAX_ORIGINAL_BYTES``, a bare text 4 MiB.
        disclose: puts an SD-JWT's disclosures in place for showing; without it, or when
            it gives None, only what the payload says openly is shown.
        open_pdf: takes attachments out of a PDF; without it a PDF is refused.

    Raises:
        FormatError: it is no credential, with the code that says why.
    """
    return _Reader(disclose, open_pdf).read(original.data, Source(original))


def collection_of(
    found: Sequence[Credential], original: Original, left_out: Sequence[LeftOut] = ()
) -> Credential:
    """Return the collection that a file with several credentials is."""
    return Credential(
        id="",
        format=Format.CONTAINER,
        name=original.name.replace("\\", "/").rstrip("/").rpartition("/")[2] or "?",
        secured=Secured(Securing.NONE, {}),
        original=original,
        embedded=tuple(found),
        left_out=tuple(left_out),
    )


class _Reader:
    """Reads one original and whatever files are in it."""

    def __init__(self, disclose: Disclose | None, open_pdf: OpenPdf | None) -> None:
        self._texts = TextReader(disclose)
        self._open_pdf = open_pdf
        self._pieces_left = _MAX_PIECES

    def read(self, data: bytes, source: Source) -> tuple[Credential, ...]:
        if len(data) > MAX_ORIGINAL_BYTES:
            raise FormatError("format.too_large", {"limit": MAX_ORIGINAL_BYTES})
        if not data.strip():
            raise FormatError("format.empty")
        media = media_of(data)
        if media in _REFUSED_MEDIA:
            raise FormatError(_REFUSED_MEDIA[media])
        source = replace(source, original=replace(source.original, media_type=media.value))
        if source.depth:
            self._spend(media, data)
        if media is Media.PNG:
            return self._texts.read_baked(read_baked_png(data), source)
        if media is Media.SVG:
            return self._texts.read_baked(read_baked_svg(data), source)
        if media in (Media.PDF, Media.ZIP, Media.GZIP):
            return (self._read_carrier(media, data, source),)
        if len(data) > _MAX_TEXT_BYTES:
            raise FormatError("format.too_large", {"limit": _MAX_TEXT_BYTES})
        if media is Media.XML:
            return (read_europass_xml(data, source),)
        return (self._texts.read_text(data, source),)

    def _spend(self, media: Media, data: bytes) -> None:
        """Bound all pictures of an archive together, each of which may be harmless alone."""
        if media is Media.PNG:
            self._pieces_left -= _PIECES_IN_A_CHUNK * count_chunks(data)
        elif media in (Media.SVG, Media.XML):
            self._pieces_left -= data.count(b"<") + data.count(b"=")
        if self._pieces_left < 0:
            raise FormatError("container.entry_too_large")

    def _read_carrier(self, media: Media, data: bytes, source: Source) -> Credential:
        found, left_out = self._read_entries(self._entries(media, data), media, source)
        if not found and not left_out:
            pdf = media is Media.PDF
            raise FormatError("format.pdf_without_badge" if pdf else "container.no_credential")
        skipped_only = {one.code for one in left_out} <= {"container.others_skipped"}
        if len(found) == 1 and skipped_only:
            return found[0]
        return collection_of(found, source.original, left_out)

    def _entries(self, media: Media, data: bytes) -> Iterable[Entry | LeftOut]:
        if media is Media.ZIP:
            return badges_among(read_zip(data))
        if media is Media.GZIP:
            return (_unpacked(read_gzip(data)),)
        if self._open_pdf is None:
            raise FormatError("format.pdf")
        return self._open_pdf(data)

    def _read_entries(
        self, entries: Iterable[Entry | LeftOut], media: Media, source: Source
    ) -> tuple[list[Credential], list[LeftOut]]:
        found: list[Credential] = []
        left_out: list[LeftOut] = []
        skipped = 0
        carrier = {Media.ZIP: "zip", Media.GZIP: "gzip"}.get(media, "pdf")
        for entry in entries:
            if isinstance(entry, LeftOut):
                left_out.append(entry)
                continue
            try:
                found.extend(
                    self._read_entry(entry, source.inside(f"{carrier}/{entry.name}"), source)
                )
            except FormatError as error:
                if error.code in _NO_CREDENTIAL:
                    skipped += 1
                else:
                    left_out.append(LeftOut(entry.name, error.code, error.params))
        if skipped and (found or left_out):
            left_out.append(LeftOut("", "container.others_skipped", {"count": skipped}))
        return found, left_out

    def _read_entry(self, entry: Entry, place: str, source: Source) -> tuple[Credential, ...]:
        original = Original(entry.data, "", source.original.name)
        inner = Source(original, container=place, depth=source.depth + 1)
        return self.read(entry.data, inner)


def _unpacked(data: bytes) -> Entry | LeftOut:
    nested = media_of(data) in (Media.ZIP, Media.GZIP, Media.ARCHIVE)
    return LeftOut("", "container.entry_nested") if nested else Entry("", data)
