import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.secret import Secret

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def passphrase() -> Iterator[Secret]:
    with Secret.from_text(PASSPHRASE) as secret:
        yield secret


@pytest.fixture(scope="session")
def new_safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A safe with nothing in it, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("new") / "safe"
    create_safe(folder, Secret.from_text(PASSPHRASE), World().services).close()
    return folder


@pytest.fixture
def safe(tmp_path: Path, world: World, passphrase: Secret, new_safe: Path) -> Iterator[Safe]:
    folder = tmp_path / "safe"
    shutil.copytree(new_safe, folder)
    with open_safe(folder, passphrase, world.services) as opened:
        yield opened


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)
