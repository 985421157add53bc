"""The ways into a safe, as a person turns them on, loses them and takes them away."""

from pathlib import Path

import pytest

from simulators.keyrings import MemoryKeyring
from simulators.world import World
from wallet_app.app.backup_refusals import naming_recovery_words
from wallet_app.app.open_safe import open_safe
from wallet_app.app.passphrases import word_list
from wallet_app.app.safe import Safe
from wallet_app.app.safe_keys import (
    keyring_key,
    new_recovery_code,
    read_recovery_text,
    recovery_key,
    ways_into,
)
from wallet_app.crypto.envelope import SlotKind
from wallet_app.crypto.recovery_code import draw_code
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.wording import LANGUAGES


def refusal(path: Path, store: MemoryKeyring) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(CoffreError) as caught:
        keyring_key(path, store)
    return caught.value.code, dict(caught.value.params)


@pytest.fixture
def store() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def quick(safe: Safe, passphrase: Secret, store: MemoryKeyring) -> Path:
    """The folder of a closed safe that the keyring opens."""
    safe.keys.keyring_on(passphrase, store)
    safe.close()
    return safe.path


def test_quick_unlock_opens_and_is_off_until_it_is_turned_on(
    safe: Safe, passphrase: Secret, store: MemoryKeyring, world: World
) -> None:
    assert refusal(safe.path, store) == ("keyring.off", {})
    safe.keys.keyring_on(passphrase, store)
    safe.close()
    assert [way.kind for way in ways_into(safe.path)] == ["passphrase", "keyring"]
    open_safe(safe.path, keyring_key(safe.path, store), world.services).close()


def test_the_entry_is_32_bytes_that_are_not_the_key_of_the_database(
    quick: Path, store: MemoryKeyring
) -> None:
    ((name, data),) = store.entries.items()
    vault_id, slot_id = name.split("/")
    assert len(data) == 32
    header = (quick / "header.json").read_text()
    assert vault_id in header
    assert slot_id in header


@pytest.mark.parametrize("fault", ["keyring.none", "keyring.locked", "keyring.timeout"])
def test_a_keyring_that_fails_is_told_and_its_slot_stays(
    quick: Path, store: MemoryKeyring, passphrase: Secret, world: World, fault: str
) -> None:
    before = (quick / "header.json").read_bytes()
    store.fault = fault
    assert refusal(quick, store) == (fault, {})
    open_safe(quick, passphrase, world.services).close()
    assert (quick / "header.json").read_bytes() == before
    store.fault = ""
    open_safe(quick, keyring_key(quick, store), world.services).close()


def test_a_wiped_keyring_is_told_and_nothing_is_made_again(
    quick: Path, store: MemoryKeyring, passphrase: Secret, world: World
) -> None:
    store.entries.clear()
    assert refusal(quick, store)[0] == "keyring.missing"
    open_safe(quick, passphrase, world.services).close()
    assert store.entries == {}
    assert [way.kind for way in ways_into(quick)] == ["passphrase", "keyring"]


def test_another_keyring_than_the_one_that_kept_the_entry_is_named(
    quick: Path, store: MemoryKeyring
) -> None:
    store.name = "keyring.backends.kwallet.DBusKeyring"
    expected = {"was": "SecretService", "now": "kwallet"}
    assert refusal(quick, store) == ("keyring.backend_changed", expected)


def test_an_entry_of_another_safe_or_of_nobody_is_wrong(
    quick: Path, store: MemoryKeyring, world: World
) -> None:
    (name,) = store.entries
    store.entries[name] = b"x" * 32
    with pytest.raises(CoffreError) as caught:
        open_safe(quick, keyring_key(quick, store), world.services)
    assert caught.value.code == "keyring.wrong"
    store.entries[name] = b"x" * 31
    assert refusal(quick, store)[0] == "keyring.damaged"


def test_turning_it_off_takes_the_slot_first_and_needs_no_keyring(
    quick: Path, store: MemoryKeyring, passphrase: Secret, world: World
) -> None:
    entry = keyring_key(quick, store)
    store.fault = "keyring.locked"
    with open_safe(quick, passphrase, world.services) as safe:
        safe.keys.keyring_off(store)
    with pytest.raises(CoffreError) as caught:
        open_safe(quick, entry, world.services)
    assert caught.value.code == "keyring.off"
    assert len(store.entries) == 1


def test_turning_it_on_again_leaves_one_entry(
    quick: Path, store: MemoryKeyring, passphrase: Secret, world: World
) -> None:
    with open_safe(quick, passphrase, world.services) as safe:
        safe.keys.keyring_on(passphrase, store)
        assert len(store.entries) == 1
        safe.keys.keyring_off(store)
    assert store.entries == {}


def test_a_code_reads_from_its_words_and_from_a_sheet_around_them() -> None:
    code = new_recovery_code()
    words = " ".join(code.words(word_list("fr")))
    sheet = f"Coffre\n\nYour recovery code:\n\n  {words}\n\nKeep this sheet.\n"
    for text in (words, sheet):
        assert read_recovery_text(text).secret == code.secret
    with pytest.raises(CoffreError) as caught:
        read_recovery_text("Coffre\nnothing of the kind\n")
    assert caught.value.code == "recovery.word_count"


@pytest.mark.parametrize("language", LANGUAGES)
def test_recovery_words_given_for_a_backups_passphrase_are_named(language: str) -> None:
    words = draw_code(bytes(range(17))).words(word_list(language))

    def told(typed: str, code: str = "backup.wrong_passphrase") -> str:
        with pytest.raises(UserError) as caught, naming_recovery_words(Secret.from_text(typed)):
            raise UserError(code)
        return caught.value.code

    assert told(" ".join(words).upper()) == "backup.recovery_words"
    assert told(" ".join(reversed(words))) == "backup.wrong_passphrase", "no code: its check fails"
    assert told(" ".join(words[1:])) == "backup.wrong_passphrase"
    assert told(" ".join(words), "backup.damaged") == "backup.damaged"


def test_a_stolen_passphrase_is_answered_by_a_new_key(
    quick: Path, store: MemoryKeyring, passphrase: Secret, world: World
) -> None:
    code = new_recovery_code()
    words = " ".join(code.words(word_list("en")))
    new = Secret.from_text("another passphrase")
    with open_safe(quick, passphrase, world.services) as safe:
        safe.import_demo()
        count = safe.count()
        safe.keys.replace_keys(passphrase, new, code, store=store, forget_copies=True)
        assert safe.count() == count
        assert not safe.keys.has(SlotKind.KEYRING)
    assert store.entries == {}
    for given in (Secret.from_text("another passphrase"), recovery_key(words)):
        open_safe(quick, given, world.services).close()
    with pytest.raises(CoffreError) as caught:
        open_safe(quick, passphrase, world.services)
    assert caught.value.code == "vault.wrong_passphrase"


@pytest.mark.parametrize("forget", [False, True])
def test_copies_in_the_safe_itself_go_only_when_the_person_says_so(
    safe: Safe, passphrase: Secret, store: MemoryKeyring, *, forget: bool
) -> None:
    copy = safe.path / "before-upgrade-from-2"
    copy.mkdir()
    new = Secret.from_text("another passphrase")
    safe.keys.replace_keys(passphrase, new, None, store=store, forget_copies=forget)
    assert copy.exists() != forget
