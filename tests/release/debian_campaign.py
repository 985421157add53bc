"""``python3 dev.py campaign debian [DEB]``: the package on a Debian 12 that has nothing else.

debootstrap makes a minimal system in a folder that is thrown away; in it, by ``chroot``, the
package is installed with what it depends on, tried by its commands and its window as a person
without rights and without a network, removed and purged. Needs root, debootstrap, Xvfb and
xdotool, and a mirror, which is the first that apt knows here.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from release.smoke import Place, offline, report

ROOT = Path(__file__).resolve().parents[2]
MIRROR = "http://deb.debian.org/debian"
PERSON = "anna"
# Changes with every package that comes or goes; nothing of it is the package's own.
BOOKKEEPING = ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "tmp", "proc", "dev", "sys")


def main() -> int:
    """Run the trial and print what happened; 0 when everything went as promised."""
    parser = argparse.ArgumentParser(prog="dev.py campaign debian", description=__doc__)
    parser.add_argument("deb", type=Path, nargs="?")
    parser.add_argument("--suite", default="bookworm", help="the release of Debian")
    parser.add_argument("--pictures", type=Path, help="a folder for what the window showed")
    options = parser.parse_args()
    deb = options.deb or next(iter(sorted((ROOT / "dist").glob("coffre_*.deb"))), None)
    if deb is None:
        print("There is no package: python3 dev.py build", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="coffre-debian-") as folder, ExitStack() as stack:
        root = Path(folder) / "root"
        bootstrap(root, options.suite)
        stack.enter_context(mounted(root))
        problems = trial(root, deb, options.pictures)
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


def bootstrap(root: Path, suite: str) -> None:
    """Make a minimal system."""
    mirror = mirror_of(suite)
    print(f"Debian {suite} from {mirror.partition('://')[2].partition('/')[0]} ...", flush=True)
    command = ["debootstrap", "--variant=minbase", suite, str(root), mirror]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def mirror_of(suite: str) -> str:
    """Return where apt gets this release from here."""
    for file in sorted(Path("/etc/apt").rglob("*.sources")):
        text = file.read_text(encoding="utf-8")
        found = re.search(r"^URIs:\s*(\S+)$(?:\n.*)*?\nSuites:.*\b" + suite + r"\b", text, re.M)
        if found:
            return found[1]
    return MIRROR


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """Give the system its kernel files and the place of the screen's socket, for a while."""
    screen = root / "tmp" / ".X11-unix"
    screen.mkdir(mode=0o1777, exist_ok=True)
    Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)  # noqa: S108 - X11's own place
    done: list[Path] = []
    try:
        for kind, target in (
            (["-t", "proc", "proc"], root / "proc"),
            (["--bind", "/tmp/.X11-unix"], screen),  # noqa: S108
        ):
            subprocess.run(["mount", *kind, str(target)], check=True)
            done.append(target)
        yield
    finally:
        for target in reversed(done):
            subprocess.run(["umount", str(target)], check=True)


def trial(root: Path, deb: Path, pictures: Path | None) -> list[str]:
    """Install, try, remove and purge; return what went wrong."""
    problems: list[str] = []
    shutil.copyfile(deb, root / "tmp" / "coffre.deb")
    before = installed(root)
    inside(root, "apt-get", "update", "-q")
    inside(root, *apt("install"), "/tmp/coffre.deb")  # noqa: S108 - of the chroot
    print(f"installed with {len(installed(root) - before) - 1} packages that it depends on")
    if inside(root, "dpkg", "--verify", "coffre"):
        problems.append("dpkg --verify finds changed files")
    inside(root, "useradd", "--create-home", PERSON)
    home = root / "home" / PERSON
    problems += smoke(root, home, pictures)
    problems += desktop(root)
    kept = everything(root) - owned(root)
    inside(root, *apt("remove"), "coffre")
    problems += left_behind(root, kept)
    inside(root, "dpkg", "--install", "/tmp/coffre.deb")  # noqa: S108 - of the chroot
    inside(root, *apt("purge"), "coffre")
    problems += left_behind(root, kept)
    if not (home / ".local/share/coffre/safe/vault.db").is_file():
        problems.append("the person's safe is gone")
    print("removed and purged: nothing is left but what lies in the person's home")
    return problems


def owned(root: Path) -> set[str]:
    """Return what is the package's alone: its files, and the folders that bear its name."""
    listed = [line.lstrip("/") for line in inside(root, "dpkg", "-L", "coffre").splitlines()]
    return {
        path
        for path in listed
        if "coffre" in path or (root / path).is_symlink() or not (root / path).is_dir()
    }


def left_behind(root: Path, kept: set[str]) -> list[str]:
    """Return what is there beside ``kept``, and what still names the program."""
    problems = []
    if left := sorted(everything(root) - kept):
        problems.append(f"left behind: {left[:20]}")
    if told := subprocess.run(
        ["grep", "-rl", "coffre", str(root / "usr/share"), str(root / "etc")],
        capture_output=True, text=True, check=False,
    ).stdout:  # fmt: skip
        problems.append(f"still named in {told.split()}")
    return problems


def smoke(root: Path, home: Path, pictures: Path | None) -> list[str]:
    """Try the commands and the window as the person."""
    way = ["chroot", f"--userspec={PERSON}:{PERSON}", str(root)]
    samples = "/usr/lib/coffre/_internal/wallet_app/_resources/samples/badges"
    place = Place("coffre", samples, home, str(root), (*offline(), *way))
    print("Network:", "off" if offline() else "NOT off: unshare is not allowed here")
    return ["the smoke test"] if report(place, pictures) else []


def desktop(root: Path) -> list[str]:
    """Check that a desktop's caches take the package up, by the triggers of their packages."""
    tools = ("desktop-file-utils", "shared-mime-info", "xdg-utils", "libglib2.0-bin")
    inside(root, *apt("install"), *tools)
    problems = []
    for kind in ("x-scheme-handler/coffre", "application/x-coffre-backup", "application/vc+jwt"):
        told = inside(root, "xdg-mime", "query", "default", kind).strip()
        print(f"{kind}: {told}")
        if told != "coffre.desktop":
            problems.append(f"{kind} is opened by {told!r}")
    (root / "tmp" / "mine.coffre").write_text("x", encoding="ascii")
    content = ("--attributes", "standard::content-type")
    told = inside(root, "gio", "info", *content, "/tmp/mine.coffre")  # noqa: S108 - of the chroot
    if "application/x-coffre-backup" not in told:
        problems.append(f"mine.coffre is {told!r}")
    return problems


def apt(command: str) -> list[str]:
    """Return the beginning of a call of apt-get that asks nothing."""
    return ["apt-get", "-qq", "--yes", "--no-install-recommends", command]


def inside(root: Path, *command: str) -> str:
    """Return what a command prints in the system."""
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
        "HOME": "/root",
    }
    done = subprocess.run(
        ["chroot", str(root), *command],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode and command[0] != "dpkg":
        raise RuntimeError((command, done.stderr[-2000:]))
    return done.stdout


def installed(root: Path) -> set[str]:
    """Return the names of the installed packages."""
    return set(inside(root, "dpkg-query", "--show", "--showformat=${Package}\n").split())


def everything(root: Path) -> set[str]:
    """Return every path in the system but homes and the package managers' bookkeeping."""
    found: set[str] = set()
    for folder, folders, files in os.walk(root):
        at = Path(folder).relative_to(root)
        folders[:] = [name for name in folders if str(at / name) not in ("home", *BOOKKEEPING)]
        found.update(str(at / name) for name in (*folders, *files))
    return found


if __name__ == "__main__":
    sys.exit(main())
