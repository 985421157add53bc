"""Size, kind and date in the columns of Qt's own file dialog, in the person's language.

Qt writes sizes and dates in the system's language, whatever the window speaks, and translates the
word for a folder into few languages.
"""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QFileInfo, QLocale, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import (
    QFileDialog,
    QFileSystemModel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from wallet_app.ui.phrases import short_date
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["speak_columns"]

_SIZE, _KIND, _DATE = 1, 2, 3
_KILO: Final = 1_000
_KIND_CHARS: Final = 18
_CELL_MARGINS: Final = 16
_REST: Final = 480
"""For names and places beside the other columns, in px of the design."""


def speak_columns(dialog: QFileDialog, words: Words) -> None:
    """Have the list of a dialog speak; a system's own dialog has no such list."""
    tree = dialog.findChild(QTreeView, "treeView")
    if tree is None:
        return
    columns = _Columns(words, dialog)
    for column in (_SIZE, _KIND, _DATE):
        tree.setItemDelegateForColumn(column, columns)
    _make_room(dialog, tree, words)


def _make_room(dialog: QFileDialog, tree: QTreeView, words: Words) -> None:
    """Qt measures its own shorter words, and other dates."""
    header, wide = tree.header(), tree.fontMetrics().horizontalAdvance
    moments = (datetime(2028, month, 28, 23, 59, tzinfo=UTC) for month in range(1, 13))
    samples = {
        _SIZE: [words.plural("file_dialog.bytes", _KILO - 1)],
        _KIND: ["n" * _KIND_CHARS],
        _DATE: [_moment(words, moment) for moment in moments],
    }
    needed = 0
    for column, texts in samples.items():
        cells = max(map(wide, texts)) + look().px(_CELL_MARGINS)
        header.resizeSection(column, max(header.sectionSizeHint(column), cells))
        needed += header.sectionSize(column)
    wanted = min(needed + look().px(_REST), dialog.screen().availableGeometry().width())
    dialog.resize(max(dialog.width(), wanted), dialog.height())


def _moment(words: Words, at: datetime) -> str:
    return f"{short_date(words, at)}, {words.clock(at)}"


class _Columns(QStyledItemDelegate):
    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, QFileSystemModel) and isinstance(index, QModelIndex):
            text = self._text(model.fileInfo(index), index.column())
            option.text = text or option.text

    def _text(self, file: QFileInfo, column: int) -> str:
        """Return the words of a cell, or "" where what Qt says is right."""
        words = self._words
        if column == _SIZE and not file.isDir():
            size = file.size()
            if size < _KILO:
                return words.plural("file_dialog.bytes", size)
            style = QLocale.DataSizeFormat.DataSizeSIFormat
            return QLocale(words.language).formattedDataSize(size, 1, style)
        if column == _KIND and not file.isFile():
            return words.text(f"file_dialog.{'folder' if file.isDir() else 'other'}")
        if column == _DATE and file.lastModified().isValid():
            seconds = file.lastModified().toSecsSinceEpoch()
            changed = datetime.fromtimestamp(seconds, tz=UTC).astimezone()
            return _moment(words, changed)
        return ""
