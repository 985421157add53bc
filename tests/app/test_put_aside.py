"""A safe that nobody can open makes room: it is moved whole, or not at all, and found again."""

import sys
from datetime import date
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.put_aside import day_aside, put_aside, put_back, safes_aside
from wallet_app.app.services import Services
from wallet_app.app.vault_paths import vault_exists
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError

pytestmark = pytest.mark.usefixtures("light_seals")

DAY = date(2026, 11, 30)


@pytest.fixture
def services() -> Services:
    return Services.default(offline=True)


@pytest.fixture
def locked(tmp_path: Path, services: Services) -> Path:
    """A closed safe."""
    return made(tmp_path / "safe", services)


def made(path: Path, services: Services) -> Path:
    with Secret.from_text("forgotten") as passphrase:
        create_safe(path, passphrase, services).close()
    return path


def opens(path: Path, services: Services) -> bool:
    with Secret.from_text("forgotten") as passphrase:
        open_safe(path, passphrase, services).close()
    return True


def test_what_is_put_aside_keeps_a_place_of_its_own_and_comes_back(
    locked: Path, services: Services
) -> None:
    first = put_aside(locked, DAY)
    second = put_aside(made(locked, services), DAY)
    older = put_aside(made(locked, services), date(2025, 1, 2))
    assert [one.name for one in (first, second)] == ["safe-2026-11-30", "safe-2026-11-30-2"]
    assert safes_aside(locked) == (second, first, older)
    assert day_aside(second, locked) == DAY
    put_back(first, locked)
    assert opens(locked, services)
    with pytest.raises(UserError) as refused:
        put_back(second, locked)
    assert refused.value.code == "put_aside.taken"
    assert opens(locked, services)
    assert opens(second, services)


def test_only_safes_by_a_name_that_it_gives_are_found(locked: Path, services: Services) -> None:
    for name in ("safe-2026-11-30", "safe-2026-13-30-2", "safe-old", "other-2026-11-30"):
        locked.with_name(name).mkdir()
    made(locked.with_name("safe-2026-02-30"), services)
    locked.with_name("safe-2026-11-29").symlink_to(locked)
    assert safes_aside(locked) == ()
    assert safes_aside(locked / "nowhere" / "safe") == ()
    assert put_aside(locked, DAY).name == "safe-2026-11-30-2", "nothing there is replaced"


def test_a_name_that_a_link_has_is_taken_even_if_it_leads_nowhere(locked: Path) -> None:
    locked.with_name("safe-2026-11-30").symlink_to("nowhere")
    assert put_aside(locked, DAY).name == "safe-2026-11-30-2"
    locked.symlink_to("nowhere")
    with pytest.raises(UserError):
        put_back(locked.with_name("safe-2026-11-30-2"), locked)


def test_a_safe_that_is_open_elsewhere_is_not_moved(locked: Path, services: Services) -> None:
    passphrase = Secret.from_text("forgotten")
    elsewhere = open_safe(locked, passphrase, services)
    with passphrase, elsewhere, pytest.raises(EnvironmentFault) as fault:
        put_aside(locked, DAY)
    assert fault.value.code == "vault.in_use"
    assert opens(locked, services)


def test_a_link_to_a_safe_stays_and_what_it_leads_to(locked: Path, services: Services) -> None:
    link = locked.with_name("link")
    link.symlink_to(locked)
    with pytest.raises(UserError) as refused:
        put_aside(link, DAY)
    assert refused.value.code == "put_aside.link"
    assert link.is_symlink()
    assert opens(locked, services)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_process_killed_meanwhile_leaves_the_safe_here_or_aside(
    locked: Path, services: Services
) -> None:
    found = []

    def check() -> None:
        asides = safes_aside(locked)
        found.append((vault_exists(locked), len(asides)))
        if asides:
            assert opens(asides[0], services)
            put_back(asides[0], locked)

    assert kill_at_every_step(lambda: put_aside(locked, DAY), check) == 2
    assert found == [(True, 0), (False, 1), (False, 1)]
    assert opens(locked, services)
