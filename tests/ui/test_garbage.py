import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wallet_app.ui.garbage import InterfaceGarbage


class Witness:
    """Part of a cycle; tells on which thread it was destroyed."""

    def __init__(self, died_on: list[int]) -> None:
        self._died_on = died_on
        self.itself = self

    def __del__(self) -> None:
        self._died_on.append(threading.get_ident())


@pytest.fixture(autouse=True)
def as_python_has_it() -> Iterator[None]:
    """Begin with the collector as Python starts it, and end as the other tests need it."""
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def guard(qapp: QObject) -> Iterator[InterfaceGarbage]:
    made = InterfaceGarbage(qapp)
    yield made
    made.stop()
    made.deleteLater()


def allocate_on_a_worker() -> None:
    def work() -> None:
        for _ in range(50_000):
            cycle: list[object] = []
            cycle.append(cycle)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


@pytest.mark.usefixtures("guard")
def test_dead_cycles_are_destroyed_on_the_interface_thread(qtbot: QtBot) -> None:
    died_on: list[int] = []
    Witness(died_on)
    allocate_on_a_worker()
    assert died_on == []
    qtbot.waitUntil(lambda: bool(died_on), timeout=10_000)
    assert died_on == [threading.get_ident()]


def test_without_the_guard_a_worker_destroys_them() -> None:
    died_on: list[int] = []
    Witness(died_on)
    allocate_on_a_worker()
    assert died_on
    assert died_on[0] != threading.get_ident()


def test_the_collector_is_given_back_at_the_end(qapp: QObject) -> None:
    guard = InterfaceGarbage(qapp)
    assert not gc.isenabled()
    guard.stop()
    assert gc.isenabled()
