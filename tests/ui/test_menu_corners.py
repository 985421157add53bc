"""Menus are round only where the desktop blends windows: elsewhere a clear corner is black."""

import os
import shutil
import subprocess
import sys

import pytest

from wallet_app.drawing.tokens import LIGHT
from wallet_app.system.compositing import blends_windows


@pytest.mark.usefixtures("qapp")
def test_what_is_not_x11_blends_windows() -> None:
    assert blends_windows()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_menu_is_square_on_x11_until_something_blends_windows() -> None:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as screen:  # fmt: skip
        try:
            assert screen.stdout is not None
            display = f":{screen.stdout.readline().strip()}"
            said = subprocess.run(
                [sys.executable, "-m", "tests.ui.menus_on_x11"],
                env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
                capture_output=True, text=True, check=True, timeout=60,
            )  # fmt: skip
        finally:
            screen.terminate()
    assert said.stdout.splitlines() == [f"square {LIGHT.line.lower()}", "round "]
