"""The pinned Qt has no reference leak in signals (ADR 0002)."""

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    plain = Signal()
    truth = Signal(bool)


def test_five_thousand_emissions_leave_the_count_of_true_unchanged() -> None:
    emitter = Emitter()
    before = sys.getrefcount(True)
    for _ in range(5_000):
        emitter.plain.emit()
        emitter.truth.emit(True)
    assert abs(sys.getrefcount(True) - before) < 50
