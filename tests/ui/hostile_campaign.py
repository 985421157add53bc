"""``python -m tests.ui.hostile_campaign DIR``: every hostile badge through every dialog.

In both languages, light and dark, at the least size and the usual one. Writes a picture of each
screen into ``DIR``, and what was wrong, and how long the interface was held, to the terminal.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The simulators name each other without the folder that they are in, as pytest finds them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from tests.screenshots.studio import Studio, close
from tests.simulators.hostile import Traps, hostile_badges, set_traps, worst_badge
from tests.ui.hostile_walk import HostileWalk
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow

_LOOKS: Final = (("fr", "dark", (960, 640)), ("en", "light", (1280, 820)))


def main(arguments: list[str]) -> int:
    """Walk, and return 1 when anything was wrong."""
    if len(arguments) != 1:
        sys.stderr.write("Name the folder: python -m tests.ui.hostile_campaign DIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    garbage = InterfaceGarbage(application)
    wrong = 0
    for look in _LOOKS:
        with tempfile.TemporaryDirectory() as place, set_traps(Path(place)) as traps:
            wrong += _walk(Path(place), traps, look, folder)
    garbage.stop()
    application.quit()
    return 1 if wrong else 0


def _walk(place: Path, traps: Traps, look: tuple[str, str, tuple[int, int]], folder: Path) -> int:
    language, theme, size = look
    files = place / "in"
    files.mkdir()
    badges = {**hostile_badges(traps), "worst": worst_badge(traps)}
    for kind, data in badges.items():
        (files / f"{kind}.json").write_bytes(data)
    (place / "studio").mkdir()
    studio = Studio(place / "studio")
    window = studio.open_window("empty", language, theme, size)

    def camera(name: str, shown: MainWindow) -> None:
        stem = "".join(one if one.isalnum() else "-" for one in name)
        shown.grab().save(str(folder / f"{stem}-{language}-{theme}-{size[0]}.png"))

    walk = HostileWalk(window, traps, camera)
    walk.take_in(sorted(map(str, files.iterdir())))
    ids = [row.id for row in window.library.rows()]
    walk.library()
    for badge_id in ids:
        walk.badge(badge_id, badge_id[:8])
    walk.pages()
    walk.showing(ids)
    walk.trash(ids[0])
    close(window)
    for problem, where in walk.found.items():
        sys.stdout.write(f"{where}: {problem}\n")
    for seconds, name in walk.pace.longest:
        sys.stdout.write(f"{language} {seconds * 1000:.0f} ms  {name}\n")
    return len(walk.found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
