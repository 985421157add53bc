"""Saving a copy of a badge: the original bytes, readable JSON, or a picture that carries it.

The original is the proof and is never rewritten. Everything else is a new file made by
Coffre; a picture baked here carries the very text that was signed.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.baking import bake_png, bake_svg, baking_keyword
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.media import Media
from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.errors import UserError
from wallet_app.wording import Words

__all__ = [
    "ExportedFile",
    "export_json",
    "export_original",
    "export_png",
    "export_svg",
    "original_suffix",
    "suggested_name",
]

_SUFFIXES: Final = {
    Media.PNG: ".png",
    Media.SVG: ".svg",
    Media.JSON: ".json",
    Media.TOKEN: ".jwt",
    Media.PDF: ".pdf",
    Media.ZIP: ".zip",
}
_MAX_NAME_CHARS: Final = 80
_MAX_NAME_BYTES: Final = 200
"""With its suffix. Most file systems hold 255 bytes, and other programs add to a name."""
_NOT_IN_NAMES: Final = re.compile(r"[^\w .,()+&\u2019'-]+")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_REFERENCE_MEMBERS: Final = frozenset({"id", "verify"})


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file ready to be written. ``made_by_coffre`` is False for the original bytes."""

    name: str
    media_type: str
    data: bytes
    made_by_coffre: bool = True


def export_original(credential: Credential) -> ExportedFile:
    """Return the stored bytes unchanged; their SHA-256 is the badge's own."""
    original = credential.original
    name = suggested_name(credential.name, original_suffix(original.media_type))
    return ExportedFile(name, original.media_type, original.data, made_by_coffre=False)


def original_suffix(media_type: str) -> str:
    """Return the file suffix of original bytes of that type, with its dot."""
    return next((suffix for media, suffix in _SUFFIXES.items() if media == media_type), ".txt")


def export_json(credential: Credential, words: Words) -> ExportedFile:
    """Return the credential as readable JSON.

    A file that is JSON already comes back byte for byte. What was signed as a token is
    decoded under a member that says so, beside the token, which alone is the proof.
    """
    name = suggested_name(credential.name, ".json")
    original = credential.original
    if original.media_type == Media.JSON and not credential.container:
        return ExportedFile(name, Media.JSON, original.data, made_by_coffre=False)
    document: JsonObject = credential.raw
    if credential.secured.token:
        document = {
            "note": words.text("export.json.decoded"),
            "decoded": credential.raw,
            "token": credential.secured.token,
        }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return ExportedFile(name, Media.JSON, f"{text}\n".encode())


def export_png(credential: Credential, picture: bytes = b"") -> ExportedFile:
    """Return a PNG that carries the badge.

    Args:
        credential: a badge that came as a baked PNG comes back unchanged.
        picture: the issuer's picture, PNG or JPEG. Absent or refused, one is drawn from
            the fingerprint, which loads Qt.

    Raises:
        UserError: ``export.nothing_to_bake`` or ``export.picture_damaged`` with ``name``.
    """
    original = credential.original
    if original.media_type == Media.PNG:
        return export_original(credential)
    text = _signed_text(credential)
    # Qt is loaded only when a picture is really drawn.
    from wallet_app.drawing.picture_files import badge_art_png, picture_as_png  # noqa: PLC0415

    drawing = picture_as_png(picture) or badge_art_png(original.sha256)
    try:
        data = bake_png(drawing, text, baking_keyword(credential))
    except FormatError as error:
        raise UserError("export.picture_damaged", {"name": credential.name}) from error
    return ExportedFile(suggested_name(credential.name, ".png"), Media.PNG, data)


def export_svg(credential: Credential) -> ExportedFile:
    """Return an SVG that carries the badge, in a picture drawn from its fingerprint.

    A badge that came as a baked SVG comes back unchanged. An issuer's SVG that carries no
    badge is never passed on: it may load or run anything on the reader's side.

    Raises:
        UserError: ``export.nothing_to_bake`` or ``export.picture_damaged`` with ``name``.
    """
    if credential.original.media_type == Media.SVG:
        return export_original(credential)
    text = _signed_text(credential)
    from wallet_app.drawing.picture_files import badge_art_svg  # noqa: PLC0415 - see above

    drawing = badge_art_svg(credential.original.sha256)
    try:
        data = bake_svg(drawing, text, baking_keyword(credential))
    except FormatError as error:
        raise UserError("export.picture_damaged", {"name": credential.name}) from error
    return ExportedFile(suggested_name(credential.name, ".svg"), Media.SVG, data)


def suggested_name(name: str, suffix: str) -> str:
    """Return a file name that every system accepts, made from a badge's name."""
    plain = unicodedata.normalize("NFC", name)
    words = " ".join(_NOT_IN_NAMES.sub(" ", plain).split())
    room = _MAX_NAME_BYTES - len(f"badge {suffix}".encode())
    stem = words[:_MAX_NAME_CHARS].encode()[:room].decode(errors="ignore").strip(" .-")
    if not stem or _RESERVED.match(stem):
        stem = f"badge {stem}".strip()
    return stem + suffix


def _signed_text(credential: Credential) -> str:
    """Return what is put into a picture: the token, or the JSON that was signed."""
    secured = credential.secured
    if secured.token:
        return secured.token
    if set(secured.document) <= _REFERENCE_MEMBERS:
        raise UserError("export.nothing_to_bake", {"name": credential.name})
    original = credential.original
    if original.media_type == Media.JSON and not credential.container:
        return original.data.decode("utf-8-sig").strip()
    return json.dumps(secured.document, ensure_ascii=False, separators=(",", ":"))
