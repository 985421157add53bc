"""What of Qt and of the building machine goes into the program's folder. Pure.

A wheel of Qt has plugins for phones, embedded boards and formats that Coffre refuses, and each is
code that a stranger's file may reach. So plugins are listed that stay, not those that go.
"""

from collections.abc import Callable, Iterable
from pathlib import PurePath, PurePosixPath
from typing import Final

__all__ = ["KEPT_PLUGINS", "OWN_LIBRARIES", "closure", "is_kept", "is_system_file", "short_name"]

KEPT_PLUGINS: Final = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    # PNG is part of Qt itself; the door for pictures refuses every other format.
    "imageformats": ("qjpeg", "qsvg"),
    "iconengines": ("qsvgicon",),
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    # File dialogs of the desktop. That of GTK would bring 20 MB of the building machine's GTK.
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
}
"""Plugin folders of Qt and the plugins that stay. Qt's TLS is absent: ``network/`` has its own,
and what Qt is asked for is a local socket."""

_LANGUAGES: Final = ("fr",)
"""Of Qt's own words; English is what it says without a file."""

OWN_LIBRARIES: Final = frozenset(
    {
        # What Python's own modules stand on, in the version that they were built against.
        "libpython3", "libssl", "libcrypto", "libffi", "libz", "libbz2", "liblzma",
        # Without libxcb-cursor no window opens since Qt 6.5, and no desktop installs it by
        # itself; its relatives are as rare.
        "libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util",
        "libxcb-util", "libxcb-xkb", "libxkbcommon-x11", "libxkbcommon",
    }
)  # fmt: skip
"""Libraries of the building machine that go along. All others (libc, X11, fontconfig, glib, D-Bus)
are the system's: they have to fit its display, and it mends them."""

_SYSTEM_FOLDERS: Final = ("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib")


def short_name(name: str) -> str:
    """Return a library's or plugin's name alone: ``libqxcb.so`` and ``qxcb.dll`` as ``qxcb``.

    What begins with ``lib`` and is no plugin keeps it: ``libxcb-cursor.so.0`` as ``libxcb-cursor``.
    """
    base = PurePosixPath(name.replace("\\", "/")).name
    return base.split(".so", 1)[0].removesuffix(".dll").removesuffix(".dylib")


def is_kept(destination: str) -> bool:
    """Return whether a file of the wheels goes into the folder, by its place in it."""
    parts = PurePosixPath(destination.replace("\\", "/")).parts
    if "PySide6" not in parts:
        return True
    if "plugins" in parts[:-1]:
        group, name = parts[parts.index("plugins") + 1], short_name(parts[-1])
        return name.removeprefix("lib") in KEPT_PLUGINS.get(group, ())
    if "translations" in parts[:-1]:
        return parts[-1].removesuffix(".qm").removeprefix("qtbase_") in _LANGUAGES
    return True


def is_system_file(source: str) -> bool:
    """Return whether a library comes from the building machine and is to come from the user's."""
    folder = str(PurePath(source).parent)
    is_systems = any(folder == root or folder.startswith(f"{root}/") for root in _SYSTEM_FOLDERS)
    name = short_name(source)
    return is_systems and name not in OWN_LIBRARIES and not name.startswith("libpython3")


def closure(roots: Iterable[str], needed: Callable[[str], Iterable[str]]) -> set[str]:
    """Return ``roots`` and every file that they need, directly or not.

    ``needed`` gives the files that one file is linked to.
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting.extend(needed(file))
    return found
