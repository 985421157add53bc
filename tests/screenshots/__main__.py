"""``python -m tests.screenshots DIR``: every screen to PNG, and a page that shows them all.

French and English, light and dark at 1280 by 820; the least size and high contrast beside.
Files are ``<screen>-<language>-<theme>.png``, with the width when it is another one.
"""

import html
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The simulators name each other without the folder that they are in, as pytest finds them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

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

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[str, list[str]] = defaultdict(list)
        self.look = _SERIES[0]

    def take(self, screen: str, window: MainWindow) -> None:
        path = self._path(screen)
        if not window.grab().save(str(path)):
            raise OSError(path)

    def keep(self, screen: str, png: bytes) -> None:
        self._path(screen).write_bytes(png)

    def _path(self, screen: str) -> Path:
        theme = self.look.theme.replace("_", "-")
        width = self.look.size[0]
        size = "" if width == _WIDE else f"-{width}"
        name = f"{screen}-{self.look.language}-{theme}{size}.png"
        self._taken[screen].append(name)
        return self._folder / name

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
        (self._folder / "index.html").write_text("\n".join(parts), encoding="utf-8")
        return sum(len(names) for names in self._taken.values())


def main(arguments: list[str]) -> int:
    """Take all pictures into the named folder."""
    if len(arguments) != 1:
        sys.stderr.write("Name the folder: python -m tests.screenshots DIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    garbage = InterfaceGarbage(application)
    album = _Album(folder)
    with tempfile.TemporaryDirectory(prefix="coffre-screens-") as place:
        studio = Studio(Path(place))
        for album.look in _SERIES:
            take_all(studio, album.look, album.take, album.keep)
    garbage.stop()
    count = album.write_page()
    sys.stdout.write(f"{count} pictures in {folder}; open {folder / 'index.html'}\n")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
