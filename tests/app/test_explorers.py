"""Which block explorers may be asked: those that were named, by https addresses."""

import pytest

from wallet_app.app.explorers import USUAL_EXPLORERS, parse_explorer
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
