"""The health of an open vault: a quick look when it opens, every page, row and hash later."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Final

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.connection import Database
from wallet_app.storage.schema import knows_people

__all__ = ["check_whole", "damage_in", "find_problems", "look_quickly", "never"]

_UNFINDABLE: Final = "credentials that search cannot find"
_MISSING: Final = {
    "credentials without their file": "SELECT count(*) FROM credential"
    " WHERE number NOT IN (SELECT credential FROM original)",
    "credentials without a report": "SELECT count(*) FROM credential"
    " WHERE number NOT IN (SELECT credential FROM report)",
    _UNFINDABLE: "SELECT abs((SELECT count(*) FROM credential)"
    " - (SELECT count(*) FROM search_docsize))",
}
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"


def never() -> bool:
    """Return False: what is not to be stopped."""
    return False


def find_problems(database: Database, stopped: Callable[[], bool] = never) -> tuple[str, ...]:
    """Return what is wrong, as technical lines for a support report; () is good.

    Reads the whole database: about 0.1 s per 10 MB. Lines hold numbers and hashes only.

    Raises:
        EnvironmentFault: ``vault.interrupted`` when ``stopped`` says so.
    """
    found: list[str] = []
    try:
        # Iterators: what was found before damage stops the reading is kept.
        found.extend(_pages(database, stopped))
        found.extend(_content(database, stopped))
    except EnvironmentFault as fault:
        if fault.code == "vault.interrupted":
            raise
        found.append(f"reading stopped: {fault.code}")
    return tuple(found)


def check_whole(database: Database, stopped: Callable[[], bool] = never) -> tuple[str, ...]:
    """Return what ``find_problems`` finds, and stop all writing when that is damage.

    Where it finds none, an earlier suspicion is over: a disk that once gave back other
    bytes gives back the right ones.
    """
    problems = find_problems(database, stopped)
    if damage_in(problems):
        database.distrust()
    else:
        database.trust_again()
    return problems


def damage_in(problems: tuple[str, ...]) -> tuple[str, ...]:
    """Return those problems that mean loss; the search index alone can be made again."""
    return tuple(problem for problem in problems if not problem.startswith(_UNFINDABLE))


def look_quickly(database: Database) -> None:
    """Touch the first and the last row of every table; what is damaged there is remembered.

    The quick look at opening: a few pages, whatever the size. Page counts, the key and the
    beginning of the file were proven by opening it.
    """
    with suppress(EnvironmentFault):
        for (name,) in database.rows(_TABLES):
            database.row(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608 - our own tables
        for name in ("credential", "original", "report", "document", "event"):
            database.row(f"SELECT max(rowid) FROM {name}")  # noqa: S608 - constants


def _pages(database: Database, stopped: Callable[[], bool]) -> Iterator[str]:
    # One row per bad page: all of them are read.
    for row in database.rows("PRAGMA cipher_integrity_check"):
        yield f"page: {row[0]}"
    _stop_if(stopped)
    for row in database.rows("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"structure: {row[0]}"
    _stop_if(stopped)
    for row in database.rows("PRAGMA foreign_key_check"):
        yield f"reference: {row[0]} {row[1]}"


def _content(database: Database, stopped: Callable[[], bool]) -> Iterator[str]:
    for name, sql in _MISSING.items():
        row = database.row(sql)
        if row is not None and row[0]:
            yield f"{name}: {row[0]}"
    for names_sql, data_sql in _hashed(database):
        yield from _wrong_hashes(database, names_sql, data_sql, stopped)


def _hashed(database: Database) -> Iterator[tuple[str, str]]:
    yield (
        "SELECT number, id FROM credential",
        "SELECT data FROM original WHERE credential = ?",
    )
    yield "SELECT number, sha256 FROM document", "SELECT data FROM document WHERE number = ?"
    if knows_people(database):
        yield (
            "SELECT number, sha256 FROM trust_list",
            "SELECT data FROM trust_list WHERE number = ?",
        )


def _wrong_hashes(
    database: Database, names_sql: str, data_sql: str, stopped: Callable[[], bool]
) -> Iterator[str]:
    # One at a time: a vault may be larger than memory.
    for number, expected in database.rows(names_sql):
        _stop_if(stopped)
        row = database.row(data_sql, (number,))
        if row is not None and sha256(row[0]).hexdigest() != expected:
            yield f"content differs from its hash: {expected}"


def _stop_if(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise EnvironmentFault("vault.interrupted")
