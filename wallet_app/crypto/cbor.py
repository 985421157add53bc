"""CBOR as proof values use it: numbers, octets, texts, arrays and maps, and no tags.

Source: RFC 8949 section 3. A tag asks the reader to make something of the data: a decimal
number with a million digits, a regular expression, a reference to an earlier part. No proof
value uses one, and some cost a few characters to write and many seconds to read.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Final, NoReturn

from cbor2 import CBORDecodeError, CBORDecoder

__all__ = ["decode_cbor"]


def decode_cbor(data: bytes, *, max_depth: int) -> object:
    """Return the one value that ``data`` holds: int, float, bytes, str, list, dict, bool, None.

    Args:
        data: already bounded in size.
        max_depth: containers within each other. Keep it below the depth at which a key of a
            map could be an array: the hashes of tuples are known, and keys made to share one
            cost the square of their number.

    Raises:
        ValueError: no such value: a tag, an indefinite length, a key twice, or bytes left over.
    """
    stream = BytesIO(data)
    try:
        value: object = CBORDecoder(
            stream,
            tag_hook=_refuse,
            semantic_decoders=_EVERY_TAG,
            max_depth=max_depth,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        ).decode()
    except (CBORDecodeError, TypeError) as error:
        raise ValueError(str(error)) from error
    if stream.read(1):
        raise ValueError("bytes after the value")
    return value


def _refuse(_content: object, _immutable: object) -> NoReturn:
    raise CBORDecodeError("a tag")


class _EveryTag(dict[int, Callable[[object, bool], object]]):
    """The refusal for each tag that the library would read, whichever those are."""

    def __missing__(self, _tag: int) -> Callable[[object, bool], object]:
        return _refuse


_EVERY_TAG: Final = _EveryTag()
