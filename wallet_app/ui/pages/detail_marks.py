"""What its owner does with the badge on the page: star, tag, and words of their own."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.models import NO_MARKS, BadgeDetail, Marks
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Filing, Shelves
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.context import Context
from wallet_app.ui.mark_work import MarkWork
from wallet_app.ui.note_keeper import NoteKeeper
from wallet_app.ui.pages.own_words import OwnWords
from wallet_app.ui.sheets.filing_sheet import FilingSheet

__all__ = ["DetailMarks"]


class DetailMarks(QObject):
    """The two buttons and the panel below the paper, for the badge that is shown.

    Attributes:
        own: the panel; None while no badge is shown.
    """

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._badge_id = ""
        self._name = ""
        self._marks: Marks = NO_MARKS
        self.work = MarkWork(context, self)
        self.notes = NoteKeeper(context, self)
        self.own: OwnWords | None = None
        self._writes_on = False
        self.star = IconButton("star", context.words.text("own.favourite"))
        self.star.setCheckable(True)
        self.tag = IconButton("tag", context.words.text("own.file"))
        self.star.clicked.connect(self.toggle_favourite)
        self.tag.clicked.connect(self.ask_filing)
        context.session.changed.connect(self._read)

    def beside(self, paper: QWidget, detail: BadgeDetail) -> QWidget:
        """Return the paper with what the owner adds below it."""
        self._name = detail.row.name
        self.show_marks(detail.row.id, detail.row.marks)
        self.own = OwnWords(self._context, self.notes, detail)
        self.own.filing_asked.connect(self.ask_filing)
        if self._writes_on:
            self.write_on()
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(paper)
        column.addWidget(self.own)
        column.addStretch(1)
        return both

    def hand_over(self) -> None:
        """Be shown anew: what is being written is written on."""
        if self.own is not None:
            self.own.editor.hand_over()

    def write_on(self) -> None:
        """Go on with the note, as soon as it is shown."""
        self._writes_on = self.own is None
        if self.own is not None:
            self.own.editor.write_on()

    def show_marks(self, badge_id: str, marks: Marks) -> None:
        """Show how the badge stands."""
        self._badge_id, self._marks = badge_id, marks
        key = "own.favourite_is" if marks.favourite else "own.favourite"
        self.star.set_face("star", self._context.words.text(key))
        self.star.setChecked(marks.favourite)
        self._enable(on=True)

    def forget(self) -> None:
        """Know no badge."""
        self._badge_id, self._name, self._marks, self.own = "", "", NO_MARKS, None
        self._writes_on = False
        self.star.setChecked(False)
        self._enable(on=False)

    def _enable(self, *, on: bool) -> None:
        self.star.setEnabled(on)
        self.tag.setEnabled(on)

    @Slot()
    def _read(self) -> None:
        if self._badge_id:
            badge_id = self._badge_id
            self._context.session.ask(
                self,
                "marks",
                lambda safe: safe.marks(badge_id),
                done=partial(self._take, badge_id),
                failed=self._let_be,
            )

    def _take(self, badge_id: str, marks: Marks) -> None:
        if badge_id == self._badge_id and marks != self._marks:
            self.show_marks(badge_id, marks)
            if self.own is not None:
                self.own.show_marks(marks)

    def _let_be(self, _error: CoffreError) -> None:
        """The badge went meanwhile; whoever took it away shows another page."""

    @Slot()
    def toggle_favourite(self) -> None:
        """Make the badge a favourite, or no longer."""
        if self._badge_id:
            # The safe decides: the button follows when it is done.
            self.star.setChecked(self._marks.favourite)
            self.work.favourite([self._badge_id], on=not self._marks.favourite)

    @Slot()
    def ask_filing(self) -> None:
        """Show which tags and collections there are, to switch them on and off."""
        if self._badge_id:
            self._context.session.ask(
                self,
                "shelves",
                partial(_shelves, self._badge_id),
                done=self._open,
                failed=self._context.stage.report,
            )

    def _open(self, found: tuple[Shelves, str, Marks]) -> None:
        shelves, badge_id, marks = found
        if badge_id == self._badge_id:
            window, name = self._page.window(), self._name
            sheet = FilingSheet(window, self._context, shelves, [marks], name=name)
            sheet.filed.connect(partial(self._file, badge_id))
            self._context.stage.open_sheet(sheet)

    def _file(self, badge_id: str, filing: Filing) -> None:
        self.work.file([badge_id], filing)


def _shelves(badge_id: str, safe: Safe) -> tuple[Shelves, str, Marks]:
    return safe.shelves(), badge_id, safe.marks(badge_id)
