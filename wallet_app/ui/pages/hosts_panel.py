"""Every host that was contacted, when and why, with a way to keep the list and to clear it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.contacts import ContactedHost
from wallet_app.app.safe import Safe
from wallet_app.app.sizes import size_in_words
from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.seams import Question
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["HostsPanel"]

_SHOWN: Final = 6
_HEAD: Final = 36
_ROW: Final = 44
_MAX_HOST: Final = 80
_NARROW: Final = 520
_COLUMNS: Final = ("host", "why", "times", "last")


class HostsPanel(QWidget):
    """Heading, what it comes to, two buttons, and the table."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._hosts: Sequence[ContactedHost] = ()
        self._all = self._is_narrow = False
        words = context.words
        self._sum = Label("", "small", tone="t2", wrap=True)
        self.export = Button(words.text("hosts.export"), icon="file", size=Size.SMALL)
        self.export.clicked.connect(self._ask_export)
        self.clear = Button(words.text("hosts.clear"), size=Size.SMALL)
        self.clear.clicked.connect(self._ask_clear)
        head, texts = QWidget(), QWidget()
        told = QVBoxLayout(texts)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(0)
        told.addWidget(Label(words.text("hosts.title"), "heading", wrap=True))
        told.addWidget(self._sum)
        line = FootLayout(head)
        line.addWidget(texts, 1)
        line.addWidget(self.clear)
        line.addWidget(self.export)
        self._table = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(10)
        column.addWidget(head)
        column.addLayout(self._table)
        self._show(())
        context.session.changed.connect(self._look_again)

    @Slot()
    def _look_again(self) -> None:
        """Follow what a check asks while the list is in view."""
        if self.isVisible():
            self.entered()

    @property
    def hosts(self) -> Sequence[ContactedHost]:
        """What the safe knows."""
        return self._hosts

    def entered(self) -> None:
        """Ask the safe."""
        self._context.session.ask(
            self, "hosts", Safe.contacted_hosts, done=self._show, failed=self._context.stage.report
        )

    def forget(self) -> None:
        """Drop the hosts: they say from whom somebody has badges."""
        self._all = False
        self._show(())

    def _show(self, hosts: Sequence[ContactedHost]) -> None:
        words, self._hosts = self._context.words, hosts
        for button in (self.export, self.clear):
            button.setEnabled(bool(hosts))
        if hosts:
            self._sum.setText(
                words.text(
                    "hosts.sum",
                    hosts=words.plural("hosts.count", len(hosts)),
                    times=words.plural("hosts.connections", sum(one.times for one in hosts)),
                    received=size_in_words(words, sum(one.received for one in hosts)),
                )
            )
        else:
            self._sum.setText(words.text("hosts.none"))
        empty(self._table)
        if hosts:
            self._table.addWidget(self._panel(hosts))

    def _panel(self, hosts: Sequence[ContactedHost]) -> Panel:
        words = self._context.words
        panel = Panel()
        panel.setAccessibleName(words.text("hosts.title"))
        self._is_narrow = self.width() < look().px(_NARROW)
        if self._is_narrow:
            self._fill_narrow(panel, hosts)
            return panel
        grid = QGridLayout(panel)
        grid.setContentsMargins(18, 4, 18, 4)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(0)
        for at, key in enumerate(_COLUMNS):
            head = Label(words.text(f"hosts.column_{key}"), "small", tone="t3", wrap=True)
            grid.addWidget(head, 0, at)
        grid.setRowMinimumHeight(0, look().px(_HEAD))
        shown = hosts if self._all else hosts[:_SHOWN]
        for at, one in enumerate(shown, 1):
            grid.addWidget(Line(), 2 * at - 1, 0, 1, len(_COLUMNS))
            grid.setRowMinimumHeight(2 * at, look().px(_ROW))
            for column, cell in enumerate(self._row(one)):
                grid.addWidget(cell, 2 * at, column)
        for column, stretch in enumerate((3, 4, 1, 2)):
            grid.setColumnStretch(column, stretch)
        row = 2 * len(shown) + 1
        grid.addWidget(Line(), row, 0, 1, len(_COLUMNS))
        grid.addLayout(self._foot(len(hosts) - len(shown)), row + 1, 0, 1, len(_COLUMNS))
        return panel

    def _fill_narrow(self, panel: Panel, hosts: Sequence[ContactedHost]) -> None:
        """Everything of one host below its name: four columns would break every word."""
        column = QVBoxLayout(panel)
        column.setContentsMargins(18, 10, 18, 4)
        column.setSpacing(0)
        shown = hosts if self._all else hosts[:_SHOWN]
        for one in shown:
            host, reason, _, last = self._row(one)
            times = Label(self._context.words.plural("hosts.connections", one.times), "small",
                          tone="t2")  # fmt: skip
            beside = FlowRow(gap=18)
            beside.add(times, last)
            for part in (host, reason, beside):
                column.addWidget(part)
            column.addSpacing(10)
            column.addWidget(Line())
            column.addSpacing(10)
        column.addLayout(self._foot(len(hosts) - len(shown)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the hosts out anew where columns come or go."""
        super().resizeEvent(event)
        if self._hosts and self._is_narrow != (self.width() < look().px(_NARROW)):
            self._show(self._hosts)

    def _row(self, one: ContactedHost) -> Sequence[QWidget]:
        words = self._context.words
        now = self._context.session.services.now()
        why = ", ".join(words.text(f"hosts.why.{purpose}") for purpose in one.purposes)
        host = Label(plain_text(one.host, max_chars=_MAX_HOST), "value", wrap=True)
        reason = Label(why, "small", tone="t2", wrap=True)
        times = Label(words.number(one.times), "small", tone="t2")
        moment = event_moment(words, one.last, now)
        return host, reason, times, _last(words.text("hosts.silent", moment=moment)
                                          if not one.answered else moment,
                                          silent=not one.answered)  # fmt: skip

    def _foot(self, hidden: int) -> QHBoxLayout:
        words = self._context.words
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 8)
        self.more = LinkButton(words.plural("hosts.more", hidden)) if hidden else None
        if self.more is not None:
            self.more.clicked.connect(self._show_all)
            foot.addWidget(self.more)
        refused = Label(words.text("hosts.refused"), "small", tone="t3", wrap=True)
        foot.addStretch(1)
        foot.addWidget(refused, 4)
        return foot

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._show(self._hosts)
        self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask_export(self) -> None:
        words = self._context.words
        day = self._context.session.services.now().astimezone().date().isoformat()
        suggested = documents_folder() / f"{words.text('hosts.file')} {day}.csv"
        self._context.seams.choose_save(
            words.text("hosts.export"), suggested, [words.text("hosts.filter")], self._export
        )

    def _export(self, path: Path) -> None:
        words = self._context.words
        self._context.session.ask(
            self,
            "export hosts",
            lambda safe: safe.export_contacted_hosts(path, words),
            done=self._tell_exported,
            failed=self._context.stage.report,
        )

    def _tell_exported(self, _nothing: None) -> None:
        self._context.stage.toast(self._context.words.text("hosts.exported"))

    @Slot()
    def _ask_clear(self) -> None:
        words = self._context.words
        question = Question(
            title=words.text("hosts.clear_title"),
            text=words.text("hosts.clear_text"),
            confirm=words.text("hosts.clear"),
            cancel=words.text("ui.cancel"),
        )
        self._context.seams.ask(question, self._clear)

    def _clear(self, agreed: bool) -> None:
        if not agreed:
            return
        self._context.session.ask(
            self,
            "clear hosts",
            Safe.clear_contacted_hosts,
            done=self._tell_cleared,
            failed=self._context.stage.report,
        )

    def _tell_cleared(self, _nothing: None) -> None:
        self.entered()
        self._context.stage.toast(self._context.words.text("hosts.cleared"))


def _last(text: str, *, silent: bool) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    if silent:
        row.addWidget(IconMark("verdict-undetermined", "verdict.undetermined", 15))
    tone = "verdict.undetermined" if silent else "t2"
    row.addWidget(Label(text, "small_strong" if silent else "small", tone=tone, wrap=True), 1)
    return box
