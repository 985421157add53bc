"""Skills facing a job advert: the text with what it asks for marked, and how each demand stands.

The advert is read on this computer, off the interface thread, and kept nowhere: neither in
the safe nor outside. It is forgotten with everything else when the safe locks.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wallet_app.app.job_advert import (
    MOST_CHARS,
    Corrections,
    Demand,
    Reading,
    SkillIndex,
    Standing,
    read_advert,
)
from wallet_app.app.models import BadgeRow
from wallet_app.app.safe import Safe
from wallet_app.app.skill_models import ProvenSkill
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import LinkButton
from wallet_app.ui.components.marked_text import MarkedText
from wallet_app.ui.components.menu import PopupMenu
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.pages.advert_legend import AdvertLegend
from wallet_app.ui.pages.advert_lists import AdvertLists
from wallet_app.ui.pages.advert_paste import AdvertPaste, private_row
from wallet_app.ui.pages.advert_words import best_proof, marks_of, name_of, score_sentence
from wallet_app.ui.sheets.declare_sheet import DeclareSheet
from wallet_app.ui.sheets.pick_skill_sheet import PickSkillSheet
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["SkillsAdvert"]

_LEFT, _RIGHT = 45, 55
_STACK_BELOW: Final = 720
_LEAST_TEXT: Final = 150
_LEAST_BESIDE: Final = 300
_SHORT: Final = 60
_MENU_NAME: Final = 60


class SkillsAdvert(QWidget):
    """Give it the skills, put it into a page, and have it forget at a lock.

    A skill that is declared here reaches it as every change of the safe does: by
    ``session.changed`` and new skills from the page around it.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._index: SkillIndex | None = None
        self._skills: tuple[ProvenSkill, ...] = ()
        self._said = Corrections()
        self._pasted: date | None = None
        self._text = ""
        self._round = 0
        self._running = False
        self.reading = Reading("")
        self.paste = AdvertPaste(context)
        self.paste.wanted.connect(self.read)
        self.text = MarkedText()
        self.text.setObjectName("advert-text")
        self.text.setAccessibleName(context.words.text("advert.field"))
        self.text.pressed.connect(self._offer_for_mark)
        self.text.selected.connect(self._offer_for_words)
        self.text.entered.connect(context.stage.announce)
        self.change = LinkButton(context.words.text("advert.change"))
        self.change.clicked.connect(self._change)
        self.lists = AdvertLists(context)
        self.lists.opened.connect(self._open)
        self.lists.menu_asked.connect(self._offer_for_mark)
        self.prepare = self.lists.prepare
        self.prepare.clicked.connect(self._prepare)
        self._when = Label("", "small", tone="t2")
        self._lay_out()

    def _lay_out(self) -> None:
        panel = self._panel = Panel()
        self.text.setMinimumHeight(look().px(_LEAST_TEXT))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(22, 18, 22, 16)
        inside.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._when, 1)
        head.addWidget(self.change)
        inside.addLayout(head)
        inside.addWidget(self.text, 1)
        inside.addWidget(AdvertLegend(self.context.words))
        inside.addWidget(Line())
        inside.addLayout(private_row(self.context))
        read = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, read)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(20)
        self._beside.addWidget(panel, _LEFT)
        self._beside.addWidget(self.lists, _RIGHT)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.paste)
        self._stack.addWidget(read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def least_height(self, width: int) -> int:
        """Return the height at which nothing of what is shown is cut at ``width``."""
        if self._stack.currentWidget() is self.paste:
            return self.paste.least_height(width)
        if self._beside.direction() is QBoxLayout.Direction.LeftToRight:
            return look().px(_LEAST_BESIDE)
        layouts = self._panel.layout(), self.lists.layout()
        heights = [one.minimumHeightForWidth(width) for one in layouts if one is not None]
        return sum(heights) + self._beside.spacing()

    # --- what is shown -----------------------------------------------------------------

    def set_skills(self, skills: Sequence[ProvenSkill]) -> None:
        """Take what the safe proves now; an advert that is shown is read again."""
        self._skills = tuple(skills)
        self._index = None
        if self._text:
            self._read_again()

    def entered(self) -> None:
        """Put the focus where work begins."""
        if self._stack.currentWidget() is self.paste:
            self.paste.begin()
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop the advert, the skills and every correction."""
        self._skills, self._index, self._said = (), None, Corrections()
        self._text, self._pasted = "", None
        self._round += 1
        self._running = False
        self.reading = Reading("")
        self.paste.forget()
        self.text.forget()
        self.lists.forget()
        self._when.setText("")
        self._stack.setCurrentWidget(self.paste)

    # --- reading -----------------------------------------------------------------------

    @Slot(str)
    def read(self, text: str) -> None:
        """Read an advert."""
        self._text = _shown(text)
        self._said = Corrections()
        self._pasted = self.context.session.services.now().astimezone().date()
        self.paste.set_busy(busy=True)
        self._read_again()

    def _read_again(self) -> None:
        """Read what is there with what was said of it. One at a time: the index is not shared."""
        self._round += 1
        if self._running:
            return
        self._running = True
        job = partial(_read, self._text, self._skills, self._index, self._said)
        self.context.bridge.on_pool(
            self, "read advert", job, done=partial(self._take, self._round), failed=self._fail
        )

    def _take(self, asked: int, found: tuple[SkillIndex, Reading]) -> None:
        self._running = False
        index, reading = found
        if index.skills == self._skills:
            self._index = index
        if asked != self._round:
            # Meanwhile something else was said, or the safe has locked.
            if self._text:
                self._read_again()
            return
        self.paste.set_busy(busy=False)
        self.reading = reading
        self._show()

    def _fail(self, error: CoffreError) -> None:
        self._running = False
        self._text = ""
        self.paste.set_busy(busy=False)
        self._stack.setCurrentWidget(self.paste)
        self.paste.refuse(error)

    def _show(self) -> None:
        words, reading = self.context.words, self.reading
        first = self._stack.currentWidget() is self.paste
        self.text.show_text(reading.text, marks_of(words, reading))
        count = words.plural("advert.demands", len(reading.demands))
        self.text.setAccessibleName(words.text("advert.text_name", count=count))
        self.lists.show_reading(reading)
        if self._pasted is not None:
            self._when.setText(words.text("advert.pasted", date=words.date(self._pasted)))
        self._stack.setCurrentIndex(1)
        if first:
            self.entered()
            told = score_sentence(words, reading) if reading.demands else words.text("advert.none")
            self.context.stage.announce(told)

    @Slot()
    def _change(self) -> None:
        """Go back to the field, with the text as it was pasted."""
        self.paste.field.setPlainText(self._text)
        self._text = ""
        self._round += 1
        self.reading = Reading("")
        self.text.forget()
        self.lists.forget()
        self._stack.setCurrentWidget(self.paste)
        self.paste.begin()

    # --- correcting --------------------------------------------------------------------

    def _demand(self, key: str) -> Demand | None:
        return next((one for one in self.reading.demands if one.key == key), None)

    @Slot(str, QPoint)
    def _offer_for_mark(self, key: str, place: QPoint) -> None:
        demand = self._demand(key)
        if demand is None:
            return
        words, menu = self.context.words, PopupMenu(self)
        proof = best_proof(demand)
        if demand.standing is not Standing.MISSING and proof is not None:
            name = plain_text(proof.name, max_chars=_MENU_NAME)
            go = partial(self.context.stage.show_badge, proof.badge_id)
            menu.add(words.text("advert.open_badge", name=name), go)
        else:
            self._add_proof(menu, demand)
        which = "is_skill" if demand.skill is None else "other_skill"
        self._add_pick(menu, f"advert.{which}", demand.text)
        menu.add(words.text("advert.is_none"), partial(self._drop, demand))
        menu.popup(place)

    def _add_proof(self, menu: PopupMenu, demand: Demand) -> None:
        words = self.context.words
        menu.add(words.text("advert.add_badge"), self.context.actions["add"].trigger)
        menu.add(words.text("advert.declare"), partial(self.declare, name_of(demand)))

    def declare(self, name: str = "") -> None:
        """Open the dialog in which a skill is declared by the person themselves."""
        self.context.stage.open_sheet(DeclareSheet(self.window(), self.context, name))

    def _add_pick(self, menu: PopupMenu, key: str, phrase: str) -> None:
        if self._skills:
            menu.add(self.context.words.text(key), partial(self._pick, phrase))

    @Slot(str, QPoint)
    def _offer_for_words(self, phrase: str, place: QPoint) -> None:
        menu = PopupMenu(self)
        menu.add(self.context.words.text("advert.is_demand"), partial(self._make_demand, phrase))
        self._add_pick(menu, "advert.is_skill", phrase)
        menu.popup(place)

    def _pick(self, phrase: str) -> None:
        sheet = PickSkillSheet(self.window(), self.context, phrase, self._skills)
        sheet.picked.connect(partial(self._make_skill, phrase))
        self.context.stage.open_sheet(sheet)

    def _make_skill(self, phrase: str, skill: ProvenSkill) -> None:
        name = plain_text(skill.name, max_chars=_SHORT)
        self._correct(self._said.is_skill(phrase, skill.key), "now_skill", phrase, name)

    def _make_demand(self, phrase: str) -> None:
        self._correct(self._said.is_demand(phrase), "now_demand", phrase)

    def _drop(self, demand: Demand) -> None:
        said = self._said
        for span in demand.spans:
            said = said.is_none(self.reading.text[span.start : span.end])
        self._correct(said, "now_none", demand.text)

    def _correct(self, said: Corrections, key: str, phrase: str, skill: str = "") -> None:
        words, before = self.context.words, self._said
        self._say(said)
        told = plain_text(phrase, max_chars=_SHORT)
        self.context.stage.offer_undo(
            words.text(f"advert.{key}", phrase=told, skill=skill),
            partial(self._say, before), words.text("advert.undo"),
        )  # fmt: skip

    def _say(self, said: Corrections) -> None:
        self._said = said
        if self._text:
            self._read_again()

    # --- going on ----------------------------------------------------------------------

    @Slot(str, object)
    def _open(self, key: str, place: QPoint) -> None:
        demand = self._demand(key)
        proof = best_proof(demand) if demand is not None else None
        if demand is None or proof is None or demand.standing is Standing.MISSING:
            self._offer_for_mark(key, place)
        else:
            self.context.stage.show_badge(proof.badge_id)

    @Slot()
    def _prepare(self) -> None:
        proofs = map(best_proof, self.reading.standing(Standing.PROVEN))
        ids = tuple(dict.fromkeys(proof.badge_id for proof in proofs if proof is not None))
        self.context.session.ask(
            self, "badges of advert", partial(_rows, ids), done=self.context.stage.show_several,
            failed=self.context.stage.report,
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the lists below the text where there is no room beside it."""
        narrow = event.size().width() < look().px(_STACK_BELOW)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        for at, share in enumerate((0, 0) if narrow else (_LEFT, _RIGHT)):
            self._beside.setStretch(at, share)
        super().resizeEvent(event)


def _shown(text: str) -> str:
    """Return a text as it is shown and read: line by line without what reorders or hides."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(plain_text(line, max_chars=MOST_CHARS) for line in lines).strip("\n")


def _read(
    text: str,
    skills: tuple[ProvenSkill, ...],
    index: SkillIndex | None,
    said: Corrections,
    cancelled: CancelToken,
) -> tuple[SkillIndex, Reading]:
    ready = index or SkillIndex(skills)
    return ready, read_advert(text, ready, said, cancelled)


def _rows(badge_ids: tuple[str, ...], safe: Safe) -> tuple[BadgeRow, ...]:
    return tuple(safe.badge(badge_id).row for badge_id in badge_ids)
