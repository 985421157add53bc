"""The large vaults of the benchmark, made once for each schema and kept under ``build``."""

import json
import shutil
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.simulators import large_vaults
from wallet_app.storage.schema import STEPS

__all__ = ["FEW", "MANY", "SOME", "cpu_ms", "kept_vault"]

FEW, SOME, MANY = 10, 10_000, 100_000
_FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench-vaults"


def kept_vault(count: int) -> Path:
    """Return a vault of ``count`` invented credentials; a hundred thousand take two minutes."""
    made_by = Path(large_vaults.__file__).read_bytes()
    schema = json.dumps([STEPS[number] for number in sorted(STEPS)]).encode()
    path = _FOLDER / f"{count}-{sha256(made_by + schema).hexdigest()[:12]}"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for stale in _FOLDER.glob(f"{count}-*"):
            shutil.rmtree(stale)
        large_vaults.large_vault(path, count)
    return path


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the processor's milliseconds of ``work`` in this process, whoever else runs."""
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e6
