"""Argon2id: from a typed passphrase to a 32-byte key, within fixed limits.

Rule: RFC 9106; the default is its second recommended choice (3 passes, 64 MiB, 4 lanes).
The limits are read before any memory is taken: a hostile file must neither exhaust the
machine nor talk us down to a cheap derivation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault

__all__ = [
    "DEFAULT_COST",
    "KEY_BYTES",
    "SALT_BYTES",
    "KdfCost",
    "choose_cost",
    "derive_key",
    "read_cost",
]

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16

_PASSES = range(1, 16 + 1)
_MEMORY_KIB = range(19 * 1024, 1024 * 1024 + 1)
_LANES = range(1, 16 + 1)

_WANTED_S: Final = 0.7
"""Half a second to a second: what a person waits once, and a guesser at every guess."""
_MOST_WAITED_S: Final = 1.0
_MOST_CHOSEN_KIB: Final = 256 * 1024
"""The vault must also open on the person's smaller computer."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one derivation costs: passes ``t``, memory ``m_kib`` in KiB, lanes ``p``.

    Raises:
        ValueError: outside 1-16 passes, 19 MiB-1 GiB or 1-16 lanes.
    """

    t: int
    m_kib: int
    p: int

    def __post_init__(self) -> None:
        if self.t not in _PASSES or self.m_kib not in _MEMORY_KIB or self.p not in _LANES:
            raise ValueError((self.t, self.m_kib, self.p))


DEFAULT_COST: Final = KdfCost(t=3, m_kib=65_536, p=4)


def read_cost(kdf: Mapping[str, JsonValue]) -> KdfCost:
    """Return the cost stated in a header.

    Raises:
        EnvironmentFault: ``vault.kdf_refused`` when it is outside the limits or not
            three whole numbers.
    """
    values = [kdf.get(name) for name in ("t", "m_kib", "p")]
    whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    try:
        return KdfCost(*whole)
    except (ValueError, TypeError) as error:
        raise EnvironmentFault("vault.kdf_refused") from error


def choose_cost(measured_s: float) -> KdfCost:
    """Return the cost that takes about 0.7 s where ``DEFAULT_COST`` took ``measured_s``.

    Memory is doubled first, which hurts special hardware most, then passes are added. Never
    below ``DEFAULT_COST``, however slow the computer, and never above the read limits.
    """
    passes, memory, seconds = DEFAULT_COST.t, DEFAULT_COST.m_kib, max(measured_s, 1e-6)
    while memory < _MOST_CHOSEN_KIB and seconds * 2 <= _MOST_WAITED_S:
        memory, seconds = memory * 2, seconds * 2
    wanted = int(passes * _WANTED_S / seconds)
    return KdfCost(max(passes, min(wanted, _PASSES[-1])), memory, DEFAULT_COST.p)


def derive_key(passphrase: Secret, salt: bytes, cost: KdfCost) -> Secret:
    """Return the key-encryption key: 32 bytes. Releases the GIL while it works.

    Raises:
        EnvironmentFault: ``vault.out_of_memory``; closing other programs may help.
    """
    key = bytearray(KEY_BYTES)
    try:
        argon2id = Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib
        )
        argon2id.derive_into(passphrase.buffer(), key)  # type: ignore[arg-type]  # any buffer will do
    except MemoryError as error:
        raise EnvironmentFault("vault.out_of_memory", {"mib": cost.m_kib // 1024}) from error
    derived = Secret(key)
    key[:] = bytes(KEY_BYTES)
    return derived
