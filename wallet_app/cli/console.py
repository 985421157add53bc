"""What the command prints: sentences for people, JSON Lines for programs.

Standard output carries results only; notes, prompts and errors go to standard error. No
control character of an untrusted text reaches the terminal: sentences take their params
through ``Words``, other text through ``plain_text``, and JSON is pure ASCII.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from wallet_app.errors import CoffreError
from wallet_app.wording import Words, plain_text

__all__ = ["Console"]

_GAP: Final = re.compile(r"(?<=\S)\s{2,}(?=\S)")


class Console:
    """The two output streams in one language. ``as_json`` says which form was asked for."""

    def __init__(
        self,
        words: Words,
        *,
        as_json: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        """Write to the process's streams unless others are given."""
        self.words = words
        self.as_json = as_json
        self._out = out if out is not None else sys.stdout
        self._err = err if err is not None else sys.stderr

    def say(self, key: str, /, **params: str | int) -> None:
        """Print a sentence of the catalogue as a result."""
        self.line(self.words.text(key, **params))

    def line(self, text: str = "") -> None:
        """Print one line that is already safe to show."""
        self._out.write(text + "\n")

    def record(self, values: Mapping[str, object]) -> None:
        """Print one JSON line. ASCII: a terminal may show it too."""
        self._out.write(json.dumps(values, ensure_ascii=True, separators=(", ", ": ")) + "\n")
        self._out.flush()

    def table(self, rows: Sequence[Sequence[str]], *, indent: str = "") -> None:
        """Print rows in columns; cells may be untrusted."""
        shown = [[_cell(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
        for row in shown:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.line(indent + "  ".join(cells).rstrip())

    def note(self, key: str, /, **params: str | int) -> None:
        """Print a sentence about the work, not a result."""
        self._err.write(self.words.text(key, **params) + "\n")

    def problem(self, error: CoffreError) -> None:
        """Print the one sentence of an expected error, and its next step if it has one."""
        self._err.write(self.sentence(error) + "\n")
        self._err.flush()

    def sentence(self, error: CoffreError) -> str:
        """Return the sentence of an error: what happened, what is safe, what next."""
        return self.words.text(f"error.{error.code}", **error.params)

    def repeat(self, out: str, err: str) -> None:
        """Print what a console in another process has printed."""
        self._out.write(out)
        self._out.flush()
        self._err.write(err)
        self._err.flush()

    def usage(self, sentence: str) -> None:
        """Print why the command line was not understood."""
        self._err.write(sentence + "\n")


def _cell(text: str) -> str:
    """Return untrusted text on one line; a gap in it must not look like that of two columns."""
    return _GAP.sub(" ", plain_text(text, max_chars=60))
