"""Keyrings for tests: one in memory that can be wiped, locked and replaced."""

from dataclasses import dataclass, field
from threading import Event

from wallet_app.errors import EnvironmentFault

__all__ = ["MemoryKeyring"]


@dataclass
class MemoryKeyring:
    """As the system's, without the system.

    ``fault`` is what every call fails with; cleared, ``answers`` keeps every call waiting.
    """

    name: str = "keyring.backends.SecretService.Keyring"
    entries: dict[str, bytes] = field(default_factory=dict)
    fault: str = ""
    answers: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def backend(self) -> str:
        self._refuse()
        return self.name

    def put(self, name: str, data: bytes) -> str:
        self._refuse()
        self.entries[name] = data
        return self.name

    def get(self, name: str) -> bytes:
        self._refuse()
        if name not in self.entries:
            raise EnvironmentFault("keyring.missing")
        return self.entries[name]

    def remove(self, name: str) -> None:
        self._refuse()
        self.entries.pop(name, None)

    def _refuse(self) -> None:
        assert self.answers.wait(30)
        if self.fault:
            raise EnvironmentFault(self.fault)
