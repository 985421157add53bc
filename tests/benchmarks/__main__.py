"""``python3 dev.py bench [ROW ...]``: costs, each as a ratio against a named reference.

Ratios travel between machines; milliseconds do not and are shown for orientation only.
"""

import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import rfc8785

from simulators.keys import SigningKey
from simulators.web import NOW
from tests.benchmarks.backups import backup, restoring
from tests.benchmarks.large_library import importing, memory, search, unlock
from tests.benchmarks.many_files import many_files, peak_memory
from tests.benchmarks.measuring import Measured, compare, paired
from tests.benchmarks.node_peers import node_peers
from tests.benchmarks.one_badge import one_badge, verifier
from tests.benchmarks.page_in_browser import page_in_browser
from tests.benchmarks.window_weight import window_weight
from wallet_app.crypto.secret import Secret
from wallet_app.storage.vault import Vault
from wallet_app.system.hardening import harden_process


def main() -> int:
    """Print the table."""
    harden_process()
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


def passphrase() -> Secret:
    """Return the passphrase of the benchmark's own vaults."""
    return Secret.from_text("four plain words here")


ROWS: dict[str, Callable[[], Iterator[Measured | str]]] = {
    "verify": lambda: iter((verification(),)),
    "peers": node_peers,
    "page": page_in_browser,
    "bulk": many_files,
    "memory": lambda: itertools.chain((peak_memory(),), memory()),
    "start": lambda: iter((window_start(),)),
    "window": window_weight,
    "unlock": unlock,
    "search": search,
    "import": importing,
    "backup": backup,
    "restore": restoring,
}

if __name__ == "__main__":
    sys.exit(main())
