"""A parser whose help and complaints are in the person's language."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn

from wallet_app.cli.mark_arguments import without_options
from wallet_app.wording import Words

__all__ = ["Formatter", "Parser", "UsageProblem"]

_SIGNED_WORDS: Final = "coffre tag"
"""The command whose words may begin with a hyphen."""

_PROBLEMS: Final = (
    (re.compile(r"the following arguments are required: (?P<detail>.*)"), "missing"),
    (re.compile(r"unrecognized arguments: (?P<detail>.*)"), "unknown"),
    # The commands themselves have no name in the grammar.
    (
        re.compile(r"argument : invalid choice: (?P<quote>['\"])(?P<detail>.*?)(?P=quote)"),
        "command",
    ),
    (re.compile(r"argument (?P<detail>[^:]*): invalid choice"), "choice"),
    (re.compile(r"argument (?P<detail>[^:]*): expected"), "value"),
    (re.compile(r"argument (?P<detail>[^:]*): invalid"), "value"),
)


class UsageProblem(Exception):
    """The command line is not understood: a finished sentence in the person's language."""


class Formatter(argparse.HelpFormatter):
    """Lays help out under the person's word for "usage"."""

    usage_word = "usage"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable["argparse._MutuallyExclusiveGroup"],
        prefix: str | None = None,
    ) -> None:
        """Begin the line of usage with the person's word for it."""
        super().add_usage(usage, actions, groups, prefix or f"{self.usage_word}: ")


class Parser(argparse.ArgumentParser):
    """Turns argparse's English complaints into the person's language."""

    words: Words

    # One of the shapes that typeshed knows: the only one that argparse itself uses.
    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse, with ``-work`` as a word where tags are taken off."""
        if args is not None and self.prog == _SIGNED_WORDS:
            args = without_options(args)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageProblem`` for what argparse complains of."""
        for pattern, name in _PROBLEMS:
            match = pattern.match(message)
            if match:
                raise UsageProblem(
                    self.words.text(f"cli.usage.{name}", detail=match["detail"], command=self.prog)
                )
        raise UsageProblem(self.words.text("cli.usage.other", command=self.prog))
