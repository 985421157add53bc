"""What was being written of a skill when the safe closed: looked for, kept again, dropped."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wallet_app.app.declared_draft import (
    UnsignedSkill,
    discard_unsigned,
    draft_of,
    new_kind,
    read_kept,
)
from wallet_app.app.drafts import Draft
from wallet_app.errors import CoffreError
from wallet_app.ui.context import Context

if TYPE_CHECKING:
    from wallet_app.ui.session import Session
    from wallet_app.ui.sheets.declare_sheet import DeclareSheet

__all__ = ["DeclareKept"]


class DeclareKept(QObject):
    """Lives with the dialog. ``found`` gives what was kept, once, if anything was.

    Attributes:
        kind: of the draft of this dialog: a new one, or the one that was found.
    """

    found = Signal(object)

    def __init__(self, sheet: "DeclareSheet", context: Context, name: str) -> None:
        """``name``: of the skill the person came for; another one's draft is left alone."""
        super().__init__(sheet)
        self._sheet = sheet
        self._session = context.session
        self._name = name.strip()
        self._is_kept = self._is_over = False
        self.kind = new_kind()
        context.session.offer_drafts_from(self.drafts)
        sheet.closed.connect(self._end)

    def look_for(self) -> None:
        """Ask the safe; ``found`` follows."""
        self._session.ask(
            self, "kept skill", partial(read_kept, self._name), done=self._take, failed=_ignore
        )

    def drafts(self) -> Sequence[Draft]:
        """Return what a lock must keep."""
        written = None if self._is_over else self._sheet.written()
        return () if written is None else (draft_of(written),)

    def drop(self) -> None:
        """Forget in the safe, too, what was kept there; what is written next is another skill."""
        kind, self.kind = self.kind, new_kind()
        is_kept, self._is_kept = self._is_kept, False
        if is_kept:
            # Asked for by the session: the dialog may be gone before the safe answers.
            self._session.ask(
                self._session, "drop skill", partial(discard_unsigned, kind),
                done=partial(_tell, self._session), failed=_ignore,
            )  # fmt: skip

    def _take(self, kept: UnsignedSkill | None) -> None:
        # What is being typed already is not written over; the other text stays in the safe.
        if kept is None or self._is_over or self._sheet.written() is not None:
            return
        self.kind, self._is_kept = kept.kind, True
        self.found.emit(kept)

    @Slot()
    def _end(self) -> None:
        """Closed by the person, or signed. At a lock the safe is asked nothing any more."""
        self._is_over = True
        self.drop()


def _tell(session: "Session", _dropped: None) -> None:
    session.changed.emit()


def _ignore(_error: CoffreError) -> None:
    """The text stays where it is, and is offered again."""
