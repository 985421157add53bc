"""Planted secrets surface nowhere, and one module alone opens databases."""

import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wallet_app"

VAULT_PASSPHRASE = "sentinel-of-the-vault"
BACKUP_PASSPHRASE = "sentinel-of-the-backup"
KEY = b"sentinel-key-of-32-bytes-exactly"
CONTENT = "sentinel-in-a-badge"

PROGRAM = f"""
import sys, json
from pathlib import Path
from tests.simulators.vaults import CHEAP, NOW, add, credential, event
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.storage.backup import write_backup
from wallet_app.storage.vault import Vault

seen = []
def watch(name, arguments):
    if name == "subprocess.Popen":
        seen.append(repr(arguments))
sys.addaudithook(watch)

here = Path(sys.argv[1])
key = {KEY!r}
vault = Vault.create(here / "vault", Secret.from_text({VAULT_PASSPHRASE!r}), now=NOW, kdf=CHEAP,
                     randomness=lambda size: key if size == 32 else b"r" * size)
add(vault, credential(1, name={CONTENT!r}, description={CONTENT!r}, issuer={CONTENT!r}))
print(vault, vars(vault), vault.credentials.rows("sentinel")[0].id)
if {{backup}}:
    write_backup(vault, here / "b.coffre", Secret.from_text({BACKUP_PASSPHRASE!r}), now=NOW)
    assert seen
# Left as a crash leaves it, with log and shared memory.
for wrong in ("wrong", {BACKUP_PASSPHRASE!r}):
    try:
        Vault.open(here / "vault", Secret.from_text(wrong), read_only=True)
    except CoffreError as error:
        print(repr(error), error.params)
damaged = bytearray((here / "vault" / "vault.db").read_bytes())
vault.close()
damaged[3000] ^= 1
(here / "vault" / "vault.db").write_bytes(damaged)
try:
    Vault.open(here / "vault", Secret.from_text({VAULT_PASSPHRASE!r}))
except CoffreError as error:
    print(repr(error))
print(seen)
import traceback
raise RuntimeError(vault)
"""


def test_planted_secrets_surface_nowhere(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM.format(backup=True), str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"RuntimeError" in ran.stderr, ran.stderr
    assert b"age_process" in ran.stdout
    # SQLCipher's own complaints about wrong keys and damage would be lines of their own.
    assert b"ERROR CORE" not in ran.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"vault.db", "header.json", "b.coffre"} <= {path.name for path in files}
    places = {path.name: path.read_bytes() for path in files}
    places |= {"standard output": ran.stdout, "standard error": ran.stderr}
    for place, data in places.items():
        for secret in spellings():
            assert secret not in data, place


def spellings() -> list[bytes]:
    texts = [VAULT_PASSPHRASE, BACKUP_PASSPHRASE]
    found = [text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le")]
    found += [b64encode(text.encode()).rstrip(b"=")[:-1] for text in texts]
    # The content of a badge may be printed by our own program above, but in no file: the
    # files are looked at for it as well, and the program prints identities only.
    return [*found, CONTENT.encode(), KEY, KEY.hex().encode(), b64encode(KEY).rstrip(b"=")[:-1]]


def test_the_search_for_secrets_finds_one_that_is_there() -> None:
    assert any(secret in b"x" + KEY.hex().encode() for secret in spellings())


def sources(pattern: str) -> set[str]:
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_one_module_alone_opens_databases() -> None:
    assert sources(r"sqlcipher3\.connect|sqlcipher3 import .*connect|sqlite3\.connect") == {
        "storage/opening.py"
    }
    assert sources(r"^\s*(import|from) sqlcipher3") <= {
        "storage/connection.py",
        "storage/faults.py",
        "storage/opening.py",
    }
    assert sources(r"\bimport sqlite3\b") == set()


def test_the_key_is_never_put_into_a_statement() -> None:
    assert sources(r"[\"']PRAGMA\s+(re)?key\b") == set()


@pytest.mark.parametrize("module", ["storage/age_process.py", "app/schema_process.py"])
def test_a_process_of_its_own_takes_no_argument_and_writes_no_file(module: str) -> None:
    text = (PACKAGE / module).read_text(encoding="utf-8")
    assert not re.search(r"argv|environ|\bopen\(|Path|logging", text.split('"""', 2)[2])
