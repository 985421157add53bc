"""What the files of a group are called: whose, which, and a part that nobody else draws.

A number alone would come again when a vault goes back to an earlier copy of itself; the
random part keeps such a file from taking another's place. Names are bound into the
encryption, so that a renamed file opens no more.
"""

import re
from dataclasses import dataclass
from typing import Final

from wallet_app.storage.randomness import Randomness, system_randomness

__all__ = ["SetName", "new_device", "read_set_name"]

_NAME: Final = re.compile(r"([0-9a-f]{16})-([0-9]{8})-([0-9a-f]{16})\.changes", re.ASCII)
_LARGEST: Final = 10**8 - 1


@dataclass(frozen=True, slots=True, order=True)
class SetName:
    """The name of one change set. ``device`` has 16 hex digits and says nothing else."""

    device: str
    number: int
    unique: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.device}-{self.number:08}-{self.unique}.changes"

    @classmethod
    def draw(
        cls, device: str, number: int, randomness: Randomness = system_randomness
    ) -> "SetName":
        """Return a name that nobody has used."""
        return cls(device, min(number, _LARGEST), randomness(8).hex())


def new_device(randomness: Randomness = system_randomness) -> str:
    """Return an identity for a vault that joins a group."""
    return randomness(8).hex()


def read_set_name(name: str) -> SetName | None:
    """Return what a name says, None when it is none of ours."""
    match = _NAME.fullmatch(name)
    return SetName(match[1], int(match[2]), match[3]) if match else None
