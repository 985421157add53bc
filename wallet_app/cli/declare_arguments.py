"""The grammar of ``declare-skill``."""

import argparse
from pathlib import Path

from wallet_app.wording import Words

__all__ = ["fill_declare_skill"]


def fill_declare_skill(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add what ``declare-skill`` takes."""
    add = parser.add_argument
    add("name", metavar="NAME", help=words.text("cli.option.declare_name"))
    # Never the text itself: others may see arguments, and the shell keeps them.
    add("--about", metavar="FILE", default="", help=words.text("cli.option.declare_about"))
    for option in ("framework", "code", "url"):
        key = f"cli.option.declare_{option}"
        add(f"--{option}", metavar=option.upper(), default="", help=words.text(key))
    add("--link", dest="links", metavar="URL", action="append", default=[],
        help=words.text("cli.option.declare_link"))  # fmt: skip
    add("--file", dest="files", metavar="FILE", action="append", type=Path, default=[],
        help=words.text("cli.option.declare_file"))  # fmt: skip
    add("--sign-as", dest="holder", metavar="NAME", default="",
        help=words.text("cli.option.declare_as"))  # fmt: skip
    add("--new-key", action="store_true", help=words.text("cli.option.declare_new_key"))
