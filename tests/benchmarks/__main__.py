"""``python3 dev.py bench [ROW ...]``: costs, each as a ratio against a named reference.

Ratios travel between machines; milliseconds do not and are shown for orientation only.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import rfc8785
from PySide6.QtWidgets import QApplication, QListView

from simulators.keys import SigningKey
from simulators.web import NOW
from tests.benchmarks.many_files import many_files, peak_memory
from tests.benchmarks.measuring import Measured, compare, paired
from tests.benchmarks.node_peers import node_peers
from tests.benchmarks.one_badge import one_badge, verifier
from wallet_app.app.safe import open_safe
from wallet_app.app.services import Services
from wallet_app.credentials.model import Original
from wallet_app.crypto.secret import Secret
from wallet_app.storage.models import CredentialIndex, Event, NewCredential, NewReport
from wallet_app.storage.vault import Vault
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.verification.serialise import report_to_json
from wallet_app.verification.verify import failed_report
from wallet_app.wording import Words

BADGES = 10_000
EARLIER = NOW - timedelta(days=90)
SUBJECTS = ("Python", "Data", "Welding", "Accounting", "Safety", "Audit", "Piano", "Robotics")


def main() -> int:
    """Print the table."""
    print("Coffre benchmark: median of each, ratio pair by pair [lowest to highest]")
    for name in sys.argv[1:] or ROWS:
        for measured in ROWS[name]():
            print(measured if isinstance(measured, str) else measured.line(), flush=True)
    return 0


def verification() -> Measured:
    """Verify one eddsa-rdfc-2022 badge: JSON bytes to report, nine checks."""
    data = rfc8785.dumps(one_badge().document)
    key = SigningKey.ed25519("bench")
    signature = key.sign(sha256(data).digest() * 2)
    public = key.private.public_key()

    def bare() -> None:
        public.verify(signature, sha256(data).digest() * 2)

    return compare(
        f"verify one eddsa-rdfc-2022 badge of {len(data) / 1000:.1f} kB",
        verifier(data),
        "bare SHA-256 and Ed25519 over the same bytes",
        bare,
        rounds=60,
        subject_repeats=10,
        reference_repeats=100,
    )


def window_start() -> Measured:
    """Start the program, from nothing to the first paint of its unlock screen."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        Vault.create(vault, passphrase(), now=NOW).close()
        return paired(
            "start to the unlock screen",
            starter("coffre", str(vault)),
            "a bare PySide6 window",
            starter("bare"),
            rounds=7,
        )


def starter(*arguments: str) -> Callable[[], float]:
    """Return what starts one window and gives the milliseconds to its first paint."""
    command = [sys.executable, "-m", "tests.benchmarks.window_start", *arguments]

    def start() -> float:
        begun = time.perf_counter_ns()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            if process.stdout.readline() != b"painted\n":
                raise RuntimeError(command)
            return (time.perf_counter_ns() - begun) / 1e6

    return start


def search() -> Measured:
    """One keystroke: full-text search in the vault, rows, model reset and repaint."""
    with tempfile.TemporaryDirectory() as folder:
        path, plain = Path(folder) / "vault", sqlite3.connect(":memory:")
        fill(path, plain)
        application = QApplication.instance() or QApplication([])
        view, model = QListView(), LibraryModel(Words("en"))
        view.setModel(model)
        view.setUniformItemSizes(True)
        view.resize(1280, 820)
        with open_safe(path, passphrase(), Services.default(offline=True)) as safe:

            def keystroke() -> None:
                model.set_rows(safe.badges("pyth"))
                view.grab()

            def reference() -> None:
                plain.execute("SELECT rowid FROM names WHERE names MATCH '\"pyth\"*'").fetchall()

            measured = compare(
                f"search keystroke at {BADGES:,} badges, with repaint",
                keystroke,
                "the same query in unencrypted FTS5 in memory",
                reference,
                rounds=30,
                reference_repeats=10,
            )
        view.deleteLater()
        del application
        return measured


def passphrase() -> Secret:
    """Return the passphrase of the benchmark's own vaults."""
    return Secret.from_text("four plain words here")


def fill(path: Path, plain: sqlite3.Connection) -> None:
    """Put the same invented names into a vault and into the reference table."""
    plain.execute("CREATE VIRTUAL TABLE names USING fts5(name)")
    with Vault.create(path, passphrase(), now=NOW) as vault:
        for number in range(BADGES):
            name = f"{SUBJECTS[number % len(SUBJECTS)]} level {number}"
            plain.execute("INSERT INTO names VALUES (?)", (name,))
            vault.credentials.add(badge_of(name, number), Event(NOW, "imported"))


def badge_of(name: str, number: int) -> NewCredential:
    """Return a small stored badge; its report is that of an unread file, made once."""
    data = f'{{"n": {number}}}'.encode()
    report = failed_report(sha256(data).hexdigest(), "format.not_a_credential", {}, NOW)
    return NewCredential(
        original=Original(data=data, media_type="application/json"),
        index=CredentialIndex(name=name, issuer="Northgate College", issued_on=EARLIER),
        report=NewReport(NOW, report.verdict, json.dumps(report_to_json(report))),
    )


ROWS: dict[str, Callable[[], Iterator[Measured | str]]] = {
    "verify": lambda: iter((verification(),)),
    "peers": node_peers,
    "bulk": many_files,
    "memory": lambda: iter((peak_memory(),)),
    "start": lambda: iter((window_start(),)),
    "search": lambda: iter((search(),)),
}

if __name__ == "__main__":
    sys.exit(main())
