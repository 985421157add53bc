"""The newest report is the one with the latest date, whatever the clock did."""

from datetime import timedelta

from tests.simulators.vaults import NOW, add, credential, document, event, report
from wallet_app.storage.report_order import date_in_order, in_order
from wallet_app.storage.vault import Vault

EARLIER = NOW - timedelta(days=400)


def test_a_check_after_the_clock_was_set_back_is_the_newest_all_the_same(vault: Vault) -> None:
    row = add(vault, credential(1))
    later = report("revoked", document("list", b"list"), at=EARLIER)
    told = vault.credentials.add_report(row.id, later, event("verified", row.id))
    assert (told.verdict, told.checked_at) == ("revoked", NOW)
    assert vault.credentials.get(row.id).report_json == later.report_json
    assert [one.verdict for one in vault.credentials.reports(row.id)] == ["revoked", "verified"]
    (newest,) = vault.evidence.documents_of_report(row.id)
    assert newest.data == b"list"
    assert vault.evidence.size_of_report(row.id) == (1, 4)


def test_a_report_that_takes_the_place_of_the_newest_leaves_the_older_ones(vault: Vault) -> None:
    row = add(vault, credential(1))
    for verdict, days in (("expired", 2), ("revoked", 1)):
        at = NOW + timedelta(days=days)
        vault.credentials.add_report(row.id, report(verdict, at=at), replaces=days == 1)
    assert [one.verdict for one in vault.credentials.reports(row.id)] == ["revoked", "verified"]


def test_an_older_vault_and_an_older_backup_are_put_in_order_alike(vault: Vault) -> None:
    row = add(vault, credential(1))
    vault.credentials.add_report(row.id, report("expired", at=NOW + timedelta(days=1)))
    vault.credentials.add_report(row.id, report("revoked", at=NOW + timedelta(days=2)))
    # As an earlier Coffre wrote it when the clock was set back before the last check.
    early = "2025-01-01T00:00:00.000000Z"
    with vault.database.transaction():
        vault.database.run("UPDATE report SET checked_at = ? WHERE verdict = 'revoked'", (early,))
    select = "SELECT number, credential, checked_at FROM report ORDER BY number"
    columns = ("number", "credential", "checked_at")
    stored = [dict(zip(columns, one, strict=True)) for one in vault.database.rows(select)]
    with vault.database.transaction():
        date_in_order(vault.database)
    assert vault.credentials.reports(row.id)[0].verdict == "revoked"
    dates = [one[2] for one in vault.database.rows(select)]
    assert dates == sorted(dates)
    assert [one["checked_at"] for one in in_order(stored)] == dates
