"""Which SQLCipher keeps the vault."""

from contextlib import closing

import sqlcipher3

__all__ = ["cipher_version"]


def cipher_version() -> str:
    """Return the versions of SQLCipher and of the SQLite in it; no file is touched."""
    with closing(sqlcipher3.connect(":memory:")) as connection:
        ((version,),) = connection.execute("PRAGMA cipher_version").fetchall()
    return f"{version}, SQLite {sqlcipher3.sqlite_version}"
