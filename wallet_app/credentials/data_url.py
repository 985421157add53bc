"""``data:`` URLs: bytes carried inside an address.

Source: RFC 2397.
"""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from wallet_app.credentials.errors import FormatError

__all__ = ["MAX_EMBEDDED_BYTES", "EmbeddedData", "decode_data_url"]

MAX_EMBEDDED_BYTES: Final = 8 * 1024 * 1024
"""Largest picture or token that is taken out of an address."""

_PIECE_CHARS: Final = 64 * 1024
_WHITE_SPACE: Final = b" \t\n\r\v\f"


@dataclass(frozen=True, slots=True)
class EmbeddedData:
    """What a ``data:`` URL carries; ``media_type`` is lower case, without parameters."""

    media_type: str
    data: bytes


def decode_data_url(address: str) -> EmbeddedData:
    """Return what a ``data:`` URL carries.

    Raises:
        FormatError: ``format.data_url`` when it is malformed or over the size limit.
    """
    header, comma, body = address.partition(",")
    if header[:5].lower() != "data:" or not comma or len(body) > 3 * MAX_EMBEDDED_BYTES:
        raise FormatError("format.data_url")
    parameters = [part.strip().lower() for part in header[5:].split(";")]
    data = _decode(body, in_base64=parameters[-1] == "base64")
    if len(data) > MAX_EMBEDDED_BYTES:
        raise FormatError("format.data_url")
    return EmbeddedData(parameters[0] or "text/plain", data)


def _decode(body: str, *, in_base64: bool) -> bytes:
    try:
        data = b"".join(map(unquote_to_bytes, _pieces(body)))
        # Issuers break long values into lines; white space carries nothing.
        return b64decode(data.translate(None, _WHITE_SPACE), validate=True) if in_base64 else data
    except ValueError as error:
        raise FormatError("format.data_url") from error


def _pieces(body: str) -> Iterator[str]:
    """Yield ``body`` in pieces that cut no escape: decoding needs 80 times the memory."""
    start = 0
    while start < len(body):
        end = start + _PIECE_CHARS
        escape = body.find("%", end - 2, end)
        if escape >= 0 and end < len(body):
            end = escape
        yield body[start:end]
        start = end
