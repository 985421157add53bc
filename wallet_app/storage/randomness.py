"""The one door through which keys, salts and nonces get their random bytes."""

import os
from collections.abc import Callable

__all__ = ["Randomness", "system_randomness"]

Randomness = Callable[[int], bytes]
"""Gives that many unpredictable bytes. Tests may give a fixed stream; nothing else may."""


def system_randomness(size_bytes: int) -> bytes:
    """Return ``size_bytes`` from the operating system's generator."""
    return os.urandom(size_bytes)
