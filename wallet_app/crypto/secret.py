"""A secret in memory: a passphrase or a key that must not leak by accident.

It cannot be printed, pickled, copied or hashed, compares in constant time and can be
overwritten. It does not protect against someone who reads this process's memory: see the
promise and its limits in ``docs/vault.md``.
"""

import unicodedata
from hmac import compare_digest
from typing import Final, NoReturn, Self

from wallet_app.errors import UserError

__all__ = ["MAX_SECRET_BYTES", "Secret"]

MAX_SECRET_BYTES: Final = 4096
"""Longest passphrase, in UTF-8 bytes; far above any real one, it bounds hostile input."""


class Secret:
    """Secret bytes in a buffer of their own.

    Use it as a context manager, or call ``wipe`` as soon as it is no longer needed.
    """

    __slots__ = ("_buffer", "_wiped")
    __hash__ = None  # type: ignore[assignment]  # a hash would be a fingerprint of the secret

    def __init__(self, data: bytes | bytearray) -> None:
        """Take a copy of ``data``; the caller's own copy is the caller's to wipe."""
        self._buffer = bytearray(data)
        self._wiped = False

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return a typed passphrase as its NFC form in UTF-8.

        Nothing is trimmed and no case is folded. NFC makes ``é`` the same secret whether
        the keyboard gave one code point or two.

        Raises:
            UserError: ``passphrase.empty``, ``passphrase.too_long`` or, for text that is
                no valid Unicode (lone surrogates), ``passphrase.not_text``.
        """
        if not text:
            raise UserError("passphrase.empty")
        if len(text) > MAX_SECRET_BYTES:
            raise UserError("passphrase.too_long")
        try:
            data = unicodedata.normalize("NFC", text).encode("utf-8")
        except UnicodeEncodeError:
            # Without the cause: a UnicodeEncodeError carries the whole text.
            raise UserError("passphrase.not_text") from None
        if len(data) > MAX_SECRET_BYTES:
            raise UserError("passphrase.too_long")
        return cls(data)

    def buffer(self) -> bytearray:
        """Return the live buffer, for libraries that read buffers: no copy is made.

        Raises:
            ValueError: the secret was wiped. Zeros must never be used as a key.
        """
        if self._wiped:
            raise ValueError("wiped")
        return self._buffer

    def wipe(self) -> None:
        """Overwrite the buffer with zeros; the secret can no longer be used."""
        self._buffer[:] = bytes(len(self._buffer))
        self._wiped = True

    def copy(self) -> "Secret":
        """Return a second secret with the same bytes, wiped on its own."""
        return Secret(self.buffer())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return compare_digest(self.buffer(), other.buffer())

    def __len__(self) -> int:
        return len(self._buffer)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError("a secret is never pickled or copied by accident")

    def __deepcopy__(self, _: object) -> NoReturn:
        raise TypeError("a secret is never pickled or copied by accident")

    def __copy__(self) -> NoReturn:
        raise TypeError("a secret is never pickled or copied by accident")
