"""From bytes to what they say: the one way in for every file, page, paste and picture.

Order of calls: kind of content, unbaking, strict parsing, family, one Credential model.
Nothing is verified and nothing is fetched.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from wallet_app.credentials import families
from wallet_app.credentials.baked_png import read_baked_png
from wallet_app.credentials.baked_svg import read_baked_svg
from wallet_app.credentials.baked_text import BakedText
from wallet_app.credentials.compact_token import looks_like_token, parse_token
from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import clr_2, open_badges_2, presentation, tolerant
from wallet_app.credentials.formats.europass_xml import read_europass_xml
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.media import Media, media_of
from wallet_app.credentials.model import Credential, Format, JsonObject, JsonValue, Original
from wallet_app.credentials.strict_json import DEFAULT_LIMITS, parse_json

__all__ = ["MAX_ORIGINAL_BYTES", "Disclose", "recognise"]

MAX_ORIGINAL_BYTES: Final = 20 * 1024 * 1024
"""Largest file that is read at all: a picture."""

_MAX_TEXT_BYTES: Final = DEFAULT_LIMITS.size_bytes

Disclose = Callable[[str], JsonObject | None]
"""Gives an SD-JWT's payload with its disclosures in place, or None when they do not fit."""

_REFUSED_MEDIA: Final = {
    Media.PDF: "format.pdf",
    Media.ARCHIVE: "format.archive",
    Media.PICTURE: "format.picture_without_badge",
    Media.HTML: "format.html",
    Media.BINARY: "format.not_a_credential",
}
_MAX_ADDRESS: Final = 8_192
_MAX_NESTING: Final = 4
_MAX_MEMBERS: Final = 1_000


def recognise(original: Original, *, disclose: Disclose | None = None) -> tuple[Credential, ...]:
    """Return the credentials that ``original`` holds: one, or one per kind baked in a picture.

    A container (presentation, CLR, wallet backup, list) is one credential whose members
    are its ``embedded`` ones, each with its own bytes. The media type of ``original`` is
    decided anew from the content.

    Args:
        original: the bytes; at most ``MAX_ORIGINAL_BYTES``, a bare text 4 MiB.
        disclose: puts an SD-JWT's disclosures in place for showing; without it, or when
            it gives None, only what the payload says openly is shown.

    Raises:
        FormatError: it is no credential, with the code that says why.
    """
    data = original.data
    if len(data) > MAX_ORIGINAL_BYTES:
        raise FormatError("format.too_large", {"limit": MAX_ORIGINAL_BYTES})
    if not data.strip():
        raise FormatError("format.empty")
    media = media_of(data)
    if media in _REFUSED_MEDIA:
        raise FormatError(_REFUSED_MEDIA[media])
    if media not in (Media.PNG, Media.SVG) and len(data) > _MAX_TEXT_BYTES:
        raise FormatError("format.too_large", {"limit": _MAX_TEXT_BYTES})
    source = Source(replace(original, media_type=media.value))
    reader = _Reader(disclose)
    if media is Media.PNG:
        return reader.read_baked(read_baked_png(data), source)
    if media is Media.SVG:
        return reader.read_baked(read_baked_svg(data), source)
    if media is Media.XML:
        return (read_europass_xml(data, source),)
    return (reader.read_text(data, source),)


class _Reader:
    """Reads one original; counts the members of all its containers."""

    def __init__(self, disclose: Disclose | None) -> None:
        self._disclose = disclose
        self._members = 0

    def read_baked(self, texts: Iterable[BakedText], source: Source) -> tuple[Credential, ...]:
        return tuple(
            self._read_baked_text(
                baked, replace(source, container=baked.container, warnings=baked.warnings)
            )
            for baked in texts
        )

    def _read_baked_text(self, baked: BakedText, source: Source) -> Credential:
        if _is_address(baked.text):
            return open_badges_2.build_reference(baked.text, source)
        try:
            return self.read_text(baked.text, source)
        except FormatError:
            if not baked.address:
                raise
            # The address decides for a hosted badge; an unusable copy beside it does not.
            return open_badges_2.build_reference(
                baked.address, source.warned("bake.body_unreadable")
            )

    def read_text(self, data: bytes | str, source: Source) -> Credential:
        text = _decode(data)
        if looks_like_token(text):
            return self._read_token(text, source)
        if _is_address(text):
            raise FormatError("format.address", {"url": text[:500]})
        if text[:1] not in ("{", "[", '"'):
            raise FormatError(_name_of_text(text))
        return self._read_value(parse_json(text), source)

    def _read_value(self, value: JsonValue, source: Source) -> Credential:
        if isinstance(value, Mapping):
            return self._read_document(value, source)
        if isinstance(value, str):
            if looks_like_token(value):
                return self._read_token(value, source)
            raise FormatError("format.not_a_credential")
        if not isinstance(value, list | tuple) or not value:
            raise FormatError("format.not_a_credential")
        if len(value) == 1:
            return self._read_value(value[0], source)
        listed = presentation.build_list({"contents": value}, "List", source)
        return self._with_members(listed, value, source)

    def _read_document(self, document: JsonObject, source: Source) -> Credential:
        if "EnvelopedVerifiableCredential" in tolerant.texts(document.get("type")):
            return self._read_envelope(document, source)
        return self._open_container(families.build(document, source), source)

    def _read_envelope(self, document: JsonObject, source: Source) -> Credential:
        if source.depth >= _MAX_NESTING:
            raise FormatError("format.nested_too_deep")
        enveloped = decode_data_url(tolerant.text(document.get("id")))
        return self.read_text(enveloped.data, replace(source, depth=source.depth + 1))

    def _read_token(self, text: str, source: Source) -> Credential:
        token = parse_token(text)
        source = replace(source, token=text, selective=token.selective, claims=token.payload)
        shown = token.payload
        if token.selective:
            disclosed = self._disclose(text) if self._disclose else None
            shown = token.payload if disclosed is None else disclosed
            if disclosed is None:
                source = source.warned("sd_jwt.disclosures_not_shown")
        claim = _credential_claim(token.payload)
        source = replace(source, shown=_inside(shown, claim))
        signed = _inside(token.payload, claim)
        if claim == "vc":
            credential = families.build_from_vc_claim(signed, source)
        elif claim == "vp":
            credential = presentation.build(signed, source)
        else:
            credential = families.build_from_claims(signed, source, token.header)
        return self._open_container(credential, source)

    def _open_container(self, credential: Credential, source: Source) -> Credential:
        document = source.shown or credential.raw
        if credential.format is Format.CLR_2:
            return self._with_members(credential, clr_2.members(document), source)
        if credential.format is not Format.PRESENTATION:
            return credential
        if "contents" in document:
            return self._with_members(credential, presentation.wallet_members(document), source)
        return self._with_members(credential, presentation.members(document), source)

    def _with_members(
        self, outer: Credential, members: Iterable[JsonValue], source: Source
    ) -> Credential:
        if source.depth >= _MAX_NESTING:
            return replace(outer, warnings=(*outer.warnings, "container.too_deep"))
        found: list[Credential] = []
        warnings: list[str] = []
        for number, member in enumerate(members):
            self._members += 1
            if self._members > _MAX_MEMBERS:
                warnings.append("container.too_many_members")
                break
            try:
                found.append(self._read_value(member, _member_source(member, number, source)))
            except FormatError:
                warnings.append("container.member_unreadable")
        codes = tuple(dict.fromkeys((*outer.warnings, *warnings)))
        return replace(outer, embedded=tuple(found), warnings=codes)


def _member_source(member: JsonValue, number: int, source: Source) -> Source:
    # The member's own bytes: a token as it is, an object in one fixed spelling.
    text = member if isinstance(member, str) else json.dumps(member, ensure_ascii=False)
    media = Media.TOKEN if isinstance(member, str) else Media.JSON
    original = Original(text.encode(), media.value, source.original.name)
    container = source.inside(f"member[{number}]")
    return Source(original, container=container, depth=source.depth + 1)


def _credential_claim(payload: JsonObject) -> str:
    """Return the claim that holds the credential, or "" when the payload is one itself."""
    if "@context" in payload or "type" in payload:
        return ""
    claims = (claim for claim in ("vc", "vp") if isinstance(payload.get(claim), Mapping))
    return next(claims, "")


def _inside(payload: JsonObject, claim: str) -> JsonObject:
    inner = payload.get(claim)
    return inner if isinstance(inner, Mapping) else payload


def _decode(data: bytes | str) -> str:
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise FormatError("format.not_utf8") from error
    return text.removeprefix("\ufeff").strip(" \t\r\n")


def _is_address(text: str) -> bool:
    is_web = text[:8].lower().startswith(("http://", "https://"))
    return is_web and len(text) <= _MAX_ADDRESS and len(text.split()) == 1


def _name_of_text(text: str) -> str:
    # COSE_Sign1, tag 18, as hex or base64 text (VC-JOSE-COSE section 3.3).
    return "format.cose" if text.startswith(("0oR", "d284")) else "format.not_a_credential"
