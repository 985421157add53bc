"""``python -m tests.screenshots DIR [--scales 1,1.5,2] [--looks fr-light]``: every screen to PNG.

French and English, light and dark at 1280 by 820; the least size and high contrast beside.
Files are ``<screen>-<language>-<theme>.png``, with the width when it is another one, and
``@1.5x`` for another scale. A page shows them all, and one contact sheet those of each look.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The simulators name each other without the folder that they are in, as pytest finds them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from tests.screenshots.contact_sheet import write_contact_sheet
from tests.screenshots.scenes import Look, take_all
from tests.screenshots.studio import Studio
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow

_WIDE: Final = 1280
_SERIES: Final = (
    *(Look(language, theme) for language in ("en", "fr") for theme in ("light", "dark")),
    Look("fr", "light", (960, 640)),
    Look("en", "high_contrast"),
)


class _Album:
    """Writes pictures and remembers them for the page."""

    def __init__(self, folder: Path, scale: str) -> None:
        """``scale`` is that of the process, as in ``QT_SCALE_FACTOR``."""
        self._folder = folder
        self._mark = "" if scale == "1" else f"@{scale}x"
        self._taken: dict[str, list[str]] = defaultdict(list)
        self.look = _SERIES[0]

    def take(self, screen: str, window: MainWindow) -> None:
        path = self._path(screen)
        if not window.grab().save(str(path)):
            raise OSError(path)

    def keep(self, screen: str, png: bytes) -> None:
        self._path(screen).write_bytes(png)

    def _path(self, screen: str) -> Path:
        name = f"{screen}-{self.look_name}{self._mark}.png"
        self._taken[screen].append(name)
        return self._folder / name

    @property
    def look_name(self) -> str:
        """The look at hand, as in the names of its pictures."""
        theme = self.look.theme.replace("_", "-")
        width = self.look.size[0]
        size = "" if width == _WIDE else f"-{width}"
        return f"{self.look.language}-{theme}{size}"

    def write_contact_sheet(self) -> None:
        """Put all pictures of the look at hand on one sheet."""
        ending = f"-{self.look_name}{self._mark}.png"
        names = [name for all_ in self._taken.values() for name in all_ if name.endswith(ending)]
        to = self._folder / f"contact-sheet-{self.look_name}{self._mark}.jpg"
        write_contact_sheet([self._folder / name for name in names], to)

    def write_page(self) -> int:
        """Write the contact sheet and return how many pictures it shows."""
        parts = ["<!doctype html><meta charset='utf-8'><title>Coffre: screens</title>"]
        parts.append(
            "<style>body{font:14px sans-serif;margin:24px;background:#ddd}"
            "figure{display:inline-block;margin:0 12px 12px 0}img{width:460px;display:block}"
            "</style>"
        )
        for screen, names in self._taken.items():
            parts.append(f"<h2>{html.escape(screen)}</h2>")
            parts += [
                f"<figure><a href='{html.escape(name)}'><img src='{html.escape(name)}' alt=''></a>"
                f"<figcaption>{html.escape(name)}</figcaption></figure>"
                for name in names
            ]
        (self._folder / f"index{self._mark}.html").write_text("\n".join(parts), encoding="utf-8")
        return sum(len(names) for names in self._taken.values())


def main(arguments: list[str]) -> int:
    """Take all pictures into the named folder, each scale in a process of its own."""
    parser = argparse.ArgumentParser(prog="tests.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scales", default=os.environ.get("QT_SCALE_FACTOR", "1"))
    parser.add_argument("--looks", default="", help="such as fr-light,en-dark; all without")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    first, *others = given.scales.split(",")
    if first != os.environ.get("QT_SCALE_FACTOR", "1"):
        first, others = "", given.scales.split(",")
    if first:
        _take(given.folder, first, given.looks)
    for scale in others:
        # Qt reads its scale once, when the application begins.
        again = [sys.executable, "-m", "tests.screenshots", str(given.folder)]
        again += ["--looks", given.looks] if given.looks else []
        subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)
    return 0


def _take(folder: Path, scale: str, looks: str) -> None:
    application = QApplication(sys.argv[:1])
    garbage = InterfaceGarbage(application)
    album = _Album(folder, scale)
    with tempfile.TemporaryDirectory(prefix="coffre-screens-") as place:
        studio = Studio(Path(place))
        for album.look in _SERIES:
            if looks and album.look_name not in looks.split(","):
                continue
            take_all(studio, album.look, album.take, album.keep)
            album.write_contact_sheet()
    garbage.stop()
    count = album.write_page()
    sys.stdout.write(f"{count} pictures in {folder}; open the index.html there\n")
    application.quit()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
