"""The owner's collections: rename them, or take them away and back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Collection, Shelf
from wallet_app.drawing.fonts import font
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, IconButton, Kind
from wallet_app.ui.components.field import FieldFrame
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["CollectionsSheet"]

T = TypeVar("T")

_MAX_NAME = 60
_SHOWN = 100


class _Row(QWidget):
    """One collection: its name to type over, how many it holds, a way to remove it."""

    def __init__(self, context: Context, shelf: Shelf) -> None:
        super().__init__()
        words = context.words
        name = plain_text(shelf.name, max_chars=_MAX_NAME)
        self.shelf_id, self.name = shelf.id, shelf.name
        self.edit = QLineEdit(shelf.name)
        self.edit.setMaxLength(200)
        self.edit.setFrame(False)
        self.edit.setFont(font("body", scale=look().scale))
        self.edit.setAccessibleName(words.text("shelf.name_of", name=name))
        self.edit.setProperty("ringHost", True)
        self.edit.setCursorPosition(0)
        self.remove = IconButton("trash", words.text("shelf.remove", name=name))
        frame = FieldFrame(height_px=40)
        frame.row.addWidget(self.edit, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(10)
        row.addWidget(frame, 1)
        row.addWidget(Label(words.plural("shelf.badges", shelf.count), "small", tone="t3"))
        row.addWidget(self.remove)


class CollectionsSheet(Sheet):
    """Each change takes effect at once and can be undone."""

    def __init__(self, window: QWidget, context: Context, shelves: Sequence[Shelf]) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("filing.collections"),
            subtitle=words.text("shelf.change_text"),
            close_name=words.text("ui.close"),
            width=560,
        )
        self._context = context
        self.rows: list[_Row] = []
        area = ScrollColumn(margins=(0, 0, 12, 0))
        area.column.setSpacing(6)
        for shelf in shelves[:_SHOWN]:
            row = _Row(context, shelf)
            row.edit.editingFinished.connect(partial(self._rename, row))
            row.remove.clicked.connect(partial(self._remove, row))
            self.rows.append(row)
            area.column.addWidget(row)
        area.column.addStretch(1)
        self.body.addWidget(area, 1)
        self.problem = Label("", "small_strong", tone="danger", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop every name."""
        for row in self.rows:
            row.edit.setText("")
            row.edit.setAccessibleName("")
            row.remove.set_face("trash", "")
            row.shelf_id = row.name = ""

    def _rename(self, row: _Row) -> None:
        name = row.edit.text()
        if not row.shelf_id or name == row.name or not row.isEnabled():
            return
        work = partial(_rename, row.shelf_id, name)
        self._ask("rename collection", work, partial(self._tell_renamed, row))

    def _tell_renamed(self, row: _Row, renamed: Collection) -> None:
        before, row.name = row.name, renamed.name
        row.edit.setText(renamed.name)
        self.problem.hide()
        undo = partial(_undo, self._context, partial(_rename, renamed.id, before))
        self._say("shelf.renamed", renamed.name, undo)

    def _remove(self, row: _Row, _checked: object = None) -> None:
        self._ask(
            "remove collection", partial(_remove, row.shelf_id), partial(self._tell_gone, row)
        )

    def _tell_gone(self, row: _Row, _nothing: None) -> None:
        row.setEnabled(False)
        row.hide()
        next_row = next((one for one in self.rows if not one.isHidden()), None)
        (next_row.remove if next_row else self.close_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
        undo = partial(_undo, self._context, partial(_put_back, row.shelf_id))
        self._say("shelf.removed", row.name, undo)

    def _say(self, key: str, name: str, undo: Callable[[str], None]) -> None:
        words = self._context.words
        self._context.session.changed.emit()
        said = words.text(key, name=plain_text(name, max_chars=_MAX_NAME))
        self._context.stage.offer_undo(said, partial(undo, said), words.text("marks.undo"))

    def _ask(self, name: str, work: Callable[[Safe], T], done: Callable[[T], None]) -> None:
        self._context.session.ask(self, name, work, done=done, failed=self._fail)

    def _fail(self, error: CoffreError) -> None:
        self.problem.setText(error_sentence(self._context.words, error))
        self.problem.show()
        self._context.stage.announce(self.problem.text())


def _undo(context: Context, work: Callable[[Safe], Collection], said: str) -> None:
    context.session.ask(
        context.session,
        "undo collection",
        work,
        done=partial(_tell_undone, context, said),
        failed=context.stage.report,
    )


def _tell_undone(context: Context, said: str, _collection: Collection) -> None:
    context.session.changed.emit()
    context.stage.toast(context.words.text("marks.undone", what=said))


def _rename(collection_id: str, name: str, safe: Safe) -> Collection:
    return safe.rename_collection(collection_id, name)


def _put_back(collection_id: str, safe: Safe) -> Collection:
    return safe.put_back_collection(collection_id)


def _remove(collection_id: str, safe: Safe) -> None:
    safe.remove_collection(collection_id)
