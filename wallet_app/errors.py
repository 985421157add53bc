"""The two families of expected errors, shared by every room.

An error carries a stable code and plain data, never a sentence: the face that shows it
(window or command line) looks the sentence up in the person's language. Anything that is
neither family is a bug. Params hold no secret, and of a credential only the names and
addresses a person needs to understand the message.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["CoffreError", "EnvironmentFault", "Param", "UserError"]

Param = str | int
"""What a message template can print."""


class CoffreError(Exception):
    """An expected error: a stable dotted ``code`` and the ``params`` of its message."""

    def __init__(self, code: str, params: Mapping[str, Param] | None = None) -> None:
        """Keep the code and a read-only copy of the params."""
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Param] = MappingProxyType(dict(params or {}))

    def __reduce__(self) -> tuple[type["CoffreError"], tuple[str, dict[str, Param]]]:
        """Pickle by code and params, so that worker processes can report it."""
        return type(self), (self.code, dict(self.params))


class UserError(CoffreError):
    """The input or the request is at fault; trying again unchanged will not help."""


class EnvironmentFault(CoffreError):
    """The surroundings failed (disk, permissions, keyring, network); retrying may help."""
