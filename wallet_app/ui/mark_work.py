"""What the owner does to one badge or many from wherever they are shown; all can be undone."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Filing, MarkChange
from wallet_app.ui.context import Context

__all__ = ["MarkWork"]

T = TypeVar("T")


class MarkWork(QObject):
    """Changes marks on the safe's thread; says what was done and offers to undo it.

    ``nothing`` is said when all was so before; "" says nothing then.
    """

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def favourite(self, badge_ids: Sequence[str], *, on: bool, nothing: str = "") -> None:
        """Make badges favourites, or no longer."""
        key = "marks.favourite_on" if on else "marks.favourite_off"
        self._change(key, lambda safe: safe.favourite(badge_ids, on=on), nothing)

    def file(self, badge_ids: Sequence[str], filing: Filing, *, nothing: str = "") -> None:
        """Put tags on and take them off, put badges into collections and take them out."""
        self._change("marks.filed", lambda safe: safe.file(badge_ids, filing), nothing)

    def delete(self, badge_ids: Sequence[str]) -> None:
        """Move badges to the trash together."""
        self._ask("delete many", lambda safe: safe.delete_many(badge_ids), self._tell_deleted)

    def recover_all(self) -> None:
        """Bring back everything in the trash together."""
        self._ask("recover all", _recover_all, self._tell_all_back)

    def _tell_all_back(self, badge_ids: tuple[str, ...]) -> None:
        said = self._tell_came(badge_ids)
        undo = partial(self._delete_again, badge_ids, said)
        self._context.stage.offer_undo(said, undo, self._context.words.text("marks.undo"))

    def _delete_again(self, badge_ids: tuple[str, ...], said: str) -> None:
        self._ask(
            "undo recovery", lambda safe: safe.delete_many(safe.left_to_undo(badge_ids)),
            partial(self._tell_undone, said))  # fmt: skip

    def _change(
        self, key: str, work: Callable[[Safe], tuple[MarkChange, ...]], nothing: str
    ) -> None:
        self._ask("marks", work, partial(self._tell_changed, key, nothing))

    def _tell_changed(self, key: str, nothing: str, changes: tuple[MarkChange, ...]) -> None:
        if not changes:
            if nothing:
                self._context.stage.toast(nothing)
            return
        badges = len({change.credential_id for change in changes})
        self._context.session.changed.emit()
        said = self._context.words.plural(key, badges)
        undo = partial(self._undo, changes, said)
        self._context.stage.offer_undo(said, undo, self._context.words.text("marks.undo"))

    def _undo(self, changes: tuple[MarkChange, ...], said: str) -> None:
        told = partial(self._tell_undone, said)
        self._ask("undo marks", lambda safe: safe.undo_marks(changes), told)

    def _tell_undone(self, said: str, changes: tuple[object, ...]) -> None:
        self._context.session.changed.emit()
        key = "marks.undone" if changes else "undo.nothing_left"
        self._context.stage.toast(self._context.words.text(key, what=said))

    def _tell_deleted(self, badge_ids: tuple[str, ...]) -> None:
        self._context.session.changed.emit()
        said = self._context.words.plural("marks.deleted", len(badge_ids))
        undo = partial(self._recover, badge_ids)
        self._context.stage.offer_undo(said, undo, away=badge_ids)

    def _recover(self, badge_ids: tuple[str, ...]) -> None:
        self._ask(
            "recover many", lambda safe: safe.recover_many(safe.left_to_undo(badge_ids)),
            self._tell_recovered)  # fmt: skip

    def _tell_recovered(self, badge_ids: tuple[str, ...]) -> None:
        if badge_ids:
            self._context.stage.toast(self._tell_came(badge_ids))
        else:
            self._tell_undone("", ())

    def _tell_came(self, badge_ids: tuple[str, ...]) -> str:
        self._context.session.came.emit(badge_ids)
        self._context.session.changed.emit()
        return self._context.words.plural("marks.recovered", len(badge_ids))

    def _ask(self, name: str, work: Callable[[Safe], T], done: Callable[[T], None]) -> None:
        stage = self._context.stage
        self._context.session.ask(self, name, work, done=done, failed=stage.report)


def _recover_all(safe: Safe) -> tuple[str, ...]:
    return safe.recover_many([one.row.id for one in safe.trash()])
