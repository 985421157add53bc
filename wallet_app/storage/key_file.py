"""The file beside the backups of a second place: their key, under the person's passphrase.

Backups there are sealed to a key of this vault, so that none of them asks for the passphrase
when it is made. The key lies beside them as an age file with a passphrase, which the stock
tool takes as it is: ``age -d -i Coffre-key.age BACKUP``.
"""

from pathlib import Path
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.age_archive import (
    is_sealed_to_key,
    new_identity,
    recipient_of,
    seal,
    unseal,
    unseal_with,
)
from wallet_app.storage.files import read_at_most
from wallet_app.storage.secrets import BACKUP_IDENTITY, put_secret
from wallet_app.storage.vault import Vault

__all__ = ["KEY_FILE", "MAX_KEY_BYTES", "KeyRing", "key_file", "open_file", "read_key_file"]

KEY_FILE: Final = "Coffre-key.age"
MAX_KEY_BYTES: Final = 64 * 1024
_PREFIX: Final = b"AGE-SECRET-KEY-"
_MOST_KEYS: Final = 100


class KeyRing:
    """The keys of one vault that open its backups: the present one first."""

    def __init__(self, identities: tuple[Secret, ...]) -> None:
        """Take the identities over; ``wipe`` when done."""
        self.identities = identities

    @classmethod
    def of(cls, vault: Vault) -> "KeyRing":
        """Return the keys of ``vault``, making the first one where there is none yet.

        Raises:
            EnvironmentFault: as ``Database.transaction``.
        """
        present = vault.secrets.get(BACKUP_IDENTITY)
        if present is None:
            present = new_identity()
            with vault.database.transaction():
                put_secret(vault.database, BACKUP_IDENTITY, present)
        # Those of before a new recovery code: older backups still need them.
        rows = vault.database.rows(
            "SELECT data FROM secret WHERE name LIKE ? ORDER BY name DESC LIMIT ?",
            (f"{BACKUP_IDENTITY}.%", _MOST_KEYS),
        )
        return cls((present, *(Secret(row[0]) for row in rows)))

    @property
    def recipient(self) -> str:
        """To whom backups are sealed now."""
        return recipient_of(self.identities[0])

    def text(self) -> bytes:
        """Return the inside of the key file: one identity in each line."""
        lines = [b"# Coffre: opens the backups beside this file. Keep it secret."]
        return b"\n".join([*lines, *self.identities_text(), b""])

    def identities_text(self) -> tuple[bytes, ...]:
        """Return each identity as it is written."""
        return tuple(bytes(one.buffer()).strip() for one in self.identities)

    def open(self, file: bytes) -> bytes:
        """Return what an age file holds, by the first key that opens it.

        Raises:
            UserError: ``backup.other_key``, and as ``unseal_with``.
        """
        for identity in self.identities:
            try:
                return unseal_with(file, identity)
            except UserError as error:
                if error.code != "backup.other_key":
                    raise
        raise UserError("backup.other_key")

    def wipe(self) -> None:
        """Overwrite the keys."""
        for identity in self.identities:
            identity.wipe()


def key_file(text: bytes, passphrase: Secret) -> bytes:
    """Return the key file: ``text`` of a ``KeyRing`` under a passphrase. Takes seconds."""
    return seal(text, passphrase)


def read_key_file(file: bytes, passphrase: Secret) -> KeyRing:
    """Return the keys in a key file. Takes seconds.

    Raises:
        UserError: ``backup.wrong_passphrase``, ``backup.not_an_identity``, and as ``unseal``.
    """
    return _keys_in(unseal(file, passphrase))


def open_file(path: Path, file: bytes, secret: Secret) -> bytes:
    """Return the archive in a backup file at ``path``, whichever way it was sealed.

    ``secret`` is a passphrase, or the key itself as a person copies it. A backup that was
    sealed to a key is opened by the key file in the same folder.

    Raises:
        UserError: ``backup.key_missing``, ``backup.wrong_passphrase``, ``backup.…``.
    """
    typed = bytes(secret.buffer()).strip()
    if typed.startswith(_PREFIX):
        return _keys_in(typed).open(file)
    if not is_sealed_to_key(file):
        return unseal(file, secret)
    try:
        beside = read_at_most(path.with_name(KEY_FILE), MAX_KEY_BYTES)
    except EnvironmentFault as fault:
        raise UserError("backup.key_missing", {"name": path.name, "key": KEY_FILE}) from fault
    if beside is None:
        raise UserError("backup.not_an_identity")
    keys = read_key_file(beside, secret)
    try:
        return keys.open(file)
    finally:
        keys.wipe()


def _keys_in(text: bytes) -> KeyRing:
    lines = [line.strip() for line in text.splitlines()]
    keys = tuple(Secret(line) for line in lines if line and not line.startswith(b"#"))
    if not keys or len(keys) > _MOST_KEYS:
        raise UserError("backup.not_an_identity")
    for key in keys:
        recipient_of(key)
    return KeyRing(keys)
