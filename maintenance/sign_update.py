#!/usr/bin/env python3
"""Signs the announcement of a release, for whoever publishes Coffre (ADR 0086).

    python3 maintenance/sign_update.py --new-key KEY_FILE
    python3 maintenance/sign_update.py KEY_FILE RELEASE PAGE > announcement.json

The key file holds the private key: 64 hex digits. Keep it off the computers that build and serve.
``--new-key`` writes one that only you can read and prints the public key for
``resources/updates/source.toml``. PAGE is the https address that tells of the release.
"""

import json
import os
import sys
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wallet_app.app.updates import SIGNED_BEFORE, read_announcement

_NEW_KEY = 2
_SIGN = 3


def main(arguments: Sequence[str]) -> int:
    """Do one of the two; return the exit code."""
    if len(arguments) == _NEW_KEY and arguments[0] == "--new-key":
        return new_key(Path(arguments[1]))
    if len(arguments) == _SIGN:
        return sign(Path(arguments[0]), arguments[1], arguments[2])
    sys.stderr.write(__doc__ or "")
    return 2


def new_key(path: Path) -> int:
    """Write a private key that nobody else can read, and print its public key."""
    key = Ed25519PrivateKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.private_bytes_raw().hex() + "\n")
    sys.stdout.write(key.public_key().public_bytes_raw().hex() + "\n")
    return 0


def sign(path: Path, release: str, page: str) -> int:
    """Print the announcement, read back with the public key first."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))
    told = {"format": "coffre-update", "version": 1, "release": release, "page": page}
    data = json.dumps(told).encode()
    envelope = {
        "announcement": b64encode(data).decode("ascii"),
        "signature": b64encode(key.sign(SIGNED_BEFORE + data)).decode("ascii"),
    }
    text = json.dumps(envelope) + "\n"
    read_announcement(text.encode(), key.public_key().public_bytes_raw())
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
