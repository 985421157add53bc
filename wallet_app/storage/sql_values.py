"""What the database takes as a value."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["Parameters", "SqlValue", "storable"]

SqlValue = None | int | str | bytes
Parameters = Sequence[SqlValue] | Mapping[str, SqlValue]
"""For ``?`` marks in order, or for ``:name`` marks by name."""
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def storable(parameters: Parameters) -> Parameters:
    """Return parameters with every text made storable."""
    # File names that are not UTF-8 reach Python as lone surrogates, which no database takes.
    if isinstance(parameters, Mapping):
        return {name: _whole_text(value) for name, value in parameters.items()}
    return tuple(_whole_text(value) for value in parameters)


def _whole_text(value: SqlValue) -> SqlValue:
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
