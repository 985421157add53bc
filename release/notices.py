"""The licences of everything that goes along, from what each package says of itself."""

import re
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import Final

__all__ = ["third_party_notices"]

_PINNED: Final = re.compile(r"([A-Za-z0-9_.-]+)==")
_LICENCE: Final = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_HEAD: Final = """\
Coffre is under the MIT licence. It comes with the programs and libraries below, unchanged, each
under its own licence. Qt and its Python binding (PySide6, Shiboken) are used under the LGPL
version 3: they are files of their own in this program's folder, and may be replaced by others.
The fonts in resources/fonts are under the SIL Open Font License, which lies beside them.
"""


def third_party_notices(lock: Path) -> str:
    """Return the notices for the packages that a lock file names and this system uses.

    Raises:
        LookupError: a package says nothing about its licence.
    """
    parts = [_HEAD, _chapter(f"Python {sys.version.split()[0]}", "PSF-2.0", _of_python())]
    for line in lock.read_text(encoding="utf-8").splitlines():
        name = _PINNED.match(line)
        if name is None:
            continue
        try:
            found = metadata.distribution(name[1])
        except metadata.PackageNotFoundError:
            continue  # for another system
        parts.append(_of_package(found))
    return "\n".join(parts)


def _of_package(found: metadata.Distribution) -> str:
    about = found.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    classifiers = about.get_all("Classifier") or []
    licence = licence or ", ".join(
        text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")
    )
    texts = [
        Path(str(found.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in sorted(found.files or (), key=str)
        if _LICENCE.search(str(file))
    ]
    if not licence and not texts:
        raise LookupError(f"{about['Name']} says nothing about its licence")
    return _chapter(f"{about['Name']} {found.version}", licence.splitlines()[0:1], "\n".join(texts))


def _chapter(title: str, licence: "str | list[str]", text: str) -> str:
    named = licence if isinstance(licence, str) else "".join(licence)
    return f"{'=' * 78}\n{title}\n{named}\n{'=' * 78}\n{text.strip()}\n"


def _of_python() -> str:
    for file in (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    ):
        if file.is_file():
            return file.read_text(encoding="utf-8", errors="replace")
    return "https://docs.python.org/3/license.html"
