"""Write the vault and the backup that are kept for ever as samples of one released format.

    python -m tests.storage.released.make_released

Run once per released schema, by the program that was released; its output is committed
and never made again. Invented content, fixed bytes where randomness allows.
"""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tests.simulators.vaults import (
    CHEAP,
    NOW,
    add,
    credential,
    document,
    event,
    fill_people,
    passphrase,
    report,
)
from wallet_app.credentials.model import Original
from wallet_app.crypto.secret import Secret
from wallet_app.storage.backup import write_backup
from wallet_app.storage.schema import SCHEMA_VERSION
from wallet_app.storage.vault import Vault

HERE = Path(__file__).resolve().parent
KEY = sha256(b"key of the sample vault").digest()


def fill(vault: Vault) -> None:
    vault.history.append(event("created"))
    png = Original(b"\x89PNG\r\n\x1a\nno real picture", "image/png", "badge.png")
    first = replace(credential(1, name="Été des sciences", skills=("soudure", "c++")), original=png)
    add(vault, first)
    vault.credentials.add_report(
        png.sha256, report("revoked", document("list", b"list")), event("verified", png.sha256)
    )
    for number in (2, 3):
        row = add(vault, credential(number, expires_on=NOW))
        vault.credentials.move_to_trash(row.id, event("deleted", row.id))
    vault.credentials.delete_forever(row.id, event("deleted_forever", row.id), reason="asked")
    add(vault, replace(credential(4), demo=True))
    vault.meta.set("demo", "1")
    fill_people(vault)


def main() -> None:
    target = HERE / str(SCHEMA_VERSION)
    target.mkdir()
    texts = {"passphrase": "échantillon un", "backup_passphrase": "échantillon deux"}
    vault = Vault.create(
        target / "vault",
        passphrase(texts["passphrase"]),
        now=NOW,
        kdf=CHEAP,
        randomness=lambda size: KEY if size == len(KEY) else sha256(bytes([size])).digest()[:size],
    )
    with vault:
        fill(vault)
        backup = Secret.from_text(texts["backup_passphrase"])
        write_backup(vault, target / "sample.coffre", backup, now=NOW)
    (target / "vault" / "vault.lock").unlink()
    (target / "expected.json").write_text(
        json.dumps({**texts, "vault_key": KEY.hex(), "schema": SCHEMA_VERSION}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
