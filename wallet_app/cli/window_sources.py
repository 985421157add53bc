"""``coffre FILE...``, as a desktop starts it: the window, with files and addresses to take in.

A desktop may give a file as a ``file:`` address, and a link of Coffre's own scheme.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from wallet_app.app.coffre_links import is_coffre_link
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
    named = _is_address(argument) or is_coffre_link(argument) or bool(_local_file(argument))
    return named or Path(argument).exists()


def window_source(name: str) -> str:
    """Return a source as another process understands it: a file by its whole path.

    A link of Coffre's own scheme stays as it is: the window judges it, and says what is wrong.
    """
    if _is_address(name) or is_coffre_link(name):
        return name
    return _local_file(name) or str(Path(name).absolute())


def _local_file(name: str) -> str:
    """Return the path in a ``file:`` address of this computer, "" where it is none."""
    if not name.lower().startswith("file:///"):
        return ""
    path = urlsplit(name).path
    return os.fsdecode(unquote_to_bytes(path)) if "%00" not in path else ""


def _is_address(argument: str) -> bool:
    # As ``app.sources``, which would load the network room before ``--help`` answers.
    return argument.lower().startswith(("https://", "http://"))
