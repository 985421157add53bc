"""The dialog that shows a badge to someone. It says what leaves before anything does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wallet_app.app.link_codes import QrCode
from wallet_app.app.share_models import ShownBy
from wallet_app.errors import CoffreError
from wallet_app.ui.badge_art import BadgeArt
from wallet_app.ui.components.keys import ENTER
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.way_list import WayList
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.facts_reader import FactsReader
from wallet_app.ui.sheets.linkedin_panel import LinkedInPanel
from wallet_app.ui.sheets.share_acts import ShareActs
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_foot import ShareFoot
from wallet_app.ui.sheets.share_middle import ISSUER, MINE, ShareMiddle
from wallet_app.ui.sheets.share_parts import Rule, WhomPart
from wallet_app.ui.sheets.share_side import ShareSide
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["Position", "ShareSheet"]

_WIDTH, _HEIGHT = 1136, 716
_MARK: Final = 36
_LIST: Final = 292
_LIST_NARROW: Final = 264
_LIST_PART: Final = 0.42
_SIDE: Final = 346
_MIDDLE_LEAST: Final = 150
_NARROW: Final = 1060


@dataclass(frozen=True, slots=True)
class Position:
    """Where a badge stands among several that are shown one after the other, from 1."""

    at: int = 1
    count: int = 1

    @property
    def is_last(self) -> bool:
        """Whether none follows."""
        return self.at >= self.count


class ShareSheet(Sheet):
    """Ways at the left, what one of them means in the middle, what the reader sees at the right.

    Signals:
        code_wanted: the code is to fill the window; gives the facts.
        portfolio_wanted: this badge is to be shown with others.
        page_wanted: the person wants to set up their page.
        settings_wanted: public links are to be allowed.
        next_wanted: the next of several badges is to be shown, in the same way.
    """

    code_wanted = Signal(object, bool)
    portfolio_wanted = Signal()
    page_wanted = Signal()
    settings_wanted = Signal()
    next_wanted = Signal()

    def __init__(
        self, window: QWidget, context: Context, facts: ShareFacts, position: Position = Position()
    ) -> None:
        words = context.words
        name = plain_text(facts.detail.row.name, max_chars=160)
        if position.count > 1:
            name = words.text("share.position", name=name, at=position.at, count=position.count)
        super().__init__(
            window,
            words.text("share.title"),
            subtitle=name,
            close_name=words.text("ui.close"),
            width=_WIDTH,
            height=_HEIGHT,
        )
        self._context, self.facts = context, facts
        self._acts = ShareActs(context, facts, self)
        self._acts.code_recorded.connect(self._show_full)
        self._acts.working.connect(self._show_work)
        self._acts.done.connect(self._be_closed)
        self._codes: dict[str, QrCode] = {}
        self._source = MINE if facts.my_link in facts.code_links else ISSUER
        self._way = facts.first_way()
        art = BadgeArt(context.pictures, facts.detail.row.id, _MARK, centred=True)
        self.header.insertWidget(0, art)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._build(has_next=not position.is_last)
        self.show_way(self._way)

    # --- building ----------------------------------------------------------------------

    def _build(self, *, has_next: bool) -> None:
        words = self._context.words
        self.ways = WayList(words.text("share.ways"), self.facts.ways())
        self.ways.chosen.connect(self._choose)
        self.ways.entered.connect(self._go_to_act)
        self._list = ScrollColumn(margins=(14, 12, 14, 12))
        listed = self._list.column
        listed.addWidget(self.ways)
        listed.addSpacing(6)
        note = QHBoxLayout()
        note.setContentsMargins(14, 0, 14, 0)
        note.addWidget(Label(words.text("share.nothing_yet"), "small", tone="t3", wrap=True))
        listed.addLayout(note)
        listed.addStretch(1)
        self._side = ShareSide(self._context, self.facts)
        self._side.setFixedWidth(_SIDE)
        self._side.code_made.connect(self._take_code)
        self._side.code_refused.connect(self._refuse_code)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(Rule())
        row.addWidget(self._build_middle(), 1)
        row.addWidget(self._side)
        self.body.addLayout(row, 1)
        self._fill_footer(has_next=has_next)

    def _build_middle(self) -> ScrollColumn:
        self._middle = ShareMiddle(self.facts)
        self._middle.copy_asked.connect(self._acts.copy_value)
        self._middle.way_wanted.connect(self._show_instead)
        self._middle.page_wanted.connect(self._leave_for_page)
        self._middle.settings_wanted.connect(self._leave_for_settings)
        self._middle.source_chosen.connect(self._choose_source)
        self._middle.parts_chosen.connect(self._withhold)
        self._whom = WhomPart(self._context)
        self._whom.submitted.connect(self._act)
        self._whom.agreed.connect(self._agree)
        self.whom, self.consent = self._whom.field, self._whom.consent
        # In large text what must be filled in comes first, and both scroll together.
        self._middle.setMinimumHeight(look().px(_MIDDLE_LEAST))
        both = ScrollColumn()
        both.column.addWidget(self._middle, 1)
        both.column.addWidget(self._whom)
        return both

    def _fill_footer(self, *, has_next: bool) -> None:
        foot = self._foot = ShareFoot(self._context, self, has_next=has_next)
        self.cancel, self.next = foot.cancel, foot.next
        self.second, self.primary = foot.second, foot.primary
        self.cancel.clicked.connect(self.dismiss)
        self.next.clicked.connect(self._go_on)
        self.second.clicked.connect(self._act_second)
        self.primary.clicked.connect(self._act)
        foot.fill(self.footer)

    # --- one way -----------------------------------------------------------------------

    @Slot(str)
    def _choose(self, way_id: str) -> None:
        self.show_way(ShownBy(way_id))

    @Slot(str)
    def _show_instead(self, way_id: str) -> None:
        """The button that was pressed is gone: go on where the other way is done."""
        self.show_way(ShownBy(way_id))
        self._go_to_act()

    @property
    def way(self) -> ShownBy:
        """The way that is shown."""
        return self._way

    @property
    def code(self) -> QrCode | None:
        """The code of what is chosen, None until it is made."""
        return self._codes.get(self._source)

    def show_way(self, way: ShownBy) -> None:
        """Say everything about one way of showing."""
        self._way = way
        self._whom.ask_consent(asked=way is ShownBy.PUBLIC_LINK)
        self.ways.choose(way.value)
        kit = way is ShownBy.LINKEDIN and self.facts.is_possible(way)
        self._middle.fill(way, source=self._source, more=[self._linkedin()] if kit else [])
        self._whom.setVisible(self.facts.is_possible(way) and way is not ShownBy.PORTFOLIO)
        self._side.fill(way, code=self.code, links=self._links)
        if way is ShownBy.QR and self.code is not None:
            self._middle.tell_code(self.code)
        self._foot.tell(way, self.facts, self.code)
        self._show_buttons(way)

    def _linkedin(self) -> LinkedInPanel:
        panel = LinkedInPanel(self._context, self.facts, self._acts)
        panel.changed.connect(self._read_again)
        return panel

    @Slot()
    def _read_again(self) -> None:
        """What was kept for the issuer stands in LinkedIn's address now."""
        told = self._context.words.text("share.linkedin.organisation_kept")
        self._read(self.facts.withheld, partial(self._context.stage.toast, told))

    @Slot(object, int)
    def _withhold(self, withheld: frozenset[int], at: int) -> None:
        """Make the links again without these parts, and say what leaves now."""
        self._codes.clear()
        self._read(withheld, partial(self._middle.focus_part, at))

    def _read(self, withheld: frozenset[int], after: Callable[[], None]) -> None:
        reader = FactsReader(self._context, self)
        done = partial(self._take_facts, after)
        reader.read(self.facts.detail.row.id, done, self._keep_facts, withheld)

    def _keep_facts(self, error: CoffreError) -> None:
        self._context.stage.report(error)
        self.show_way(self._way)

    def _take_facts(self, after: Callable[[], None], facts: ShareFacts) -> None:
        self.facts = facts
        for part in (self._acts, self._middle, self._side):
            part.facts = facts
        self.show_way(self._way)
        after()

    @property
    def _links(self) -> tuple[str, ...]:
        """What the code may carry: after the wanted link, what lies lower on the ladder."""
        links = self.facts.code_links
        return links if self._source == MINE else links[-1:]

    def _show_buttons(self, way: ShownBy) -> None:
        able, has_code = self._can_act(way), self.code is not None
        self._foot.offer(way, possible=self.facts.is_possible(way), able=able, has_code=has_code)

    def _can_act(self, way: ShownBy) -> bool:
        if way is ShownBy.QR:
            return self.code is not None
        return way is not ShownBy.PUBLIC_LINK or self.consent.isChecked()

    # --- the code ----------------------------------------------------------------------

    @Slot(str)
    def _choose_source(self, source: str) -> None:
        self._source = source
        self.show_way(ShownBy.QR)

    @Slot(object)
    def _take_code(self, code: QrCode) -> None:
        self._codes[self._source] = code
        if self._way is ShownBy.QR:
            self._middle.tell_code(code)
            self._foot.tell(self._way, self.facts, self.code)
            self._show_buttons(self._way)

    @Slot()
    def _refuse_code(self) -> None:
        if self._way is ShownBy.QR:
            self.second.setEnabled(False)

    # --- doing it ----------------------------------------------------------------------

    @Slot()
    def _act(self) -> None:
        if not (self.primary.isVisible() and self.primary.isEnabled()):
            return
        if self._way is ShownBy.PORTFOLIO:
            self.portfolio_wanted.emit()
            return
        self._acts.act(self._way, to=self.whom.edit.text(), code=self.code)

    @Slot()
    def _go_to_act(self) -> None:
        """Go to the button that does it, or to what it still needs; nothing is shown yet."""
        targets = (self.primary, self.consent)
        target = next((one for one in targets if one.isVisible() and one.isEnabled()), None)
        if target is None:
            self.focusNextPrevChild(True)
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that opened it do what its main button says, once pressed anew."""
        enter = event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        # The line for whom has already answered Enter.
        if enter and not self.whom.edit.hasFocus():
            if not event.isAutoRepeat():
                self._act()
            event.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def _act_second(self) -> None:
        self._acts.act_second(self._way, to=self.whom.edit.text(), code=self.code)

    @Slot()
    def _show_full(self) -> None:
        self.code_wanted.emit(self.facts, self._source == MINE)

    @Slot()
    def _agree(self) -> None:
        self.primary.setEnabled(self._can_act(self._way))

    @Slot(bool)
    def _show_work(self, working: bool) -> None:
        """What waits for a server says so, and is not begun twice."""
        self.closable = not working
        self._foot.show_work(self._way, working=working, able=self._can_act(self._way))
        self.ways.setEnabled(not working)

    @Slot()
    def _be_closed(self) -> None:
        """Nothing is left to cancel: what was done stays done."""
        self._foot.be_closed(self.window().focusWidget())

    @Slot()
    def _leave_for_page(self) -> None:
        self.close_sheet()
        self.page_wanted.emit()

    @Slot()
    def _leave_for_settings(self) -> None:
        self.close_sheet()
        self.settings_wanted.emit()

    @Slot()
    def _go_on(self) -> None:
        self.close_sheet()
        self.next_wanted.emit()

    # -----------------------------------------------------------------------------------

    def _rank(self, stop: QWidget) -> int:
        """For whom stands below what the middle holds, which is made anew for each way."""
        return 2 * super()._rank(stop) + self._whom.isAncestorOf(stop)

    def forget(self) -> None:
        """Drop what is shown."""
        self._middle.clear()
        self._side.forget()
        self._codes.clear()
        self.whom.edit.setText("")
        self.subtitle.setText("")
        self._foot.note.show_foot("", "", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the preview where the words need the room."""
        narrow = event.size().width() < look().px(_NARROW)
        self._side.setVisible(not narrow)
        wanted = look().px(_LIST_NARROW if narrow else _LIST)
        self._list.setFixedWidth(min(wanted, round(self.paper.width() * _LIST_PART)))
        super().resizeEvent(event)
