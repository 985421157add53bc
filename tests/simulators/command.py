"""What the ``coffre`` command answered: its exit code and what it printed."""

import json
from dataclasses import dataclass
from typing import Any

__all__ = ["Answer"]


@dataclass(frozen=True)
class Answer:
    """One run of the command."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """The JSON lines on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentences(self) -> int:
        """How many lines standard error holds; a problem is told in one."""
        return len(self.err.splitlines())
