"""Badges per year: as bars, or the same figures as a table for whoever reads rather than looks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wallet_app.app.skill_overview import YearCount
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.components.year_chart import ChartKey, YearChart
from wallet_app.ui.context import Context
from wallet_app.ui.pages.skill_lines import SkillsShown
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["YearPanel", "YearTable"]

_ROW: Final = 28
_COLUMNS: Final = ("year", "valid", "over", "open")
_Index = QModelIndex | QPersistentModelIndex


class YearTable(QAbstractTableModel):
    """The figures of the chart: a row for each year."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._years: tuple[YearCount, ...] = ()

    def show_years(self, years: Sequence[YearCount]) -> None:
        """Replace everything; the latest year comes first."""
        self.beginResetModel()
        self._years = tuple(reversed(years))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of years."""
        return 0 if parent.isValid() else len(self._years)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as above
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one figure."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        year = self._years[index.row()]
        if index.column() == 0:
            name = str(year.year)
            if not year.and_before:
                return name
            return self._words.text("skills_page.and_before", year=name)
        return self._words.number((year.valid, year.over, year.open)[index.column() - 1])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is about."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(f"skills_page.column.{_COLUMNS[section]}")
        return None


class YearPanel(Panel):
    """The chart, its legend, and a button that changes it into a table and back."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._words = words = context.words
        self.chart = YearChart()
        self.table = YearTable(words, self)
        self.view = self._table_view()
        self.as_table = IconButton(
            "list", words.text("skills_page.as_table"), tone="t2", side_px=32, icon_px=18
        )
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self._turn)
        head = QHBoxLayout()
        head.addWidget(Label(words.text("skills_page.per_year"), "heading"), 1)
        head.addWidget(self.as_table)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.view)
        self._keys = {
            kind: ChartKey(kind, words.text(f"skills_page.key.{kind}"))
            for kind in ("valid", "over", "open")
        }
        legend = QWidget()
        flow = FlowLayout(legend, gap=14)
        for key in self._keys.values():
            flow.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(legend)

    def _table_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setAccessibleName(self._words.text("skills_page.per_year"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        let_through(view)
        view.setShowGrid(False)
        view.setFont(font("small", scale=look().scale))
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(look().px(_ROW))
        header = view.horizontalHeader()
        header.setFont(font("small", scale=look().scale))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        return view

    def show_years(self, shown: SkillsShown | None) -> None:
        """Show the years of an overview; None: nothing."""
        years = shown.overview.years if shown is not None else ()
        self.table.show_years(years)
        self.chart.show_bars(
            shown.bars if shown is not None else (), shown.years_spoken if shown else ""
        )
        self._keys["open"].setVisible(any(year.open for year in years))
        self.setVisible(bool(years))

    def forget(self) -> None:
        """Drop every figure."""
        self.show_years(None)
        self.as_table.setChecked(False)

    @Slot(bool)
    def _turn(self, as_table: bool) -> None:
        self._stack.setCurrentIndex(int(as_table))
        key = "as_bars" if as_table else "as_table"
        self.as_table.set_face(
            "skills" if as_table else "list", self._words.text(f"skills_page.{key}")
        )
