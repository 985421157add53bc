"""Memory stays flat: after rounds of pages and sheets as much is alive as before.

A sample with a fixed seed; ``python3 dev.py campaign rounds`` goes thousands of rounds.
"""

import inspect
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.rounds import BY_ACT, MAKERS, Left, Rounds, prepared, sheet_classes
from tests.ui.rounds_campaign import in_use_kib, slope_of
from wallet_app.app.services import Services
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.theme import look

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SEED = 6
SHEETS, PAGES = 8, 3


@pytest.fixture
def rounds(qapp: object, tmp_path: Path, services: Services) -> Iterator[Rounds]:
    window = MainWindow(services, prepared(tmp_path, services), tmp_path / "settings.json")
    window.show()
    yield Rounds(window)
    window.close()
    window.deleteLater()


def test_as_much_is_alive_after_rounds_as_before(rounds: Rounds) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a fixed choice
    rounds.unlock()
    # The list of changes stands on a backup, whose key takes seconds; the campaign shows it.
    sheets = chance.sample([name for name in rounds.names if name != "ChangesSheet"], SHEETS)
    pages = chance.sample(rounds.pages, PAGES)
    rounds.lock()

    def one() -> Left:
        rounds.unlock()
        for page in pages:
            rounds.show_page(page)
        for sheet in sheets:
            rounds.open_and_close(sheet)
        rounds.lock()
        return Left.now()

    one()
    before = one()
    after = one()
    assert after.widgets == before.widgets
    # A page or sheet that stays is hundreds; Python moves a few about by itself.
    assert after.python - before.python < 100


def test_a_widget_that_stays_is_seen(qapp: object) -> None:
    before = Left.now()
    kept = QWidget()
    assert Left.now().widgets - before.widgets == {"QWidget": 1}
    kept.deleteLater()
    del kept
    assert Left.now().widgets == before.widgets


def _flow() -> QWidget:
    row = FlowRow()
    row.add(*(QWidget() for _ in range(3)))
    row.add_spring()
    return row


def _emptied() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    inner = QVBoxLayout()
    column.addWidget(QWidget())
    column.addSpacing(8)
    column.addLayout(inner)
    inner.addWidget(QWidget())
    empty(column)
    assert not column.count()
    return holder


def _scrolled() -> QWidget:
    column = ScrollColumn()
    column.grab()
    return column


@pytest.mark.parametrize("make", [_flow, _emptied, _scrolled])
def test_what_is_given_up_is_given_back(qapp: object, make: Callable[[], QWidget]) -> None:
    look()

    def in_use_after(batches: int) -> int:
        for _ in range(batches):
            # Many at once: at the place of one that was given up the next would hide what it left.
            for widget in [make() for _ in range(100)]:
                widget.deleteLater()
            QCoreApplication.processEvents()
            Left.now()
        return in_use_kib()

    before = in_use_after(2)
    # 96 bytes an item, or 800 an inside of what scrolls, were left: 40 KiB and more.
    assert in_use_after(4) - before < 20


def test_every_kind_of_sheet_can_be_opened_by_the_rounds() -> None:
    for name, kind in sheet_classes().items():
        wanted = list(inspect.signature(kind.__init__).parameters.values())[1:]
        unknown = [
            parameter.name
            for parameter in wanted
            if parameter.default is inspect.Parameter.empty
            and not {parameter.name, f"{name}.{parameter.name}"} & set(MAKERS)
        ]
        assert name in BY_ACT or not unknown, f"say in MAKERS of rounds.py what {unknown} are"


def test_a_slope_is_told_with_its_doubt() -> None:
    rounds = [float(at) for at in range(40)]
    noise = random.Random(1)  # noqa: S311 - a fixed choice
    level = [100 + noise.gauss(0, 5) for _ in rounds]
    slope, around = slope_of(rounds, level)
    assert slope - around < 0 < slope + around
    slope, around = slope_of(rounds, [one + 3 * at for at, one in enumerate(level)])
    assert 0 < slope - around < 3 < slope + around
    assert slope_of(rounds, rounds) == (1.0, 0.0)
