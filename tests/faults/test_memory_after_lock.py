"""What is found in the memory of a process after a lock, measured, not promised.

``python -m tests.faults.memory_after_lock`` prints the table that SECURITY.md quotes.
"""

import sys
from pathlib import Path

import pytest

from tests.faults.memory_after_lock import measure

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/mem")


@pytest.mark.parametrize("window", [False, True], ids=["safe", "window"])
def test_no_key_and_no_passphrase_is_found_and_far_fewer_words(
    tmp_path: Path, window: bool
) -> None:
    found = measure(tmp_path, window=window)
    assert found["control"] == {"open": 1, "locked": 1}, "the search finds what is there"
    for name in ("key, raw", "key, hex", "passphrase, UTF-8", "passphrase, UTF-16"):
        assert found[name]["locked"] == 0, name
    words = found["badge, UTF-8"]
    assert words["open"] >= 20
    # What the interpreter freed is written over; what C libraries freed may remain.
    assert words["locked"] <= words["open"] // 4
