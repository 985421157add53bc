"""Why a proof does not hold, as three families the checks can tell apart.

``SignatureInvalid`` and ``ProofMalformed`` make a check fail, ``ProofUnsupported`` leaves it
unknown: what could not be checked is never passed and never called forged. Each carries a
stable code and plain data, never a sentence.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["Param", "ProofError", "ProofMalformed", "ProofUnsupported", "SignatureInvalid"]

Param = str | int
"""What a message template can print."""


class ProofError(Exception):
    """A proof that is not shown to hold: a stable dotted ``code`` and its ``params``."""

    def __init__(self, code: str, params: Mapping[str, Param] | None = None) -> None:
        """Keep the code and a read-only copy of the params."""
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Param] = MappingProxyType(dict(params or {}))

    def __reduce__(self) -> tuple[type["ProofError"], tuple[str, dict[str, Param]]]:
        """Pickle by code and params, so that worker processes can report it."""
        return type(self), (self.code, dict(self.params))


class SignatureInvalid(ProofError):
    """The signature was checked against the key and does not fit: failed."""


class ProofMalformed(ProofError):
    """The proof, token, key or document breaks a rule of its format: failed."""


class ProofUnsupported(ProofError):
    """Nothing could be decided (suite, context, key method, work budget): unknown."""
