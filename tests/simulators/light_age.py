"""The program that seals, with the least work that a passphrase may cost; run as a script.

The library times the machine to choose the work of a seal, up to two seconds of it, and every
opening repeats that; it lets nobody choose. Only the sealing with a passphrase is made here:
opening, sealing to a key, pipes and process are those of ``age_process``, whose file is the
argument. Like it, this imports nothing of Coffre. Format: C2SP age.md.
"""

import hashlib
import hmac
import os
import sys
from base64 import b64encode
from importlib.util import module_from_spec, spec_from_file_location
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

LOG_WORK: Final = 10
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_CHUNK_BYTES: Final = 64 * 1024
_LINE: Final = 64


def sealed(data: bytes, passphrase: str) -> bytes:
    """Return ``data`` as an armored age file that a millisecond of work opens."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=_LABEL + salt, n=1 << LOG_WORK, r=8, p=1, dklen=32
    )
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {LOG_WORK}\n{_text(wrapped)}\n---"
    mac = hmac.digest(_derived(file_key, b"", b"header"), header.encode(), "sha256")
    payload = _stream(_derived(file_key, nonce, b"payload"), data)
    return _armored(f"{header} {_text(mac)}\n".encode() + nonce + payload)


def _text(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), of which 32 bytes are the first block."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _stream(key: bytes, data: bytes) -> bytes:
    cipher, last = ChaCha20Poly1305(key), max(len(data) - 1, 0) // _CHUNK_BYTES
    return b"".join(
        cipher.encrypt(
            number.to_bytes(11, "big") + bytes([number == last]),
            data[number * _CHUNK_BYTES : (number + 1) * _CHUNK_BYTES],
            None,
        )
        for number in range(last + 1)
    )


def _armored(data: bytes) -> bytes:
    text = b64encode(data).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    begin, end = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
    return "\n".join([begin, *lines, end, ""]).encode()


def main(program: str) -> int:
    """Run the program of that file, with this sealing in the place of its own."""
    spec = spec_from_file_location("age_process", program)
    if spec is None or spec.loader is None:
        return 1
    real = module_from_spec(spec)
    spec.loader.exec_module(real)
    seal = {b"seal": lambda data, passphrase: (real.Answer.DONE, sealed(data, passphrase))}
    vars(real)["_VERBS"] = {**real._VERBS, **seal}
    return int(real.main())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
