"""Every code that the storage room raises has its sentence in both languages."""

import re
from pathlib import Path

import pytest

from wallet_app.wording import LANGUAGES, Words

PACKAGE = Path(__file__).resolve().parents[2] / "wallet_app"
FILES = [
    *(PACKAGE / "storage").glob("*.py"),
    *(PACKAGE / "crypto" / name for name in ("secret.py", "kdf.py", "envelope.py")),
]
NO_ERROR = {"vault.db", "vault.lock"}


def codes() -> set[str]:
    text = "\n".join(
        re.sub(r"reached\(\s*\"[a-z_.]+\"", "", path.read_text(encoding="utf-8")) for path in FILES
    )
    found = re.findall(r'"((?:vault|file|backup|restore|passphrase)\.[a-z_]+)"', text)
    return set(found) - NO_ERROR


def test_the_scan_finds_codes() -> None:
    assert {"vault.wrong_passphrase", "file.disk_full", "backup.truncated"} <= codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    words = Words(language)
    assert [code for code in sorted(codes()) if f"error.{code}" not in words] == []
