"""The file itself: its document and parts, to read, search, copy and save; nothing is changed."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QTextCursor, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from wallet_app.app.badge_source import PartKind, SourcePart, source_parts
from wallet_app.app.models import BadgeDetail
from wallet_app.app.task_runner import CancelToken
from wallet_app.credentials.model import Credential
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.button import Button, IconButton, Kind
from wallet_app.ui.components.chip import Chip, ChipGroup
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["SourceSheet"]

_MAX_FOUND: Final = 1_000
_MARKED: Final = 200
_KINDS: Final = (
    PartKind.DOCUMENT,
    PartKind.HEADER,
    PartKind.SIGNATURE,
    PartKind.DISCLOSURES,
    PartKind.RECEIVED,
)


class SourceSheet(Sheet):
    """Shows the parts when they are read. ``save_asked``: the original file, byte for byte."""

    save_asked = Signal()

    def __init__(self, window: QWidget, context: Context, detail: BadgeDetail) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("source.title"),
            subtitle=plain_text(detail.row.name, max_chars=120),
            close_name=words.text("ui.close"),
            width=920,
            height=700,
        )
        self._context = context
        self.parts: dict[PartKind, SourcePart] = {}
        self._shown: SourcePart | None = None
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self._is_picture = detail.credential.container.startswith(("png", "svg"))
        self.chips = ChipGroup(words.text("source.parts"))
        self.chips.buttons.idToggled.connect(self._choose)
        self._make_search()
        self.text = self._make_text()
        self._add_parts()
        self._make_footer()
        # In the pool: a document of some megabytes takes a moment to lay out.
        context.bridge.on_pool(
            self,
            "source",
            partial(_read, detail.credential),
            done=self._take,
            failed=context.stage.report,
        )

    def _make_search(self) -> None:
        words = self._context.words
        name = words.text("source.find")
        self.search = SearchField(name, name, "", words.text("source.clear"))
        self.search.setMaximumWidth(look().px(360))
        self.search.searched.connect(self._find)
        self.search.moved_down.connect(self.next_place)
        self.before = IconButton("chevron-up", words.text("source.previous"), side_px=32)
        self.after = IconButton("chevron-down", words.text("source.next"), side_px=32)
        self.before.clicked.connect(self.previous_place)
        self.after.clicked.connect(self.next_place)
        self._step_buttons()

    def _make_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self._context.words.text("source.reading"))
        let_through(text)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setUndoRedoEnabled(False)
        text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        text.setFont(font("value", scale=look().scale))
        text.setAccessibleName(self._context.words.text("source.title"))
        return text

    def _add_parts(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search, 1)
        line.addWidget(self.before)
        line.addWidget(self.after)
        line.addStretch(1)
        self.note = Label("", "small", tone="t3", wrap=True)
        self.note.hide()
        self.body.setSpacing(12)
        self.body.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(line)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.note)

    def _make_footer(self) -> None:
        words = self._context.words
        self.copy = Button(words.text("source.copy"), icon="copy")
        save = Button(words.text("source.save"), icon="file")
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._copy)
        save.clicked.connect(self.save_asked)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(self.copy)
        self.footer.addWidget(save)
        self.footer.addStretch(1)
        self.footer.addWidget(close)

    def forget(self) -> None:
        """Drop the document."""
        self.parts, self._shown, self._found = {}, None, []
        self.text.clear()
        self.text.setExtraSelections([])
        self.search.forget()
        self.subtitle.setText("")

    # --- parts -------------------------------------------------------------------------

    def _take(self, parts: Sequence[SourcePart]) -> None:
        self.parts = {part.kind: part for part in parts}
        self.copy.setEnabled(True)
        for at, kind in enumerate(_KINDS):
            if kind in self.parts:
                self.chips.add(Chip(self._context.words.text(f"source.{kind}")), at)
        self.chips.choose(0)
        self.chips.setVisible(len(self.parts) > 1)

    @Slot(int, bool)
    def _choose(self, at: int, on: bool) -> None:
        if on and _KINDS[at] in self.parts:
            self.show_part(_KINDS[at])

    def show_part(self, kind: PartKind) -> None:
        """Show one part from its beginning."""
        part = self._shown = self.parts[kind]
        self.text.setExtraSelections([])
        self.text.setPlainText(part.rows)
        words = self._context.words
        notes = [words.text("source.cut")] if part.cut else []
        if self._is_picture and kind is PartKind.DOCUMENT:
            notes.append(words.text("source.picture"))
        if part.marked:
            notes.append(words.text("source.hidden"))
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))
        self._find(self.search.text)

    @Slot()
    def _copy(self) -> None:
        if self._shown is not None:
            self._context.seams.copy_text(self._shown.whole)
            self._context.stage.toast(self._context.words.text("source.copied"))

    # --- searching ---------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the search shortcut before the window does."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _is_find(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search here."""
        if _is_find(event):
            self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.edit.selectAll()
        super().keyPressEvent(event)

    @Slot(str)
    def _find(self, wanted: str) -> None:
        self._found, self._at = [], -1
        if self._shown is not None and wanted:
            pattern = re.compile(re.escape(wanted), re.IGNORECASE)
            for match in pattern.finditer(self._shown.shown):
                self._found.append(match.span())
                if len(self._found) == _MAX_FOUND:
                    break
        self._mark()
        self._step_buttons()
        if self._found:
            self._go(0)
        else:
            self.search.set_count(self._context.words.text("source.not_found") if wanted else "")

    def _step_buttons(self) -> None:
        for button in (self.before, self.after):
            button.setEnabled(len(self._found) > 1)

    @Slot()
    def next_place(self) -> None:
        """Go to the next place where it was found; after the last comes the first."""
        if self._found:
            self._go((self._at + 1) % len(self._found))

    @Slot()
    def previous_place(self) -> None:
        """Go to the place before."""
        if self._found:
            self._go((self._at - 1) % len(self._found))

    def _go(self, at: int) -> None:
        self._at = at
        self.text.setTextCursor(self._cursor(self._found[at]))
        self.text.centerCursor()
        words, count = self._context.words, len(self._found)
        key = "source.found_many" if count == _MAX_FOUND else "source.found"
        said = words.text(key, at=words.number(at + 1), count=words.number(count))
        self.search.set_count(said)

    def _mark(self) -> None:
        marked: list[QTextEdit.ExtraSelection] = []
        for span in self._found[:_MARKED]:
            one = QTextEdit.ExtraSelection()
            one.cursor = self._cursor(span)
            one.format.setBackground(QColor(look().tokens.sel))
            marked.append(one)
        self.text.setExtraSelections(marked)

    def _cursor(self, span: tuple[int, int]) -> QTextCursor:
        cursor = QTextCursor(self.text.document())
        if self._shown is not None:
            cursor.setPosition(self._shown.cursor_of(span[0]))
            cursor.setPosition(self._shown.cursor_of(span[1]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _is_find(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Find)


def _read(credential: Credential, _cancelled: CancelToken) -> tuple[SourcePart, ...]:
    return source_parts(credential)
