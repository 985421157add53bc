"""How often the key, the passphrase and a badge's words are found in a process after a lock.

    python -m tests.faults.memory_after_lock

A child opens a safe with a planted key, shows it, locks, and reads its own memory. It prints one
JSON line: for each planted thing, how often it was found while the safe was open, and after the
lock. Needs Linux. The needles are kept inverted, so that the search finds no copy of its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parents[2]
_CHUNK = 1 << 20
_OVERLAP = 256


def measure(folder: Path, *, window: bool) -> dict[str, dict[str, int]]:
    """Return what a child found in itself; ``window`` opens a real window over the safe."""
    command = [sys.executable, "-m", "tests.faults.memory_after_lock", str(folder)]
    done = subprocess.run(
        [*command, "window" if window else "safe"],
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
            "HOME": str(folder),
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    found: dict[str, dict[str, int]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _inverted(data: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in data)


def _count(needles: dict[str, bytes]) -> dict[str, int]:
    """Count each needle in all writable memory of this process; needles are inverted."""
    table = bytes(255 - value for value in range(256))
    found = dict.fromkeys(needles, 0)
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for start, end in _writable():
            tail = b""
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    read = memory.read(min(_CHUNK, end - at))
                except OSError:
                    break
                # Looked for in an inverted copy: neither it nor the needle holds the word.
                piece = tail + read.translate(table)
                for name, needle in needles.items():
                    found[name] += piece.count(needle)
                    if tail:
                        found[name] -= tail.count(needle)
                tail = piece[-_OVERLAP:]
                del read
    return found


def _writable() -> Iterator[tuple[int, int]]:
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        span, rights, *_rest = line.split()
        if rights.startswith("rw") and "[v" not in line:
            start, end = span.split("-")
            yield int(start, 16), int(end, 16)


def _child(folder: Path, kind: str) -> None:
    from wallet_app.system.hardening import harden_process  # noqa: PLC0415

    harden_process()
    # /proc/self/mem of an undumpable process is closed even to itself for reading by others;
    # the process may still read its own.
    needles = _make_safe(folder)
    run = _in_window if kind == "window" else _in_safe
    # A control: bytes that are held all the time must be found each time.
    held = bytearray(_inverted(needles["control"]))
    opened = run(folder, needles)
    _forget()
    after = _count(needles)
    both = {name: {"open": opened[name], "locked": after[name]} for name in needles}
    sys.stdout.write(json.dumps(both) + "\n")
    sys.stdout.flush()
    held.clear()


def _forget() -> None:
    import gc  # noqa: PLC0415

    from wallet_app.app.forgetting import overwrite_freed  # noqa: PLC0415
    from wallet_app.system.hardening import give_back_memory  # noqa: PLC0415

    gc.collect()
    overwrite_freed()
    give_back_memory()


def _make_safe(folder: Path) -> dict[str, bytes]:
    """Make the safe in a process of its own; return the needles, inverted."""
    done = subprocess.run(
        [sys.executable, "-c", _MAKER, str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return {name: bytes.fromhex(value) for name, value in json.loads(done.stdout).items()}


_MAKER = """
import json, sys, os
from pathlib import Path
from tests.simulators.vaults import CHEAP, NOW, add, credential
from wallet_app.crypto.secret import Secret
from wallet_app.storage.vault import Vault
folder = Path(sys.argv[1])
key, word, phrase = os.urandom(32), "zq" + os.urandom(8).hex(), "pq" + os.urandom(8).hex()
vault = Vault.create(folder / "safe", Secret.from_text(phrase), now=NOW, kdf=CHEAP,
                     randomness=lambda size: key if size == 32 else os.urandom(size))
for number in range(20):
    add(vault, credential(number, name=f"Name {number} {word}", description=f"About {word}",
                          issuer=f"Issuer {word}"))
vault.close()
(folder / "phrase").write_text(phrase)
hidden = lambda data: bytes(b ^ 255 for b in data).hex()
print(json.dumps({
    "control": hidden(os.urandom(32)),
    "key, raw": hidden(key), "key, hex": hidden(key.hex().encode()),
    "passphrase, UTF-8": hidden(phrase.encode()),
    "passphrase, UTF-16": hidden(phrase.encode("utf-16-le")),
    "badge, UTF-8": hidden(word.encode()),
    "badge, UTF-16": hidden(word.encode("utf-16-le")),
}))
"""


def _in_safe(folder: Path, needles: dict[str, bytes]) -> dict[str, int]:
    from wallet_app.app.open_safe import open_safe  # noqa: PLC0415
    from wallet_app.app.services import Recipe, Services  # noqa: PLC0415
    from wallet_app.crypto.secret import Secret  # noqa: PLC0415

    with Secret((folder / "phrase").read_bytes()) as passphrase:
        safe = open_safe(folder / "safe", passphrase, Services.made_by(Recipe(offline=True)))
    rows = safe.badges()
    opened = _count(needles)
    assert rows
    del rows
    safe.leave(())
    return opened


def _in_window(folder: Path, needles: dict[str, bytes]) -> dict[str, int]:
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from wallet_app.app.services import Recipe, Services  # noqa: PLC0415
    from wallet_app.ui.main_window import MainWindow  # noqa: PLC0415

    application = QApplication([])
    services = Services.made_by(Recipe(offline=True))
    window = MainWindow(services, folder / "safe", folder / "settings.json")
    window.show()
    opened: dict[str, int] = {}

    def look() -> None:
        if window.bridge.busy or not window.library.rows():
            QTimer.singleShot(50, look)
            return
        window.grab()
        opened.update(_count(needles))
        window.session.closed.connect(lambda: QTimer.singleShot(500, application.quit))
        window.lock()

    window.unlock.field.edit.setText((folder / "phrase").read_text(encoding="ascii"))
    window.session.opened.connect(look)
    window.unlock.button.click()
    application.exec()
    return opened


def _main() -> None:
    if len(sys.argv) > 1:
        _child(Path(sys.argv[1]), sys.argv[2])
        return
    for kind in ("safe", "window"):
        with TemporaryDirectory(prefix="coffre-memory-") as folder:
            for name, counts in measure(Path(folder), window=kind == "window").items():
                sys.stdout.write(f"{kind:7} {name:20} {counts['open']:4} {counts['locked']:4}\n")


if __name__ == "__main__":
    _main()
