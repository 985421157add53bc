"""The tab "My skills": the list by framework and over time, the years, and what moves."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.empty_state import EmptyState
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.room import FilledRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.pages.skill_lines import SkillsShown, found_lines
from wallet_app.ui.pages.skill_moves_card import MoveList
from wallet_app.ui.pages.skills_list import SkillsList, SkillsModel, TimeHead
from wallet_app.ui.pages.year_panel import YearPanel
from wallet_app.ui.theme import look

__all__ = ["MySkills"]

_STACK_BELOW: Final = 760
_TIGHT_BELOW: Final = 940
_LIST_STACKED: Final = 420
_MOVES_LEAST: Final = 180
_LEAST_HEIGHT: Final = 440
_SHARES: Final = (492, 480)
_SHARES_TIGHT: Final = (470, 354)
"""Of the width, for the list and for what stands beside it."""


class MySkills(QWidget):
    """Shows one overview.

    Signals:
        skill_asked: a ``ProvenSkill`` is to be opened.
        move_asked: a ``Move`` is to be followed.
        counted: how many skills a filter finds, or -1 without one.
        declare_asked: the person wants to declare a skill themselves.
    """

    skill_asked = Signal(object)
    move_asked = Signal(object)
    counted = Signal(int)
    declare_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        words = context.words
        self._context = context
        self.shown: SkillsShown | None = None
        self._typed = ""
        self.model = SkillsModel(self)
        self.view = SkillsList(words.text("skills_page.list"), self.model)
        self.view.opened.connect(self.skill_asked)
        self._head = TimeHead()
        self.view.inner_width_changed.connect(self._head.follow)
        self.years = YearPanel(context)
        self.moves = MoveList(words.text("skills_page.moves"))
        self.moves.asked.connect(self.move_asked)
        self._still = Label(words.text("skills_page.nothing_moves"), "small", tone="t2", wrap=True)
        self._refused = Label("", "small", tone="t2", wrap=True)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._content = ScrollColumn(margins=(MARGIN, 18, MARGIN, MARGIN - 4))
        self._room = FilledRoom(self._beside_each_other())
        self._content.column.addWidget(self._room, 1)
        self._no_badges = self._empty("no_badges", add=True)
        self._no_skills = self._empty("no_skills", add=False)
        for widget in (self._blank, self._content, self._no_badges, self._no_skills):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    # --- layout ------------------------------------------------------------------------

    def _beside_each_other(self) -> QWidget:
        holder = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(20)
        self._beside.addWidget(self._list_panel(), 1)
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(20)
        aside.addWidget(self.years)
        aside.addWidget(self._moves_panel(), 1)
        self._beside.addWidget(self._aside, 1)
        return holder

    def _list_panel(self) -> QWidget:
        words = self._context.words
        self._list_card = Panel()
        no_match = EmptyState(
            "search", words.text("skills_page.no_match"), words.text("skills_page.no_match_hint")
        )
        self._found = QStackedWidget()
        self._found.addWidget(self.view)
        self._found.addWidget(no_match)
        inside = QVBoxLayout(self._list_card)
        inside.setContentsMargins(1, 1, 1, 8)
        inside.setSpacing(0)
        inside.addWidget(self._head)
        inside.addWidget(self._found, 1)
        return self._list_card

    def _moves_panel(self) -> QWidget:
        words = self._context.words
        panel = Panel()
        panel.setMinimumHeight(look().px(_MOVES_LEAST))
        note = Label(words.text("skills_page.only_verified"), "small", tone="t2", wrap=True)
        self.declare = LinkButton(words.text("skills_page.declare"))
        self.declare.clicked.connect(self.declare_asked)
        # The notes scroll too: in a low window they must not take the findings' room.
        scroll = ScrollColumn(margins=(20, 0, 20, 0))
        scroll.column.setSpacing(6)
        scroll.column.addWidget(self.moves)
        scroll.column.addWidget(self._still)
        scroll.column.addStretch(1)
        for widget in (note, self._refused):
            scroll.column.addWidget(widget)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 16, 0, 14)
        column.setSpacing(6)
        column.addLayout(_inset(Label(words.text("skills_page.moves"), "heading")))
        column.addWidget(scroll, 1)
        column.addWidget(Line())
        column.addLayout(_inset(self.declare))
        return panel

    def _empty(self, kind: str, *, add: bool) -> EmptyState:
        words = self._context.words
        state = EmptyState(
            "skills", words.text(f"skills_page.{kind}"), words.text(f"skills_page.{kind}_text")
        )
        if add:
            button = Button(words.text("library.add"), Kind.PRIMARY, icon="add")
            button.clicked.connect(self._add)
            state.add_button(button)
        return state

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rest below the list where there is no room beside it."""
        width = event.size().width() - 2 * MARGIN
        narrow = width < look().px(_STACK_BELOW)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._list_card.setMinimumHeight(look().px(_LIST_STACKED) if narrow else 0)
        shares = _SHARES_TIGHT if width < look().px(_TIGHT_BELOW) else _SHARES
        for at, share in enumerate((0, 0) if narrow else shares):
            self._beside.setStretch(at, share)
        least = self._beside.totalHeightForWidth(width) if narrow else look().px(_LEAST_HEIGHT)
        self._room.setMinimumHeight(least)
        super().resizeEvent(event)

    # --- what is shown -----------------------------------------------------------------

    def show_skills(self, shown: SkillsShown) -> None:
        """Show an overview; the current skill stays current."""
        words = self._context.words
        self.shown = shown
        overview = shown.overview
        self._head.show_span(shown.span)
        self.years.show_years(shown)
        self.moves.show_moves(overview.moves, words)
        self._still.setVisible(not overview.moves)
        self._refused.setText(
            words.plural("skills_page.refused", overview.refused) if overview.refused else ""
        )
        self._refused.setVisible(bool(overview.refused))
        self._show_found()
        if overview.skills:
            self._stack.setCurrentWidget(self._content)
        else:
            self._stack.setCurrentWidget(self._no_skills if overview.rows else self._no_badges)

    @Slot()
    def _add(self) -> None:
        self._context.actions["add"].trigger()

    @Slot(str)
    def look_for(self, typed: str) -> None:
        """Show only the skills that all words of ``typed`` are in."""
        self._typed = typed
        self._show_found()

    def _show_found(self) -> None:
        if self.shown is None:
            return
        kept = self.view.current_key
        lines = found_lines(self.shown.lines, self._typed)
        self.model.show_lines(lines)
        self.view.make_current(kept)
        self._found.setCurrentIndex(0 if lines else 1)
        found = sum(line.skill is not None for line in lines)
        self.counted.emit(found if self._typed.strip() else -1)

    def focus_list(self) -> None:
        """Put the focus where work begins."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop every name."""
        self.shown = None
        self._typed = ""
        self.model.show_lines([])
        self._head.show_span(None)
        self.years.forget()
        self.moves.show_moves((), self._context.words)
        self._refused.setText("")
        self._stack.setCurrentWidget(self._blank)


def _inset(widget: QWidget) -> QVBoxLayout:
    around = QVBoxLayout()
    around.setContentsMargins(20, 0, 20, 0)
    around.addWidget(widget)
    return around
