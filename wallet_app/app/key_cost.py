"""How much this computer can spend on one try of a passphrase."""

import time
from collections.abc import Callable

from wallet_app.crypto.kdf import DEFAULT_COST, SALT_BYTES, KdfCost, choose_cost, derive_key
from wallet_app.crypto.secret import Secret

__all__ = ["calibrated_cost", "measured_cost"]

_TRIES = 2
"""The shorter time counts: the longer one had to wait for something else."""


def calibrated_cost() -> KdfCost:
    """Return the cost of a new slot: about 0.7 s here. Takes two derivations to find out.

    Raises:
        EnvironmentFault: ``vault.out_of_memory``.
    """
    return measured_cost(time.perf_counter)


def measured_cost(clock: Callable[[], float]) -> KdfCost:
    """Return ``calibrated_cost`` as ``clock``, in seconds, measures it."""
    return choose_cost(min(_time_of_one(clock) for _ in range(_TRIES)))


def _time_of_one(clock: Callable[[], float]) -> float:
    started = clock()
    derive_key(Secret(b"nobody's passphrase"), bytes(SALT_BYTES), DEFAULT_COST).wipe()
    return clock() - started
