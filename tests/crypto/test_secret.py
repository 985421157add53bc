"""A secret compares, travels and prints in no way that could leak it."""

import copy
import pickle  # noqa: TID251 - to see it refused
import traceback

import pytest

from wallet_app.crypto.secret import MAX_SECRET_BYTES, Secret
from wallet_app.errors import UserError


def test_an_accented_letter_is_the_same_secret_as_one_or_two_code_points() -> None:
    assert Secret.from_text("caf\u00e9") == Secret.from_text("cafe\u0301")
    assert Secret.from_text("caf\u00e9") != Secret.from_text("cafe")


def test_nothing_is_trimmed_and_no_case_is_folded() -> None:
    assert Secret.from_text(" a ") != Secret.from_text("a")
    assert Secret.from_text("A") != Secret.from_text("a")
    assert Secret.from_text("a") != "a"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "passphrase.empty"),
        ("x" * (MAX_SECRET_BYTES + 1), "passphrase.too_long"),
        ("é" * MAX_SECRET_BYTES, "passphrase.too_long"),
        ("hush\ud800", "passphrase.not_text"),
    ],
)
def test_a_text_that_is_no_passphrase_is_refused_without_being_repeated(
    text: str, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        Secret.from_text(text)
    assert caught.value.code == code
    assert "hush" not in "".join(traceback.format_exception(caught.value))


def test_the_longest_passphrase_is_accepted() -> None:
    assert len(Secret.from_text("x" * MAX_SECRET_BYTES)) == MAX_SECRET_BYTES


def test_a_secret_does_not_print_itself() -> None:
    secret = Secret.from_text("sentinel")
    assert "sentinel" not in f"{secret!r} {secret!s} {secret}"


@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy, hash])
def test_a_secret_cannot_be_pickled_copied_or_hashed(way: object) -> None:
    with pytest.raises(TypeError):
        way(Secret.from_text("sentinel"))  # type: ignore[operator]


def test_a_wiped_secret_is_zeros_and_can_no_longer_be_used() -> None:
    secret = Secret(b"sentinel")
    buffer = secret.buffer()
    with secret:
        pass
    assert buffer == bytes(8)
    with pytest.raises(ValueError, match="wiped"):
        secret.buffer()


def test_a_copy_is_wiped_on_its_own() -> None:
    secret = Secret(b"sentinel")
    secret.copy().wipe()
    assert secret == Secret(b"sentinel")
