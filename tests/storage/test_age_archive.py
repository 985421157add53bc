"""Age files: what goes wrong before and after the passphrase is each named."""

import subprocess
import sys
from base64 import b64encode

import pytest

from tests.simulators.vaults import passphrase
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.storage import age_archive
from wallet_app.storage.age_archive import (
    AGE_PROCESS_FLAG,
    is_sealed_to_key,
    new_identity,
    recipient_of,
    seal,
    seal_to,
    unseal,
    unseal_with,
)
from wallet_app.storage.age_process import Answer

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----\n"
END = b"-----END AGE ENCRYPTED FILE-----\n"
# Work factor 2^40: nobody's computer does that.
COSTLY = (
    b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\n"
    + b"A" * 43
    + b"\n--- "
    + b"A" * 43
    + b"\n"
    + bytes(32)
)
CHEAP = COSTLY.replace(b" 40\n", b" 10\n")


def refusal(file: bytes) -> str:
    with pytest.raises(CoffreError) as caught:
        unseal(file, passphrase())
    return caught.value.code


def armored(data: bytes) -> bytes:
    return BEGIN + b64encode(data) + b"\n" + END


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "backup.not_a_backup"),
        (b"PK\x03\x04", "backup.not_a_backup"),
        (BEGIN[:-8], "backup.not_a_backup"),
        (BEGIN, "backup.truncated"),
        (armored(COSTLY)[:-3], "backup.truncated"),
        (armored(COSTLY)[: len(armored(COSTLY)) // 2], "backup.truncated"),
        (armored(COSTLY) + b"x", "backup.trailing_data"),
        (armored(COSTLY) + armored(COSTLY), "backup.trailing_data"),
        (BEGIN + b"@@@@\n" + END, "backup.damaged"),
        (BEGIN + b"AAA\n" + END, "backup.damaged"),
        (armored(b"not age"), "backup.damaged"),
        (armored(COSTLY), "backup.too_costly"),
        (COSTLY, "backup.too_costly"),
        (COSTLY[:60], "backup.damaged"),
    ],
)
def test_each_kind_of_unusable_file_has_its_own_code(file: bytes, code: str) -> None:
    assert refusal(file) == code


def test_more_work_than_a_backup_ever_needs_is_refused_before_it_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(age_archive, "_command", lambda: ["false"])
    for log_work in (b"23", b"30", b"9" * 5_000):
        assert refusal(COSTLY.replace(b" 40\n", b" " + log_work + b"\n")) == "backup.too_costly"
    assert refusal(COSTLY.replace(b" 40\n", b" 22\n")) == "backup.process_failed"


def test_the_library_refuses_too_costly_work_in_the_words_that_are_looked_for() -> None:
    assert age_archive._ask(b"open", COSTLY, passphrase()) == (Answer.TOO_COSTLY, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has prctl: skipped")
def test_the_process_with_the_passphrase_cannot_be_read_and_takes_bounded_memory() -> None:
    probe = (
        "import ctypes, resource, sys; from wallet_app.storage import age_process;"
        "sys.stdin.close(); sys.stdin = None\n"
        "try: age_process.main()\n"
        "except AttributeError: pass\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),"
        " *resource.getrlimit(resource.RLIMIT_AS), *resource.getrlimit(resource.RLIMIT_CORE))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", probe], stdout=subprocess.PIPE, check=True, timeout=30
    )
    dumpable, *limits = (int(word) for word in ran.stdout.split())
    assert dumpable == 0
    assert all(0 < limit <= 6 * 2**30 for limit in limits[:2])
    assert limits[2:] == [0, 0]


def test_line_ends_and_blank_lines_changed_on_the_way_do_no_harm() -> None:
    assert refusal(armored(COSTLY).replace(b"\n", b"\r\n") + b"\r\n\r\n") == "backup.too_costly"


def test_a_process_that_cannot_start_or_dies_is_a_fault_of_the_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for command in (["/nowhere/python"], ["false"], ["true"]):
        monkeypatch.setattr(age_archive, "_command", lambda command=command: command)
        assert refusal(CHEAP) == "backup.process_failed"


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age_archive, "_command", lambda: ["sleep", "60"])
    monkeypatch.setattr(age_archive, "_TIMEOUT_S", 0.05)
    assert refusal(CHEAP) == "backup.timeout"


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert age_archive._command() == [sys.executable, AGE_PROCESS_FLAG]
    # What the frozen program is built from understands that one argument.
    monkeypatch.setattr(
        age_archive, "_command", lambda: [sys.executable, "-m", "wallet_app", AGE_PROCESS_FLAG]
    )
    assert refusal(CHEAP) == "backup.wrong_passphrase"


def test_what_is_sealed_to_a_recipient_opens_with_its_identity_alone() -> None:
    mine, other = new_identity(), new_identity()
    file = seal_to(b"content", recipient_of(mine))
    assert unseal_with(file, mine) == b"content"
    assert unseal_with(file, Secret(bytes(mine.buffer()) + b"\n")) == b"content"
    assert is_sealed_to_key(file)
    for call, key, code in (
        (unseal_with, other, "backup.other_key"),
        (unseal, passphrase(), "backup.wrong_passphrase"),
        (unseal_with, Secret(b"AGE-SECRET-KEY-1X"), "backup.not_an_identity"),
        (unseal_with, Secret(b"\xff"), "backup.not_an_identity"),
    ):
        with pytest.raises(CoffreError) as caught:
            call(file, key)
        assert caught.value.code == code


def test_a_flipped_bit_and_a_cut_end_are_noticed_by_the_identity_too() -> None:
    mine = new_identity()
    file = seal_to(b"content" * 100, recipient_of(mine))
    middle = len(file) // 2
    flipped = file[:middle] + (b"A" if file[middle : middle + 1] != b"A" else b"B")
    for broken, code in (
        (flipped + file[middle + 1 :], "backup.damaged"),
        (file[:middle], "backup.truncated"),
        (file + b"x", "backup.trailing_data"),
    ):
        with pytest.raises(CoffreError) as caught:
            unseal_with(broken, mine)
        assert caught.value.code == code


def test_a_file_with_a_passphrase_is_no_file_for_an_identity() -> None:
    file = seal(b"content", passphrase())
    assert not is_sealed_to_key(file)
    with pytest.raises(CoffreError) as caught:
        unseal_with(file, new_identity())
    assert caught.value.code == "backup.other_key"


def test_an_identity_shows_itself_nowhere() -> None:
    mine = new_identity()
    assert "AGE-SECRET" not in repr(mine)
    assert recipient_of(mine).startswith("age1")
