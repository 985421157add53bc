"""A backup in the place of a safe that nobody can open: the old one is never lost."""

from pathlib import Path

import pytest

from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.restore_instead import restore_instead
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault

pytestmark = pytest.mark.usefixtures("light_seals")


@pytest.fixture
def services() -> Services:
    return Services.default(offline=True)


@pytest.fixture
def locked(tmp_path: Path, services: Services) -> Path:
    """A closed safe, with a backup of another one beside it."""
    with Secret.from_text("forgotten") as passphrase:
        create_safe(tmp_path / "safe", passphrase, services).close()
    known = Secret.from_text("known")
    with known, create_safe(tmp_path / "other", known, services) as other:
        other.backup(tmp_path / "b.coffre", known)
    return tmp_path / "safe"


def put_back(locked: Path, services: Services) -> Path:
    with Secret.from_text("known") as known:
        return restore_instead(locked.with_name("b.coffre"), locked, known, services)


def test_each_safe_that_makes_room_keeps_a_place_of_its_own(
    locked: Path, services: Services
) -> None:
    aside = [put_back(locked, services) for _ in range(2)]
    assert len({locked, *aside}) == 3
    with Secret.from_text("forgotten") as passphrase:
        open_safe(aside[0], passphrase, services).close()
    with Secret.from_text("known") as known:
        open_safe(locked, known, services).close()


def test_a_safe_that_cannot_be_moved_stays_and_nothing_is_left_beside_it(
    locked: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(locked.parent.iterdir())
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if target == locked and path.name == "safe-restored":
            raise PermissionError(13, "refused", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(EnvironmentFault) as fault:
        put_back(locked, services)
    assert fault.value.code == "file.not_permitted"
    assert sorted(locked.parent.iterdir()) == before
    with Secret.from_text("forgotten") as passphrase:
        open_safe(locked, passphrase, services).close()


def test_a_safe_that_is_open_elsewhere_is_not_moved(locked: Path, services: Services) -> None:
    passphrase = Secret.from_text("forgotten")
    elsewhere = open_safe(locked, passphrase, services)
    with passphrase, elsewhere, pytest.raises(EnvironmentFault) as fault:
        put_back(locked, services)
    assert fault.value.code == "vault.in_use"
