"""The grammar of the commands about copies, of saving what can be read, of the trash."""

import argparse
from pathlib import Path
from typing import Final

from wallet_app.wording import Words

__all__ = ["COPY_ACTS", "copies_arguments", "salvage_arguments", "trash_arguments"]

COPY_ACTS: Final = ("list", "now", "check", "back")


def copies_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``copies [list|now|check|back] [NAME]``; without a word it lists."""
    parser.add_argument(
        "act", nargs="?", choices=COPY_ACTS, default="list", help=words.text("cli.option.copies")
    )
    parser.add_argument(
        "name", nargs="?", default="", metavar="NAME", help=words.text("cli.option.copy")
    )


def salvage_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``salvage TARGET``."""
    parser.add_argument(
        "target", metavar="TARGET", type=Path, help=words.text("cli.option.salvage_target")
    )


def trash_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``trash [--empty]``."""
    parser.add_argument("--empty", action="store_true", help=words.text("cli.option.empty"))
