"""Which libraries a folder of programs needs from the system, and how new a libc. Linux only."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Needs", "needs_of"]

_MAGIC: Final = b"\x7fELF"
_NEEDED: Final = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC: Final = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a folder needs.

    Attributes:
        libraries: sonames that are not in the folder itself, sorted.
        libc: the least version of the GNU C library, such as (2, 34).
        libc_by: the file that asks for it, for whoever wants it older.
    """

    libraries: tuple[str, ...]
    libc: tuple[int, int]
    libc_by: str


def needs_of(folder: Path) -> Needs:
    """Return what the programs and libraries in ``folder`` need; asks ``objdump``."""
    own: set[str] = set()
    needed: set[str] = set()
    libc, by = (0, 0), ""
    for file in _binaries(folder):
        own.add(file.name)
        told = subprocess.run(
            ["objdump", "-p", str(file)], capture_output=True, text=True, check=True
        ).stdout
        needed.update(_NEEDED.findall(told))
        wanted = max(((int(a), int(b)) for a, b in _GLIBC.findall(told)), default=(0, 0))
        if wanted > libc:
            libc, by = wanted, file.name
    return Needs(tuple(sorted(needed - own)), libc, by)


def _binaries(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) == _MAGIC:
                yield file
