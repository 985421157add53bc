"""Draw the program's icon in the sizes that desktops and installers want.

``python -m release.icons FOLDER`` writes ``coffre-SIZE.png``.
"""

import os
import sys
from pathlib import Path
from typing import Final

from wallet_app.drawing.app_mark import app_mark_image

__all__ = ["SIZES", "draw_icons"]

SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""In pixels, as the hicolor icon theme has folders for."""


def draw_icons(folder: Path) -> dict[int, Path]:
    """Write one PNG for each size and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {size: folder / f"coffre-{size}.png" for size in SIZES}
    for size, file in files.items():
        if not app_mark_image(size).save(str(file), "PNG"):  # type: ignore[call-overload]
            raise OSError(file)
    return files


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    draw_icons(Path(sys.argv[1]))
