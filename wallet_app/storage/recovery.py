"""Recovery codes: drawn here, and the age identities that come from them, kept in the vault.

An identity opens backups written to a second place without a passphrase. A new code brings
a new identity; the earlier ones stay, so that older backups still open here.
"""

from typing import Final

from wallet_app.crypto.recovery_code import CODE_BYTES, RecoveryCode, draw_code
from wallet_app.crypto.secret import Secret
from wallet_app.storage.connection import Database
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.storage.schema import knows_notes
from wallet_app.storage.secrets import BACKUP_IDENTITY, put_secret

__all__ = [
    "backup_identities",
    "carry_identities",
    "keep_identity",
    "new_recovery_code",
    "retire_identity",
]

_EARLIER: Final = f"{BACKUP_IDENTITY}."


def new_recovery_code(randomness: Randomness = system_randomness) -> RecoveryCode:
    """Return a code that nobody has seen; it opens nothing before it has a slot."""
    return draw_code(randomness(CODE_BYTES))


def keep_identity(database: Database, identity: Secret) -> None:
    """Make ``identity`` the one for backups, inside the transaction at hand."""
    retire_identity(database)
    put_secret(database, BACKUP_IDENTITY, identity)


def retire_identity(database: Database) -> None:
    """Keep the present identity only to read older backups; none is left to write with."""
    row = database.row(
        "SELECT count(*) FROM secret WHERE substr(name, 1, ?) = ?", (len(_EARLIER), _EARLIER)
    )
    number = row[0] + 1 if row else 1
    database.run(
        "UPDATE secret SET name = ? WHERE name = ?", (f"{_EARLIER}{number}", BACKUP_IDENTITY)
    )


def carry_identities(source: Database, target: Database) -> None:
    """Give ``target`` the identities of ``source``, inside the transaction at hand.

    For an earlier state of the same vault that takes the place of the present one: the
    recovery sheet of today must open what is written from now on. What ``target`` had by
    itself stays among the earlier ones.
    """
    if not knows_notes(source) or not knows_notes(target):
        return
    newer = source.row("SELECT data FROM secret WHERE name = ?", (BACKUP_IDENTITY,))
    held = target.row("SELECT data FROM secret WHERE name = ?", (BACKUP_IDENTITY,))
    if newer is None or newer == held:
        return
    with Secret(newer[0]) as identity:
        keep_identity(target, identity)


def backup_identities(database: Database) -> tuple[Secret, ...]:
    """Return every identity of this vault, the present one first; the caller's to wipe."""
    if not knows_notes(database):
        return ()
    rows = database.rows(
        "SELECT data FROM secret WHERE name = ?1 OR substr(name, 1, ?2) = ?3"
        " ORDER BY name <> ?1, length(name) DESC, name DESC",
        (BACKUP_IDENTITY, len(_EARLIER), _EARLIER),
    )
    return tuple(Secret(row[0]) for row in rows)
