"""Every shortcut on one sheet, printed from the registry of actions."""

from typing import Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.ui.actions import LIST_KEYS, Actions, Group, key_text
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.search_field import KeyHint
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["ShortcutsSheet", "shortcut_groups"]

_WIDTH: Final = 860
Lines = list[tuple[str, list[str]]]


def shortcut_groups(words: Words, actions: Actions) -> list[tuple[str, Lines]]:
    """Return the heads, and below each what there is: words and keys."""
    groups: list[tuple[str, Lines]] = []
    for group in Group:
        lines = [
            (words.text(f"action.{spec.id}"), actions.shortcut_texts(spec.id))
            for spec in actions.in_group(group)
            if spec.shortcuts
        ]
        groups.append((words.text(f"menu.{group.value}"), lines))
    in_list = [
        (words.text(f"list_key.{key_id}"), [key_text(QKeySequence(key)) for key in keys])
        for key_id, keys in LIST_KEYS
    ]
    groups.append((words.text("list_key.title"), in_list))
    return groups


class ShortcutsSheet(Sheet):
    """Two columns of groups; the arrows scroll."""

    def __init__(self, parent: QWidget, words: Words, actions: Actions) -> None:
        super().__init__(
            parent, words.text("shortcuts.title"), width=_WIDTH, close_name=words.text("ui.close")
        )
        self._scroll = ScrollColumn(margins=(28, 4, 28, 20))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._scroll, 1)
        columns = QHBoxLayout()
        columns.setSpacing(48)
        groups = shortcut_groups(words, actions)
        for part in _halves(groups):
            column = QVBoxLayout()
            column.setSpacing(0)
            for head, lines in part:
                column.addWidget(_group(head, lines))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll.column.addLayout(columns)
        close = Button(words.text("ui.close"), Kind.PRIMARY)
        close.clicked.connect(self.dismiss)
        found = words.text("shortcuts.palette", keys=actions.shortcut_text("palette"))
        self.footer.addWidget(Label(found, "small", tone="t2"))
        self.footer.addStretch(1)
        self.footer.addWidget(close)


def _halves(groups: list[tuple[str, Lines]]) -> tuple[list[tuple[str, Lines]], ...]:
    """Part the groups so that both columns are about as long."""
    lengths = [len(lines) + 2 for _head, lines in groups]
    cut = min(range(1, len(groups)), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return groups[:cut], groups[cut:]


def _group(head: str, lines: Lines) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 16, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setHorizontalSpacing(6)
    grid.addWidget(Label(head, "heading"), 0, 0, 1, 2)
    for at, (said, keys) in enumerate(lines, 1):
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        for key in keys:
            hint = KeyHint(key)
            hint.setFixedHeight(look().px(22))
            row.addWidget(hint)
        grid.addWidget(Label(said, "body", wrap=True), at, 0)
        grid.addLayout(row, at, 1)
    grid.setColumnStretch(0, 1)
    return box
