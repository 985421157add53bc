"""A lock closes the database from outside, whatever its own thread is doing with it."""

import threading
import time
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, add, credential, make_vault, open_vault
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.drafts import Draft
from wallet_app.storage.open_databases import interrupt_all

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
DRAFT = Draft("", "introduction", "half a sentence")


def in_background(work: object) -> tuple[threading.Thread, list[object]]:
    ends: list[object] = []

    def run() -> None:
        try:
            ends.append(work())  # type: ignore[operator]
        except CoffreError as error:
            ends.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, ends


def test_an_endless_query_ends_and_the_text_is_kept(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    thread, ends = in_background(lambda: vault.database.rows(ENDLESS))
    time.sleep(0.1)
    started = time.monotonic()
    vault.shut(lambda: vault.drafts.keep([DRAFT], NOW))
    assert time.monotonic() - started < 0.3
    thread.join(2)
    assert ends == ["vault.interrupted"]
    vault.close()
    with open_vault(tmp_path / "vault") as again:
        assert [kept.draft for kept in again.drafts.all()] == [DRAFT]


def test_the_owner_hears_locked_and_its_open_transaction_never_happened(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    inside, shut = threading.Event(), threading.Event()

    def write() -> None:
        with vault.database.transaction():
            vault.database.run("INSERT INTO meta (key, value) VALUES ('half', 'done')")
            inside.set()
            shut.wait(5)

    thread, ends = in_background(write)
    inside.wait(5)
    vault.shut(lambda: None)
    shut.set()
    thread.join(5)
    assert ends == ["vault.locked"]
    vault.close()
    with open_vault(tmp_path / "vault") as again:
        assert again.meta.get("half") == ""
        assert again.integrity_problems() == ()


def test_a_thread_that_never_pauses_is_shut_out(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")

    def work() -> None:
        for number in range(1_000_000):
            add(vault, credential(number))

    thread, ends = in_background(work)
    time.sleep(0.05)
    vault.shut(lambda: None)
    thread.join(5)
    assert ends in (["vault.locked"], ["vault.interrupted"])
    vault.close()


def test_shutting_twice_and_closing_do_no_harm(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    kept: list[int] = []
    vault.shut(lambda: kept.append(1))
    vault.shut(lambda: kept.append(2))
    vault.close()
    vault.interrupt()
    assert kept == [1]
    with pytest.raises(UserError, match=r"vault\.locked"):
        vault.database.rows("SELECT 1")


def test_the_folder_is_free_only_when_the_owning_thread_has_closed(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    vault.shut(lambda: None)
    with pytest.raises(CoffreError, match=r"vault\.in_use"):
        open_vault(tmp_path / "vault")
    vault.close()
    open_vault(tmp_path / "vault").close()


def test_a_shut_vault_has_no_key_left(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    vault.shut(lambda: None)
    with pytest.raises(ValueError, match="wiped"):
        vault._key.buffer()
    vault.close()


def test_every_connection_of_the_process_is_reached(tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    with vault.ticket() as ticket:
        source = ticket.open()
        thread, ends = in_background(lambda: source.database.rows(ENDLESS))
        time.sleep(0.1)
        interrupt_all()
        thread.join(5)
    assert ends == ["vault.interrupted"]
    vault.close()
    interrupt_all()
