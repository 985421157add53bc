"""Every command of the window, once: id, words, shortcut and what it does.

Menus, the side bar and tooltips read their texts and shortcuts from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from wallet_app.wording import Words

__all__ = ["ACTIONS", "ActionSpec", "Actions"]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command.

    Attributes:
        id: stable; its words are ``action.<id>``.
        shortcut: in Qt's portable form, "" for none.
        while_locked: whether it works without an open safe.
    """

    id: str
    shortcut: str = ""
    while_locked: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("search", "Ctrl+F"),
    ActionSpec("add", "Ctrl+N"),
    ActionSpec("paste", "Ctrl+V"),
    ActionSpec("show", "Ctrl+Return"),
    ActionSpec("save_copy", "Ctrl+S"),
    ActionSpec("check_again", "Ctrl+R"),
    ActionSpec("delete", "Del"),
    ActionSpec("watch"),
    ActionSpec("read_code"),
    ActionSpec("undo", "Ctrl+Z"),
    ActionSpec("back", "Esc"),
    ActionSpec("section_1", "Ctrl+1"),
    ActionSpec("section_2", "Ctrl+2"),
    ActionSpec("section_3", "Ctrl+3"),
    ActionSpec("section_4", "Ctrl+4"),
    ActionSpec("section_5", "Ctrl+5"),
    ActionSpec("section_6", "Ctrl+6"),
    ActionSpec("settings", "Ctrl+,"),
    ActionSpec("lock", "Ctrl+L", while_locked=True),
)


class Actions:
    """The commands as ``QAction`` of the window; each is bound to its handler once."""

    def __init__(self, window: QWidget, words: Words) -> None:
        """Make all actions, unbound and disabled."""
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(window)
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setEnabled(False)
            window.addAction(action)
            self._actions[spec.id] = action
        self.retranslate(words)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def bind(self, action_id: str, handler: Callable[[], object]) -> None:
        """Give an action what it does; it is enabled from now on."""
        action = self._actions[action_id]
        action.triggered.connect(handler)
        action.setEnabled(True)

    def retranslate(self, words: Words) -> None:
        """Take the words of a language."""
        for action_id, action in self._actions.items():
            action.setText(words.text(f"action.{action_id}"))

    def shortcut_text(self, action_id: str) -> str:
        """Return the shortcut as this system writes it, with a space for reading."""
        text = self._actions[action_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return text.replace("+", " ")

    def enable(self, *, unlocked: bool) -> None:
        """Switch every bound action with the state of the safe."""
        for spec in ACTIONS:
            bound = self._actions[spec.id]
            bound.setEnabled(unlocked or spec.while_locked)
