"""Automatic copies: proven before they count, skipped when nothing changed, never half."""

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    NOW,
    add,
    add_many,
    credential,
    event,
    make_vault,
    open_vault,
    passphrase,
    report,
)
from tests.storage.copy_helpers import HOUR, key_of, names
from wallet_app.crypto.secret import Secret
from wallet_app.storage.automatic import (
    automatic_copies,
    check_copy,
    copy_now,
    is_copy_due,
    run_copy,
)
from wallet_app.storage.connection import Database
from wallet_app.storage.contents import read_contents
from wallet_app.storage.vault import Vault


def test_a_copy_is_a_whole_vault_that_the_same_passphrase_opens(vault: Vault) -> None:
    add_many(vault, 3)
    made = copy_now(vault, now=NOW, reason="asked")
    assert made.name == "2026-11-23T101500Z-s3"
    assert (made.made_at, made.schema, made.reason) == (NOW, 3, "asked")
    assert {found.name for found in made.path.iterdir()} == {
        *("vault.db", "header.json", "reason", "SHA256SUMS"),
    }
    with open_vault(made.path, read_only=True) as copy:
        assert read_contents(copy.database) == read_contents(vault.database)
        assert copy.integrity_problems() == ()
    assert check_copy(made, key_of(vault)) == ()


def test_the_sums_are_those_that_the_stock_tool_checks(vault: Vault) -> None:
    made = copy_now(vault, now=NOW, reason="asked")
    ran = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made.path, capture_output=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_copies_are_for_their_owner_only_whatever_the_mask(vault: Vault) -> None:
    before = os.umask(0)
    try:
        made = copy_now(vault, now=NOW, reason="asked")
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(found.stat().st_mode) for found in made.path.iterdir()} == {0o600}


def test_what_was_just_added_is_in_the_copy_though_it_is_still_in_the_log(vault: Vault) -> None:
    row = add(vault, credential(7))
    assert (vault.path / "vault.db-wal").stat().st_size
    made = copy_now(vault, now=NOW, reason="asked")
    with open_vault(made.path, read_only=True) as copy:
        assert copy.credentials.rows() == (row,)


def test_two_copies_in_one_second_and_a_clock_that_stands_still_replace_nothing(
    vault: Vault,
) -> None:
    made = [copy_now(vault, now=NOW, reason="asked").name for _ in range(3)]
    assert made == [f"2026-11-23T10150{second}Z-s3" for second in range(3)]
    assert [copy.name for copy in automatic_copies(vault.path)] == made[::-1]


# --- when one is due ---------------------------------------------------------------------


def test_an_empty_vault_has_none_due_and_one_with_a_badge_at_once(vault: Vault) -> None:
    assert not is_copy_due(vault, now=NOW)
    add(vault, credential(1))
    assert is_copy_due(vault, now=NOW)


def test_none_is_due_when_nothing_changed_nor_within_half_an_hour(vault: Vault) -> None:
    add(vault, credential(1))
    copy_now(vault, now=NOW, reason="changed")
    assert not is_copy_due(vault, now=NOW + 24 * HOUR)
    add(vault, credential(2))
    assert not is_copy_due(vault, now=NOW + timedelta(minutes=29))
    assert is_copy_due(vault, now=NOW + timedelta(minutes=30))


def test_nothing_is_due_after_closing_and_opening_again(folder: Path) -> None:
    with make_vault(folder) as vault:
        add(vault, credential(1))
        copy_now(vault, now=NOW, reason="changed")
    with open_vault(folder) as vault:
        assert not is_copy_due(vault, now=NOW + HOUR)


CHANGES = {
    "added": lambda v: add(v, credential(2)),
    "checked again": lambda v: v.credentials.add_report(
        v.credentials.rows()[0].id, report("revoked", at=NOW + HOUR)
    ),
    "checked again, in place of the last": lambda v: v.credentials.add_report(
        v.credentials.rows()[0].id, report(at=NOW + HOUR), replaces=True
    ),
    "moved to the trash": lambda v: v.credentials.move_to_trash(
        v.credentials.rows()[0].id, event("deleted")
    ),
    "told of": lambda v: v.history.append(event("shared")),
    "set": lambda v: v.meta.set("demo", "1"),
    "another passphrase": lambda v: v.change_passphrase(
        passphrase(), passphrase("new"), event=event("passphrase_changed")
    ),
    "an identifier": lambda v: v.people.add_identity("email", "a@b.example", event("x")),
    "a secret": lambda v: v.secrets.put("place", Secret(b"1")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_makes_one_due(vault: Vault, change: str) -> None:
    add(vault, credential(1))
    vault.secrets.put("place", Secret(b"0"))
    copy_now(vault, now=NOW, reason="changed")
    assert not is_copy_due(vault, now=NOW + HOUR)
    CHANGES[change](vault)
    assert is_copy_due(vault, now=NOW + HOUR)


def test_a_clock_set_back_a_year_stops_no_copy_and_loses_none(vault: Vault) -> None:
    add(vault, credential(1))
    first = copy_now(vault, now=NOW, reason="changed")
    add(vault, credential(2))
    earlier = NOW - timedelta(days=365)
    assert is_copy_due(vault, now=earlier)
    second = copy_now(vault, now=earlier, reason="changed")
    assert {copy.name for copy in automatic_copies(vault.path)} == {first.name, second.name}


def test_a_newest_copy_that_went_bad_counts_as_none(vault: Vault) -> None:
    add(vault, credential(1))
    made = copy_now(vault, now=NOW, reason="changed")
    (made.path / "vault.db").write_bytes(b"x" * 8192)
    assert is_copy_due(vault, now=NOW + HOUR)


# --- apart from the vault's thread -------------------------------------------------------


def test_a_copy_made_apart_shows_one_moment_though_the_vault_goes_on(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_many(vault, 5)
    real = Database.copy_into

    def meanwhile(self: Database, target: Database, stopped: object) -> None:
        add(vault, credential(99))
        real(self, target, stopped)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "copy_into", meanwhile)
    made = run_copy(vault.ticket(), now=NOW, reason="changed")
    assert vault.credentials.count() == 6
    with open_vault(made.path, read_only=True) as copy:
        assert copy.credentials.count() == 5


def test_a_copy_apart_can_be_stopped_and_leaves_neither_half_nor_key(vault: Vault) -> None:
    add_many(vault, 5, padding=300_000)
    ticket = vault.ticket()
    asked = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert refusal(run_copy, ticket, now=NOW, reason="changed", stopped=stopped) == (
        "vault.interrupted"
    )
    assert len(asked) == 2, "asked between two steps"
    assert names(vault) == set()
    with pytest.raises(ValueError, match="wiped"):
        ticket.key.buffer()


def test_nothing_remains_beside_the_vault_whoever_closes_last(folder: Path) -> None:
    vault = make_vault(folder)
    add(vault, credential(1))
    with vault.ticket() as ticket:
        ticket.open()
        vault.close()
    assert {found.name for found in folder.iterdir()} == {"header.json", "vault.db", "vault.lock"}
    with open_vault(folder) as again:
        assert again.credentials.count() == 1


def test_the_other_connection_cannot_write(vault: Vault) -> None:
    with vault.ticket() as ticket:
        source = ticket.open()
        assert refusal(source.database.run, "DELETE FROM meta") == "vault.read_only"
