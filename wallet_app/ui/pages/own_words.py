"""What the owner adds to a badge, beside what it says and what Coffre found."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail, Marks
from wallet_app.app.safe_marks import Note
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.chip import SkillChip
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.note_keeper import NoteFound, NoteKeeper, read_note
from wallet_app.ui.pages.note_editor import NoteEditor
from wallet_app.ui.sheets.note_versions import NoteVersionsSheet
from wallet_app.wording import plain_text

__all__ = ["OwnWords"]

_MAX_NAME: Final = 60
_SHOWN: Final = 24


class OwnWords(Panel):
    """Tags, collections and the note. ``filing_asked``: they are to be changed."""

    filing_asked = Signal()

    def __init__(self, context: Context, keeper: NoteKeeper, detail: BadgeDetail) -> None:
        super().__init__("panel")
        words = context.words
        self._context, self._keeper = context, keeper
        self._badge_id = detail.row.id
        self.file = LinkButton(words.text("own.file"))
        self.file.clicked.connect(self.filing_asked)
        head = QHBoxLayout()
        head.addWidget(Label(words.text("own.title"), "heading"), 1)
        head.addWidget(self.file)
        self._chips = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self._flow = FlowLayout(self._chips, gap=8)
        self.editor = NoteEditor(context, keeper)
        self.editor.earlier_asked.connect(self.show_earlier)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._chips)
        column.addWidget(self.editor)
        # Not before it lies here: what is shown without a parent is a window of its own.
        self.show_marks(detail.row.marks)
        self._ask(self.editor.show_note, context.stage.report)
        context.session.changed.connect(self._look_again)

    @Slot()
    def _look_again(self) -> None:
        self._ask(self.editor.look_again, self._let_be)

    def _ask(
        self, show: Callable[[NoteFound], None], failed: Callable[[CoffreError], None]
    ) -> None:
        work = partial(read_note, self._badge_id)
        self._context.session.ask(self, "note", work, done=show, failed=failed)

    def _let_be(self, _error: CoffreError) -> None:
        """The badge went meanwhile; whoever took it away shows another page."""

    def show_marks(self, marks: Marks) -> None:
        """Show which tags and collections the badge has now."""
        words = self._context.words
        empty(self._flow)
        for name in marks.tags[:_SHOWN]:
            self._flow.addWidget(SkillChip(plain_text(name, max_chars=_MAX_NAME)))
        for name in marks.collections[:_SHOWN]:
            shown = words.text("own.in_collection", name=plain_text(name, max_chars=_MAX_NAME))
            self._flow.addWidget(SkillChip(shown))
        self._chips.setVisible(bool(marks.tags or marks.collections))

    @Slot(object)
    def show_earlier(self, note: Note) -> None:
        """Show what the note said before; looking at it settles what came from elsewhere."""
        sheet = NoteVersionsSheet(self.window(), self._context, note)
        sheet.chosen.connect(partial(self._keeper.restore, note))
        self._context.stage.open_sheet(sheet)
        if note.unseen:
            self._keeper.settle(note)
