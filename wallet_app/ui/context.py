"""What every screen is given, in one value, and what a screen may ask of the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from wallet_app.app.settings import Language, Settings
from wallet_app.wording import Words

if TYPE_CHECKING:
    from wallet_app.app.models import BadgeRow
    from wallet_app.errors import CoffreError
    from wallet_app.ui.actions import Actions
    from wallet_app.ui.bridge import Bridge
    from wallet_app.ui.components.sheet import Sheet
    from wallet_app.ui.pictures import Pictures
    from wallet_app.ui.seams import Seams
    from wallet_app.ui.session import Session

__all__ = ["Context", "Deed", "Preferences", "Stage"]

Deed = Callable[[], None]
"""What is done when the person agrees."""


class Stage(Protocol):
    """The window, as far as screens may use it."""

    words: Words
    session: "Session"

    def lock(self) -> None:
        """Lock the safe now."""

    def look_again(self, *, to_restore: bool = False) -> None:
        """Show what stands before the closed safe, as its folder is found now.

        ``to_restore``: where there is none, lead to the backups at once.
        """

    def show_page(self, page_id: str) -> None:
        """Show one of the pages of the side bar."""

    def show_badge(self, badge_id: str) -> None:
        """Open the detail of a badge."""

    def show_several(self, rows: "Sequence[BadgeRow]") -> None:
        """Open the dialog that shows several badges as one."""

    def open_sheet(self, sheet: "Sheet") -> None:
        """Show a dialog over the window; it is deleted when it closes."""

    def toast(
        self, text: str, action_text: str = "", action: Deed | None = None, *, icon: str = "check"
    ) -> None:
        """Say that something is done, with at most one action beside it.

        ``icon``: another where nothing was done.
        """

    def offer_undo(
        self, text: str, undo: Callable[[], None], undo_text: str = "", away: Sequence[str] = ()
    ) -> None:
        """Say what was done; it can be undone there and by the Undo shortcut until the lock.

        ``undo_text`` names what is undone, where that is no deletion; ``away`` are the badges
        that a deletion took away: once all are back, there is nothing left to undo.
        """

    def keep_undo(self, text: str, undo: Callable[[], None]) -> None:
        """Keep how to undo what ``text`` says, for the menu, without a message."""

    def report(self, error: "CoffreError") -> None:
        """Say that something could not be done, in one sentence."""

    def announce(self, text: str) -> None:
        """Tell a screen reader."""


class Preferences(Protocol):
    """The settings in force; setting them saves them and takes effect at once."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""

    @property
    def language(self) -> Language:
        """The language that was chosen, for this start or for good."""

    def choose_language(self, language: Language) -> None:
        """Save a language and speak it, even if only this start had spoken another."""

    def change(self, settings: Settings) -> None:
        """Save and apply; a change of language rebuilds the screens."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a screen stands on. ``words`` is new after a change of language."""

    words: Words
    bridge: "Bridge"
    session: "Session"
    seams: "Seams"
    pictures: "Pictures"
    actions: "Actions"
    stage: Stage
    preferences: Preferences
