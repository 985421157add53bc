"""The fields of a skill that is declared: several lines, and files that were chosen."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["ChosenFiles", "SeveralLines"]

_TEXT_HEIGHT: Final = 76
_MAX_NAME: Final = 80


class SeveralLines(QWidget):
    """A labelled field of several lines."""

    def __init__(self, label: str, hint: str, name: str) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        let_through(self.edit)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(hint)
        self.edit.setFont(font("body", scale=look().scale))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(look().px(_TEXT_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(label, "compact_strong"))
        column.addWidget(self.edit)


class ChosenFiles(QWidget):
    """Files that were chosen, each with a way to take it out again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._words = context.words
        self.paths: tuple[Path, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show these files and no others."""
        self.paths = tuple(dict.fromkeys(paths))
        empty(self._column)
        for path in self.paths:
            self._column.addWidget(self._row(path))
        self.setVisible(bool(self.paths))
        self.updateGeometry()

    def _row(self, path: Path) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        name = plain_text(path.name, max_chars=_MAX_NAME)
        away = IconButton("close", self._words.text("declare.remove", name=name), side_px=28,
                          icon_px=16)  # fmt: skip
        away.clicked.connect(partial(self._remove, path))
        row.addWidget(Label(name, "compact"), 1)
        row.addWidget(away)
        return holder

    def _remove(self, path: Path) -> None:
        self.show_paths([one for one in self.paths if one != path])
