"""Quick unlock over a real Secret Service: it works, and every loss leads to the passphrase.

Each trouble runs in a process of its own under a bus of its own, because a keyring that was
locked or wiped is so for everybody on the bus.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.keyring,
    pytest.mark.skipif(
        not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
        reason="no Secret Service here: apt-get install dbus-daemon gnome-keyring",
    ),
]

UNLOCKED = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"

COMMON = """
import sys
from pathlib import Path
from tests.simulators.vaults import CHEAP, NOW, passphrase
from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.safe_keys import keyring_key
from wallet_app.app.services import Services
from wallet_app.errors import CoffreError
from wallet_app.system.keyring_store import SystemKeyring

path, store = Path(sys.argv[1]), SystemKeyring(timeout_s=float(sys.argv[2]))
services = Services.default(now=lambda: NOW, offline=True)

def on():
    with create_safe(path, passphrase(), services, cost=CHEAP) as safe:
        safe.keys.keyring_on(passphrase(), store)

def said():
    try:
        open_safe(path, keyring_key(path, store), services).close()
    except CoffreError as error:
        # Whatever the keyring says, the passphrase opens, and the slot is still there.
        with open_safe(path, passphrase(), services) as safe:
            assert [way.kind for way in safe.keys.ways()] == ["passphrase", "keyring"]
        return error.code
    return "opened"
"""


def outcome(tmp_path: Path, program: str, *, session: str = UNLOCKED, timeout_s: float = 20) -> str:
    """Run a program on a bus of its own; return the last line it printed."""
    arguments = [sys.executable, "-c", COMMON + program, str(tmp_path / "safe"), str(timeout_s)]
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DBUS_")},
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "home" / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "home" / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
    }
    (tmp_path / "home").mkdir(exist_ok=True)
    inside = ["dbus-run-session", "--", "sh", "-c", f'{session}; exec "$@"', "sh", *arguments]
    ran = subprocess.run(
        inside if session else arguments,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()[-1]


def test_it_works_and_works_again_in_a_later_session(tmp_path: Path) -> None:
    assert outcome(tmp_path, "on(); print(said())") == "opened"
    assert outcome(tmp_path, "print(said())") == "opened"


def test_the_entry_holds_32_bytes_under_the_name_of_vault_and_slot(tmp_path: Path) -> None:
    program = """
on()
import json, keyring, base64
header = json.loads((path / "header.json").read_text())
(slot,) = [slot for slot in header["slots"] if slot["kind"] == "keyring"]
entry = keyring.get_password("Coffre", f"{header['vault_id']}/{slot['id']}")
print(len(base64.b64decode(entry)), slot["backend"], "kdf" in slot)
"""
    expected = "32 keyring.backends.SecretService.Keyring False"
    assert outcome(tmp_path, program) == expected


def test_a_wiped_keyring_leads_to_the_passphrase(tmp_path: Path) -> None:
    assert outcome(tmp_path, "on(); print(said())") == "opened"
    shutil.rmtree(tmp_path / "home")
    assert outcome(tmp_path, "print(said())") == "keyring.missing"


def test_a_deleted_entry_leads_to_the_passphrase(tmp_path: Path) -> None:
    program = """
on()
import secretstorage
bus = secretstorage.dbus_init()
for item in secretstorage.search_items(bus, {"service": "Coffre"}):
    item.delete()
print(said())
"""
    assert outcome(tmp_path, program) == "keyring.missing"


def test_a_locked_keyring_leads_to_the_passphrase(tmp_path: Path) -> None:
    # Nobody is there to answer the prompt of the service: it is dismissed, or it hangs.
    program = """
on()
import secretstorage
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
print(said())
"""
    assert outcome(tmp_path, program, timeout_s=5) in {"keyring.locked", "keyring.timeout"}


def test_another_back_end_leads_to_the_passphrase(tmp_path: Path) -> None:
    program = """
on()
import keyring
from keyring.backends import libsecret
keyring.set_keyring(libsecret.Keyring())
print(said())
"""
    assert outcome(tmp_path, program) == "keyring.backend_changed"


def test_an_entry_of_another_safe_leads_to_the_passphrase(tmp_path: Path) -> None:
    program = """
on()
import secretstorage
bus = secretstorage.dbus_init()
for item in secretstorage.search_items(bus, {"service": "Coffre"}):
    item.set_secret(b"QUFB" * 10 + b"QUE=")
print(said())
"""
    assert outcome(tmp_path, program) == "keyring.wrong"


def test_a_service_that_ended_leads_to_the_passphrase(tmp_path: Path) -> None:
    assert outcome(tmp_path, "on(); print(said())") == "opened"
    found = outcome(tmp_path, "print(said())", session="true", timeout_s=10)
    # Debian's bus may start the service by itself: then it is locked, or asks nobody.
    assert found in {"keyring.none", "keyring.locked", "keyring.timeout", "keyring.missing"}


def test_without_a_bus_it_leads_to_the_passphrase_at_once(tmp_path: Path) -> None:
    assert outcome(tmp_path, "on(); print(said())") == "opened"
    assert outcome(tmp_path, "print(said())", session="") == "keyring.none"
