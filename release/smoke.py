"""Try an installed or frozen Coffre as a stranger would: its commands and its window.

``python -m release.smoke PROGRAM [--pictures FOLDER] [--json]`` works in a clean home that is
thrown away, with the network off where the system lets us, and on a screen that nobody sees. It
needs nothing of Coffre's sources: standard library, Xvfb and xdotool.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from release.virtual_screen import Picture, VirtualScreen, wait_until

__all__ = ["Place", "SmokeError", "Step", "command_steps", "offline", "window_steps"]

PASSPHRASE: Final = "velvet orbit granite meadow"  # noqa: S105 - of a safe that is thrown away
AT: Final = "2026-11-23T12:00:00Z"
VERDICTS: Final = {
    "verified": 4,
    "revoked": 1,
    "expired": 1,
    "failed": 1,
    "suspended": 1,
    "undetermined": 1,
    "not_yet_valid": 1,
}
"""Of the sample badges, at that time and with the documents beside them."""

_FEWEST_COLOURS: Final = 12
"""More than a window has before anything is painted on it."""

_MOST_TOLD: Final = 1_000


class SmokeError(Exception):
    """The program did something else than it promises."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried and went well."""

    name: str
    seconds: float
    says: str = ""


@dataclass(frozen=True)
class Place:
    """Where the program is, and where it works.

    Attributes:
        program: as it is called, in the eyes of the program.
        samples: the folder of sample badges, likewise.
        home: a folder for its files, in our eyes.
        root: what stands before a path of the program's to make it one of ours; "" where both
            see the same files.
        prefix: the command that leads there (``chroot``), and takes the network away.
    """

    program: str
    samples: str
    home: Path
    root: str = ""
    prefix: Sequence[str] = ()
    extra: dict[str, str] = field(default_factory=dict)

    def inside(self, path: Path) -> str:
        """Return one of our paths in the eyes of the program."""
        return str(path).removeprefix(self.root) if self.root else str(path)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the one who tries, but where programs are."""
        home = self.inside(self.home)
        folders = {"CONFIG": ".config", "DATA": ".local/share", "CACHE": ".cache"}
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": home,
            **{f"XDG_{kind}_HOME": f"{home}/{folder}" for kind, folder in folders.items()},
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **self.extra,
        }

    def start(self, *arguments: str, **more: Any) -> "subprocess.Popen[str]":
        """Start the program."""
        return subprocess.Popen(
            [*self.prefix, self.program, *arguments],
            env={**self.environment, **more.pop("environment", {})},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            **more,
        )

    def run(self, *arguments: str, code: int = 0, **more: Any) -> str:
        """Return what the program prints.

        Raises:
            SmokeError: it ends with another exit code, or too late.
        """
        process = self.start(*arguments, **more)
        try:
            out, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise SmokeError(f"{arguments[0]} does not end") from late
        if process.returncode != code:
            told = f"{errors}{out}"[:_MOST_TOLD]
            raise SmokeError(f"{' '.join(arguments)}: code {process.returncode}: {told}")
        return out


def offline() -> tuple[str, ...]:
    """Return what takes the network away from a program, () where that is not allowed."""
    for way in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which("unshare") and not subprocess.run([*way, "true"], check=False).returncode:
            return way
    return ()


def command_steps(place: Place) -> Iterator[Step]:
    """Make a safe, fill it, look at it, keep it and show it, all by the command.

    Raises:
        SmokeError: at the first thing that goes wrong.
    """
    secret = place.home / "passphrase"
    secret.write_text(f"{PASSPHRASE}\n", encoding="ascii")
    known = ("--passphrase-file", place.inside(secret))
    documents = ("--documents", f"{place.samples}/../documents.tsv", "--at", AT)
    backup, paper, card = (
        place.inside(place.home / name) for name in ("b.coffre", "p.pdf", "q.svg")
    )

    def ask(*arguments: str, code: int = 0) -> list[Any]:
        told = place.run(*arguments, *known, "--json", code=code)
        return [json.loads(line) for line in told.splitlines()]

    yield timed("version", lambda: check_version(place.run("--version", "--verbose")))
    yield timed("verify", lambda: check_verdicts(
        json.loads(line)
        for line in place.run("verify", place.samples, *documents, "--json", code=1).splitlines()
    ))  # fmt: skip
    yield timed("create", lambda: place.run("create", *known))
    # Not all of them are verified, as they are made to be, and the code says so.
    taken_in = ("import", place.samples, *documents)
    yield timed("import", lambda: check_outcomes(ask(*taken_in, code=1), "added"))
    yield timed("list", lambda: check_verdicts(ask("list", "--at", AT)))
    badge = ask("list", "--search", "data")[0]["id"]
    yield timed("backup (a process for the encryption)", lambda: ask("backup", backup))
    yield timed("backup --check", lambda: ask("backup", "--check", backup))
    # Draws with Qt and without a screen.
    yield timed("export as PDF", lambda: ask("export", badge, "--as", "pdf", "-o", paper))
    yield timed(
        "import of that PDF (a process that reads it)",
        lambda: check_outcomes(ask("import", paper, "--at", AT), "duplicate"),
    )
    page = ("--page", "https://page.example/verify.html")
    yield timed(
        "share as QR code, read back",
        lambda: ask("share", badge, "--as", "qr", *page, *documents, "-o", card),
    )
    yield timed("doctor", lambda: check_doctor(ask("doctor")[0]))
    yield timed("lock", lambda: place.run("lock"))


def window_steps(place: Place, pictures: Path | None = None) -> Iterator[Step]:
    """Start the window on the safe that ``command_steps`` made, unlock, lock and close it.

    Raises:
        SmokeError: at the first thing that goes wrong.
    """
    with VirtualScreen() as screen:
        shown = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        begun = time.monotonic()
        process = place.start(environment=shown, start_new_session=True)
        try:
            painted = _until_other(screen, None, "is not painted", process)
            yield Step("window until painted", time.monotonic() - begun)
            window = screen.window("Coffre")
            screen.type(PASSPHRASE)
            screen.press("Return")
            opened = _until_other(screen, painted, "does not unlock", process)
            yield Step("unlock in the window", time.monotonic() - begun)
            handed = f"{place.samples}/01-data-analysis.png"
            yield timed("a second start hands over", lambda: place.run(handed, environment=shown))
            yield timed("lock from outside", lambda: place.run("lock"))
            locked = _until_other(screen, screen.picture(), "does not lock", process, stable=True)
            _keep(pictures, painted=painted, opened=opened, locked=locked)
            if locked.difference(painted) > locked.difference(opened):
                raise SmokeError("the window does not show its lock again")
            screen.close(window)
            yield timed("quit", lambda: _end(process))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _until_other(
    screen: VirtualScreen,
    before: Picture | None,
    problem: str,
    process: "subprocess.Popen[str]",
    *,
    stable: bool = False,
) -> Picture:
    """Return the screen once it is painted, much unlike ``before``, and at rest."""
    last: list[Picture] = [screen.picture()]
    rests = [0]

    def is_so() -> bool:
        if process.poll() is not None:
            raise SmokeError(f"the window ended: {process.communicate()[1]}")
        now = screen.picture()
        rests[0] = rests[0] + 1 if now.difference(last[0]) < 0.05 else 0
        last[0] = now
        differs = stable or before is None or now.difference(before) > 0.3
        return now.colours >= _FEWEST_COLOURS and differs and rests[0] >= (20 if before else 1)

    if not wait_until(is_so, 60):
        raise SmokeError(f"the window {problem}")
    return last[0]


def _keep(folder: Path | None, **pictures: Picture) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            picture.save(folder / f"{name}.png")


def _end(process: "subprocess.Popen[str]") -> str:
    _out, errors = process.communicate(timeout=30)
    if process.returncode or errors:
        raise SmokeError(f"the window ended with code {process.returncode}: {errors}")
    return "code 0, and nothing said"


def timed(name: str, work: Callable[[], object]) -> Step:
    """Do one thing and tell how long it took."""
    begun = time.monotonic()
    told = work()
    return Step(name, time.monotonic() - begun, told if isinstance(told, str) else "")


def check_version(told: str) -> str:
    """Raise unless every library names its version."""
    wanted = ("coffre ", "Python ", "Qt ", "SQLCipher ", "OpenSSL ")
    if not all(any(line.startswith(name) for line in told.splitlines()) for name in wanted):
        raise SmokeError(f"--version --verbose says {told!r}")
    return told.strip().replace("\n", "; ")


def check_verdicts(rows: "Iterator[Any] | list[Any]") -> str:
    """Raise unless the sample badges have the verdicts that they are made for."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["verdict"]] = found.get(row["verdict"], 0) + 1
    if found != VERDICTS:
        raise SmokeError(f"verdicts {found}, not {VERDICTS}")
    return f"{sum(found.values())} badges, {found['verified']} verified"


def check_outcomes(rows: Sequence[Any], outcome: str) -> str:
    """Raise unless every source was taken in as it should."""
    others = [row for row in rows if row["outcome"] != outcome]
    if others or not rows:
        raise SmokeError(f"not {outcome}: {others}")
    return f"{len(rows)} {outcome}"


def check_doctor(facts: dict[str, Any]) -> None:
    """Raise unless the safe is whole and the parts of the program are there."""
    if facts["integrity_problems"] != [] or "?" in facts["libraries"].values():
        raise SmokeError(f"doctor says {facts}")


@contextmanager
def frozen_place(program: Path) -> Iterator[Place]:
    """Yield the place of a program in a folder, with a home that is thrown away."""
    samples = program.parent / "_internal" / "wallet_app" / "_resources" / "samples" / "badges"
    with tempfile.TemporaryDirectory(prefix="coffre-smoke-") as home:
        yield Place(str(program), str(samples), Path(home), prefix=offline())


def main() -> int:
    """Try a program and print each step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with frozen_place(options.program.resolve()) as place:
        print("Network:", "off" if place.prefix else "NOT off: unshare is not allowed here")
        return report(place, options.pictures)


def report(place: Place, pictures: Path | None = None) -> int:
    """Print each step as it ends; return the exit code."""
    try:
        for step in command_steps(place):
            print(f"{step.seconds:7.2f} s  {step.name}  {step.says[:110]}".rstrip(), flush=True)
        if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
            print("The window was NOT tried: Xvfb and xdotool are missing.")
            return 0
        for step in window_steps(place, pictures):
            print(f"{step.seconds:7.2f} s  {step.name}  {step.says}".rstrip(), flush=True)
    except SmokeError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
