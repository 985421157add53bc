"""Where the window was and how the library was shown: a small file with nothing of a badge."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from wallet_app.storage.files import make_private_folders, write_atomic

__all__ = ["WindowPlace", "load_place", "save_place"]

_MAX_BYTES: Final = 4_096
_FARTHEST: Final = 100_000
_MODES: Final = frozenset({"cards", "list"})


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """In pixels of the desktop; a width of 0 means that nothing is known yet.

    Attributes:
        mode: ``cards`` or ``list``.
    """

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    maximised: bool = False
    mode: str = "cards"


def load_place(path: Path) -> WindowPlace:
    """Return what ``path`` holds; what is missing or odd is as if it had never been kept."""
    try:
        with path.open("rb") as file:
            read = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return WindowPlace()
    given = read if isinstance(read, dict) else {}
    numbers = [given.get(name) for name in ("x", "y", "width", "height")]
    whole = [value for value in numbers if type(value) is int and abs(value) < _FARTHEST]
    x, y, width, height = whole if len(whole) == len(numbers) else (0, 0, 0, 0)
    mode = given.get("mode")
    return WindowPlace(
        x,
        y,
        max(width, 0),
        max(height, 0),
        maximised=given.get("maximised") is True,
        mode=mode if isinstance(mode, str) and mode in _MODES else "cards",
    )


def save_place(path: Path, place: WindowPlace) -> None:
    """Write the place, whole or not at all.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    make_private_folders(path.parent)
    write_atomic(path, json.dumps(asdict(place)).encode() + b"\n")
