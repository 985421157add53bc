"""Argon2id as everyone else computes it, and never outside the limits."""

import pytest

from wallet_app.crypto.kdf import DEFAULT_COST, KdfCost, choose_cost, derive_key, read_cost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault


def test_the_key_is_that_of_the_reference_implementation() -> None:
    # phc-winner-argon2, src/test.c: Argon2id, version 0x13, t=2, m=2^16, p=1.
    key = derive_key(Secret(b"password"), b"somesalt", KdfCost(t=2, m_kib=65_536, p=1))
    assert key == Secret(
        bytes.fromhex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7")
    )


def test_the_default_is_the_second_choice_of_rfc_9106() -> None:
    assert KdfCost(t=3, m_kib=64 * 1024, p=4) == DEFAULT_COST


@pytest.mark.parametrize(
    "kdf",
    [
        {"t": 0, "m_kib": 65_536, "p": 4},
        {"t": 17, "m_kib": 65_536, "p": 4},
        {"t": 3, "m_kib": 19 * 1024 - 1, "p": 4},
        {"t": 3, "m_kib": 1024 * 1024 + 1, "p": 4},
        {"t": 3, "m_kib": 65_536, "p": 0},
        {"t": 3, "m_kib": 65_536, "p": 17},
        {"t": True, "m_kib": 65_536, "p": 4},
        {"t": 3.0, "m_kib": 65_536, "p": 4},
        {"t": "3", "m_kib": 65_536, "p": 4},
        {"m_kib": 65_536, "p": 4},
        {},
    ],
)
def test_a_cost_outside_the_limits_is_refused_before_any_memory_is_taken(
    kdf: dict[str, int],
) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        read_cost(kdf)
    assert caught.value.code == "vault.kdf_refused"


def test_a_cost_at_the_limits_is_read() -> None:
    assert read_cost({"t": 1, "m_kib": 19 * 1024, "p": 1}) == KdfCost(1, 19 * 1024, 1)
    assert read_cost({"t": 16, "m_kib": 1024 * 1024, "p": 16}) == KdfCost(16, 1024 * 1024, 16)


@pytest.mark.parametrize(
    ("measured_s", "expected"),
    [
        (0.0, KdfCost(16, 256 * 1024, 4)),
        (0.01, KdfCost(16, 256 * 1024, 4)),
        (0.1, KdfCost(5, 256 * 1024, 4)),
        (0.18, KdfCost(3, 256 * 1024, 4)),
        (0.3, KdfCost(3, 128 * 1024, 4)),
        (0.6, KdfCost(3, 64 * 1024, 4)),
        (9.0, DEFAULT_COST),
    ],
)
def test_the_cost_follows_the_computer_between_the_recommendation_and_the_limits(
    measured_s: float, expected: KdfCost
) -> None:
    assert choose_cost(measured_s) == expected


def test_a_chosen_cost_takes_half_a_second_to_one_second_where_the_computer_allows() -> None:
    for milliseconds in range(30, 500):
        chosen = choose_cost(milliseconds / 1000)
        factor = chosen.t * chosen.m_kib / (DEFAULT_COST.t * DEFAULT_COST.m_kib)
        assert 0.45 <= factor * milliseconds / 1000 <= 1.0
