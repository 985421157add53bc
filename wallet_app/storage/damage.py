"""The note that a vault was seen damaged, beside it, so that it outlives the session.

Threat: a damaged vault that is written on, and copied every half hour, in the end pushes
out its last good copy. While the note is there nothing is written and no copy goes. It
goes when a whole check finds nothing, or when the vault is replaced by a good copy.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["DAMAGE_NAME", "clear_damage", "damage_noted", "note_damage"]

DAMAGE_NAME: Final = "damage-seen"


def damage_noted(folder: Path) -> bool:
    """Return whether the vault in ``folder`` was seen damaged and nobody decided yet."""
    return os.path.lexists(folder / DAMAGE_NAME)


def note_damage(folder: Path) -> None:
    """Leave the note. It is empty: what is damaged is nobody's business outside the vault.

    A disk that refuses it is no second fault: the open vault remembers by itself.
    """
    # O_EXCL: whatever has that name is the note already, be it a pipe or a link.
    with suppress(OSError):
        os.close(os.open(folder / DAMAGE_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def clear_damage(folder: Path) -> None:
    """Take the note away; does nothing when there is none."""
    with suppress(OSError):
        (folder / DAMAGE_NAME).unlink(missing_ok=True)
