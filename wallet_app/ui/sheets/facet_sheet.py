"""All tags, issuers, skills or collections of the safe: type to narrow them, choose one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from wallet_app.app.facets import Facet
from wallet_app.app.search_language import folded
from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.button import Kind as ButtonKind
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.search_words import Kind, found
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["FacetSheet"]

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 40
_PAD: Final = 12
_COUNT: Final = Qt.ItemDataRole.UserRole + 1
_TERM: Final = Qt.ItemDataRole.UserRole + 2


class _Delegate(QStyledItemDelegate):
    """A name, and how many badges it finds."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: object) -> QSize:
        return QSize(100, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        if not isinstance(index, QModelIndex):
            return
        tokens = look().tokens
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            border = tokens.edge if tokens.outlined else ""
            paint_frame(painter, box, RADII["small"], fill=tokens.sel, border=border)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, box, RADII["small"], fill=tokens.hover)
        area = box.adjusted(_PAD, 0, -_PAD, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(tokens.t2))
        count = str(index.data(_COUNT))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, count)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(count) + _PAD
        area.setWidth(area.width() - taken)
        painter.setFont(font("body", scale=look().scale))
        painter.setPen(QColor(tokens.t1))
        metrics = QFontMetricsF(painter.font())
        text = str(index.data())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class _Model(QAbstractListModel):
    """Names in the order given, made for showing only as they are looked at."""

    def __init__(self, words: Words, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._kind = words, kind
        self._facets: Sequence[Facet] = ()

    def show_facets(self, facets: Sequence[Facet]) -> None:
        self.beginResetModel()
        self._facets = facets
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._facets)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._facets):
            return None
        one = found(self._words, self._kind, self._facets[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return one.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.shown}, {self._words.plural('shelf.badges', one.count)}"
        if role == _COUNT:
            return self._words.number(one.count)
        return one.term if role == _TERM else None


class _List(QListView):
    """Enter chooses; typing goes on in the search line above."""

    entered_row = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class FacetSheet(Sheet):
    """``chosen`` gives what to search for; the sheet is closed then."""

    chosen = Signal(str)

    def __init__(
        self, window: QWidget, context: Context, kind: Kind, facets: Sequence[Facet]
    ) -> None:
        words = context.words
        super().__init__(
            window,
            words.text(f"shelf.kind.{kind}"),
            close_name=words.text("ui.close"),
            width=520,
            height=600,
        )
        self._facets = facets
        name = words.text(f"shelf.look_for.{kind}")
        self.search = SearchField(name, name, "", words.text("library.clear"))
        self.search.searched.connect(self._fill)
        self.search.moved_down.connect(self._to_list)
        self._model = _Model(words, kind, self)
        self.list = _List()
        let_through(self.list)
        self.list.setAccessibleName(words.text(f"shelf.kind.{kind}"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        self.list.entered_row.connect(self._choose)
        self.none = Label(words.text("shelf.none_named"), "body", tone="t2", wrap=True)
        self.body.setSpacing(10)
        self.body.addWidget(self.search)
        self.body.addWidget(self.none)
        self.body.addWidget(self.list, 1)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), ButtonKind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)
        self._fill("")

    def forget(self) -> None:
        """Drop every name."""
        self._facets = ()
        self._model.show_facets(())
        self.search.forget()

    @Slot(str)
    def _fill(self, text: str) -> None:
        wanted = folded(text.strip())
        self._model.show_facets([one for one in self._facets if wanted in one.key])
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))
        self.none.setVisible(not self._model.rowCount())
        self.list.setVisible(bool(self._model.rowCount()))

    @Slot()
    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        term = index.data(_TERM)
        if term:
            self.close_sheet()
            self.chosen.emit(str(term))
