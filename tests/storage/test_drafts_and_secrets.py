"""Drafts and secrets: kept inside the vault, gone when they should be."""

from datetime import timedelta
from pathlib import Path

from tests.simulators.vaults import NOW, add, credential, event, make_vault, open_vault
from wallet_app.crypto.secret import Secret
from wallet_app.storage.drafts import Draft
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.stamps import next_stamp, see_stamp
from wallet_app.storage.times import time_text


def test_a_draft_is_offered_again_after_closing(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        row = add(vault, credential(1))
        vault.drafts.keep([Draft(row.id, "note", "half a"), Draft("", "introduction", "b")], NOW)
        vault.drafts.keep([Draft(row.id, "note", "half a sentence")], NOW + timedelta(seconds=1))
    with open_vault(tmp_path / "vault") as vault:
        texts = [stored.draft.text for stored in vault.drafts.all()]
        assert texts == ["half a sentence", "b"]
        vault.drafts.discard(row.id, "note")
        assert [stored.draft.text for stored in vault.drafts.all()] == ["b"]


def test_a_draft_goes_with_its_credential(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        row = add(vault, credential(1))
        vault.drafts.keep([Draft(row.id, "note", "gone")], NOW)
        vault.credentials.move_to_trash(row.id, event("deleted", row.id))
        vault.credentials.delete_forever(row.id, event("deleted_forever", row.id))
        assert vault.drafts.all() == ()


def test_a_secret_is_given_back_and_removed(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        assert vault.secrets.get(BACKUP_IDENTITY) is None
        vault.secrets.put(BACKUP_IDENTITY, Secret(b"one"))
        vault.secrets.put(BACKUP_IDENTITY, Secret(b"two"))
        assert vault.secrets.get(BACKUP_IDENTITY) == Secret(b"two")
        vault.secrets.remove(BACKUP_IDENTITY)
        assert vault.secrets.get(BACKUP_IDENTITY) is None


def test_a_stamp_never_goes_back_whatever_the_clock_says(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault, vault.database.transaction():
        first = next_stamp(vault.database, NOW)
        assert first == time_text(NOW)
        earlier = next_stamp(vault.database, NOW - timedelta(days=400))
        assert earlier > first
        foreign = time_text(NOW + timedelta(days=9))
        see_stamp(vault.database, foreign)
        see_stamp(vault.database, first)
        assert next_stamp(vault.database, NOW) > foreign
