import time

import pytest

from wallet_app.app.passphrase_strength import Strength, guess_bits, strength_of


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.NONE),
        ("a", Strength.WEAK),
        ("password", Strength.WEAK),
        ("P@ssw0rd", Strength.WEAK),
        ("motdepasse1", Strength.WEAK),
        ("Tr0ub4dor&3", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("12345678901234567890", Strength.WEAK),
        ("abcdefghijklmnopqrst", Strength.WEAK),
        ("chat chat chat chat chat", Strength.WEAK),
        ("correcthorsebatterystaple", Strength.FAIR),
        ("velvet orbit granite", Strength.FAIR),
        ("velvet orbit granite meadow", Strength.STRONG),
        ("été château forêt rivière", Strength.STRONG),
        ("velvet orbit granite meadow lamp", Strength.VERY_STRONG),
    ],
)
def test_strength_is_what_a_guesser_would_find(passphrase: str, expected: Strength) -> None:
    assert strength_of(passphrase) is expected


def test_one_more_new_word_is_never_weaker() -> None:
    words = ["velvet", "orbit", "granite", "meadow", "lamp"]
    bits = [guess_bits(" ".join(words[: count + 1])) for count in range(len(words))]
    assert bits == sorted(bits)


def test_a_pasted_novel_is_judged_at_once() -> None:
    started = time.process_time()
    strength_of("velvet orbit granite meadow lamp " * 100_000)
    assert time.process_time() - started < 0.5
