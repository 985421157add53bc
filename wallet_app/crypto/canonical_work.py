"""How much work canonicalizing may make, for one proof or for a whole report."""

from typing import Final

from wallet_app.crypto.errors import ProofUnsupported

__all__ = ["CanonicalWork"]

_BYTES_PER_STEP: Final = 1_024
"""Hashing this much text takes about as long as one step of the algorithm."""


class CanonicalWork:
    """A budget that all canonicalizations given it share, counted down as they work.

    It depends on nothing but the inputs, so the same inputs end at the same place.
    """

    def __init__(self, steps: int = 60_000) -> None:
        """Take the budget in steps of some microseconds each; the default is half a second."""
        self._limit = steps
        self._left = steps
        self._bytes = 0

    def spend(self, steps: int, text_bytes: int = 0) -> None:
        """Spend ``steps`` and the hashing of ``text_bytes``.

        Raises:
            ProofUnsupported: ``canon.budget``: nothing is left.
        """
        self._bytes += text_bytes
        more, self._bytes = divmod(self._bytes, _BYTES_PER_STEP)
        self._left -= steps + more
        if self._left < 0:
            raise ProofUnsupported("canon.budget", {"limit": self._limit})
