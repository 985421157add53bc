"""Makes the parsers of the command line, all of one language and layout."""

import argparse
from functools import partial
from pathlib import Path

from wallet_app.cli.moment import parse_moment
from wallet_app.cli.spoken_parser import Formatter, Parser
from wallet_app.wording import LANGUAGES, Words

__all__ = ["GrammarBuilder"]


class GrammarBuilder:
    """Makes parsers that share language, layout and the options of every command."""

    def __init__(self, words: Words) -> None:
        """Speak the language of ``words``."""
        self.words = words

        class SpokenFormatter(Formatter):
            usage_word = words.text("cli.help.usage")

        class SpokenParser(Parser):
            words = self.words

        self.formatter: type[argparse.HelpFormatter] = SpokenFormatter
        self.parser_class: type[argparse.ArgumentParser] = SpokenParser

    def parser(self, prog: str, description: str) -> argparse.ArgumentParser:
        """Return an empty parser for ``prog``."""
        return self.parser_class(
            prog=prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=self.formatter,
        )

    def command(
        self,
        commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
        name: str,
        *,
        parent: str = "",
    ) -> argparse.ArgumentParser:
        """Add one command, or with ``parent`` an act of that command, and return its parser."""
        text = self.words.text(f"cli.help.{parent}_{name}" if parent else f"cli.help.{name}")
        return commands.add_parser(
            name,
            prog=f"coffre {parent} {name}" if parent else f"coffre {name}",
            help=text,
            description=text,
            add_help=False,
            allow_abbrev=False,
            formatter_class=self.formatter,
        )

    def add_globals(self, parser: argparse.ArgumentParser, *, suffix: str) -> None:
        """Add the options that stand anywhere; absent ones leave no trace to overwrite."""
        group = parser.add_argument_group(self.words.text("cli.help.options"))
        add = partial(group.add_argument, default=argparse.SUPPRESS)
        add("-h", "--help", action="help", help=self._option("help"))
        add("--vault", metavar="PATH", type=Path, help=self._option("vault"))
        add("--passphrase-file", metavar="FILE", type=Path, help=self._option("passphrase_file"))
        add("--recovery-file", metavar="FILE", type=Path, help=self._option("recovery_file"))
        add("--json", action="store_true", help=self._option("json"))
        add("--language", choices=LANGUAGES, help=self._option("language"))
        add("--at", metavar="ISO8601", type=parse_moment, help=self._option("at"))
        add("--offline", action="store_true", help=self._option("offline"))
        add(
            "--documents",
            dest=f"documents{suffix}",
            metavar="MAP.tsv",
            action="append",
            type=Path,
            help=self._option("documents"),
        )
        add(
            "--explorer",
            dest=f"explorers{suffix}",
            metavar="CHAIN[=URL]",
            action="append",
            help=self._option("explorer"),
        )

    def _option(self, key: str) -> str:
        return self.words.text(f"cli.option.{key}")
