"""Opening what another wallet locked with a password: Argon2id, then AES-256-GCM.

Read-only: Coffre never writes this form. Parameters come with each envelope and are bounded
before any memory is taken. Layout: a JSON object with ``ciphertext`` (tag at its end),
``iv`` (12 bytes) and ``salt`` in base64, and ``kdfParams``; no additional data. The password
is its UTF-8 bytes.

Source: learningeconomy/LearnCard, ``packages/sss-key-manager/src/crypto.ts``.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost, derive_key
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["open_envelope"]

_LIMITS: Final = JsonLimits(size_bytes=25 * 1024 * 1024, depth=4, nodes=64)
_IV_BYTES: Final = 12
_SALT_BYTES: Final = range(8, 64 + 1)
_MAX_COST: Final = KdfCost(t=6, m_kib=256 * 1024, p=16)
"""Each of thousands of entries is derived anew: less than one header may ask for."""


def open_envelope(data: bytes, password: Secret) -> bytes:
    """Return what an envelope holds.

    Raises:
        UserError: ``wallet.wrong_password``.
        FormatError: ``wallet.envelope_malformed`` (no envelope, or one that costs too much).
        EnvironmentFault: ``vault.out_of_memory``.
    """
    try:
        envelope = parse_object(data, _LIMITS)
        sealed, iv, salt = (_decoded(envelope, name) for name in ("ciphertext", "iv", "salt"))
        cost = _cost(envelope)
    except (FormatError, ValueError) as error:
        raise FormatError("wallet.envelope_malformed") from error
    if len(iv) != _IV_BYTES or len(salt) not in _SALT_BYTES:
        raise FormatError("wallet.envelope_malformed")
    with derive_key(password, salt, cost) as key:
        try:
            return AESGCM(bytes(key.buffer())).decrypt(iv, sealed, None)
        except InvalidTag as error:
            raise UserError("wallet.wrong_password") from error


def _decoded(envelope: JsonObject, name: str) -> bytes:
    value = envelope.get(name)
    text = value if isinstance(value, str) else "no text"
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(name) from error


def _cost(envelope: JsonObject) -> KdfCost:
    params = envelope.get("kdfParams")
    if params is None:
        # Its reader takes the same three when an envelope names none.
        return DEFAULT_COST
    if not isinstance(params, Mapping) or params.get("algorithm") != "argon2id":
        raise ValueError("algorithm")
    values = [params.get(name) for name in ("timeCost", "memoryCost", "parallelism")]
    whole = [value for value in values if type(value) is int]
    if len(whole) != len(values):
        raise ValueError("cost")
    cost = KdfCost(*whole)
    if cost.t > _MAX_COST.t or cost.m_kib > _MAX_COST.m_kib:
        raise ValueError("cost")
    return cost
