"""Adding badges: how far it is while it runs, and at the end what became of each file."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wallet_app.app.task_runner import CancelToken
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.import_line import ImportLine, LineFace
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.components.tile import Tile
from wallet_app.ui.context import Context
from wallet_app.ui.import_faces import import_face, tile_counts
from wallet_app.ui.import_report import ImportReport
from wallet_app.ui.import_run import ImportRun, Tally, display_name
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.theme import look

__all__ = ["ImportPage"]

_LINES: Final = 8
_ESTIMATE_AFTER_MS: Final = 2_000
_ESTIMATE_AFTER: Final = 5
_ANNOUNCE_EVERY: Final = 10
_TILE: Final = 136
_PER_CENT: Final = 100


class ImportPage(Page):
    """Follows the one ``ImportRun`` of the window."""

    def __init__(self, context: Context, run: ImportRun) -> None:
        super().__init__(context)
        self._run = run
        self._announced = 0
        self.running = _Running(context)
        self.report = QStackedWidget()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.running)
        self._stack.addWidget(self.report)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.running.stop.clicked.connect(run.stop)
        self.running.background.clicked.connect(self._leave)
        run.started.connect(self._begin)
        run.progressed.connect(self._follow)
        run.finished.connect(self._finish)
        if run.tally.done and not run.running:
            self._finish()

    def entered(self) -> None:
        """Show the state of the run."""
        self._follow()
        if self._run.running:
            self.running.background.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop every name."""
        self.running.forget()
        self._replace_report(None)
        self._stack.setCurrentWidget(self.running)

    @Slot()
    def _begin(self) -> None:
        self._announced = 0
        self.running.forget()
        self._replace_report(None)
        self._stack.setCurrentWidget(self.running)

    @Slot()
    def _follow(self) -> None:
        tally = self._run.tally
        if self._run.running:
            self.running.show_tally(tally)
            self._announce(tally)

    @Slot()
    def _finish(self) -> None:
        # In a turn of its own: the end of an import already tells every page that has changed.
        self.context.bridge.on_pool(
            self, "report", _nothing, done=self._show_report, failed=self.context.stage.report
        )

    def _show_report(self, _nothing: None) -> None:
        report = ImportReport(self.context, self._run.tally)
        self._replace_report(report)
        self._stack.setCurrentWidget(self.report)
        self.context.stage.announce(report.headline)

    @Slot()
    def _leave(self) -> None:
        self.context.stage.show_page("safe")

    def _announce(self, tally: Tally) -> None:
        if not tally.total:
            return
        tenth = _PER_CENT * tally.done // tally.total // _ANNOUNCE_EVERY
        if tenth > self._announced:
            self._announced = tenth
            self.context.stage.announce(self.running.sentence)

    def _replace_report(self, report: ImportReport | None) -> None:
        old = self.report.currentWidget()
        if report is not None:
            self.report.addWidget(report)
            self.report.setCurrentWidget(report)
        if old is not None:
            self.report.removeWidget(old)
            old.deleteLater()


def _nothing(_cancelled: CancelToken) -> None:
    """Only come back later."""


class _Running(QWidget):
    """The count, the bar, five counters and the latest lines."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.sentence = ""
        self.background = Button(words.text("intake.background"))
        self.background.setObjectName("import-background")
        self.stop = Button(words.text("intake.stop"), Kind.QUIET)
        self.stop.setObjectName("import-stop")
        head = PageHead(words.text("intake.title"), margin=MARGIN, role="section", gap=10)
        head.add_spring()
        head.add(self.background, self.stop)
        self._content = ScrollColumn(margins=(MARGIN, 8, MARGIN, MARGIN))
        self._content.column.addWidget(self._progress(context))
        self._content.column.addSpacing(16)
        self._content.column.addWidget(self._tiles(context))
        self._content.column.addSpacing(16)
        self._content.column.addWidget(self._latest(context))
        self._content.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([head], self._content))
        context.pictures.arrived.connect(self._repaint)
        self.forget()

    def _progress(self, context: Context) -> Panel:
        words = context.words
        panel = Panel()
        self._count = Label("", "figure")
        self._of = Label("", "figure_rest", tone="t3")
        self._left = Label("", "body", tone="t2")
        self._left.align_right()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        top.addWidget(self._left, 0, Qt.AlignmentFlag.AlignBottom)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words.text("intake.title"))
        column = QVBoxLayout(panel)
        column.setContentsMargins(26, 22, 26, 22)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(Label(words.text("intake.safe_already"), "small", tone="t2", wrap=True))
        return panel

    def _tiles(self, context: Context) -> FlowRow:
        words = context.words
        row = FlowRow(gap=14, even_px=look().px(_TILE))
        self._tile = {
            "verified": self._verdict_tile("verified"),
            "undetermined": self._verdict_tile("undetermined"),
            "look": Tile("eye", "t1", words.text("intake.tile_look")),
            "known": Tile("copy", "t2", words.text("intake.tile_known")),
            "refused": Tile("file", "t2", words.text("intake.tile_refused")),
        }  # fmt: skip
        for tile in self._tile.values():
            row.add(tile)
        return row

    def _verdict_tile(self, verdict: str) -> Tile:
        word = self._context.words.text(f"verdict.{verdict}.name")
        return Tile(f"verdict-{verdict}", f"verdict.{verdict}", word)

    def _latest(self, context: Context) -> Panel:
        words = context.words
        panel = Panel()
        title = QHBoxLayout()
        title.setContentsMargins(16, 12, 16, 11)
        title.addWidget(Heading(words.text("intake.latest"), "body_strong"), 1)
        newest: QLabel = Label(words.text("intake.newest_first"), "small", tone="t3")
        title.addWidget(newest)
        self._lines = [ImportLine(LineFace("")) for _ in range(_LINES)]
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(title)
        for line in self._lines:
            column.addWidget(line)
            line.hide()
        return panel

    def forget(self) -> None:
        """Empty everything."""
        self._shown: list[str] = []
        self._count.setText("0")
        self._of.setText("")
        self._left.setText("")
        self.bar.setRange(0, 0)
        self.sentence = ""
        for tile in self._tile.values():
            tile.show_count("0")
        for line in self._lines:
            line.show_face(LineFace(""))
            line.hide()

    def show_tally(self, tally: Tally) -> None:
        """Show how far it is."""
        words = self._context.words
        self._count.setText(words.number(tally.done))
        self._of.setText(
            words.plural("intake.of_files" if tally.only_files else "intake.of_items", tally.total)
        )
        self.sentence = f"{self._count.text()} {self._of.text()}"
        self._left.setText(self._time_left(tally))
        self.bar.setRange(0, tally.total)
        self.bar.setValue(tally.done)
        self.bar.setAccessibleDescription(self.sentence)
        for name, count in tile_counts(tally).items():
            self._tile[name].show_count(words.number(count))
        self._show_latest(tally)

    def _show_latest(self, tally: Tally) -> None:
        faces: list[LineFace] = []
        if tally.current:
            checking = self._context.words.text("intake.checking", name=display_name(tally.current))
            faces.append(LineFace(checking, icon="clock"))
        latest = tally.results[: -_LINES - 1 : -1]
        ratio = self.devicePixelRatioF()
        faces += [
            import_face(self._context, result, ratio, twice=tally.came_twice(result))
            for result in latest
        ]
        for at, line in enumerate(self._lines):
            if at < len(faces):
                line.show_face(faces[at])
            line.setVisible(at < len(faces))

    def _time_left(self, tally: Tally) -> str:
        if tally.done < _ESTIMATE_AFTER or tally.elapsed_ms < _ESTIMATE_AFTER_MS:
            return ""
        left_s = round(tally.elapsed_ms / 1000 / tally.done * (tally.total - tally.done))
        if left_s < 1:
            return ""
        minutes = (left_s + 30) // 60
        key, count = (
            ("intake.minutes_left", minutes) if minutes else ("intake.seconds_left", left_s)
        )
        return self._context.words.plural(key, count)

    @Slot()
    def _repaint(self) -> None:
        for line in self._lines:
            line.update()
