"""What a backup as a whole may say: nothing named that is not there, and nothing twice."""

from wallet_app.storage.content_rules import is_stamp, malformed
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import Contents
from wallet_app.storage.meta import VAULT_ID
from wallet_app.storage.stamps import LAST_STAMP

__all__ = ["check_links", "check_once"]


def check_once(contents: Contents) -> None:
    """Refuse what is said twice, and facts that no other vault may set.

    Raises:
        UserError: ``backup.malformed``.
    """
    for name, table in TABLES.items():
        keys = [tuple(row[column] for column in table.key) for row in contents.rows(name)]
        if table.key and len(set(keys)) != len(keys):
            raise malformed(name)
    credentials = {row["id"] for row in contents.rows("credentials")}
    if credentials & {row["credential_id"] for row in contents.rows("tombstones")}:
        raise malformed("tombstones")
    settings = {row["key"]: str(row["value"]) for row in contents.rows("settings")}
    if VAULT_ID in settings or not is_stamp(
        settings.get(LAST_STAMP, "2000-01-01T00:00:00.000000Z")
    ):
        raise malformed("settings")


def check_links(contents: Contents) -> None:
    """Refuse rows that name what is not there, and files that no row names.

    Words of the owner may stand beside a credential that is not there: it may come later.

    Raises:
        UserError: ``backup.malformed``.
    """
    check_once(contents)
    credentials = {row["id"] for row in contents.rows("credentials")}
    reports = {row["number"] for row in contents.rows("reports")}
    evidence = contents.rows("evidence")
    if credentials != set(contents.originals):
        raise malformed("credentials")
    # Each credential has at least its first report.
    if {row["credential"] for row in contents.rows("reports")} != credentials:
        raise malformed("reports")
    named = {row["sha256"] for row in evidence}
    if named != set(contents.documents) or not {row["report"] for row in evidence} <= reports:
        raise malformed("evidence")
    if {row["sha256"] for row in contents.rows("lists")} != set(contents.lists):
        raise malformed("lists")
