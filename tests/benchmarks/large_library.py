"""Unlocking, listing and searching large vaults; times are the processor's, not the clock's."""

import itertools
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QListView

from tests.benchmarks.kept_vaults import FEW, MANY, SOME, cpu_ms, kept_vault
from tests.benchmarks.measuring import Measured, paired
from tests.simulators.large_vaults import EVERYWHERE
from tests.simulators.vaults import NOW, PASSPHRASE, credential, event, make_vault, passphrase
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.storage.vault import Vault
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.wording import Words

__all__ = ["importing", "memory", "search", "unlock"]

FRAME_MS = 1_000 / 60
_QUERIES = ("b", "ba", "bad", EVERYWHERE[:4], EVERYWHERE, "pé", "pér", "college", "zzz")
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def unlock() -> Iterator[Measured]:
    """Yield unlocking up to the first page of the list, without deriving the key."""

    def opened(path: Path) -> Callable[[], float]:
        def once() -> float:
            found: list[Safe] = []

            def first_page() -> None:
                found.append(open_safe(path, passphrase(), services()))
                found[0].first_badges()

            whole = cpu_ms(first_page)
            key = cpu_ms(lambda: found[0].check_passphrase(passphrase()))
            found[0].close()
            return max(whole - key, 0.1)

        return once

    for count in (SOME, MANY):
        yield paired(
            f"unlock to the list beyond the key, {count:,}",
            opened(kept_vault(count)),
            f"the same at {FEW}",
            opened(kept_vault(FEW)),
            rounds=9,
        )


def search() -> Iterator[Measured]:
    """Yield keystrokes as the window does them: query, rows as of now, model, repaint."""
    application = QApplication.instance() or QApplication([])
    with ExitStack() as stack:
        some, many = (
            keystrokes(stack.enter_context(open_safe(kept_vault(count), passphrase(), services())))
            for count in (SOME, MANY)
        )
        yield paired(
            f"search keystroke at {SOME:,}, with repaint",
            some,
            "one frame at 60 Hz",
            lambda: FRAME_MS,
            rounds=27,
        )
        yield paired(
            f"search keystroke at {MANY:,}, with repaint",
            many,
            f"the same keys at {SOME:,}",
            some,
            rounds=27,
        )
    yield cold_search()
    del application


def keystrokes(safe: Safe) -> Callable[[], float]:
    """Return what types the next of some queries, most of which match everything."""
    view, model = QListView(), LibraryModel(Words("en"))
    view.setModel(model)
    view.setUniformItemSizes(True)
    view.resize(1280, 820)
    queries = itertools.cycle(_QUERIES)

    def key(query: str) -> None:
        model.set_rows(safe.first_badges(query).rows)
        view.grab()

    key("")
    return lambda: cpu_ms(lambda: key(next(queries)))


def cold_search() -> Measured:
    """Return the first keystroke after unlocking, nothing decrypted yet."""

    def cold(count: int) -> Callable[[], float]:
        def once() -> float:
            with open_safe(kept_vault(count), passphrase(), services()) as safe:
                safe.first_badges()
                return cpu_ms(lambda: safe.first_badges(EVERYWHERE))

        return once

    return paired(
        f"first query after unlocking at {MANY:,}",
        cold(MANY),
        f"the same at {SOME:,}",
        cold(SOME),
        rounds=7,
    )


def importing() -> Iterator[Measured]:
    """Yield one credential stored in a transaction of its own, and the plain file beside it."""
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, data BLOB, report TEXT)")
        with make_vault(Path(folder) / "vault") as vault:

            def hundred() -> None:
                for number in itertools.islice(numbers, 100):
                    store(vault, number)

            def hundred_plain() -> None:
                for number in itertools.islice(numbers, 100):
                    new = credential(number, padding=4_000)
                    row = (new.original.data, new.report.report_json)
                    plain.execute("INSERT INTO kept (data, report) VALUES (?, ?)", row)

            yield paired(
                "import into the vault, per credential",
                lambda: cpu_ms(hundred) / 100,
                "its bytes and report in unencrypted SQLite",
                lambda: cpu_ms(hundred_plain) / 100,
                rounds=9,
            )
        plain.close()


def store(vault: Vault, number: int) -> None:
    """Store one invented credential with its report and an evidence document."""
    text = {"description": "Une description d’été. " * 10, "skills": ("soudure",)}
    new = credential(number, padding=4_000, **text)
    at = NOW + timedelta(seconds=number)
    vault.credentials.add(new, event(credential_id=new.original.sha256, at=at))


def memory() -> Iterator[Measured]:
    """Yield what each credential adds to the process that lists all of them."""
    own_kb = 4.2
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "passphrase"
        secret.write_text(PASSPHRASE, encoding="utf-8")
        command = ("wallet_app", "--json", "list", "--passphrase-file", str(secret), "--vault")
        window = ("tests.benchmarks.list_memory",)
        for what, words in (("coffre list", command), ("the window's list", window)):
            # So many that what deriving the key takes, and gives back, is small beside it.
            each = (peak_kb(*words, MANY) - peak_kb(*words, FEW)) / (MANY - FEW)
            ratio = each / own_kb
            yield Measured(
                f"memory of {what}, per credential", "its own JSON", each, own_kb, ratio, ratio,
                ratio, "kB",
            )  # fmt: skip


def peak_kb(module: str, *rest: object) -> int:
    """Return the largest resident size of a program over the vault of the count named last."""
    words = [*map(str, rest[:-1]), str(kept_vault(int(str(rest[-1]))))]
    # In a process of its own, which has had no other children.
    told = subprocess.run(
        [sys.executable, "-c", _PEAK, sys.executable, "-m", module, *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(told.stdout)


def services() -> Services:
    """Return services that ask nobody."""
    return Services.default(offline=True)
