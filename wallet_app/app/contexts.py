"""Loads the bundled JSON-LD contexts and pins."""

from functools import cache

from wallet_app.crypto.contexts import PinnedContexts

__all__ = ["load_contexts"]


@cache
def load_contexts() -> PinnedContexts:
    """Return the contexts shipped with the program; read once per process.

    Raises:
        ValueError: a bundled file does not match its pin, which is a packaging bug.
    """
    raise NotImplementedError
