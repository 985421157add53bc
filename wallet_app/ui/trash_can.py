"""Deleting a badge from wherever it is shown, and bringing it back while that is offered."""

from functools import partial

from PySide6.QtCore import QObject

from wallet_app.app.safe import Safe
from wallet_app.ui.context import Context
from wallet_app.wording import plain_text

__all__ = ["TrashCan"]

_MAX_NAME: int = 60


class TrashCan(QObject):
    """Moves badges to the trash; each deletion offers to undo it."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def delete(self, badge_id: str, name: str) -> None:
        """Move a badge to the trash, then show the library and offer to undo."""
        self._context.session.ask(
            self,
            "delete",
            partial(_delete, badge_id),
            done=partial(self._tell_deleted, badge_id, plain_text(name, max_chars=_MAX_NAME)),
            failed=self._context.stage.report,
        )

    def _tell_deleted(self, badge_id: str, name: str, _nothing: None) -> None:
        context = self._context
        context.session.changed.emit()
        context.stage.show_page("safe")
        said = context.words.text("detail.deleted", name=name)
        undo = partial(self._recover, badge_id, name)
        context.stage.offer_undo(said, undo, away=(badge_id,))

    def _recover(self, badge_id: str, name: str) -> None:
        self._context.session.ask(
            self,
            "recover",
            partial(_recover, badge_id),
            done=partial(self._tell_recovered, badge_id, name),
            failed=self._context.stage.report,
        )

    def _tell_recovered(self, badge_id: str, name: str, _nothing: None) -> None:
        context = self._context
        context.session.came.emit((badge_id,))
        context.session.changed.emit()
        context.stage.show_page("safe")
        context.stage.toast(context.words.text("detail.recovered", name=name))


def _delete(badge_id: str, safe: Safe) -> None:
    safe.delete(badge_id)


def _recover(badge_id: str, safe: Safe) -> None:
    safe.recover(badge_id)
