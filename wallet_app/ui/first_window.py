"""The window that is open already: a later start shows it, gives it files, or has it lock."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wallet_app.errors import EnvironmentFault
from wallet_app.system.instance import Instance, Reply, ask_running, place_for
from wallet_app.system.instance_message import Answer, Ask, MessageError, Verb

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["FirstWindow", "hand_over"]


def hand_over(vault_path: Path, names: Sequence[str]) -> bool:
    """Give ``names`` to the window that already shows this safe; False when there is none.

    Raises:
        EnvironmentFault: ``instance.silent``, ``instance.too_many``.
    """
    place = place_for(vault_path)
    if place is None:
        return False
    try:
        return ask_running(place, Ask(Verb.SHOW, tuple(names))) is not None
    except MessageError as error:
        raise EnvironmentFault("instance.too_many") from error


class FirstWindow(QObject):
    """Serves later starts. Nothing they say can open the safe."""

    def __init__(self, window: "MainWindow", vault_path: Path) -> None:
        """Listen, if this system lets us.

        Raises:
            EnvironmentFault: ``instance.silent``: another window was first, and is mute.
        """
        super().__init__(window)
        self._window = window
        self._waiting: list[Reply] = []
        window.session.closed.connect(self._tell_locked)
        place = place_for(vault_path)
        self._instance = Instance(self, place, self._handle) if place is not None else None
        if self._instance is not None and not self._instance.begin():
            raise EnvironmentFault("instance.silent")

    def end(self) -> None:
        """Stop listening."""
        if self._instance is not None:
            self._instance.end()

    def _handle(self, ask: Ask, reply: Reply) -> None:
        if ask.verb is Verb.SHOW:
            self._window.handed_over.take(ask.names)
            reply(Answer.SHOWN)
        elif self._window.session.is_closed:
            reply(Answer.WAS_LOCKED)
        else:
            # Told when the key is gone, not when the screen is.
            self._waiting.append(reply)
            self._window.lock()

    @Slot()
    def _tell_locked(self) -> None:
        waiting, self._waiting = self._waiting, []
        for reply in waiting:
            reply(Answer.LOCKED)
