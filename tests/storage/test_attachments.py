"""What nobody understands is kept as it is, once each, within bounds, and travels in backups."""

import json
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, event, make_vault
from wallet_app.errors import UserError
from wallet_app.storage import attachments as module
from wallet_app.storage.attachments import MAX_ATTACHMENT_BYTES, attachments, keep_attachment
from wallet_app.storage.contents import read_contents
from wallet_app.storage.merge import merge, plan
from wallet_app.storage.vault import Vault


def keep(vault: Vault, text: str) -> bool:
    return keep_attachment(vault.database, text, event("attachment_kept"))


def test_it_is_kept_once_and_comes_back_as_it_was(vault: Vault) -> None:
    text = json.dumps({"type": "Note", "text": "été"}, ensure_ascii=False)
    assert keep(vault, text)
    assert not keep(vault, text)
    assert attachments(vault.database) == (text,)
    assert [one.kind for one in vault.history.events()] == ["attachment_kept"]
    values = [row["value"] for row in read_contents(vault.database).tables["settings"]]
    assert text in values


def test_a_merge_brings_what_is_not_here_and_no_other_setting(vault: Vault, tmp_path: Path) -> None:
    text = json.dumps({"type": "Note"})
    with make_vault(tmp_path / "other") as other:
        keep(other, text)
        other.meta.set("demo", "1")
        coming = read_contents(other.database)
    merge(vault, coming, now=NOW, source="backup")
    assert attachments(vault.database) == (text,)
    assert vault.meta.get("demo") == ""
    assert plan(vault, coming, source="backup").is_empty


def test_other_facts_of_the_vault_are_no_attachments(vault: Vault) -> None:
    vault.meta.set("attachments", "x")
    vault.meta.set("demo", "1")
    assert attachments(vault.database) == ()


def test_one_that_is_too_large_or_one_too_many_is_refused(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keep(vault, "é" * (MAX_ATTACHMENT_BYTES // 2))
    with pytest.raises(UserError, match=r"wallet\.attachment_refused"):
        keep(vault, "é" * (MAX_ATTACHMENT_BYTES // 2) + "x")
    monkeypatch.setattr(module, "_MAX_ATTACHMENTS", 2)
    assert keep(vault, "{}")
    with pytest.raises(UserError, match=r"wallet\.attachment_refused"):
        keep(vault, "[]")
    assert len(attachments(vault.database)) == 2
