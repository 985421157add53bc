"""Any input of up to 20 MB gets its answer in two seconds of work and 300 MB of memory."""

import os
from pathlib import Path

import pytest

from fuzz.large_inputs import LARGE, LIMIT_MB, LIMIT_S, MAX_BYTES, Large, measure


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not tell a child's cost")
@pytest.mark.parametrize("large", [one for one in LARGE if one.quick], ids=lambda large: large.name)
def test_a_large_input_gets_its_answer_in_time_and_space(large: Large, tmp_path: Path) -> None:
    assert len(large.make()) <= MAX_BYTES
    spent = measure(large, tmp_path)
    assert spent.code in (0, 1), spent.answer[-2_000:]
    assert '"verdict": ' in spent.answer
    assert spent.seconds <= LIMIT_S
    assert spent.megabytes <= LIMIT_MB
