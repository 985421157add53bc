"""One page of a SQLCipher 4 database decrypted by itself, without the rest of the file.

For saving what can be read of a damaged vault: the library gives up a whole table where one
page is bad. Format: ``zetetic.net/sqlcipher/design``; AES-256-CBC, then HMAC-SHA512 over
ciphertext, nonce and page number; both lie in the reserved end of the page.
"""

import hmac
from hashlib import pbkdf2_hmac
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wallet_app.crypto.secret import Secret

__all__ = ["PAGE_BYTES", "SALT_BYTES", "USABLE_BYTES", "PageReader"]

PAGE_BYTES: Final = 4096
SALT_BYTES: Final = 16
_IV_BYTES: Final = 16
_MAC_BYTES: Final = 64
USABLE_BYTES: Final = PAGE_BYTES - _IV_BYTES - _MAC_BYTES
_MAC_SALT_MASK: Final = 0x3A
_FAST_ITERATIONS: Final = 2
_PLAIN_MARK: Final = b"SQLite format 3\x00"


class PageReader:
    """Decrypts the pages of one database with its raw 32-byte key and its salt."""

    def __init__(self, key: Secret, salt: bytes) -> None:
        """Derive the key of the page hashes; ``salt`` is the first 16 bytes of the file."""
        self._key = key
        mask = bytes(byte ^ _MAC_SALT_MASK for byte in salt)
        self._mac_key = pbkdf2_hmac("sha512", key.buffer(), mask, _FAST_ITERATIONS, 32)

    def read(self, number: int, page: bytes) -> bytes | None:
        """Return the plain page of that number (from 1), or None when it is not what it was."""
        if len(page) != PAGE_BYTES:
            return None
        start = SALT_BYTES if number == 1 else 0
        sealed, tag = page[start:-_MAC_BYTES], page[-_MAC_BYTES:]
        stated = hmac.new(self._mac_key, sealed + number.to_bytes(4, "little"), "sha512").digest()
        if not hmac.compare_digest(stated, tag):
            return None
        iv = page[USABLE_BYTES : USABLE_BYTES + _IV_BYTES]
        cipher = Cipher(algorithms.AES(self._key.buffer()), modes.CBC(iv)).decryptor()
        plain = cipher.update(page[start:USABLE_BYTES]) + cipher.finalize()
        return (_PLAIN_MARK if number == 1 else b"") + plain
