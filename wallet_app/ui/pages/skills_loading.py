"""Reads the skills of a safe for a page: some badges at a time, then all of it into words.

What was read stays with the open safe, so that only the first time takes long. Nothing here is
done on the interface thread, and whatever else is asked of the safe comes between two pieces.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from wallet_app.app.safe import Safe
from wallet_app.app.skill_badges import SkillBadge
from wallet_app.app.skill_overview import overview_of
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.pages.skill_lines import SkillsShown, shown_of
from wallet_app.ui.session import Session
from wallet_app.wording import Words

__all__ = ["SkillsLoading"]


class SkillsLoading(QObject):
    """Loads for one page; every signal tells of the newest turn only.

    Signals:
        progressed: how many badges were read, and of how many; only while it takes long.
        loaded: a ``SkillsShown``.
        failed: a ``CoffreError``.
    """

    progressed = Signal(int, int)
    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, bridge: Bridge, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._bridge, self._words = session, bridge, words
        self._turn = 0
        self._first_left = 0

    def start(self) -> None:
        """Read anew; what an older turn would still have told is dropped."""
        self.forget()
        self._read_on(self._turn)

    def forget(self) -> None:
        """Tell nothing more."""
        self._turn += 1
        self._first_left = 0

    def _read_on(self, turn: int) -> None:
        self._session.ask(
            self, "read skills", _read, done=partial(self._go_on, turn),
            failed=partial(self._fail, turn),
        )  # fmt: skip

    def _go_on(self, turn: int, left: int) -> None:
        if turn != self._turn:
            return
        if not left:
            self._session.ask(
                self, "skills", _badges, done=partial(self._gather, turn),
                failed=partial(self._fail, turn),
            )  # fmt: skip
            return
        self._first_left = max(self._first_left, left)
        self.progressed.emit(self._first_left - left, self._first_left)
        self._read_on(turn)

    def _gather(self, turn: int, badges: Sequence[SkillBadge]) -> None:
        if turn != self._turn:
            return
        now = self._session.services.now()
        self._bridge.on_pool(
            self, "gather skills", partial(_shown, badges, self._words, now),
            done=partial(self._tell, turn), failed=partial(self._fail, turn),
        )  # fmt: skip

    def _tell(self, turn: int, shown: SkillsShown) -> None:
        if turn == self._turn:
            self.loaded.emit(shown)

    def _fail(self, turn: int, error: CoffreError) -> None:
        if turn == self._turn:
            self.failed.emit(error)


def _read(safe: Safe) -> int:
    return safe.read_skills()


def _badges(safe: Safe) -> Sequence[SkillBadge]:
    return safe.skill_badges()


def _shown(
    badges: Sequence[SkillBadge], words: Words, now: datetime, _cancelled: CancelToken
) -> SkillsShown:
    return shown_of(overview_of(badges, now), words, now)
