"""From the schema of an older Coffre to this one: numbered steps, one transaction each.

There is no way back. ``before_first`` is where the caller makes and verifies a backup.
One database of every released schema is kept under ``tests/storage/released``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from wallet_app.storage.connection import Database
from wallet_app.storage.report_order import date_in_order
from wallet_app.storage.schema import SCHEMA_VERSION, STEPS, schema_version
from wallet_app.storage.search import index_again
from wallet_app.storage.signers import note_all_signers

__all__ = ["MIGRATIONS", "Migration", "migrate"]

Migration = Callable[[Database], None]
"""Changes tables from one schema to the next; runs inside a transaction."""


def _from_1_to_2(database: Database) -> None:
    """Add what the owner tells of themselves and of issuers, and who signed which report.

    Whom each badge is made out to is read by the use cases, which know the formats.
    """
    for statement in STEPS[1]:
        database.run(statement)
    note_all_signers(database)


def _from_2_to_3(database: Database) -> None:
    """Add notes, tags, favourites, collections, holder keys, and the tables of merging.

    The search index is made anew: it also finds the owner's own words.
    """
    for statement in STEPS[2]:
        database.run(statement)
    for (number,) in database.rows("SELECT number FROM credential"):
        index_again(database, number)
    date_in_order(database)


MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType({1: _from_1_to_2, 2: _from_2_to_3})
"""By the schema they start from."""


def migrate(
    database: Database,
    *,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    target: int = SCHEMA_VERSION,
    before_first: Callable[[], None] = lambda: None,
) -> None:
    """Bring the database to ``target``; does nothing when it is there.

    Raises:
        UserError: ``vault.newer_version``.
    """
    version = schema_version(database, newest=target)
    if version < target:
        before_first()
    for step in range(version, target):
        with database.transaction():
            migrations[step](database)
            database.run(f"PRAGMA user_version = {step + 1}")
