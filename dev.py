#!/usr/bin/env python3
"""Everything a developer does, in one file that needs only Python 3.11 and git.

    python3 dev.py run [ARG ...]     open Coffre; arguments go to the coffre command
    python3 dev.py test [ARG ...]    lint, types, import contract and the whole test suite
    python3 dev.py lint              the first three of these
    python3 dev.py bench             costs, as ratios against references in the same run
    python3 dev.py screenshots DIR   every screen to PNG, both languages and themes
    python3 dev.py campaign NAME     the long fault and fuzz runs
    python3 dev.py page              the verification page from its source
    python3 dev.py build [--smoke]   the installable folder, the wheel and the .deb; try them
    python3 dev.py lock              requirements/*.in to hash-locked requirements/*.lock

The first call makes ``.venv`` and installs exactly what ``requirements/*.lock`` names.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
MIN_PYTHON = (3, 11)

# Debian and Ubuntu names; docs/development.md lists them for other systems.
QT_PACKAGES = [
    "libgl1", "libegl1", "libfontconfig1", "libxkbcommon0", "libdbus-1-3", "libglib2.0-0",
    "libgssapi-krb5-2", "libbrotli1",
]  # fmt: skip
WINDOW_PACKAGES = [
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1",
    "libxkbcommon-x11-0", "libx11-xcb1", "libwayland-client0", "libwayland-cursor0",
    "libwayland-egl1",
]  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run one of the commands above and return its exit code."""
    if sys.version_info < MIN_PYTHON:
        return fail(f"Coffre needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    if not arguments:
        parser.print_help()
        return 2
    options = parser.parse_args(arguments)
    try:
        return COMMANDS[options.command](options.rest)
    except subprocess.CalledProcessError as error:
        return fail(f"Stopped: {Path(str(error.cmd[0])).name} ended with code {error.returncode}.")
    except KeyboardInterrupt:
        return 130


def fail(sentence: str) -> int:
    """Print one sentence on standard error and return the exit code of a failure."""
    print(sentence, file=sys.stderr)
    return 1


# --- the environment -------------------------------------------------------------------


def python_of(folder: Path) -> Path:
    """Return the interpreter inside a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(lock: str) -> Path:
    """Make ``.venv`` hold what ``requirements/<lock>.lock`` names; return its Python."""
    python = python_of(VENV)
    if not python.exists():
        make_venv()
    wanted = hashlib.sha256((REQUIREMENTS / f"{lock}.lock").read_bytes()).hexdigest()
    marker = VENV / f".installed-{lock}"
    if not marker.exists() or marker.read_text(encoding="ascii") != wanted:
        say(f"Installing the packages of requirements/{lock}.lock (once) ...")
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        # The lock names every package, so nothing is left to resolve: pip 23 trips over extras
        # (``coverage[toml]``) when it resolves with hashes and a constraints file.
        exactly = ["--require-hashes", "--no-deps", "-r", f"{REQUIREMENTS}/{lock}.lock"]
        subprocess.run([*pip, *exactly], check=True)
        marker.write_text(wanted, encoding="ascii")
    return python


def make_venv() -> None:
    """Make the virtual environment, adding Debian's split-off venv package if needed."""
    say("Making .venv (once) ...")
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships Python without it
    except ImportError:
        install_system_packages(["python3-venv"])
    venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)


def say(sentence: str) -> None:
    """Tell progress on standard error: standard output belongs to the command."""
    print(sentence, file=sys.stderr, flush=True)


def need_qt_libraries(python: Path, *, window: bool) -> None:
    """Make sure that Qt's platform plugin finds the system libraries it links to."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return
    plugins = ["libqoffscreen.so", *(["libqxcb.so"] if window else [])]
    where = "import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent)"
    package = Path(run_quietly([str(python), "-c", where]).strip())
    files = [package / "Qt/plugins/platforms" / name for name in plugins]
    files += [
        package / "Qt/lib" / f"libQt6{name}.so.6" for name in ("Gui", "Widgets", "DBus", "Svg")
    ]
    missing = any("not found" in run_quietly(["ldd", str(file)]) for file in files if file.exists())
    if missing:
        install_system_packages(QT_PACKAGES + (WINDOW_PACKAGES if window else []))


def need_programs(packages_by_program: Mapping[str, str]) -> None:
    """Make sure that each program is on the path, else install its package."""
    missing = [pkg for program, pkg in packages_by_program.items() if shutil.which(program) is None]
    if missing:
        install_system_packages(missing)


def run_quietly(command: Sequence[str]) -> str:
    """Return what a command prints; "" if it fails."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def install_system_packages(names: Sequence[str]) -> None:
    """Install through apt when root on Debian or Ubuntu, else print the exact command."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if shutil.which("apt-get") is None or not is_root:
        hint = "sudo " + " ".join(command)
        sys.exit(f"System packages are missing. On Debian or Ubuntu, run this once:\n  {hint}")
    say(f"Installing system packages (once): {' '.join(names)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL, env=quiet)
    subprocess.run([*command, "-q"], check=True, stdout=subprocess.DEVNULL, env=quiet)


def package_environment(*folders: Path) -> dict[str, str]:
    """Return the environment in which ``wallet_app`` is importable from any folder."""
    places = (str(ROOT), *map(str, folders), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}


# --- the commands ----------------------------------------------------------------------


def run(rest: Sequence[str]) -> int:
    """Open the window; with arguments, be the ``coffre`` command; without a display, tour."""
    python = prepare("run")
    has_display = sys.platform != "linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    need_qt_libraries(python, window=has_display)
    arguments = list(rest)
    if not arguments and not has_display:
        say("No display here: Coffre shows its main job in the terminal instead.")
        arguments = ["tour"]
    return subprocess.call([str(python), "-m", "wallet_app", *arguments], env=package_environment())


def lint(_rest: Sequence[str]) -> int:
    """Check formatting, style, types and the import contract."""
    python = str(prepare("dev"))
    checks = (
        [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        [python, "-m", "ruff", "check", "--quiet", "."],
        [python, "-m", "mypy"],
        [str(python_of(VENV).with_name("lint-imports")), "--no-logo"],
    )
    for command in checks:
        say(f"lint: {' '.join(Path(word).name for word in command[:4])}")
        subprocess.run(command, check=True, cwd=ROOT, env=package_environment())
    return 0


def test(rest: Sequence[str]) -> int:
    """Lint, then run the suite headless, with a Secret Service of its own."""
    python = prepare("dev")
    need_qt_libraries(python, window=False)
    if sys.platform.startswith("linux"):
        need_programs(
            {
                "dbus-run-session": "dbus-daemon",
                "gnome-keyring-daemon": "gnome-keyring",
                "pdftoppm": "poppler-utils",
                "age": "age",
                "strace": "strace",
                "desktop-file-validate": "desktop-file-utils",
                "appstreamcli": "appstream",
                # The page of resources/verify_page is tested where it runs.
                "chromium": "chromium",
            }
        )
    if not rest:
        lint([])
    selection = list(rest) or ["-n", "2", "--dist", "loadgroup", *COVERAGE]
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *selection]
    with tempfile.TemporaryDirectory(prefix="coffre-test-") as home:
        code = subprocess.call(
            with_secret_service(command), cwd=ROOT, env=test_environment(Path(home))
        )
    return code if rest or code else check_core_coverage(python)


def check_core_coverage(python: Path) -> int:
    """Hold each room that decides over badges to its own floor; return the exit code."""
    worst = 0
    for room in CORE_ROOMS:
        report = [
            str(python),
            "-m",
            "coverage",
            "report",
            f"--include=wallet_app/{room}/*",
            "--format=total",
        ]
        done = subprocess.run(
            [*report, f"--fail-under={CORE_FLOOR}"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(f"coverage of {room}: {done.stdout.strip()} % (floor {CORE_FLOOR} %, with branches)")
        worst = max(worst, done.returncode)
    return worst


COVERAGE = ("--cov", "--cov-report=term:skip-covered", "--cov-fail-under=85")
CORE_ROOMS = ("credentials", "crypto", "verification")
CORE_FLOOR = 95


def test_environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of the person's own is read or written."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    found = package_environment()
    # Compiled once and kept, as by any Python: hundreds of processes start from these sources.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **found,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def with_secret_service(command: Sequence[str]) -> list[str]:
    """Wrap a command in a private D-Bus session with an unlocked GNOME keyring."""
    if not sys.platform.startswith("linux"):
        return list(command)
    unlock = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    return ["dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$@"', "sh", *command]


def bench(rest: Sequence[str]) -> int:
    """Print costs as ratios against references measured in the same run."""
    return run_module("dev", "tests.benchmarks", rest, offscreen=True)


def screenshots(rest: Sequence[str]) -> int:
    """Write every screen to PNG files in a folder."""
    if not rest or rest[0].startswith("-"):
        return fail(
            "Name the folder: python3 dev.py screenshots DIR [--scales 1,1.5,2] [--looks fr-light]"
        )
    folder, *others = rest
    given = [str(Path(folder).resolve()), *others]
    return run_module("dev", "tests.screenshots", given, offscreen=True)


def page(rest: Sequence[str]) -> int:
    """Make resources/verify_page/verify.html from the source beside it."""
    python = prepare("dev")
    command = [str(python), "-m", "simulators.make_page", *rest]
    return subprocess.call(command, cwd=ROOT, env=package_environment(ROOT / "tests"))


def campaign(rest: Sequence[str]) -> int:
    """Run one of the long campaigns; without a name, list them."""
    names = sorted(
        path.stem.removesuffix("_campaign") for path in ROOT.glob("tests/*/*_campaign.py")
    )
    if not rest or rest[0] not in names:
        return fail(f"Name a campaign: {', '.join(names)}")
    (module,) = ROOT.glob(f"tests/*/{rest[0]}_campaign.py")
    dotted = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    return run_module("dev", dotted, rest[1:], offscreen=True)


def run_module(lock: str, module: str, rest: Sequence[str], *, offscreen: bool) -> int:
    """Run a module of the checkout with the packages of a lock file."""
    python = prepare(lock)
    need_qt_libraries(python, window=False)
    environment = package_environment(ROOT / "tests")
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.call([str(python), "-m", module, *rest], cwd=ROOT, env=environment)


def build(rest: Sequence[str]) -> int:
    """Make the program's folder, the wheel and the Debian package; ``--smoke`` tries them."""
    need_qt_libraries(Path(prepare("build")), window=True)
    if sys.platform.startswith("linux"):
        need_programs({"objdump": "binutils"})
        if "--smoke" in rest:
            need_programs({"Xvfb": "xvfb", "xdotool": "xdotool"})
    return run_module("build", "release", rest, offscreen=True)


def lock(_rest: Sequence[str]) -> int:
    """Resolve requirements/*.in again; needs uv in the dev environment's place."""
    if shutil.which("uv") is None:
        return fail("Install uv first: it resolves for every platform at once.")
    for name in ("run", "dev", "build"):
        options = (
            "--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header"
        )
        subprocess.run(
            ["uv", "pip", "compile", *options.split(), f"{name}.in", "-o", f"{name}.lock"],
            check=True,
            cwd=REQUIREMENTS,
        )
    return 0


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "screenshots": screenshots,
    "campaign": campaign,
    "page": page,
    "build": build,
    "lock": lock,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
