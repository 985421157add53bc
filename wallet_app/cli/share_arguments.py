"""The grammar of ``coffre share`` and of the commands around it."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wallet_app.wording import Words

__all__ = ["PUBLIC_ACTS", "SHARE_COMMANDS"]

Fill = Callable[[argparse.ArgumentParser, Words], None]

SHARE_WAYS: Final = ("link", "qr", "linkedin", "mine", "public", "portfolio", "html")
_THEMES: Final = ("light", "dark", "paper")


def _share(parser: argparse.ArgumentParser, words: Words) -> None:
    add, text = parser.add_argument, words.text
    add("badges", nargs="+", metavar="ID", help=text("cli.option.id"))
    add("--as", dest="way", choices=SHARE_WAYS, required=True, help=text("cli.option.share_as"))
    add("-o", dest="output", metavar="FILE", type=Path, help=text("cli.option.output"))
    add("--to", default="", metavar="NAME", help=text("cli.option.share_to"))
    add("--until", metavar="DAY", type=date.fromisoformat, help=text("cli.option.share_until"))
    _page_address(parser, words)
    add("--title", default="", metavar="TEXT", help=text("cli.option.share_title"))
    add("--words", default="", metavar="TEXT", help=text("cli.option.share_words"))
    add("--theme", choices=_THEMES, default="light", help=text("cli.option.share_theme"))
    add("--organization", metavar="NUMBER", help=text("cli.option.organization"))
    add("--yes", action="store_true", help=text("cli.option.share_yes"))


def _page_address(parser: argparse.ArgumentParser, words: Words) -> None:
    text = words.text("cli.option.share_page")
    parser.add_argument("--page", dest="page_address", default="", metavar="URL", help=text)


def _nothing(_parser: argparse.ArgumentParser, _words: Words) -> None:
    pass


def _unshare(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("share", metavar="ID", help=words.text("cli.option.share_id"))


def _page(parser: argparse.ArgumentParser, words: Words) -> None:
    add, text = parser.add_argument, words.text
    add("--address", metavar="URL", help=text("cli.option.page_address"))
    add("--publish", metavar="FOLDER|URL|FILE.zip", help=text("cli.option.page_publish"))
    add("--user", default="", metavar="NAME", help=text("cli.option.user"))
    add("--password-file", metavar="FILE", type=Path, help=text("cli.option.password_file"))
    add("--replace", action="store_true", help=text("cli.option.page_replace"))
    add("--check", action="store_true", help=text("cli.option.page_check"))
    add("--remove", action="store_true", help=text("cli.option.page_remove"))


def _answer(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("badge", metavar="ID", help=words.text("cli.option.id"))
    number = words.text("cli.option.number")
    parser.add_argument("--number", required=True, metavar="123456", help=number)
    _page_address(parser, words)
    output = words.text("cli.option.output")
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, help=output)


def _on(parser: argparse.ArgumentParser, words: Words) -> None:
    text = words.text("cli.option.public_server")
    parser.add_argument("--server", default="", metavar="URL", help=text)


SHARE_COMMANDS: Final = MappingProxyType[str, Fill](
    {
        "share": _share,
        "shares": _nothing,
        "unshare": _unshare,
        "answer": _answer,
        "page": _page,
        "public-links": _nothing,
    }
)
PUBLIC_ACTS: Final = MappingProxyType[str, Fill]({"on": _on, "off": _nothing, "status": _nothing})
