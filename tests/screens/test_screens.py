"""Every screen in the smallest window, in a language whose sentences are some 40 % longer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAST_SCREENS = 85


@pytest.mark.timeout(400)
def test_no_screen_has_a_fault_in_the_smallest_window() -> None:
    # A process of its own: what it watches must not be watched in the tests that follow.
    command = [sys.executable, "-m", "tests.screens", "--language", "pseudo", "--size", "960x640"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    found = json.loads(done.stdout or "{}")
    assert found.get("faults") == {}, done.stderr.decode()[-2_000:]
    assert found["screens"] >= LEAST_SCREENS
