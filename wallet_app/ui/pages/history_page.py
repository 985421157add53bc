"""History: everything that happened to the safe, latest first."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from wallet_app.app.models import HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.app.safe_history import HistoryQuery
from wallet_app.app.vault_paths import documents_folder
from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.errors import CoffreError
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.focus_ring import is_ringed
from wallet_app.ui.components.line_model import (
    LINE_ROLE,
    Index,
    LineModel,
    as_quiet_list,
)
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.text import ShapedText
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_icon, event_moment, event_sentence
from wallet_app.ui.pages.history_bar import HistoryBar
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["HistoryModel", "HistoryPage"]

_ROW: Final = 44
_ROW_NARROW: Final = 82
_NARROW: Final = 560
_MOMENT: Final = 26


class HistoryModel(LineModel[tuple[str, str, str]]):
    """Prepared texts: (icon, sentence, moment) per event."""

    def texts(self, line: tuple[str, str, str]) -> tuple[str, str, str]:
        """Return what an event shows, says and tells."""
        _icon, sentence, moment = line
        return sentence, f"{sentence}, {moment}", tooltip(sentence)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = option.widget
        narrow = isinstance(view, QAbstractScrollArea) and _is_narrow(view.viewport().width())
        return QSize(200, look().px(_ROW_NARROW if narrow else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = look().tokens
        rect = QRectF(option.rect)
        painter.save()
        smooth(painter)
        if index.row():
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), QColor(tokens.line))
        if is_ringed(option):
            box = rect.adjusted(2, 2, -2, -2)
            paint_frame(painter, box, RADII["focus"], border=tokens.focus, width=2)
        side = look().px(18)
        top = rect.center().y() - side / 2
        icon, sentence, moment = index.data(LINE_ROLE)
        paint_icon(painter, QRectF(rect.left() + 18, top, side, side), icon, tokens.t2)
        area = rect.adjusted(18 + side + 14, 0, -18, 0)
        narrow = _is_narrow(rect.width())
        area = _write_moment(painter, area, moment, narrow=narrow)
        shaped = ShapedText(sentence, "body", area.width(), max_lines=2 if narrow else 1)
        top = area.top() + (area.height() - shaped.height) / 2
        shaped.paint(painter, area.left(), top, QColor(tokens.t1))
        painter.restore()


def _is_narrow(width: float) -> bool:
    """Whether a sentence and its moment had better stand below each other."""
    return width < look().px(_NARROW)


def _write_moment(painter: QPainter, area: QRectF, moment: str, *, narrow: bool) -> QRectF:
    """Write it at the right, or below where it is narrow; return what is left."""
    painter.setFont(font("small", scale=look().scale))
    painter.setPen(QColor(look().tokens.t3))
    metrics = QFontMetricsF(painter.font())
    if narrow:
        foot = look().px(_MOMENT)
        below = area.adjusted(0, area.height() - foot, 0, -look().px(6))
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, moment)
        return area.adjusted(0, look().px(6), 0, -foot)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, moment)
    return area.adjusted(0, 0, -metrics.horizontalAdvance(moment) - 20, 0)


class HistoryPage(Page):
    """One list, one tab stop."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = context.words
        self._job = 0
        self._again = False
        self.bar = HistoryBar(context)
        self.bar.changed.connect(self.refresh)
        self.bar.export_asked.connect(self.export)
        self.model = HistoryModel(self)
        self.view = QListView()
        self.view.setObjectName("history")
        self.view.setAccessibleName(words.text("page.history"))
        self.view.setModel(self.model)
        self._delegate = _Delegate(self)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        as_quiet_list(self.view)
        panel = Panel()
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.view)
        listed = QWidget()
        framed = QVBoxLayout(listed)
        framed.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        framed.addWidget(panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(EmptyState("history", words.text("history_page.empty")))
        self._stack.addWidget(
            EmptyState(
                "search",
                words.text("history_page.no_match"),
                words.text("history_page.no_match_hint"),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([self.bar], self._stack))

    def entered(self) -> None:
        """Read the history."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def search_here(self) -> bool:
        """Search what happened, not the badges."""
        self.bar.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.edit.selectAll()
        return True

    @Slot()
    def refresh(self) -> None:
        """Ask the safe for what the head looks for; one question at a time."""
        if self._job:
            self._again = True
            return
        work = partial(_history, self.bar.query, self.context.words)
        self._job = self.context.session.ask(
            self, "history", work, done=self._take, failed=self._fail
        )

    def forget(self) -> None:
        """Drop every name."""
        self._job, self._again = 0, False
        self.bar.forget()
        self.model.show_lines([])

    @Slot()
    def export(self) -> None:
        """Save everything that the head looks for, where the person says."""
        words, query = self.context.words, self.bar.query
        self.context.seams.choose_save(
            words.text("history_page.export_title"),
            documents_folder() / f"{words.text('history_page.file_name')}.csv",
            [words.text("history_page.filter_csv"), words.text("history_page.filter_json")],
            partial(self._export_to, query),
        )

    def _export_to(self, query: HistoryQuery, path: Path) -> None:
        work = partial(_export, query, path, self.context.words)
        self.context.session.ask(
            self,
            "export history",
            work,
            done=partial(self._tell_exported, path.name),
            failed=self.context.stage.report,
        )

    def _tell_exported(self, name: str, count: int) -> None:
        self.context.stage.toast(
            self.context.words.plural("history_page.exported", count, name=name)
        )
        self.refresh()

    def _take(self, events: Sequence[HistoryEvent]) -> None:
        self._job = 0
        self._show(events)
        if self._again:
            self._again = False
            self.refresh()

    def _fail(self, error: CoffreError) -> None:
        self._job = 0
        self.context.stage.report(error)

    def _show(self, events: Sequence[HistoryEvent]) -> None:
        words, now = self.context.words, self.context.session.services.now()
        self.model.show_lines(
            [
                (
                    event_icon(event),
                    event_sentence(words, event),
                    event_moment(words, event.at, now),
                )
                for event in events
            ]
        )
        self._stack.setCurrentIndex(0 if events else 1 if self.bar.looks_for_all else 2)


def _history(query: HistoryQuery, words: Words, safe: Safe) -> Sequence[HistoryEvent]:
    return safe.find_history(query, words)


def _export(query: HistoryQuery, path: Path, words: Words, safe: Safe) -> int:
    return safe.export_history(query, path, words)
