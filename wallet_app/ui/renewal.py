"""Makes the screens anew, in other words or another size of the text, a part in each turn."""

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.screens import Screens

__all__ = ["Renewal"]


class Renewal(QObject):
    """All at once would hold up the window for longer than 50 ms.

    Until the new screens are ready those that are there stay, and take keys and clicks: whoever
    chooses another size meanwhile begins anew, and the page, or the badge, that was gone to
    meanwhile is shown in the new ones, with what is searched for. What was typed elsewhere and
    not saved goes with the old ones: a pasted advert, an identifier, the first passphrase. A
    lock drops what is half made.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._made: Screens | None = None
        self._steps: Generator[None] | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self.advance)

    @property
    def is_under_way(self) -> bool:
        """Whether new screens are wanted that are not shown yet."""
        return self._steps is not None

    @property
    def is_half_made(self) -> bool:
        """Whether there are new screens that are not shown yet."""
        return self._made is not None

    def begin(self) -> None:
        """Make them, after the handler of the control that is about to be replaced."""
        self._give_up()
        self._steps = self._make()
        self._turn.start()

    def finish(self) -> None:
        """Make at once what is still to be made."""
        while self._steps is not None:
            self.advance()

    def drop(self) -> None:
        """Leave it at the screens that there are, which a lock takes away; the gate is new."""
        if self._steps is not None:
            self._give_up()
            self._window.renew_words()
            self._window.stack.drop_gates()

    @Slot()
    def advance(self) -> None:
        """Make the next part."""
        steps = self._steps
        try:
            if steps is not None:
                next(steps)
                self._turn.start()
        except StopIteration:
            if steps is self._steps:
                self._steps = None

    def _make(self) -> Generator[None]:
        window = self._window
        window.renew_words()
        if window.session.is_open:
            self._made = window.stack.make_screens()
            yield
            self._made.shell.stand_ready(_kept(window.current_page))
            if window.current_page == "settings" and window.tasks is not None:
                window.tasks.ready_section(self._made.shell)
            yield
            if window.current_page == "badge":
                self._made.shell.page("badge")
                yield
        made, self._made = self._made, None
        self._change_over(made)

    def _change_over(self, made: "Screens | None") -> None:
        """Show the page that is shown now in the new screens, with the focus as it is."""
        window, page = self._window, self._window.current_page
        badge_id = window.detail.badge_id if page == "badge" else ""
        tasks = window.tasks if page == "settings" else None
        if tasks is not None:
            tasks.remember_section()
        if made is not None and window.stack.has_screens:
            made.take_over(window.screens)
        window.stack.take_screens(made)
        if page:
            window.shell.show_page(_kept(page))
        if badge_id:
            window.show_badge(badge_id)
        if tasks is not None:
            tasks.tell_changed_look()
        window.held_picture.end_soon()

    def _give_up(self) -> None:
        self._turn.stop()
        self._steps = None
        made, self._made = self._made, None
        if made is not None:
            made.shell.forget()
            made.shell.deleteLater()


def _kept(page: str) -> str:
    """Return what new screens show first where ``page`` was: a badge leads back to the safe."""
    return page if page != "badge" else "safe"
