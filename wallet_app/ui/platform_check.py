"""Whether Qt will find what its X11 window needs: it ends the process itself when not.

Since Qt 6.5 a missing ``libxcb-cursor`` is the most common reason of a failed start on Linux.
"""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo

from wallet_app.errors import EnvironmentFault

__all__ = ["missing_library", "require_platform"]

_PLUGIN: Final = Path("platforms") / "libqxcb.so"


def require_platform(environment: Mapping[str, str] | None = None) -> None:
    """Make sure that the X11 platform can be loaded where it will be used.

    Raises:
        EnvironmentFault: ``window.library_missing``.
    """
    if not _uses_x11(os.environ if environment is None else environment):
        return
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    name = missing_library(folder / _PLUGIN)
    if name:
        raise EnvironmentFault("window.library_missing", {"name": name})


def _uses_x11(environment: Mapping[str, str]) -> bool:
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or chosen:
        return chosen.startswith("xcb")
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")


def missing_library(plugin: Path) -> str:
    """Return the name of the library that keeps ``plugin`` from loading, or ""."""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return Path(str(error).split(":", 1)[0]).name
    return ""
