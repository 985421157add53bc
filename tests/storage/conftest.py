"""An empty vault that opens fast, closed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.groups import group
from tests.simulators.owners import Owner
from tests.simulators.vaults import new_vault
from wallet_app.storage.vault import Vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Iterator[Vault]:
    with new_vault(folder) as made:
        yield made


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    with group(tmp_path) as (one, other):
        yield one, other


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Owner]:
    owner = Owner(tmp_path, "here")
    with owner.vault:
        yield owner


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Owner]:
    owner = Owner(tmp_path, "there")
    with owner.vault:
        yield owner
