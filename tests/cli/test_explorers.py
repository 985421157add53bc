"""The command line follows the settings of the safe, and asks no explorer without them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.blockcerts import PROFILE_URL, Blockcerts
from simulators.command import Answer
from simulators.web import WebSimulator
from wallet_app.app.explorers import USUAL_EXPLORERS
from wallet_app.app.settings import Settings, save_settings
from wallet_app.app.vault_paths import settings_path

Command = Callable[..., Answer]


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Path, Path]:
    """A sealed badge, and a list of documents with the usual explorer's answer."""
    web = WebSimulator()
    issuer = Blockcerts(web)
    badge = issuer.seal_2(issuer.assertion())
    receipt = badge["signature"]
    issuer.publish_bitcoin(receipt["merkleRoot"])
    transaction = receipt["anchors"][0]["sourceId"]
    answers = {
        PROFILE_URL: web.body(PROFILE_URL),
        USUAL_EXPLORERS[0].url.replace("{transaction}", transaction): next(
            web.body(url) for url in web.urls() if transaction in url
        ),
    }
    lines = []
    for number, (url, body) in enumerate(answers.items()):
        (tmp_path / f"{number}.answer").write_bytes(body)
        lines.append(f"{url}\t{number}.answer")
    documents, path = tmp_path / "map.tsv", tmp_path / "badge.json"
    documents.write_text("\n".join(lines))
    path.write_text(json.dumps(badge))
    return path, documents


def signature(row: dict[str, object]) -> str:
    checks = row["checks"]
    assert isinstance(checks, list)
    return str(next(one["code"] for one in checks if one["check"] == "signature"))


def test_import_and_check_ask_only_once_the_settings_allow_it(
    vault: Command, sealed: tuple[Path, Path]
) -> None:
    path, documents = sealed
    told = ("--documents", documents)
    (row,) = vault("import", "--json", *told, path).rows
    assert signature(row["report"]) == "anchor.unchecked"
    (row,) = vault("check", "--json", *told).rows
    assert signature(row) == "anchor.unchecked"
    save_settings(settings_path(), Settings(ask_explorers=True))
    (row,) = vault("check", "--json", *told).rows
    assert signature(row) == "proof.verified"
    (row,) = vault("verify", "--json", *told, path).rows
    assert signature(row) == "anchor.unchecked", "without the safe, only what is typed"
    (row,) = vault("verify", "--json", *told, "--explorer", "bitcoin", path).rows
    assert signature(row) == "proof.verified"
    save_settings(settings_path(), Settings())
    sealed_elsewhere = "bitcoin=https://elsewhere.example/{transaction}"
    (row,) = vault("check", "--json", *told, "--explorer", sealed_elsewhere).rows
    assert signature(row) != "anchor.unchecked", "what is typed is asked"
