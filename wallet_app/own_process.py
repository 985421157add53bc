"""How this program starts one of its own scripts as a process of its own."""

import sys

__all__ = ["own_process"]


def own_process(flag: str, *script: str) -> list[str]:
    """Return the command that runs ``script``: a file, or what else the interpreter takes.

    A frozen program has no interpreter; it starts itself with ``flag`` and nothing else.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    # -P: nothing from the current folder is imported; it may hold anything, also a ``json.py``.
    return [sys.executable, "-P", *script]
