"""The grammar of the commands about notes, tags, favourites, collections and history."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from wallet_app.wording import Words

__all__ = ["MARK_ACTS", "MARK_COMMANDS", "TAKEN_OFF", "fill_history", "without_options"]

TAKEN_OFF: Final = "\N{MINUS SIGN}"
"""Stands for the hyphen of ``-work``, which would otherwise be read as an option."""

_Fill = Callable[[argparse.ArgumentParser, Words], None]


def without_options(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of ``tag`` with ``-work`` as a word; ``-h`` and ``--…`` stay."""
    return [f"{TAKEN_OFF}{one[1:]}" if _takes_off(one) else one for one in arguments]


def _takes_off(argument: str) -> bool:
    return argument[:1] == "-" and argument[1:2] not in ("", "-") and argument != "-h"


def _badge(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("badge", metavar="ID", help=words.text("cli.option.id"))


def _note(parser: argparse.ArgumentParser, words: Words) -> None:
    _badge(parser, words)
    # Never the text itself: others may see arguments, and the shell keeps them.
    parser.add_argument(
        "source", metavar="FILE", nargs="?", default="", help=words.text("cli.option.note_source")
    )
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--earlier", action="store_true", help=words.text("cli.option.note_earlier"))
    acts.add_argument(
        "--restore", metavar="VERSION", default="", help=words.text("cli.option.note_restore")
    )


def _tag(parser: argparse.ArgumentParser, words: Words) -> None:
    _badge(parser, words)
    parser.add_argument("tags", metavar="+TAG|-TAG", nargs="*", help=words.text("cli.option.tags"))


def _favourite(parser: argparse.ArgumentParser, words: Words) -> None:
    _some_badges(parser, words, "+")
    parser.add_argument("--off", action="store_true", help=words.text("cli.option.favourite_off"))


def _some_badges(parser: argparse.ArgumentParser, words: Words, count: str) -> None:
    parser.add_argument("badges", metavar="ID", nargs=count, help=words.text("cli.option.id"))


def _collection(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("collection", metavar="NAME", help=words.text("cli.option.collection"))


def _into(parser: argparse.ArgumentParser, words: Words) -> None:
    _collection(parser, words)
    _some_badges(parser, words, "*")


def _out_of(parser: argparse.ArgumentParser, words: Words) -> None:
    _collection(parser, words)
    _some_badges(parser, words, "+")


def _rename(parser: argparse.ArgumentParser, words: Words) -> None:
    _collection(parser, words)
    parser.add_argument("name", metavar="NEW-NAME", help=words.text("cli.option.new_name"))


def _nothing(_parser: argparse.ArgumentParser, _words: Words) -> None:
    pass


def fill_history(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add what ``history`` takes."""
    add = parser.add_argument
    add("--search", metavar="Q", default="", help=words.text("cli.option.search"))
    add(
        "--kind",
        dest="kinds",
        metavar="KIND",
        action="append",
        default=[],
        help=words.text("cli.option.history_kind"),
    )
    add("--since", metavar="ISO8601", default="", help=words.text("cli.option.history_since"))
    add("--until", metavar="ISO8601", default="", help=words.text("cli.option.history_until"))
    add(
        "-o", dest="output", metavar="FILE", type=Path, help=words.text("cli.option.history_output")
    )


MARK_COMMANDS: Final[dict[str, _Fill]] = {
    "note": _note,
    "tag": _tag,
    "favourite": _favourite,
    "collection": _nothing,
}

MARK_ACTS: Final[dict[str, dict[str, _Fill]]] = {
    "collection": {
        "list": _nothing,
        "add": _into,
        "remove": _out_of,
        "rename": _rename,
        "delete": _collection,
    },
}
