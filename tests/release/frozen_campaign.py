"""``python3 dev.py campaign frozen [PROGRAM]``: the frozen program, tried and measured.

The smoke test of ``release.smoke``, then what the folder weighs and how long the program takes to
start, beside the same from the sources in the same run.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from release.__main__ import size_mb
from release.smoke import frozen_place, report
from release.virtual_screen import VirtualScreen, wait_until

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Try and measure."""
    parser = argparse.ArgumentParser(prog="dev.py campaign frozen", description=__doc__)
    parser.add_argument("program", type=Path, nargs="?", default=ROOT / "dist/coffre/coffre")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--pictures", type=Path, help="a folder for what the window showed")
    options = parser.parse_args()
    program = options.program.resolve()
    if not program.is_file():
        print("There is no program: python3 dev.py build", file=sys.stderr)
        return 2
    print(f"folder: {size_mb(program.parent)} MB")
    with frozen_place(program) as place:
        print("Network:", "off" if place.prefix else "NOT off: unshare is not allowed here")
        if code := report(place, options.pictures):
            return code
    with frozen_place(program) as place:
        sources = [sys.executable, "-m", "wallet_app"]
        for what, frozen, source in (
            ("--version", ["--version"], ["--version"]),
            ("--version --verbose", ["--version", "--verbose"], ["--version", "--verbose"]),
        ):
            pairs = [
                (seconds([str(program), *frozen], place.environment),
                 seconds([*sources, *source], {**place.environment, "PYTHONPATH": str(ROOT)}))
                for _ in range(options.starts)
            ]  # fmt: skip
            tell(what, pairs)
        tell("window until painted", [
            (painted([str(program)], place.environment),
             painted(sources, {**place.environment, "PYTHONPATH": str(ROOT)}))
            for _ in range(options.starts)
        ])  # fmt: skip
    return 0


def tell(what: str, pairs: Sequence[tuple[float, float]]) -> None:
    """Print medians and the ratio pair by pair."""
    ratios = sorted(frozen / source for frozen, source in pairs)
    frozen, source = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
    print(
        f"{what:<24} frozen {1000 * frozen:6.0f} ms, from the sources {1000 * source:6.0f} ms, "
        f"{statistics.median(ratios):.2f} x [{ratios[0]:.2f} to {ratios[-1]:.2f}]"
    )


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return how long a command takes."""
    begun = time.monotonic()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def painted(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return how long the first window takes until it is on the screen."""
    with VirtualScreen() as screen:
        begun = time.monotonic()
        shown = {**environment, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(command, env=shown) as process:
            if not wait_until(lambda: screen.picture().colours > 12, 60):
                raise RuntimeError("never painted")
            took = time.monotonic() - begun
            process.terminate()
    return took


if __name__ == "__main__":
    sys.exit(main())
