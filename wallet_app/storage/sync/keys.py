"""The key that the computers of one person share, and the code that hands it on.

The key lies in the place as an age file under the pairing code, which is drawn, never
chosen: whoever keeps the place may try codes for ever, so it has 120 random bits.
"""

import json
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.age_archive import seal, unseal
from wallet_app.storage.randomness import Randomness, system_randomness

__all__ = [
    "KEY_NAME",
    "MAX_KEY_FILE_BYTES",
    "SyncKey",
    "new_code",
    "new_key",
    "open_key",
    "read_code",
    "seal_key",
]

KEY_NAME: Final = "key.age"
MAX_KEY_FILE_BYTES: Final = 16 * 1024

_FORMAT: Final = "coffre-sync-key"
_VERSION: Final = 1
_KEY_BYTES: Final = 32
_GROUP: Final = re.compile(r"[0-9a-f]{32}")
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
_DRAWN: Final = 24
_GROUP_CHARS: Final = 5
_LABEL: Final = b"coffre pairing code check v1"


@dataclass(frozen=True, slots=True)
class SyncKey:
    """The 32-byte key of one group of computers, and the group's public name (32 hex digits)."""

    group: str
    secret: Secret


def new_key(randomness: Randomness = system_randomness) -> SyncKey:
    """Return the key of a new group."""
    return SyncKey(randomness(16).hex(), Secret(randomness(_KEY_BYTES)))


def new_code(randomness: Randomness = system_randomness) -> Secret:
    """Return a pairing code as it is shown: five groups of five letters and digits."""
    number = int.from_bytes(randomness(_DRAWN * 5 // 8), "big")
    drawn = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_DRAWN))
    return Secret(_grouped(drawn + _check_of(drawn)).encode("ascii"))


def read_code(typed: str) -> Secret:
    """Return the code that a person typed, as it is shown.

    Case, spaces and hyphens do not count; letters that look like digits are read as those.

    Raises:
        UserError: ``sync.code_length``, ``sync.code_mistyped``; never with the code.
    """
    text = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper()
    text = text.translate(str.maketrans("OIL", "011"))
    if len(text) != _DRAWN + 1:
        raise UserError("sync.code_length")
    if not set(text) <= set(_LETTERS) or _check_of(text[:-1]) != text[-1]:
        raise UserError("sync.code_mistyped")
    return Secret(_grouped(text).encode("ascii"))


def seal_key(key: SyncKey, code: Secret) -> bytes:
    """Return the key file under a code that ``new_code`` drew. Takes seconds."""
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "group": key.group,
        "key": b64encode(bytes(key.secret.buffer())).decode("ascii"),
    }
    return seal(json.dumps(document, indent=1).encode("ascii"), code)


def open_key(file: bytes, code: Secret) -> SyncKey:
    """Return the key in a key file. Takes seconds.

    Only somebody who knows the code can have made a file that it opens: a key that the
    keeper of the place puts there in its stead is refused.

    Raises:
        UserError: ``sync.wrong_code``, ``sync.key_damaged``, ``sync.newer_version``.
    """
    try:
        text = unseal(file, code)
    except UserError as error:
        wrong = error.code == "backup.wrong_passphrase"
        raise UserError("sync.wrong_code" if wrong else "sync.key_damaged") from error
    try:
        document = json.loads(text)
        version, group = document["version"], document["group"]
        data = b64decode(document["key"], validate=True)
        ours = document["format"] == _FORMAT
    except (ValueError, KeyError, TypeError, RecursionError, Base64Error) as error:
        raise UserError("sync.key_damaged") from error
    if ours and type(version) is int and version > _VERSION:
        raise UserError("sync.newer_version")
    if not ours or len(data) != _KEY_BYTES or not _GROUP.fullmatch(str(group)):
        raise UserError("sync.key_damaged")
    return SyncKey(str(group), Secret(data))


def _check_of(drawn: str) -> str:
    return _LETTERS[sha256(_LABEL + drawn.encode("ascii")).digest()[0] & 31]


def _grouped(text: str) -> str:
    return "-".join(
        text[start : start + _GROUP_CHARS] for start in range(0, len(text), _GROUP_CHARS)
    )
