from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.open_safe import create_safe
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


@pytest.fixture
def safe(tmp_path: Path, world: World, passphrase: Secret) -> Iterator[Safe]:
    with create_safe(tmp_path / "safe", passphrase, world.services) as made:
        yield made


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)
