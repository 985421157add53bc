"""Which block explorers may be asked: those that were named, by https addresses."""

import json
from pathlib import Path

import pytest

from wallet_app.app.explorers import USUAL_EXPLORERS, allowed_explorers, parse_explorer
from wallet_app.app.settings import Settings, load_settings, save_settings
from wallet_app.errors import UserError
from wallet_app.verification.chain_lookup import ExplorerKind


def test_a_chain_alone_means_the_usual_explorer() -> None:
    assert parse_explorer("bitcoin") == USUAL_EXPLORERS[0]


def test_an_explorer_of_ones_own() -> None:
    found = parse_explorer("ethereum=https://node.example/api/v2/transactions/0x{transaction}")
    assert (found.chain, found.kind) == ("ethereum", ExplorerKind.BLOCKSCOUT)
    assert found.url.startswith("https://node.example/")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dogecoin", "explorer.unknown_chain"),
        ("bitcoin=http://node.example/{transaction}", "explorer.no_address"),
        ("bitcoin=https://node.example/", "explorer.no_address"),
    ],
)
def test_what_is_no_explorer_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_explorer(text)
    assert caught.value.code == code


def test_settings_allow_the_usual_explorers_or_none() -> None:
    assert allowed_explorers(Settings()) == ()
    assert allowed_explorers(Settings(ask_explorers=True)) == USUAL_EXPLORERS


@pytest.mark.parametrize("written", ["yes", 1, None, "true"])
def test_only_a_plain_yes_in_the_settings_allows_them(tmp_path: Path, written: object) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(ask_explorers=True))
    assert load_settings(path).ask_explorers
    path.write_text(json.dumps({"version": 1, "ask_explorers": written}))
    assert not load_settings(path).ask_explorers
