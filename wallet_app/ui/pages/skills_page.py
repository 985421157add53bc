"""Skills: what the badges of the safe prove, by framework and over time, and what is missing."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.skill_models import ProvenSkill
from wallet_app.app.skill_moves import Move
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.room import HeadedRoom, Room
from wallet_app.ui.components.search_field import SearchField
from wallet_app.ui.components.tab_row import TabRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.my_skills import MySkills
from wallet_app.ui.pages.page import MARGIN, Page
from wallet_app.ui.pages.skill_lines import SkillsShown
from wallet_app.ui.pages.skills_advert import SkillsAdvert
from wallet_app.ui.pages.skills_loading import SkillsLoading
from wallet_app.ui.sheets.skill_sheet import SkillSheet
from wallet_app.ui.sheets.skills_record_sheet import SkillsRecordSheet

__all__ = ["SkillsPage"]

_MINE: Final = 0


class SkillsPage(Page):
    """A head, tabs, and what they show."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = context.words
        self.search = SearchField(
            words.text("skills_page.filter_name"), words.text("skills_page.filter_hint"), "",
            words.text("library.clear"),
        )  # fmt: skip
        self.mine = MySkills(context)
        self.mine.skill_asked.connect(self.open_skill)
        self.mine.move_asked.connect(self._follow)
        self.mine.counted.connect(self._count)
        self.search.searched.connect(self.mine.look_for)
        self.search.moved_down.connect(self.mine.focus_list)
        self.loading = SkillsLoading(context.session, context.bridge, words, self)
        self.loading.progressed.connect(self._tell_progress)
        self.loading.loaded.connect(self._take)
        self.loading.failed.connect(self._fail)
        self._summary = Label("", "body", tone="t2", wrap=True)
        self.save = Button(words.text("skills_page.save"), icon="file")
        self.save.clicked.connect(self.open_record)
        self.save.setEnabled(False)
        tabs = [words.text(f"skills_page.tab_{name}") for name in ("mine", "advert")]
        self.tabs = TabRow(words.text("page.skills"), tabs)
        self.tabs.add_aside(self.search)
        self.tabs.chosen.connect(self.show_tab)
        self.advert = SkillsAdvert(context)
        self.mine.declare_asked.connect(self.advert.declare)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.mine)
        around = (MARGIN, 18, MARGIN, MARGIN - 4)
        self._stack.addWidget(Room(self.advert, self.advert.least_height, around))
        self._lay_out()
        context.session.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = PageHead(self.context.words.text("page.skills"), margin=MARGIN, gap=14)
        head.add(self._summary)
        head.add_spring()
        head.add(self.save)
        tabs = QWidget()
        around = QHBoxLayout(tabs)
        around.setContentsMargins(MARGIN, 0, MARGIN, 0)
        around.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([head, tabs], self._stack))

    # --- what is shown -----------------------------------------------------------------

    def entered(self) -> None:
        """Read what is new; the focus goes to where work begins."""
        self._begin()
        self.loading.start()

    @Slot(int)
    def show_tab(self, at: int) -> None:
        """Show one of the tabs; the focus stays where it is."""
        self.tabs.choose(at)
        self._stack.setCurrentIndex(at)
        self._settle_head()

    def _begin(self) -> None:
        if self.tabs.current == _MINE:
            self.mine.focus_list()
        else:
            self.advert.entered()

    def _settle_head(self) -> None:
        """Show what belongs to the list of skills beside the list alone."""
        shown = self.mine.shown
        mine = self.tabs.current == _MINE
        any_skill = shown is not None and bool(shown.overview.skills)
        self.save.setVisible(mine)
        self.save.setEnabled(any_skill)
        self.search.setVisible(mine and (shown is None or any_skill))

    def search_here(self) -> bool:
        """Look among the skills, not among the badges."""
        if self.tabs.current != _MINE:
            self.show_tab(_MINE)
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()
        return True

    def forget(self) -> None:
        """Drop every name."""
        self.loading.forget()
        self.search.forget()
        self._summary.setText("")
        self.mine.forget()
        self.advert.forget()
        self.show_tab(_MINE)

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self.loading.start()

    @Slot(int, int)
    def _tell_progress(self, done: int, total: int) -> None:
        words = self.context.words
        numbers = {"done": words.number(done), "total": words.number(total)}
        self._summary.setText(words.text("skills_page.reading", **numbers))

    @Slot(object)
    def _take(self, shown: SkillsShown) -> None:
        had_focus = self.mine.view.hasFocus()
        self.mine.show_skills(shown)
        self._summary.setText(shown.summary if shown.overview.skills else "")
        self.advert.set_skills(shown.overview.skills)
        self._settle_head()
        if had_focus:
            self.mine.focus_list()

    @Slot(object)
    def _fail(self, error: CoffreError) -> None:
        self._summary.setText("")
        self.context.stage.report(error)

    @Slot(int)
    def _count(self, found: int) -> None:
        self.search.set_count(self.context.words.number(found) if found >= 0 else "")

    # --- further -----------------------------------------------------------------------

    @Slot(object)
    def open_skill(self, skill: ProvenSkill) -> None:
        """Show the proofs of a skill."""
        self.context.stage.open_sheet(SkillSheet(self.window(), self.context, skill))

    @Slot(object)
    def _follow(self, move: Move) -> None:
        if move.badge_id:
            self.context.stage.show_badge(move.badge_id)
            return
        shown = self.mine.shown
        skills = shown.overview.skills if shown is not None else ()
        skill = next((one for one in skills if one.key == move.skill_key), None)
        if skill is not None:
            self.open_skill(skill)

    @Slot()
    def open_record(self) -> None:
        """Let the record be saved."""
        shown = self.mine.shown
        if shown is not None:
            sheet = SkillsRecordSheet(self.window(), self.context, shown.overview)
            self.context.stage.open_sheet(sheet)
