"""A small dialog to say which skill of the safe a phrase of an advert is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from wallet_app.app.job_advert import phrase_key
from wallet_app.app.skill_models import ProvenSkill
from wallet_app.drawing.fonts import font
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["PickSkillSheet"]

_WIDTH, _HEIGHT = 520, 520
_MAX_NAME: Final = 160
_MAX_PHRASE: Final = 80


class _List(QListWidget):
    """Enter chooses, wherever Qt would have it only on some systems."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        let_through(self)
        look().changed.connect(self._dress)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        """Show the current row with and without the focus, in every theme."""
        tokens = look().tokens
        frame = f"2px solid {tokens.t1}" if tokens.outlined else f"2px solid {tokens.sel}"
        self.setStyleSheet(
            "QListWidget { background: transparent; }"
            f"QListWidget::item {{ padding: 6px 10px; border: 2px solid transparent; "
            f"border-radius: {RADII['small']}px; color: {tokens.t1}; }}"
            f"QListWidget::item:selected {{ background: {tokens.sel}; border: {frame}; }}"
            f"QListWidget::item:hover:!selected {{ background: {tokens.hover}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class PickSkillSheet(Sheet):
    """``picked`` gives the skill."""

    picked = Signal(object)

    def __init__(
        self, window: QWidget, context: Context, phrase: str, skills: Sequence[ProvenSkill]
    ) -> None:
        words = context.words
        super().__init__(
            window, words.text("advert.pick.title"), close_name=words.text("ui.close"),
            width=_WIDTH, height=_HEIGHT,
        )  # fmt: skip
        self._skills = sorted(skills, key=lambda skill: phrase_key(skill.name))
        said = plain_text(phrase, max_chars=_MAX_PHRASE)
        self._said = Label(
            words.text("advert.pick.text", phrase=said), "body", tone="t2", wrap=True
        )
        self.search = SearchField(
            words.text("advert.pick.search"), words.text("advert.pick.search"), "",
            words.text("library.clear"),
        )  # fmt: skip
        self.search.searched.connect(self._show)
        self.list = _List()
        self.list.setObjectName("skill-list")
        self.list.setAccessibleName(words.text("advert.pick.list"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFont(font("body", scale=look().scale))
        self.list.setUniformItemSizes(True)
        self.list.submitted.connect(self._finish)
        self.list.itemDoubleClicked.connect(self._finish)
        self.list.currentRowChanged.connect(self._settle)
        self._none = Label(words.text("advert.pick.none"), "body", tone="t2")
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text("advert.pick.go"), Kind.PRIMARY)
        self.go.setObjectName("skill-go")
        self.go.clicked.connect(self._finish)
        self._fill()
        self._show("")

    def _fill(self) -> None:
        self.body.setSpacing(12)
        for widget in (self._said, self.search, self._none):
            self.body.addWidget(widget)
        held = QVBoxLayout()
        held.addWidget(self.list)
        self.body.addLayout(held, 1)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    @Slot(str)
    def _show(self, text: str) -> None:
        wanted = phrase_key(text).split()
        self.list.clear()
        for skill in self._skills:
            key = phrase_key(skill.name)
            if all(word in key for word in wanted):
                item = QListWidgetItem(plain_text(skill.name, max_chars=_MAX_NAME))
                item.setData(Qt.ItemDataRole.UserRole, skill.key)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._none.setVisible(not self.list.count())
        self._settle()

    @Slot()
    def _settle(self) -> None:
        self.go.setEnabled(self.list.currentRow() >= 0)

    @Slot()
    def _finish(self) -> None:
        chosen = self.list.selectedItems()
        if not chosen:
            return
        key = chosen[0].data(Qt.ItemDataRole.UserRole)
        skill = next(skill for skill in self._skills if skill.key == key)
        self.close_sheet()
        self.picked.emit(skill)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Begin in the search line."""
        super().open_sheet(first or self.search.edit)

    def forget(self) -> None:
        """Drop every name."""
        self._skills = []
        self._said.setText("")
        self.search.forget()
        self.list.clear()
