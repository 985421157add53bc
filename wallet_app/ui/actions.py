"""Every command of the window, once: id, words, shortcut, group, and when it can be done.

Menus, the palette, the sheet of shortcuts, the side bar and tooltips read their texts,
shortcuts and states from here (ADR 0085); what each does is bound in ``navigation``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from wallet_app.wording import Words, plain_text

__all__ = ["ACTIONS", "LIST_KEYS", "ActionSpec", "Actions", "Group", "State", "When", "key_text"]

_MAX_UNDONE = 60


class Group(StrEnum):
    """The menus, in order; words are ``menu.<group>``."""

    SAFE = "safe"
    EDIT = "edit"
    BADGE = "badge"
    VIEW = "view"
    GO = "go"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class State:
    """What the window is like now, as far as it decides what can be done.

    Attributes:
        unlocked: whether the safe is open. dialog: whether one lies over the window.
        badge: whether one is shown, selected, or stood on in a list that has the focus.
        badge_page: whether the page of one badge is shown. undo: whether anything can be undone.
        library: whether the library shows badges.
    """

    unlocked: bool = False
    dialog: bool = False
    badge: bool = False
    badge_page: bool = False
    undo: bool = False
    library: bool = False

    @property
    def free(self) -> bool:
        """Whether the open safe is there to be worked with."""
        return self.unlocked and not self.dialog


class When(Enum):
    """When an action can be done."""

    ALWAYS = "always"
    NO_DIALOG = "no_dialog"
    OPEN = "open"
    BADGE = "badge"
    BADGE_PAGE = "badge_page"
    LIBRARY = "library"
    UNDO = "undo"

    def holds(self, state: State) -> bool:
        """Whether it can be done in ``state``."""
        return {
            When.ALWAYS: True,
            When.NO_DIALOG: not state.dialog,
            When.OPEN: state.free,
            When.BADGE: state.free and state.badge,
            When.BADGE_PAGE: state.free and state.badge_page,
            When.LIBRARY: state.free and state.library,
            When.UNDO: state.free and state.undo,
        }[self]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command.

    Attributes:
        id: stable; its words are ``action.<id>``.
        group: the menu that it stands in; a line is drawn where ``apart``.
        shortcuts: in Qt's portable form, the one that is shown first.
    """

    id: str
    group: Group
    when: When
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    apart: bool = False

    @property
    def shortcut(self) -> str:
        """The one that is shown, "" for none."""
        return self.shortcuts[0] if self.shortcuts else ""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("add", Group.SAFE, When.OPEN, ("Ctrl+N",), "add"),
    ActionSpec("add_folder", Group.SAFE, When.OPEN, (), "folder"),
    ActionSpec("paste", Group.SAFE, When.OPEN, ("Ctrl+V",), "paste"),
    ActionSpec("read_code", Group.SAFE, When.OPEN, (), "qr"),
    ActionSpec("samples", Group.SAFE, When.OPEN, (), "badge"),
    ActionSpec("backup", Group.SAFE, When.OPEN, (), "drive", apart=True),
    ActionSpec("check_all", Group.SAFE, When.OPEN, (), "refresh"),
    ActionSpec("lock", Group.SAFE, When.ALWAYS, ("Ctrl+L",), "lock", apart=True),
    ActionSpec("quit", Group.SAFE, When.ALWAYS, ("Ctrl+Q",), "close"),
    ActionSpec("undo", Group.EDIT, When.UNDO, ("Ctrl+Z",), "undo"),
    ActionSpec("search", Group.EDIT, When.OPEN, ("Ctrl+F",), "search", apart=True),
    ActionSpec("select_all", Group.EDIT, When.LIBRARY, (), "check"),
    ActionSpec("show", Group.BADGE, When.BADGE, ("Ctrl+Return",), "share"),
    ActionSpec("save_copy", Group.BADGE, When.BADGE, ("Ctrl+S",), "download"),
    ActionSpec("check_again", Group.BADGE, When.BADGE, ("Ctrl+R",), "refresh"),
    ActionSpec("favourite", Group.BADGE, When.BADGE, ("Ctrl+D",), "star", apart=True),
    ActionSpec("file", Group.BADGE, When.BADGE, ("Ctrl+T",), "tag"),
    ActionSpec("note", Group.BADGE, When.BADGE, ("Ctrl+E",), "pencil"),
    ActionSpec("delete", Group.BADGE, When.BADGE, ("Del",), "trash", apart=True),
    ActionSpec("cards", Group.VIEW, When.LIBRARY, ("Ctrl+Shift+C",), "grid"),
    ActionSpec("list", Group.VIEW, When.LIBRARY, ("Ctrl+Shift+L",), "list"),
    ActionSpec("back", Group.VIEW, When.OPEN, ("Esc",), "back", apart=True),
    ActionSpec("section_1", Group.GO, When.OPEN, ("Ctrl+1",), "safe"),
    ActionSpec("section_2", Group.GO, When.OPEN, ("Ctrl+2",), "skills"),
    ActionSpec("section_3", Group.GO, When.OPEN, ("Ctrl+3",), "shares"),
    ActionSpec("section_4", Group.GO, When.OPEN, ("Ctrl+4",), "history"),
    ActionSpec("section_5", Group.GO, When.OPEN, ("Ctrl+5",), "backups"),
    ActionSpec("section_6", Group.GO, When.OPEN, ("Ctrl+6",), "trash"),
    ActionSpec("watch", Group.GO, When.OPEN, (), "eye"),
    ActionSpec("settings", Group.GO, When.OPEN, ("Ctrl+,", "Ctrl+7"), "settings"),
    ActionSpec("palette", Group.HELP, When.NO_DIALOG, ("Ctrl+K", "Ctrl+Shift+P"), "command"),
    ActionSpec("shortcuts", Group.HELP, When.NO_DIALOG, ("F1", "Ctrl+/"), "help"),
    ActionSpec("menu", Group.HELP, When.NO_DIALOG, ("F10",), "more"),
    ActionSpec("about", Group.HELP, When.OPEN, (), "info", apart=True),
)

LIST_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("open", ("Return",)),
    ("select", ("Space",)),
    ("select_range", ("Shift+Space",)),
    ("select_all", ("Ctrl+A",)),
    ("select_none", ("Esc",)),
    ("context_menu", ("Shift+F10",)),
)
"""Keys of the list of badges, which no menu holds; words are ``list_key.<id>``."""


class Actions(QObject):
    """The commands as ``QAction`` of the window; each is bound to its handler once.

    Signals:
        state_changed: other actions can be done now.
    """

    state_changed = Signal()

    def __init__(self, window: QWidget, words: Words) -> None:
        """Make all actions, unbound and disabled."""
        super().__init__(window)
        self.specs = {spec.id: spec for spec in ACTIONS}
        self.state = State()
        self._words = words
        self._undone = ""
        self._actions: dict[str, QAction] = {}
        self._bound: set[str] = set()
        for spec in ACTIONS:
            action = QAction(window)
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
            # Its place in the menu of a Mac would else be guessed from its words.
            action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
            action.setEnabled(False)
            window.addAction(action)
            self._actions[spec.id] = action
        self.retranslate(words)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def bind(self, action_id: str, handler: Callable[[], object]) -> None:
        """Give an action what it does; it is enabled when the state allows it."""
        self._actions[action_id].triggered.connect(handler)
        self._bound.add(action_id)
        self._enable(action_id)

    def in_group(self, group: Group) -> Iterator[ActionSpec]:
        """Give the actions of a menu, in order."""
        return (spec for spec in ACTIONS if spec.group is group)

    def retranslate(self, words: Words) -> None:
        """Take the words of a language."""
        self._words = words
        for action_id, action in self._actions.items():
            action.setText(words.text(f"action.{action_id}"))
        self.name_undo(self._undone)

    def name_undo(self, what: str) -> None:
        """Say in the menu what would be undone, in a sentence; "" when there is nothing."""
        self._undone = what
        words = self._words
        named = plain_text(what, max_chars=_MAX_UNDONE).rstrip(".").replace("&", "&&")
        text = words.text("action.undo_named", what=named) if what else words.text("action.undo")
        self._actions["undo"].setText(text)

    def by_keys(self, keys: QKeySequence) -> QAction | None:
        """Return the action that has this shortcut, None for none."""
        return next((one for one in self._actions.values() if keys in one.shortcuts()), None)

    def shortcut_text(self, action_id: str) -> str:
        """Return the shortcut as this system writes it, with a space for reading."""
        return key_text(self._actions[action_id].shortcut())

    def shortcut_texts(self, action_id: str) -> list[str]:
        """Return every shortcut that is told, as ``shortcut_text``."""
        return [key_text(keys) for keys in self._actions[action_id].shortcuts()]

    def enable(self, state: State) -> None:
        """Switch every action with the state of the window."""
        if state == self.state:
            return
        self.state = state
        for action_id in self._bound:
            self._enable(action_id)
        self.state_changed.emit()

    def _enable(self, action_id: str) -> None:
        self._actions[action_id].setEnabled(self.specs[action_id].when.holds(self.state))


_CAPS = {"Return": "Enter", "Retour": "Entrée"}
"""What stands on the key; Qt says what it does."""
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


def key_text(keys: QKeySequence) -> str:
    """Return keys as this system writes them, with a space for reading."""
    text = keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ").strip()
    return " ".join(_CAPS.get(key, key) for key in text.split(" "))
