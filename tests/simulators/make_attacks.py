"""Makes ``resources/attacks/``: the forgeries that ``coffre doctor --attacks`` tries anew.

    python tests/simulators/make_attacks.py [FOLDER]

Run it after a change to the attacks or to what stops them; a test holds that the kept files
are those the simulators make today, and the list of changes in a commit shows what moved.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from attacks.book import entries_by_file  # noqa: E402 - the path is set above

__all__ = ["KEPT", "make_attacks"]

KEPT = ROOT / "resources" / "attacks"


def make_attacks(folder: Path) -> None:
    """Write one file per section of the list. ASCII: a name may hold what reorders text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, entries in entries_by_file().items():
        lines = ",\n".join(json.dumps(entry, ensure_ascii=True) for entry in entries)
        (folder / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="ascii")


def main() -> None:
    """Write the attacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=KEPT)
    make_attacks(parser.parse_args().folder)


if __name__ == "__main__":
    main()
