"""From a text to the credential it is, the members of collections included.

The text is a file's, a picture's or a member's: JSON, a compact token, or in a picture the
address of a hosted badge. Nothing is verified and nothing is fetched.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from wallet_app.credentials import families
from wallet_app.credentials.baked_text import BakedText
from wallet_app.credentials.compact_token import looks_like_token, parse_token
from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import clr_2, open_badges_2, presentation, tolerant
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.media import Media
from wallet_app.credentials.model import (
    Credential,
    Format,
    JsonObject,
    JsonValue,
    LeftOut,
    Original,
)
from wallet_app.credentials.strict_json import parse_json

__all__ = ["Disclose", "TextReader", "member_original"]

Disclose = Callable[[str], JsonObject | None]
"""Gives an SD-JWT's payload with its disclosures in place, or None when they do not fit."""

_MAX_ADDRESS: Final = 8_192
_MAX_NESTING: Final = 4
_MAX_MEMBERS: Final = 1_000


class TextReader:
    """Reads the texts of one original; counts the members of all its collections."""

    def __init__(self, disclose: Disclose | None) -> None:
        """Take what puts the disclosures of an SD-JWT in their places, if anything does."""
        self._disclose = disclose
        self._members = 0

    def read_baked(self, texts: Iterable[BakedText], source: Source) -> tuple[Credential, ...]:
        """Return the credentials of a picture, each judged alone.

        The picture is the original of the first. Two credentials cannot have one identity:
        the original of any other is its own text.

        Raises:
            FormatError: as ``read_text``, for the first text that cannot be read.
        """
        found: list[Credential] = []
        for baked in texts:
            original = source.original if not found else _own_text(baked.text, source)
            place = replace(
                source,
                original=original,
                container=source.inside(baked.container),
                warnings=baked.warnings,
            )
            found.append(self._read_baked_text(baked, place))
        return tuple(found)

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
        """Return the one credential that a text is.

        Raises:
            FormatError: it is none, with the code that says why.
        """
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
            wallet = presentation.wallet_contents(document)
            left_out = presentation.left_out_of_wallet(wallet)
            credential = replace(credential, left_out=left_out)
            return self._with_members(credential, wallet.credentials, source)
        return self._with_members(credential, presentation.members(document), source)

    def _with_members(
        self, outer: Credential, members: Iterable[JsonValue], source: Source
    ) -> Credential:
        if source.depth >= _MAX_NESTING:
            return replace(outer, warnings=(*outer.warnings, "container.too_deep"))
        found: list[Credential] = []
        left_out = list(outer.left_out)
        warnings: list[str] = []
        for number, member in enumerate(members):
            self._members += 1
            if self._members > _MAX_MEMBERS:
                warnings.append("container.too_many_members")
                break
            place = _member_source(member, number, source)
            try:
                found.append(self._read_value(member, place))
            except FormatError as error:
                warnings.append("container.member_unreadable")
                left_out.append(LeftOut(place.container, error.code, error.params))
        codes = tuple(dict.fromkeys((*outer.warnings, *warnings)))
        return replace(outer, embedded=tuple(found), warnings=codes, left_out=tuple(left_out))


def _own_text(text: str, source: Source) -> Original:
    media = Media.TOKEN if looks_like_token(text) else Media.JSON
    return Original(text.encode(), media.value, source.original.name)


def member_original(member: JsonValue, name: str) -> Original:
    """Return a member's own bytes: a token as it is, an object in one fixed spelling."""
    text = member if isinstance(member, str) else json.dumps(member, ensure_ascii=False)
    media = Media.TOKEN if isinstance(member, str) else Media.JSON
    return Original(text.encode(), media.value, name)


def _member_source(member: JsonValue, number: int, source: Source) -> Source:
    original = member_original(member, source.original.name)
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
