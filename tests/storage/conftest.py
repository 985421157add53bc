"""An empty vault that opens fast, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.vaults import make_vault
from wallet_app.storage.vault import Vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    with make_vault(folder) as made:
        yield made
