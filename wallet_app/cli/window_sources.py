"""``coffre FILE...``, as a desktop starts it: the window, with files and addresses to take in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wallet_app.cli.arguments import command_names

__all__ = ["window_source", "with_open"]

_WITH_VALUE: Final = frozenset(
    {
        "--vault",
        "--passphrase-file",
        "--recovery-file",
        "--language",
        "--at",
        "--documents",
        "--explorer",
    }
)


def with_open(arguments: Sequence[str]) -> list[str]:
    """Return ``arguments`` with the command ``open`` where only its sources were given.

    A name that is neither a command nor a file nor an address stays a usage error.
    """
    takes_value = False
    for at, argument in enumerate(arguments):
        if takes_value or argument.startswith("-"):
            takes_value = argument in _WITH_VALUE and not takes_value
            continue
        if argument not in command_names() and _is_source(argument):
            return [*arguments[:at], "open", *arguments[at:]]
        break
    return list(arguments)


def _is_source(argument: str) -> bool:
    return _is_address(argument) or Path(argument).exists()


def window_source(name: str) -> str:
    """Return a source as another process understands it: a file by its whole path."""
    return name if _is_address(name) else str(Path(name).absolute())


def _is_address(argument: str) -> bool:
    # As ``app.sources``, which would load the network room before ``--help`` answers.
    return argument.lower().startswith(("https://", "http://"))
