"""Badges selected in the library, and what can be done with all of them at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.models import BadgeRow
from wallet_app.app.safe_marks import Shelves
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.selection_bar import SelectionBar
from wallet_app.ui.context import Context
from wallet_app.ui.mark_work import MarkWork
from wallet_app.ui.pages.badge_view import BadgeView
from wallet_app.ui.pages.library_copies import SeveralCopies
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.ui.sheets.filing_sheet import FilingSheet

__all__ = ["LibrarySelection"]


class LibrarySelection(QObject):
    """Shows the bar while something is selected in ``model`` and does what it is asked.

    Signals:
        show_asked: these badges are to be shown to someone (rows, in the order shown).
        check_asked: these badges (ids) are to be checked again.
        going: these badges (ids) are about to be deleted.
    """

    show_asked = Signal(object)
    check_asked = Signal(object)
    going = Signal(object)

    def __init__(
        self, context: Context, model: LibraryModel, host: QWidget, view: BadgeView
    ) -> None:
        super().__init__(host)
        self._context, self._model, self._host, self._view = context, model, host, view
        self._work = MarkWork(context, self)
        self._copies = SeveralCopies(context, self)
        words = context.words
        self.bar = SelectionBar(host, words.text("select.name"), words.text("select.none"))
        self.show_them = self.bar.add_action(words.text("action.show"), "share")
        self.show_them.clicked.connect(self.show_to_someone)
        self.file = self.bar.add_action(words.text("select.file"), "tag")
        self.star = self.bar.add_action(words.text("select.favourite"), "star")
        self.save = self.bar.add_action(words.text("select.copies"), "file")
        self.remove = self.bar.add_action(words.text("detail.delete"), "trash")
        self.more = self.bar.add_more(words.text("select.more"))
        self.file.clicked.connect(self.ask_filing)
        self.star.clicked.connect(self.toggle_favourite)
        self.save.clicked.connect(self.save_copies)
        self.more.clicked.connect(self._ask_more)
        self.remove.clicked.connect(self.delete)
        self.bar.dismissed.connect(model.select_none)
        model.selection_changed.connect(self._show)
        model.modelReset.connect(self._name_star)

    @property
    def badge_ids(self) -> Sequence[str]:
        """The selected badges, in the order shown."""
        return [row.id for row in self._model.selected_rows]

    @property
    def meant(self) -> Sequence[BadgeRow]:
        """The selected badges, else the one that the list stands on while it has the focus."""
        if rows := self._model.selected_rows:
            return rows
        return self._model.rows_of([self._view.current_id] if self._view.is_stood_on else ())

    @Slot()
    def _show(self) -> None:
        words, rows = self._context.words, self._model.selected_rows
        sentence = words.plural("select.count", len(rows)) if rows else ""
        if not rows and self.bar.isAncestorOf(self._host.window().focusWidget()):
            # Before the bar goes: Qt would send the focus to whatever comes first.
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.show_count(sentence)
        self._name_star()
        self._context.stage.announce(words.plural("select.count", len(rows)))

    @Slot()
    def _name_star(self) -> None:
        """Say what a press would do, also after the selected badges have changed."""
        key = "no_favourite" if _all_are(self._model.selected_rows) else "favourite"
        self.star.set_words(self._context.words.text(f"select.{key}"))

    @Slot()
    def delete(self) -> None:
        """Move what is selected to the trash."""
        if ids := self.badge_ids:
            self.going.emit(tuple(ids))
            self._work.delete(ids)
            self._model.select_none()

    @Slot()
    def show_to_someone(self) -> None:
        """Ask to show what is selected."""
        if rows := self._model.selected_rows:
            self.show_asked.emit(tuple(rows))

    @Slot()
    def save_copies(self) -> None:
        """Save copies of what is selected."""
        if ids := self.badge_ids:
            self._copies.ask(ids)

    @Slot()
    def _ask_more(self) -> None:
        menu = PopupMenu(self.more)
        menu.add(self._context.words.text("select.check"), self.check_again)
        menu.open_below(self.more)

    @Slot()
    def check_again(self) -> None:
        """Check what is selected again."""
        if ids := self.badge_ids:
            self.check_asked.emit(tuple(ids))

    @Slot()
    def toggle_favourite(self) -> None:
        """Make what is meant favourites, or no longer when all of it is."""
        if rows := self.meant:
            self._work.favourite([row.id for row in rows], on=not _all_are(rows))

    @Slot()
    def ask_filing(self) -> None:
        """Show which tags and collections there are, to file what is meant."""
        self._ask_filing(self.meant)

    @Slot(object)
    def ask_filing_of(self, badge_ids: Sequence[str]) -> None:
        """The same for badges that are shown, whether they are selected or not."""
        self._ask_filing(self._model.rows_of(badge_ids))

    def _ask_filing(self, rows: Sequence[BadgeRow]) -> None:
        if rows:
            self._context.session.ask(
                self,
                "shelves",
                lambda safe: safe.shelves(),
                done=partial(self._open, rows),
                failed=self._context.stage.report,
            )

    def _open(self, rows: Sequence[BadgeRow], shelves: Shelves) -> None:
        marks = [row.marks for row in rows]
        name = rows[0].name if len(rows) == 1 else ""
        sheet = FilingSheet(self._host.window(), self._context, shelves, marks, name=name)
        sheet.filed.connect(partial(self._work.file, [row.id for row in rows]))
        self._context.stage.open_sheet(sheet)


def _all_are(rows: Sequence[BadgeRow]) -> bool:
    return bool(rows) and all(row.marks.favourite for row in rows)
