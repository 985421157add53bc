"""Ways in come and go without touching the content, and one that lasts always stays."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.simulators.refusals import refusal
from tests.simulators.vaults import (
    CHEAP,
    PASSPHRASE,
    add,
    credential,
    event,
    open_vault,
    passphrase,
)
from wallet_app.crypto import slots
from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.envelope import Header, SlotKind, UnlockKey, open_header
from wallet_app.crypto.recovery_code import CODE_BYTES, RecoveryCode, draw_code
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.storage import key_slots
from wallet_app.storage.building import DATABASE_NAME
from wallet_app.storage.recovery import backup_identities
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault

GIVEN = UnlockKey.of(passphrase())


def code(number: int = 1) -> RecoveryCode:
    return draw_code(bytes([number]) * CODE_BYTES)


@dataclass
class Entries:
    """A keyring in memory."""

    kept: dict[str, Secret] = field(default_factory=dict)

    def keep(self, slot_id: str, secret: Secret) -> str:
        self.kept[slot_id] = secret.copy()
        return "Example.Keyring"

    def key(self) -> UnlockKey:
        ((slot_id, secret),) = self.kept.items()
        return UnlockKey.keyring(secret.copy(), slot_id)


def kinds(vault: Vault) -> list[str]:
    return sorted(way.kind for way in vault.slots.all())


def put_code(vault: Vault, number: int = 1, given: UnlockKey = GIVEN) -> None:
    vault.slots.put_recovery(given, code(number), event=event("recovery_code_made"), cost=CHEAP)


def put_keyring(vault: Vault) -> Entries:
    entries = Entries()
    vault.slots.put_keyring(GIVEN, entries.keep, event=event("keyring_on"))
    return entries


def test_a_vault_opens_by_each_of_its_ways_and_the_database_was_not_touched(
    vault: Vault, folder: Path
) -> None:
    row = add(vault, credential())
    before = (folder / DATABASE_NAME).read_bytes()
    put_code(vault)
    entries = put_keyring(vault)
    assert (folder / DATABASE_NAME).read_bytes() == before
    assert kinds(vault) == ["keyring", "passphrase", "recovery"]
    assert [way.backend for way in vault.slots.all()] == ["", "", "Example.Keyring"]
    vault.close()
    for given in (passphrase(), UnlockKey.recovery(code().secret), entries.key()):
        with Vault.open(folder, given) as again:
            assert again.credentials.rows() == (row,)


def test_the_wrong_thing_is_refused_by_its_name(vault: Vault, folder: Path) -> None:
    def opening(given: UnlockKey) -> str:
        return refusal(lambda: Vault.open(folder, given, read_only=True))

    recovery = UnlockKey.recovery(code(2).secret)
    assert opening(recovery) == "vault.no_recovery_code"
    assert opening(UnlockKey.keyring(Secret(bytes(32)), "any")) == "keyring.off"
    put_code(vault)
    entries = put_keyring(vault)
    slot_id = entries.key().slot_id
    assert opening(recovery) == "vault.wrong_recovery_code"
    assert opening(UnlockKey.keyring(Secret(bytes(32)), slot_id)) == "keyring.wrong"
    assert opening(UnlockKey.keyring(Secret(b"short"), slot_id)) == "keyring.wrong"
    assert opening(UnlockKey.keyring(entries.key().secret, "another")) == "keyring.off"


def test_one_try_costs_one_derivation(
    vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_code(vault)
    entries = put_keyring(vault)
    vault.close()
    derive, counted = slots.derive_key, []
    monkeypatch.setattr(slots, "derive_key", lambda *a: counted.append(1) or derive(*a))
    for given, cost in (
        (GIVEN, 1),
        (UnlockKey.of(passphrase("wrong")), 1),
        (UnlockKey.recovery(code().secret), 1),
        (entries.key(), 0),
    ):
        counted.clear()
        try:
            Vault.open(folder, given).close()
        except CoffreError as error:
            assert error.code == "vault.wrong_passphrase"  # noqa: PT017 - one of four
        assert len(counted) == cost


def test_only_what_opens_the_vault_may_add_a_way_in(vault: Vault, folder: Path) -> None:
    before = (folder / "header.json").read_bytes()
    wrong = UnlockKey.of(passphrase("wrong"))
    entries = Entries()
    for change in (
        lambda: put_code(vault, given=wrong),
        lambda: vault.slots.put_keyring(wrong, entries.keep, event=event()),
        lambda: vault.slots.change_passphrase(wrong, passphrase("b"), event=event()),
    ):
        assert refusal(change) == "vault.wrong_passphrase"
    assert (folder / "header.json").read_bytes() == before
    assert entries.kept == {}
    assert vault.history.events() == ()


def test_a_forgotten_passphrase_is_replaced_by_means_of_the_recovery_code(
    vault: Vault, folder: Path
) -> None:
    put_code(vault)
    vault.close()
    recovery = UnlockKey.recovery(code().secret)
    with Vault.open(folder, recovery) as again:
        again.change_passphrase(recovery, passphrase("new"), event=event("changed"))
    assert refusal(lambda: open_vault(folder)) == "vault.wrong_passphrase"
    open_vault(folder, "new").close()
    Vault.open(folder, recovery).close()


def test_a_new_code_replaces_the_earlier_one_and_its_identity_stays_for_older_backups(
    vault: Vault, folder: Path
) -> None:
    for number in (1, 2, 3):
        put_code(vault, number)
    expected = [identity_of_code(code(number)) for number in (3, 2, 1)]
    assert list(backup_identities(vault.database)) == expected
    assert vault.secrets.get(BACKUP_IDENTITY) == expected[0]
    assert kinds(vault) == ["passphrase", "recovery"]
    vault.close()
    earlier = UnlockKey.recovery(code(2).secret)
    assert refusal(lambda: Vault.open(folder, earlier)) == "vault.wrong_recovery_code"
    Vault.open(folder, UnlockKey.recovery(code(3).secret)).close()


def test_the_keyring_is_never_the_last_way_in(vault: Vault, folder: Path) -> None:
    put_keyring(vault)
    before = (folder / "header.json").read_bytes()
    assert (
        refusal(lambda: vault.slots.remove(SlotKind.PASSPHRASE, event=event())) == "slot.last_way"
    )
    assert (folder / "header.json").read_bytes() == before
    put_code(vault)
    vault.slots.remove(SlotKind.PASSPHRASE, event=event())
    assert refusal(lambda: vault.slots.remove(SlotKind.RECOVERY, event=event())) == "slot.last_way"
    vault.slots.remove(SlotKind.KEYRING, event=event())
    assert kinds(vault) == ["recovery"]


def test_a_keyring_that_refuses_leaves_the_header_alone(vault: Vault, folder: Path) -> None:
    before = (folder / "header.json").read_bytes()

    def refuse(_slot_id: str, _secret: Secret) -> str:
        raise CoffreError("keyring.locked")

    change = lambda: vault.slots.put_keyring(GIVEN, refuse, event=event())  # noqa: E731
    assert refusal(change) == "keyring.locked"
    assert (folder / "header.json").read_bytes() == before


def test_a_change_that_cannot_be_written_leaves_the_earlier_ways(
    vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_code(vault)

    def full(*_: object) -> None:
        raise CoffreError("file.disk_full")

    monkeypatch.setattr(key_slots, "settle_header", full)
    monkeypatch.setattr(key_slots, "replace_header", full)
    assert refusal(lambda: put_code(vault, 2)) == "file.disk_full"
    identity = vault.secrets.get(BACKUP_IDENTITY)
    assert identity == identity_of_code(code(1))
    vault.close()
    Vault.open(folder, UnlockKey.recovery(code(1).secret)).close()


@pytest.mark.parametrize("committed", [False, True])
def test_after_an_interrupted_change_the_database_says_which_header_counts(
    vault: Vault, folder: Path, *, committed: bool
) -> None:
    # The passphrase opens both headers: it cannot tell whether the code was ever shown.
    put_code(vault, 1)
    vault.close()
    shutil.copytree(folder, folder.with_name("before"))
    with open_vault(folder) as again:
        put_code(again, 2)
    shutil.copy(folder.with_name("before") / "header.json", folder / "header.json.old")
    if not committed:
        shutil.copy(folder.with_name("before") / DATABASE_NAME, folder / DATABASE_NAME)
    with open_vault(folder, PASSPHRASE) as again:
        number = 2 if committed else 1
        assert again.secrets.get(BACKUP_IDENTITY) == identity_of_code(code(number))
    assert not (folder / "header.json.old").exists()
    Vault.open(folder, UnlockKey.recovery(code(number).secret)).close()


def test_a_header_of_keyring_slots_alone_is_damaged(vault: Vault) -> None:
    put_keyring(vault)
    header = vault.slots.header
    slot = header.slot(SlotKind.KEYRING)
    assert slot is not None
    lone = Header(header.vault_id, (slot,))
    assert (
        refusal(lambda: open_header(lone, UnlockKey.keyring(Secret(bytes(32)), slot.id)))
        == "vault.header_damaged"
    )
