"""A link that opens the nine checks of what stands above it, made when they are first wanted."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import Label
from wallet_app.ui.pages.check_facts import check_row
from wallet_app.ui.phrases import outcome_summary
from wallet_app.verification.report import Report
from wallet_app.wording import Words

__all__ = ["ChecksOpener"]


class ChecksOpener(QWidget):
    """``button`` opens and closes; beside it stands how the nine ended."""

    def __init__(self, words: Words, report: Report, *, of: str = "") -> None:
        """``of``: whose checks they are, where several stand below each other; for the ear."""
        super().__init__()
        self._words, self._report, self._of = words, report, of
        self._rows: Panel | None = None
        self.button = LinkButton(words.text("vouch.checks"))
        self.button.clicked.connect(self.turn)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.button)
        line.addWidget(Label(outcome_summary(words, report), "small", tone="t3", wrap=True), 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(line)
        if of:
            self._name("closed")

    @Slot()
    def turn(self) -> None:
        """Show the nine checks, or take them away."""
        if self._rows is None:
            self._rows = self._make_rows()
            self._column.addWidget(self._rows)
            self._rows.show()
            order_as_seen(self)
        else:
            self._rows.setVisible(self._rows.isHidden())
        self._name("closed" if self._rows.isHidden() else "opened")

    def _make_rows(self) -> Panel:
        panel = Panel()
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.setSpacing(0)
        for at, result in enumerate(self._report.checks):
            row = check_row(self._words, result)
            row.lined = at > 0
            inside.addWidget(row)
        return panel

    def _name(self, state: str) -> None:
        parts = (self._words.text("vouch.checks"), self._of, self._words.text(f"detail.{state}"))
        self.button.setAccessibleName(", ".join(filter(None, parts)))
