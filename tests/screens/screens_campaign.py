"""Walk every screen in every language, size of window and size of text, and count the faults.

    python3 dev.py campaign screens [--only fr] [--pictures FOLDER]

One process for each look, two at a time. Prints one line for each look and the faults below it;
ends with 1 if there are any. A row of it is in the suite (``test_screens.py``).
"""

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

WIDE, LEAST = "1280x820", "960x640"


@dataclass(frozen=True)
class Walk:
    """One look at all screens."""

    language: str
    size: str = WIDE
    text: int = 100
    theme: str = "light"
    contrast: bool = False

    @property
    def name(self) -> str:
        """Name it in a line and as a folder."""
        return f"{self.language}-{self.size}-{self.text}-{self.theme}"


WALKS = (
    *(Walk(language, size) for language in ("en", "fr", "pseudo") for size in (WIDE, LEAST)),
    *(Walk(language, WIDE, text) for language in ("en", "fr") for text in (150, 200)),
    Walk("fr", LEAST, 150),
    *(Walk(language, LEAST, 200) for language in ("en", "fr", "pseudo")),
    Walk("pseudo", WIDE, 130),
    Walk("en", WIDE, 120, "light", contrast=True),
    Walk("fr", WIDE, 100, "dark", contrast=True),
    Walk("fr", LEAST, 100, "high_contrast", contrast=True),
)


def main() -> int:
    given = _read()
    chosen = [walk for walk in WALKS if given.only in walk.name]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda walk: _walk(walk, given.pictures), chosen))
    for walk, found in zip(chosen, results, strict=True):
        faults = found["faults"]
        count = sum(map(len, faults.values()))
        print(f"{walk.name:<36} {found['screens']:>4} screens {count:>4} faults")
        for screen, sentences in faults.items():
            for sentence in sentences:
                print(f"    {screen}: {sentence}")
    return 1 if any(found["faults"] for found in results) else 0


def _walk(walk: Walk, pictures: Path | None) -> dict[str, dict[str, list[str]]]:
    command = [sys.executable, "-m", "tests.screens", "--language", walk.language]
    command += ["--size", walk.size, "--text", str(walk.text), "--theme", walk.theme]
    command += ["--contrast"] if walk.contrast else []
    if pictures is not None:
        folder = pictures / walk.name
        folder.mkdir(parents=True, exist_ok=True)
        command += ["--pictures", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    if not done.stdout:
        raise RuntimeError(walk.name, done.returncode, done.stderr.decode()[-2_000:])
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


def _read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="screens", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", default="", help="looks whose name holds this")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each screen")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
