"""Write the vault and the backup that are kept for ever as samples of one released format.

    python -m tests.storage.released.make_released

Run once per released schema, by the program that was released; its output is committed
and never made again. Invented content, fixed bytes where randomness allows.
"""

import json
from dataclasses import replace
from datetime import timedelta
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
from tests.simulators.wallets import identity
from wallet_app.app.passphrases import word_list
from wallet_app.credentials.model import Original
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.crypto.recovery_code import CODE_BYTES, RecoveryCode, draw_code
from wallet_app.crypto.secret import Secret
from wallet_app.storage.backup import write_backup
from wallet_app.storage.drafts import Draft
from wallet_app.storage.mark_models import Mark, MarkChange
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
    write_beside(vault, png.sha256)


def write_beside(vault: Vault, credential_id: str) -> None:
    """Let the owner write beside a credential, hold a key and have a recovery code."""
    for minute, text in enumerate(("Écrit à la main", "Réécrit")):
        vault.marks.notes.save(credential_id, text, NOW + timedelta(minutes=minute))
    school = vault.marks.collections.create("École", NOW)
    changes = [
        MarkChange(Mark.FAVOURITE, credential_id),
        MarkChange(Mark.TAG, credential_id, "à montrer"),
        MarkChange(Mark.COLLECTION, credential_id, school.id),
    ]
    vault.marks.apply(changes, NOW)
    vault.drafts.keep([Draft(credential_id, "note", "à moitié")], NOW)
    vault.holders.keep(identity(), "Moi", event("holder_added"))
    given = UnlockKey.of(passphrase("échantillon un"))
    vault.slots.put_recovery(given, sample_code(), event=event("recovery_code_made"), cost=CHEAP)


def sample_code() -> RecoveryCode:
    return draw_code(sha256(b"code of the sample vault").digest()[:CODE_BYTES])


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
        write_backup(vault, target / "sample.coffre", backup, now=NOW, keys=True)
    (target / "vault" / "vault.lock").unlink()
    texts["recovery_code"] = " ".join(sample_code().words(word_list("fr")))
    (target / "expected.json").write_text(
        json.dumps({**texts, "vault_key": KEY.hex(), "schema": SCHEMA_VERSION}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
