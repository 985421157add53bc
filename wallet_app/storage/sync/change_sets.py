r"""One encrypted file of changes: a partial archive as backups have it, sealed and named.

    coffre-changes 1\n | nonce (12 bytes) | AES-256-GCM(head length | head | archive length
    | archive | zeros)

The key of each file is made by HKDF-SHA256 from the group's key and the file's name; format,
group and name are its additional data. Zeros bring the length to one of few (Padmé, Nikitin
and others 2019), so that a size tells little of what was done.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wallet_app.errors import UserError
from wallet_app.storage.archive import pack, unpack
from wallet_app.storage.contents import Contents
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.sync.keys import SyncKey
from wallet_app.storage.times import stored_time, time_text

__all__ = ["MAX_SET_BYTES", "ChangeSet", "open_set", "seal_set"]

MAX_SET_BYTES: Final = 256 * 1024 * 1024
"""What is read at most. Sets are cut at a tenth of it; one huge credential is never cut."""

_MAGIC: Final = b"coffre-changes 1\n"
_FAMILY: Final = b"coffre-changes "
_NONCE_BYTES: Final = 12
_LENGTH_BYTES: Final = 8
_MAX_HEAD: Final = 4096
_MAX_LABEL: Final = 80


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one file says.

    Attributes:
        label: how the computer that wrote it is called. made_at: by its clock.
        contents: partial: it may name what came in other files.
        digest: SHA-256 of the archive, to tell it when it comes again.
    """

    label: str
    made_at: datetime
    contents: Contents
    digest: str = ""


def seal_set(
    name: str, key: SyncKey, changes: ChangeSet, randomness: Randomness = system_randomness
) -> bytes:
    """Return the file of that name; only under that name does it open.

    Raises:
        UserError: ``backup.too_large``.
    """
    head = json.dumps(
        {"label": changes.label[:_MAX_LABEL], "made_at": time_text(changes.made_at)}
    ).encode("ascii")
    archive = pack(changes.contents, changes.made_at)
    plain = b"".join(
        (len(head).to_bytes(_LENGTH_BYTES, "big"), head,
         len(archive).to_bytes(_LENGTH_BYTES, "big"), archive)
    )  # fmt: skip
    padded = plain + bytes(_padded_length(len(plain)) - len(plain))
    nonce = randomness(_NONCE_BYTES)
    return _MAGIC + nonce + _cipher(name, key).encrypt(nonce, padded, _bound(name, key))


def open_set(name: str, key: SyncKey, file: bytes) -> ChangeSet:
    """Return what a file says, every hash and row in it checked.

    Raises:
        UserError: ``sync.newer_version``; ``sync.foreign`` for what is no such file;
            ``sync.not_whole`` for one of another group, cut short, altered or renamed;
            ``backup.…`` for what a member has written and nobody should.
    """
    if not file.startswith(_MAGIC):
        raise UserError("sync.newer_version" if file.startswith(_FAMILY) else "sync.foreign")
    nonce = file[len(_MAGIC) : len(_MAGIC) + _NONCE_BYTES]
    try:
        plain = _cipher(name, key).decrypt(
            nonce, file[len(_MAGIC) + _NONCE_BYTES :], _bound(name, key)
        )
    except (InvalidTag, ValueError) as error:
        raise UserError("sync.not_whole", {"name": name}) from error
    head, rest = _split(plain)
    archive, _ = _split(rest)
    label, made_at = _read_head(head)
    _, contents = unpack(archive, partial=True)
    return ChangeSet(label, made_at, contents, sha256(archive).hexdigest())


def _cipher(name: str, key: SyncKey) -> AESGCM:
    kdf = HKDF(SHA256(), 32, key.group.encode("ascii"), b"coffre changes 1 " + name.encode("utf-8"))
    return AESGCM(kdf.derive(key.secret.buffer()))


def _bound(name: str, key: SyncKey) -> bytes:
    return b"".join((_MAGIC, key.group.encode("ascii"), b"\n", name.encode("utf-8")))


def _split(data: bytes) -> tuple[bytes, bytes]:
    size = int.from_bytes(data[:_LENGTH_BYTES], "big")
    if size > len(data) - _LENGTH_BYTES:
        raise UserError("sync.foreign")
    return data[_LENGTH_BYTES : _LENGTH_BYTES + size], data[_LENGTH_BYTES + size :]


def _read_head(head: bytes) -> tuple[str, datetime]:
    if len(head) > _MAX_HEAD:
        raise UserError("sync.foreign")
    try:
        document = json.loads(head)
        label, made_at = document["label"], stored_time(document["made_at"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError("sync.foreign") from error
    if not isinstance(label, str) or made_at.tzinfo is None:
        raise UserError("sync.foreign")
    return label[:_MAX_LABEL], made_at


def _padded_length(size: int) -> int:
    """Return the next length of which at most log log of its bits tell anything (Padmé)."""
    exponent = max(size, 2).bit_length() - 1
    shown = exponent.bit_length()
    mask = (1 << max(exponent - shown, 0)) - 1
    return (size + mask) & ~mask
