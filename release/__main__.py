"""``python3 dev.py build [--smoke]``: the program's folder, the wheel and, on Debian, the package.

The same sources on the same machine make the same bytes (docs/adr/0087).
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from release.deb import Source, make_deb
from release.elf import needs_of
from release.icons import SIZES
from release.notices import third_party_notices
from wallet_app import __version__

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build"
_FIRST_DAY: Final = 1_767_225_600
"""2026-01-01, the date of every file where there is no git to tell the last change."""


def main() -> int:
    """Build, and with ``--smoke`` try what was built."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="try the program afterwards")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    epoch = last_change()
    freeze(out, epoch)
    if sys.platform.startswith("linux") and shutil.which("dpkg-deb"):
        tell(f"{package(out, epoch)}")
    tell(f"{out / 'coffre'}, {size_mb(out / 'coffre')} MB")
    if not options.smoke:
        return 0
    name = "coffre.exe" if sys.platform == "win32" else "coffre"
    command = [sys.executable, "-m", "release.smoke", str(out / "coffre" / name)]
    return subprocess.call(command, cwd=ROOT)


def freeze(out: Path, epoch: int) -> None:
    """Make the folder with the program, and the wheel."""
    # Sets and dates would else differ from one build to the next.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(epoch)}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    folders = ("--distpath", str(out), "--workpath", str(BUILD / "pyinstaller"))
    for command in (
        ("release.icons", str(BUILD / "icons")),
        ("PyInstaller", *folders, "--noconfirm", "--clean", "--log-level", "ERROR", "build.spec"),
        ("hatchling", "build", "-t", "wheel", "-d", str(out)),
    ):
        call = [sys.executable, "-m", *command]
        subprocess.run(call, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    notices = third_party_notices(ROOT / "requirements" / "run.lock")
    (out / "coffre" / "third-party.txt").write_text(notices, encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", out / "coffre" / "LICENSE")


def package(out: Path, epoch: int) -> Path:
    """Make the Debian package of the folder in ``out``."""
    needs = needs_of(out / "coffre")
    tell(f"Needs the GNU C library {needs.libc[0]}.{needs.libc[1]} (asked for by {needs.libc_by}).")
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    source = Source(
        program=out / "coffre",
        resources=ROOT / "resources",
        icons={size: BUILD / "icons" / f"coffre-{size}.png" for size in SIZES},
        texts={
            "copyright": f"{licence}\nThe licences of what goes along are in third-party.txt.gz.\n",
            "changelog": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
            "third-party.txt": (out / "coffre" / "third-party.txt").read_text(encoding="utf-8"),
        },
        version=__version__,
        architecture=_printed("dpkg", "--print-architecture"),
        needs=needs,
        epoch=epoch,
    )
    return make_deb(source, BUILD / "deb", out)


def last_change() -> int:
    """Return when the sources were changed last, in seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    told = given or _printed("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    return int(told) if told.isdecimal() else _FIRST_DAY


def size_mb(folder: Path) -> int:
    """Return the size of a folder's files in megabytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 1e6)


def _printed(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def tell(sentence: str) -> None:
    """Say one thing to the developer."""
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
