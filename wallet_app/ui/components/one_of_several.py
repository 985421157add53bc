"""Buttons of which one is marked: one tab stop, arrows within, told as one of several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from wallet_app.ui.components.spoken_role import GROUP, speak_as

__all__ = ["OneOfSeveral"]


class OneOfSeveral(QWidget):
    """``chosen`` gives the index of a button when the person changes it."""

    chosen = Signal(int)

    def __init__(self, name: str, on: Qt.Key, back: Qt.Key) -> None:
        """``on`` and ``back`` are the arrows that move."""
        super().__init__()
        speak_as(self, GROUP)
        self.setAccessibleName(name)
        self._on, self._back = on, back
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)

    def adopt(self, buttons: Sequence[QAbstractButton]) -> None:
        """Take the buttons in their order; the first is marked."""
        for at, button in enumerate(buttons):
            button.setCheckable(True)
            # One of several, and told so: a bare checkable button is called a check box.
            button.setAutoExclusive(True)
            self._group.addButton(button, at)
        self.choose(0)

    @property
    def current(self) -> int:
        """The index of the marked one."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Mark one, without a signal."""
        self._group.button(at).setChecked(True)
        for button in self._group.buttons():
            policy = Qt.FocusPolicy
            button.setFocusPolicy(policy.StrongFocus if button.isChecked() else policy.ClickFocus)

    def focus_current(self) -> None:
        """Put the focus on the marked one."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, to the first with Home and to the last with End."""
        count, at = len(self._group.buttons()), self._group.checkedId()
        places = {
            self._on: (at + 1) % count,
            self._back: (at - 1) % count,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
            return
        button = self._group.button(place)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    @Slot(int)
    def _tell(self, at: int) -> None:
        self.choose(at)
        self.chosen.emit(at)
