"""``python3 dev.py campaign rounds [--rounds N]``: does memory stay flat over thousands of rounds?

A round unlocks the safe, shows one page, opens and closes one sheet, and locks. In each cycle every
page and every sheet has its turn, in an order of its own. After each cycle it counts what is alive,
and reads from the system what the process holds (resident, and of that its own) and from the C
library what of it is in use, so that a leak is told from holes. The slope of each over the
rounds is printed with its 95 % confidence, widened by how much one sample
resembles the one before. Ends with 1 when a kind of widget grows, or memory surely does.
"""

import argparse
import ctypes
import itertools
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.rounds import Left, Rounds, prepared
from wallet_app.app.services import Recipe, Services
from wallet_app.system.hardening import harden_process
from wallet_app.ui.garbage import InterfaceGarbage
from wallet_app.ui.main_window import MainWindow

_WARM_CYCLES = 6
_FLAT_KIB = 2.0
"""A round. Holes in the heap come and go by hundreds of KiB, whatever was mended."""
_FLAT_IN_USE_KIB = 0.5
"""A round. Measured: 0.09; and 9.7 as long as layouts and what scrolls left something behind."""
_FLAT_OBJECTS = 0.1


def main() -> int:
    """Go round and tell."""
    parser = argparse.ArgumentParser(prog="dev.py campaign rounds", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    harden_process()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, window_on(Path(folder)) as rounds:
        garbage = InterfaceGarbage(application)
        cycles = go_round(rounds, random.Random(options.seed))  # noqa: S311
        for _ in range(_WARM_CYCLES):
            next(cycles)
        first, samples = Left.now(), []
        done, begun = 0, time.monotonic()
        while done < options.rounds:
            done += next(cycles)
            left = Left.now()
            widgets = sum(left.widgets.values())
            samples.append((done, *held_kib(), in_use_kib(), left.python, widgets))
            print(
                "{:>6} rounds  {:>8} KiB resident  {:>8} its own  {:>8} in use  {:>7} objects  "
                "{:>4} widgets".format(*samples[-1]), flush=True,
            )  # fmt: skip
        print(f"{(time.monotonic() - begun) / done * 1000:.0f} ms a round")
        garbage.stop()
        return judge(samples, first, left)


def judge(samples: Sequence[tuple[int, ...]], first: Left, last: Left) -> int:
    """Print the slopes; 0 when nothing grows."""
    rounds = [float(sample[0]) for sample in samples]
    worst = 0
    for name, at, flat in (
        ("KiB resident", 1, _FLAT_KIB),
        ("KiB its own", 2, _FLAT_KIB),
        ("KiB in use", 3, _FLAT_IN_USE_KIB),
        ("Python objects", 4, _FLAT_OBJECTS),
    ):
        slope, around = slope_of(rounds, [float(sample[at]) for sample in samples])
        grows = slope - around > flat
        worst |= grows
        print(
            f"{name:<15} {slope:+8.3f} a round, 95 % [{slope - around:+.3f}, {slope + around:+.3f}]"
        )
    more = last.widgets - first.widgets
    print(
        f"widgets: {sum(first.widgets.values())} before, {sum(last.widgets.values())} after {more}"
    )
    return int(worst or bool(more))


def slope_of(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Return the slope of least squares, and how far its 95 % confidence reaches around it."""
    line = statistics.linear_regression(xs, ys)
    rest = [y - line.intercept - line.slope * x for x, y in zip(xs, ys, strict=True)]
    spread = sum(error * error for error in rest)
    if not spread:
        return line.slope, 0.0
    # Samples that resemble their neighbours count for fewer than they are.
    alike = sum(a * b for a, b in itertools.pairwise(rest)) / spread
    count = len(xs) * (1 - max(0.0, alike)) / (1 + max(0.0, alike))
    middle = statistics.fmean(xs)
    across = sum((x - middle) ** 2 for x in xs)
    error = math.sqrt(spread / max(count - 2, 1) / across)
    return line.slope, 1.96 * error


def go_round(rounds: Rounds, chance: random.Random) -> Iterator[int]:
    """Yield after each cycle how many rounds it had."""
    while True:
        rounds.unlock()
        names, pages = list(rounds.names), list(rounds.pages)
        rounds.lock()
        chance.shuffle(names)
        chance.shuffle(pages)
        for name, page in zip(names, itertools.cycle(pages), strict=False):
            rounds.unlock()
            rounds.show_page(page)
            rounds.open_and_close(name)
            rounds.lock()
        yield len(names)


def held_kib() -> tuple[int, int]:
    """Return what the process holds in memory, and what of that it shares with nobody."""
    pages = [int(word) for word in Path("/proc/self/statm").read_text(encoding="ascii").split()]
    page = os.sysconf("SC_PAGE_SIZE") // 1024
    return pages[1] * page, (pages[1] - pages[2]) * page


class _Mallinfo(ctypes.Structure):
    """``struct mallinfo2`` of glibc; sizes in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks",
                     "uordblks", "fordblks", "keepcost")
    )  # fmt: skip


def in_use_kib() -> int:
    """Return what is allocated and not given back, without Python's small objects and the holes."""
    mallinfo = ctypes.CDLL("libc.so.6").mallinfo2
    mallinfo.restype = _Mallinfo
    info = mallinfo()
    return (info.uordblks + info.hblkhd) // 1024


@contextmanager
def window_on(folder: Path) -> Iterator[Rounds]:
    """Yield rounds over a window on a new safe with the sample badges."""
    services = Services.made_by(Recipe(datetime(2026, 11, 23, 9, 41, tzinfo=UTC), offline=True))
    window = MainWindow(services, prepared(folder, services), folder / "settings.json")
    window.show()
    yield Rounds(window)
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
