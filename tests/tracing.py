"""Which tests count for the coverage: those that a room has for its own code, by example.

Tracing makes Python two to three times as slow, and what the sweeping rooms run has its tests
elsewhere. Left out, they can only lower what is measured: the floors ask more of the others.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

_TESTS = Path(__file__).resolve().parent

_SWEEPING = (
    # What puts whole programs, corpora and floods through what other tests try by parts.
    "attacks/test_hostile_proofs.py", "attacks/test_shared_budget.py",
    "attacks/test_shared_imports.py",
    "faults", "fuzz", "interop", "mutation", "screens", "verify_page",
    # Walks through every page of the window.
    "ui/test_accessibility.py", "ui/test_by_keyboard.py", "ui/test_garbage.py",
    "ui/test_glimpse.py", "ui/test_hostile_content.py", "ui/test_key_scroll.py",
    "ui/test_large_library.py", "ui/test_lock_triggers.py", "ui/test_lock_wins.py",
    "ui/test_marks_accessibility.py", "ui/test_never_blocks.py", "ui/test_nothing_left.py",
    "ui/test_rounds.py", "ui/test_sheet_focus.py", "ui/test_task_screens_accessibility.py",
)  # fmt: skip
"""Places below ``tests``; single tests elsewhere are marked ``sweeping``."""


def counts_for_coverage(item: pytest.Item) -> bool:
    """Return whether lines that ``item`` reaches are counted: no sweep, no drawn examples."""
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return False
    if item.get_closest_marker("sweeping"):
        return False
    return not any(item.path.is_relative_to(_TESTS / place) for place in _SWEEPING)


class _Tracing:
    """Coverage, stopped and started only where the next test differs from the one before."""

    def __init__(self) -> None:
        self._runs = True

    def want(self, config: pytest.Config, *, runs: bool) -> None:
        plugin = config.pluginmanager.getplugin("_cov")
        controller = getattr(plugin, "cov_controller", None)
        if controller is None or runs == self._runs:
            return
        self._runs = runs
        if runs:
            controller.resume()
        else:
            controller.pause()


_tracing = _Tracing()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace a test, its fixtures included, only if it counts."""
    _tracing.want(item.config, runs=counts_for_coverage(item))
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave the tracing as it was found, for whoever writes its report."""
    _tracing.want(session.config, runs=True)
