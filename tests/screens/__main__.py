"""``python -m tests.screens [--language fr] [--theme light] [--size 960x640] [--text 200]``

Walks every scene that is photographed and prints what is wrong with each, as JSON.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The simulators name each other without the folder that they are in, as pytest finds them.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from tests.screens.faults import faults, front_of
from tests.screens.painted import Watch
from tests.screens.pseudo import pseudo_language
from tests.screenshots.scenes import Look, take_all
from tests.screenshots.studio import Studio
from tests.simulators.light_seals import seal_lightly
from wallet_app.app import key_cost
from wallet_app.crypto.kdf import KdfCost
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.theme import look

_ROUNDED: Final = 4
"""Per cent: fonts have whole pixels."""
_ROUNDS: Final = 5
"""A text that has just changed may move what is around it, and that what is around that."""


def main(arguments: list[str]) -> int:
    """Print ``{screen: [fault, …]}`` of the screens that have faults; return 1 if any."""
    given = _read(arguments)
    application = QApplication(sys.argv[:1])
    _set_system_text(application, given.text)
    watch = Watch().start()
    garbage = InterfaceGarbage(application)
    found: dict[str, list[str]] = {}
    seen = 0

    def examine(screen: str, window: MainWindow) -> None:
        nonlocal seen
        seen += 1
        window.activateWindow()
        for _ in range(_ROUNDS):
            QApplication.processEvents()
        told = set(faults(window, watch))
        if given.contrast:
            told |= set(watch.hard_to_read(front_of(window)))
        if told:
            found[screen] = sorted(told)
        if given.pictures and screen.startswith(given.only):
            window.grab().save(str(given.pictures / f"{screen}.png"))

    language, pseudo = given.language, nullcontext
    if language == "pseudo":
        language, pseudo = "en", pseudo_language
    with pseudo(), at_no_cost(), tempfile.TemporaryDirectory(prefix="coffre-screens-") as place:
        width, height = map(int, given.size.split("x"))
        shown = Look(language, given.theme, (width, height))
        take_all(Studio(Path(place), less_motion=True), shown, examine, lambda _name, _png: None)
    garbage.stop()
    json.dump({"screens": seen, "faults": found}, sys.stdout, ensure_ascii=False, indent=1)
    application.quit()
    return 1 if found else 0


@contextmanager
def at_no_cost() -> Iterator[None]:
    """Let safes and backups open at once: what is looked at is how a screen is laid out."""
    with pytest.MonkeyPatch.context() as patch:
        seal_lightly(patch)
        patch.setattr(key_cost, "calibrated_cost", lambda: KdfCost(t=1, m_kib=19 * 1024, p=1))
        yield


def _set_system_text(application: QApplication, per_cent: int) -> None:
    """Let the system ask for another text size, before the look reads it."""
    normal = QFontInfo(application.font()).pixelSize() if sys.platform == "win32" else 15
    font = QFont(application.font())
    font.setPixelSize(round(normal * per_cent / 100))
    application.setFont(font)
    if abs(look().scale * 100 - per_cent) > _ROUNDED:
        raise RuntimeError("the text did not grow", look().scale)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.screens", description=__doc__)
    parser.add_argument("--language", choices=("en", "fr", "pseudo"), default="en")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--size", default="1280x820")
    parser.add_argument("--text", type=int, default=100, help="per cent of the normal text size")
    parser.add_argument("--contrast", action="store_true", help="look at every text's ground too")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each screen")
    parser.add_argument("--only", default="", help="pictures of screens that begin so")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
