"""What a screen reader is told on each screen, read over the real bus of screen readers.

    python3 dev.py campaign accessibility [--language fr] [--to FOLDER] [SCREEN ...]

Starts the window on a screen of its own (Xvfb) with accessibility on, and writes one text for
each screen: roles, names, descriptions and states in the order in which they are told, then what
was announced on the way there. Ends with 1 where something that takes the focus has no name or
no role. Needs Xvfb, dbus-daemon and at-spi2-core.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.screens.atspi import Desktop, Node, Reader, missing_programs, quiet_desktop

_NO_ROLES = ("unknown", "invalid", "filler", "panel", "client")


def main() -> int:
    given = _read()
    if missing := missing_programs():
        print(f"This computer lacks {', '.join(missing)}.")
        return 2
    bad = 0
    with quiet_desktop("1400x1000") as desktop:
        for screen, nodes, announced in _screens(desktop, given.language, given.screen):
            lines = [node.line() for node in nodes] + [f"said: {one}" for one in announced]
            if given.to is not None:
                given.to.mkdir(parents=True, exist_ok=True)
                (given.to / f"{screen}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
            faults = list(_faults(nodes))
            bad += len(faults)
            print(f"{screen:<34} {len(nodes):>5} things {len(faults):>3} faults")
            for fault in faults:
                print(f"    {fault}")
    return 1 if bad else 0


def _screens(
    desktop: Desktop, language: str, wanted: list[str]
) -> Iterator[tuple[str, list[Node], list[str]]]:
    reader = Reader(desktop.accessibility_address)
    command = [sys.executable, "-m", "tests.screens.shown_window", language, *wanted]
    with subprocess.Popen(
        command, env=desktop.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        for line in window.stdout:
            yield line.strip(), reader.tree(), reader.announced()
            window.stdin.write("\n")
            window.stdin.flush()
    reader.close()


def _faults(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if "focusable" not in node.states:
            continue
        if not node.name:
            yield f"no name: {node.line().strip()}"
        elif node.role in _NO_ROLES:
            yield f"no role: {node.line().strip()}"


def _read() -> argparse.Namespace:
    about = (__doc__ or "").split("\n")[0]
    parser = argparse.ArgumentParser(prog="accessibility", description=about)
    parser.add_argument("screen", nargs="*", help="only these screens")
    parser.add_argument("--language", choices=("en", "fr"), default="en")
    parser.add_argument("--to", type=Path, help="folder for one text for each screen")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
