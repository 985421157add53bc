"""The grammar of ``coffre place`` and ``coffre sync``."""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wallet_app.wording import Words

__all__ = ["PLACE_ACTS", "SYNC_ACTS"]

Fill = Callable[[argparse.ArgumentParser, Words], None]


def _nothing(_parser: argparse.ArgumentParser, _words: Words) -> None:
    pass


def _place(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("place", metavar="FOLDER|URL", help=words.text("cli.option.place"))
    parser.add_argument("--user", default="", metavar="NAME", help=words.text("cli.option.user"))
    parser.add_argument(
        "--password-file", metavar="FILE", type=Path, help=words.text("cli.option.password_file")
    )


def _start(parser: argparse.ArgumentParser, words: Words) -> None:
    _place(parser, words)
    parser.add_argument("--label", default="", metavar="NAME", help=words.text("cli.option.label"))


def _join(parser: argparse.ArgumentParser, words: Words) -> None:
    _start(parser, words)
    parser.add_argument(
        "--code-file", metavar="FILE", type=Path, help=words.text("cli.option.code_file")
    )


PLACE_ACTS: Final = MappingProxyType[str, Fill](
    {"set": _place, "status": _nothing, "now": _nothing, "key": _nothing, "off": _nothing}
)
SYNC_ACTS: Final = MappingProxyType[str, Fill](
    {
        "start": _start,
        "join": _join,
        "now": _nothing,
        "status": _nothing,
        "code": _nothing,
        "leave": _nothing,
    }
)
