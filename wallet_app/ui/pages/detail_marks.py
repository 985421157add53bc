"""The star and the tag above a badge: what its owner does with it in one press."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.models import NO_MARKS, Marks
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Filing, Shelves
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.context import Context
from wallet_app.ui.mark_work import MarkWork
from wallet_app.ui.sheets.filing_sheet import FilingSheet

__all__ = ["DetailMarks"]


class DetailMarks(QObject):
    """The two buttons and what they do to the badge that is shown.

    ``changed`` gives its ``Marks`` after each change, wherever it was made.
    """

    changed = Signal(object)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._badge_id = ""
        self._marks: Marks = NO_MARKS
        self.work = MarkWork(context, self)
        self.star = IconButton("star", context.words.text("own.favourite"))
        self.star.setCheckable(True)
        self.tag = IconButton("tag", context.words.text("own.file"))
        self.star.clicked.connect(self._toggle)
        self.tag.clicked.connect(self.ask_filing)
        context.session.changed.connect(self._read)

    def show_marks(self, badge_id: str, marks: Marks) -> None:
        """Show how the badge stands."""
        self._badge_id, self._marks = badge_id, marks
        key = "own.favourite_is" if marks.favourite else "own.favourite"
        self.star.set_face("star", self._context.words.text(key))
        self.star.setChecked(marks.favourite)
        self._enable(on=True)

    def forget(self) -> None:
        """Know no badge."""
        self._badge_id, self._marks = "", NO_MARKS
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
            self.changed.emit(marks)

    def _let_be(self, _error: CoffreError) -> None:
        """The badge went meanwhile; whoever took it away shows another page."""

    @Slot()
    def _toggle(self) -> None:
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
            sheet = FilingSheet(self._page.window(), self._context, shelves, [marks])
            sheet.filed.connect(partial(self._file, badge_id))
            self._context.stage.open_sheet(sheet)

    def _file(self, badge_id: str, filing: Filing) -> None:
        self.work.file([badge_id], filing)


def _shelves(badge_id: str, safe: Safe) -> tuple[Shelves, str, Marks]:
    return safe.shelves(), badge_id, safe.marks(badge_id)
