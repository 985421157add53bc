"""What a recovery code gives is an identity that the stock age tool takes."""

import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest

from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.recovery_code import CODE_BYTES, draw_code
from wallet_app.crypto.secret import Secret


def identity(number: int = 1) -> Secret:
    return identity_of_code(draw_code(bytes([number]) * CODE_BYTES))


def test_the_same_code_gives_the_same_identity_for_ever() -> None:
    # Fixed on purpose: printed sheets must go on opening backups.
    assert identity().buffer().decode() == EXPECTED
    assert identity(2) != identity()


EXPECTED = "AGE-SECRET-KEY-127SN7YUS2A5909JDEL4FL4Q5K5VQHNPMRGXLC239NC04QXPK4WJQY4M33M"


def test_the_library_reads_it_and_writes_it_the_same() -> None:
    for number in range(1, 20):
        text = identity(number).buffer().decode()
        assert text.startswith("AGE-SECRET-KEY-1")
        assert str(pyrage.x25519.Identity.from_str(text)) == text


def test_the_stock_tool_reads_it_and_opens_with_it(tmp_path: Path) -> None:
    if not (shutil.which("age") and shutil.which("age-keygen")):
        pytest.skip("the age tool is not installed: apt-get install age")
    key = tmp_path / "identity.txt"
    key.write_text(identity().buffer().decode() + "\n")
    public = subprocess.run(
        ["age-keygen", "-y", str(key)], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert public == str(pyrage.x25519.Identity.from_str(EXPECTED).to_public())
    sealed = pyrage.encrypt(b"a backup", [pyrage.x25519.Recipient.from_str(public)])
    opened = subprocess.run(
        ["age", "-d", "-i", str(key)], input=sealed, capture_output=True, check=True
    )
    assert opened.stdout == b"a backup"
