"""From a recovery code to an age X25519 identity, as the stock ``age`` tool takes it.

Rule: age-encryption.org/v1 (C2SP age.md), "The X25519 recipient type": 32 bytes in Bech32
(BIP 173), ``AGE-SECRET-KEY-1…`` in capitals. The identity comes from the code by HKDF under
a label of its own: whoever reads a backup place and finds it has not found the vault's key,
nor the code.
"""

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wallet_app.crypto.recovery_code import RecoveryCode
from wallet_app.crypto.secret import Secret

__all__ = ["identity_of_code"]

_LABEL: Final = b"coffre recovery code: age identity v1"
_KEY_BYTES: Final = 32
_SECRET_PREFIX: Final = "age-secret-key-"  # noqa: S105 - what every identity begins with
_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_WORDS: Final = 6


def identity_of_code(code: RecoveryCode) -> Secret:
    """Return ``AGE-SECRET-KEY-1…`` as ASCII; the same code always gives the same identity."""
    return Secret(_bech32(_SECRET_PREFIX, _key_of(code)).upper().encode("ascii"))


def _key_of(code: RecoveryCode) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_LABEL)
    return hkdf.derive(bytes(code.secret.buffer()))


def _bech32(prefix: str, data: bytes) -> str:
    words = _five_bits_each(data)
    total = _polymod([*_expanded(prefix), *words, *[0] * _CHECK_WORDS]) ^ 1
    check = [total >> 5 * (_CHECK_WORDS - 1 - place) & 31 for place in range(_CHECK_WORDS)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in (*words, *check))


def _expanded(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(words: list[int]) -> int:
    total = 1
    for word in words:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ word
        for place, part in enumerate(_GENERATOR):
            total ^= part if top >> place & 1 else 0
    return total


def _five_bits_each(data: bytes) -> list[int]:
    count = (len(data) * 8 + 4) // 5
    number = int.from_bytes(data, "big") << count * 5 - len(data) * 8
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]
