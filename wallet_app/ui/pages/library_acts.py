"""What a person does in the library with the badge that the list stands on, or the selected."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from wallet_app.app.models import BadgeRow
from wallet_app.ui.calendar_saving import CalendarSaving
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.context import Context
from wallet_app.ui.pages.badge_view import BadgeView
from wallet_app.ui.pages.library_copies import SeveralCopies
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.ui.pages.library_selection import LibrarySelection
from wallet_app.ui.trash_can import TrashCan

__all__ = ["LibraryActs"]


class LibraryActs(QObject):
    """Belongs to the list.

    Signals:
        opened: the id of a badge to look at. share_asked: of one to show to someone.
    """

    opened = Signal(str)
    share_asked = Signal(str)

    def __init__(
        self, context: Context, view: BadgeView, model: LibraryModel, selection: LibrarySelection
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._model = context, view, model
        self._selection = selection
        self._heir = ""
        self._came: frozenset[str] = frozenset()
        self._trash_can = TrashCan(context, self)
        self._calendar = CalendarSaving(context, self)
        self._copies = SeveralCopies(context, self)
        view.menu_asked.connect(self.ask_badge)
        selection.going.connect(self._name_heir)
        context.session.came.connect(self._await)
        context.session.sought.connect(self._await)

    def stand(self, before: str = "", *, is_whole: bool = False, in_sight: bool = True) -> bool:
        """Stand on the first of what came just now, else where it stood, else beside that.

        ``before`` is the badge that was current, and ``in_sight`` whether it was seen;
        ``is_whole``: nothing more will be listed. Returns whether it is one that came.
        """
        ids = self._model.ids() if self._came else ()
        if came := next((one for one in ids if one in self._came), ""):
            self.await_no_more()
            self._view.make_current(came)
            self._view.scrollTo(self._view.currentIndex())
        elif before and not self._view.stay_on(before, in_sight=in_sight):
            # Where a deleted badge stood; after a search there is no heir.
            heir, self._heir = self._heir, ""
            self._view.make_current(heir)
        if is_whole:
            self.await_no_more()
        return bool(came)

    def await_no_more(self) -> None:
        """All is listed: what came and is not there, a search leaves out."""
        self._came = frozenset()

    def forget(self) -> None:
        """Know no badge: the safe is locking."""
        self._heir, self._came = "", frozenset()

    @Slot(object)
    def _await(self, badge_ids: tuple[str, ...]) -> None:
        self._came = frozenset(badge_ids)

    @Slot(object)
    def _name_heir(self, going: tuple[str, ...]) -> None:
        self._heir = self._model.neighbour(self._view.current_id, going)

    @Slot(str, QPoint)
    def ask_badge(self, badge_id: str, place: QPoint) -> None:
        """Offer what can be done with one badge."""
        words, actions, row = self._context.words, self._context.actions, self._model.row(badge_id)
        if row is None:
            return
        if badge_id not in self._selection.badge_ids:
            # What was clicked is meant, not what was selected before.
            self._model.select_none()
        menu = PopupMenu(self._view)
        menu.add(words.text("library.open"), partial(self.opened.emit, badge_id))
        menu.add(words.text("action.show"), partial(self.share_asked.emit, badge_id))
        menu.addSeparator()
        menu.addAction(actions["favourite"])
        menu.addAction(actions["file"])
        menu.addSeparator()
        menu.addAction(actions["save_copy"])
        menu.addAction(actions["check_again"])
        if row.expires_on is not None:
            menu.add(words.text("calendar.one"), _later(self._calendar.ask_one, row.id, row.name))
        menu.addSeparator()
        menu.addAction(actions["delete"])
        menu.popup(place)

    def show_current(self) -> None:
        """Show to someone what is selected, else the badge that the list stands on."""
        if self._selection.badge_ids:
            self._selection.show_to_someone()
        elif row := self._current():
            self.share_asked.emit(row.id)

    def save_current(self) -> None:
        """Save copies of what is selected, else of the badge that the list stands on."""
        if self._selection.badge_ids:
            self._selection.save_copies()
        elif row := self._current():
            self._copies.ask([row.id])

    def check_current(self) -> None:
        """Check again what is selected, else the badge that the list stands on."""
        if self._selection.badge_ids:
            self._selection.check_again()
        elif row := self._current():
            self._selection.check_asked.emit((row.id,))

    def open_current(self) -> None:
        """Open the badge that is selected, or that the list stands on; of several, none."""
        chosen = self._selection.badge_ids
        badge_id = self._view.current_id if not chosen else chosen[0] if len(chosen) == 1 else ""
        if self._model.row(badge_id) is not None:
            self.opened.emit(badge_id)

    def delete_current(self) -> None:
        """Move what is selected, else the badge that the list stands on, to the trash."""
        if self._selection.badge_ids:
            self._selection.delete()
        elif row := self._current():
            self._name_heir((row.id,))
            self._trash_can.delete(row.id, row.name)

    def _current(self) -> BadgeRow | None:
        return self._model.row(self._view.current_id)


def _later(work: Callable[..., None], *values: object) -> Callable[..., None]:
    """Return what does ``work`` when a menu's entry is chosen, whatever Qt says beside."""

    def act(_checked: object = None) -> None:
        work(*values)

    return act
