"""The middle of the share dialog: what one way means, and what it needs from the person."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet_app.app.link_codes import QrCode
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.flow_layout import FlowLayout, FlowRow
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.components.value_table import ValueTable
from wallet_app.ui.sheets.share_facts import LONG_LINK, ShareFacts
from wallet_app.ui.sheets.share_instead import helped_by_page, instead_of
from wallet_app.ui.sheets.share_values import part_words

__all__ = ["ISSUER", "MINE", "ShareMiddle"]

MINE, ISSUER = "mine", "issuer"
"""What a code opens: the person's verifiable link, or the issuer's page."""

_MARGINS: Final = (28, 20, 28, 16)


class ShareMiddle(ScrollColumn):
    """Filled anew for each way.

    Signals:
        copy_asked: one value, whole.
        page_wanted: the person wants to set up their page.
        settings_wanted: public links are to be allowed.
        way_wanted: the badge is to be shown by this other way (``ShownBy``).
        source_chosen: ``MINE`` or ``ISSUER``: what the code is to open.
        parts_chosen: places of all parts to withhold, and which one was just chosen.
    """

    copy_asked = Signal(str)
    page_wanted = Signal()
    settings_wanted = Signal()
    way_wanted = Signal(str)
    source_chosen = Signal(str)
    parts_chosen = Signal(object, int)

    def __init__(self, facts: ShareFacts) -> None:
        super().__init__(margins=_MARGINS)
        self.facts = facts
        self._size: Label | None = None

    def fill(self, way: ShownBy, *, source: str, more: Sequence[QWidget] = ()) -> None:
        """Say everything about one way; ``more`` stands below."""
        words = self.facts.words
        self.clear()
        self._size = None
        self.column.addWidget(Label(words.text(f"share.{way}.title"), "heading"))
        self.column.addSpacing(12)
        problem = self.facts.problem(way)
        if problem:
            self._refuse(way, problem)
        else:
            if way is ShownBy.QR:
                self._offer_sources(source)
            self._explain(way, whole=way is ShownBy.QR and source == MINE)
        for widget in more:
            self.column.addSpacing(16)
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.verticalScrollBar().setValue(0)

    # --- cannot be had -----------------------------------------------------------------

    def _refuse(self, way: ShownBy, problem: str) -> None:
        notice = Notice("info", "", problem, tone="brass")
        notice.setObjectName("share-refused")
        helps = FlowRow()
        helps.setContentsMargins(0, 10, 0, 0)
        helps.add(*self._what_helps(way))
        notice.column.addWidget(helps)
        self.column.addWidget(notice)
        if self.facts.can_be_helped(way):
            self.column.addSpacing(16)
            self._explain(way, whole=way is ShownBy.QR)

    def _what_helps(self, way: ShownBy) -> list[Button]:
        """Return what the person can give, and what the badge can be shown by as it is."""
        facts, found = self.facts, []
        other = instead_of(facts, way)
        if other is not None:
            button = self._help(f"share.instead_go.{other}", "share-instead")
            button.clicked.connect(partial(self.way_wanted.emit, other.value))
            found.append(button)
        if helped_by_page(facts, way):
            button = self._help("share.set_up_page", "share-set-up-page")
            button.clicked.connect(self.page_wanted)
            # Where the page is all that is missing, it comes first.
            found.insert(0 if facts.wants_page(way) else len(found), button)
        if way is ShownBy.PUBLIC_LINK and facts.is_public_off:
            button = self._help("share.public_link.settings", "share-open-settings")
            button.clicked.connect(self.settings_wanted)
            found.insert(0, button)
        return found

    def _help(self, key: str, name: str) -> Button:
        button = Button(self.facts.words.text(key), size=Size.SMALL).let_wrap()
        button.setObjectName(name)
        return button

    # --- can be had --------------------------------------------------------------------

    def _explain(self, way: ShownBy, *, whole: bool) -> None:
        facts = self.facts
        if warning := facts.warning():
            self.column.addWidget(Notice("warning", "", warning, tone="outcome.warning"))
            self.column.addSpacing(14)
        self._say("share.leaves", way, "leaves", gap=8, whole=whole)
        table = ValueTable(facts.rows(way, whole=whole))
        table.setObjectName("share-values")
        table.copy_asked.connect(self.copy_asked)
        self.column.addWidget(table)
        self.column.addSpacing(14)
        if held := facts.held_back(way, whole=whole):
            choice = facts.may_hide(way)
            self._pair("share.withhold", held, gap=4 if choice else 14)
            if choice:
                self._offer_parts()
        if way is ShownBy.MY_LINK and len(facts.my_link) > LONG_LINK:
            long = facts.words.text("share.long_link")
            self.column.addWidget(Notice("info", "", long, tone="brass"))
            self.column.addSpacing(14)
        for note in facts.notes(way):
            self.column.addWidget(Label(note, "compact", tone="t2", wrap=True))
            self.column.addSpacing(6)
        self._say("share.trust", way, "trust", gap=14, whole=whole)
        self._say("share.back", way, "back", gap=0, whole=whole)

    def _offer_sources(self, source: str) -> None:
        words = self.facts.words
        if len(self.facts.code_links) > 1:
            options = [
                (MINE, words.text("share.qr.opens_mine")),
                (ISSUER, words.text("share.qr.opens_issuer")),
            ]
            choice = Choice(words.text("share.qr.opens"), options, source)
            choice.setObjectName("share-code-source")
            choice.chosen.connect(self.source_chosen)
            holder = QWidget()
            row = FlowLayout(holder, gap=12)
            row.addWidget(Label(words.text("share.qr.opens"), "compact_strong"))
            row.addWidget(choice)
            self.column.addWidget(holder)
            self.column.addSpacing(12)
        if self.facts.code_fell:
            fell = Notice("info", "", words.text("share.qr.fell"), tone="brass")
            fell.setObjectName("share-code-fell")
            self.column.addWidget(fell)
            self.column.addSpacing(8)
        self._size = Label("", "small", tone="t2", wrap=True)
        self._size.setObjectName("share-code-size")
        self.column.addWidget(self._size)
        self.column.addSpacing(12)

    def tell_code(self, code: QrCode) -> None:
        """Say how big a code is and how well it reads."""
        words = self.facts.words
        if self._size is None:
            return
        easy = words.text("share.qr.easy" if code.fits_screen else "share.qr.dense")
        modules, length = len(code.matrix), words.number(len(code.link))
        self._size.setText(
            words.text("share.qr.size", modules=modules, length=length, readable=easy)
        )

    def _offer_parts(self) -> None:
        """A box for each part; what is ticked goes along."""
        facts = self.facts
        for part in facts.parts:
            is_kept = part.at not in facts.withheld
            box = TickBox(part_words(facts.words, part), checked=is_kept)
            box.setObjectName(f"share-part-{part.at}")
            box.toggled.connect(partial(self._choose_part, part.at))
            self.column.addWidget(box)
        self.column.addSpacing(12)

    def _choose_part(self, at: int, on: bool) -> None:
        withheld = self.facts.withheld
        self.parts_chosen.emit(withheld - {at} if on else withheld | {at}, at)

    def focus_part(self, at: int) -> None:
        """Put the focus on the box of a part, which was just used."""
        boxes = self.findChildren(TickBox, f"share-part-{at}")
        if boxes:
            boxes[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(
        self, title_key: str, way: ShownBy, about: str, *, gap: int, whole: bool = False
    ) -> None:
        self._pair(title_key, self.facts.sentence(way, about, whole=whole), gap=gap)

    def _pair(self, title_key: str, sentence: str, *, gap: int) -> None:
        self.column.addWidget(
            Heading(self.facts.words.text(title_key), "compact_strong", wrap=True)
        )
        self.column.addSpacing(2)
        self.column.addWidget(Label(sentence, "compact", tone="t2", wrap=True))
        self.column.addSpacing(gap)
