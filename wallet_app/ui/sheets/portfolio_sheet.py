"""The dialog that shows several badges as one: their order, the person's own words, an end."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeRow
from wallet_app.app.own_links import BadgeToShow
from wallet_app.app.share_models import MyPage, Portfolio
from wallet_app.ui.components.button import Button, Kind, Size
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.components.value_table import ValueTable
from wallet_app.ui.components.written import call_it_kept
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets import portfolio_work as work
from wallet_app.ui.sheets.pick_badges_sheet import PickBadgesSheet
from wallet_app.ui.sheets.portfolio_acts import PortfolioActs
from wallet_app.ui.sheets.portfolio_codes import PortfolioCodes
from wallet_app.ui.sheets.portfolio_form import Form, PortfolioForm
from wallet_app.ui.sheets.portfolio_list import PortfolioList
from wallet_app.ui.sheets.portfolio_work import PortfolioBadge
from wallet_app.ui.sheets.share_values import disclosed_rows
from wallet_app.ui.theme import look

__all__ = ["PortfolioSheet"]

_WIDTH, _HEIGHT = 1136, 716
_LEFT: Final = 440
_LEFT_NARROW: Final = 360
_LEFT_PART: Final = 0.45
_NARROW: Final = 1060
_STACK_BELOW: Final = 640
_LIST_STACKED: Final = 190
_ANY: Final = 16_777_215
_SETTLE_MS: Final = 120
_MAX_NAME: Final = 160
_REASONS: Final = 5
_ICONS: Final = {Form.LINK: "copy", Form.HTML: "download", Form.PDF: "download"}


class PortfolioSheet(Sheet):
    """Badges in their order at the left; words, end, form and what leaves at the right.

    Signals:
        codes_wanted: the codes of these badges (ids), one after the other.
        profile_wanted: LinkedIn for these badges (ids), one after the other.
        page_wanted: the person wants to set up their page.
    """

    codes_wanted = Signal(object)
    profile_wanted = Signal(object)
    page_wanted = Signal()
    asks_first = True

    def __init__(self, window: QWidget, context: Context, rows: Sequence[BadgeRow]) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("portfolio.title"),
            subtitle=words.plural("portfolio.subtitle", len(rows)),
            close_name=words.text("ui.close"),
            width=_WIDTH,
            height=_HEIGHT,
        )
        self._context = context
        self._known: dict[str, PortfolioBadge] = {}
        self._page = MyPage()
        self._acts = PortfolioActs(context, self)
        self._acts.done.connect(self._be_closed)
        self._codes = PortfolioCodes(context, self)
        self._codes.wanted.connect(self.codes_wanted)
        self._codes.page_wanted.connect(self._leave_for_page)
        self._codes.paper_wanted.connect(self._take_paper)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_SETTLE_MS)
        self._looking.timeout.connect(self._look)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._build(rows)
        self._on_badges()
        self._ask_page()

    # --- building ----------------------------------------------------------------------

    def _build(self, rows: Sequence[BadgeRow]) -> None:
        self.form = PortfolioForm(self._context)
        self.form.changed.connect(self._on_form)
        self.form.submitted.connect(self._act)
        self._right = ScrollColumn(margins=(28, 20, 28, 20))
        self._right.column.setSpacing(18)
        self._right.column.addWidget(self.form)
        self._refused = self._refused_notice()
        self._needs_page = self._page_notice()
        self._leaves = QVBoxLayout()
        self._leaves.setSpacing(8)
        for widget in (self._needs_page, self._refused):
            self._right.column.addWidget(widget)
        self._right.column.addLayout(self._leaves)
        self._right.column.addStretch(1)
        self.badges = PortfolioList(self._context, rows, self._problem_of)
        self.badges.changed.connect(self._on_badges)
        self.badges.add.clicked.connect(self._open_pick)
        self.list = self.badges.list
        row = self._beside = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.badges)
        row.addWidget(self._right, 1)
        self.body.addLayout(row, 1)
        self._fill_footer()

    def _page_notice(self) -> Notice:
        notice = Notice("info", "", self._context.words.text("share.no_my_page"), tone="brass")
        self._offer_in(notice, "share.set_up_page", "portfolio-set-up-page", self._leave_for_page)
        return notice

    def _refused_notice(self) -> Notice:
        notice = Notice("warning", "", "", tone="outcome.warning")
        notice.setObjectName("portfolio-refused")
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(4)
        self._reasons.setContentsMargins(0, 4, 0, 0)
        notice.column.addLayout(self._reasons)
        # A PDF carries any file.
        self._offer_in(notice, "portfolio.codeless.paper", "portfolio-paper", self._take_paper)
        return notice

    def _offer_in(self, notice: Notice, key: str, name: str, act: Callable[[], None]) -> None:
        button = Button(self._context.words.text(key), size=Size.SMALL)
        button.setObjectName(name)
        button.clicked.connect(act)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        notice.column.addLayout(row)
        notice.hide()

    def _fill_footer(self) -> None:
        words = self._context.words
        self.codes = Button(words.text("portfolio.codes"), icon="qr")
        self.codes.setObjectName("portfolio-codes")
        self.codes.clicked.connect(self._show_codes)
        self.profile = Button(words.text("portfolio.linkedin"), icon="profile-card")
        self.profile.setObjectName("portfolio-linkedin")
        self.profile.clicked.connect(self._leave_for_profile)
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        # It says by itself what it does: it asks nothing.
        self.cancel.clicked.connect(self.close_sheet)
        self.primary = Button("", Kind.PRIMARY)
        self.primary.setObjectName("portfolio-primary")
        self.primary.clicked.connect(self._act)
        self.footer.addWidget(self.codes)
        self.footer.addWidget(self.profile)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.primary)

    # --- badges ------------------------------------------------------------------------

    @property
    def badge_ids(self) -> tuple[str, ...]:
        """Every badge chosen, in its order."""
        return tuple(row.id for row in self.badges.rows)

    @property
    def _going(self) -> list[PortfolioBadge]:
        """The badges that can go along, in their order."""
        known = [self._known[one] for one in self.badge_ids if one in self._known]
        # A PDF carries any file.
        return known if self.form.form is Form.PDF else [one for one in known if not one.problem]

    @Slot()
    def _on_badges(self) -> None:
        count = len(self.badge_ids)
        self.subtitle.setText(self._context.words.plural("portfolio.subtitle", count))
        self._looking.start()
        self._show_state()

    @Slot()
    def _open_pick(self) -> None:
        sheet = PickBadgesSheet(self._window, self._context, without=self.badge_ids)
        sheet.picked.connect(self.badges.add_rows)
        self._context.stage.open_sheet(sheet)

    def _problem_of(self, badge_id: str) -> str:
        known = self._known.get(badge_id)
        if known is None or known.problem is None or self.form.form is Form.PDF:
            return ""
        return error_sentence(self._context.words, known.problem)

    # --- what can go along -------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """See what links can carry, of badges not looked at yet; in the pool."""
        missing = [one for one in self.badge_ids if one not in self._known]
        if missing:
            self._context.session.ask(
                self, "portfolio", partial(work.read_badges, missing), done=self._look_through,
                failed=self._context.stage.report,
            )  # fmt: skip

    def _look_through(self, badges: Sequence[BadgeToShow]) -> None:
        self._context.bridge.on_pool(
            self,
            "portfolio",
            partial(work.look_through, badges, self._context.session.services),
            done=self._take_known,
            failed=self._context.stage.report,
        )

    def _take_known(self, badges: Sequence[PortfolioBadge]) -> None:
        self._known |= {badge.row.id: badge for badge in badges}
        self.badges.refresh()
        self._show_state()

    def _ask_page(self) -> None:
        self._context.session.ask(
            self, "my page", work.read_page, done=self._take_page,
            failed=self._context.stage.report,
        )  # fmt: skip

    def _take_page(self, page: MyPage) -> None:
        self._page = page
        self.form.offer_link(possible=bool(page.address))
        self._show_state()

    # --- what is said ------------------------------------------------------------------

    @Slot()
    def _on_form(self) -> None:
        self.badges.refresh()
        self._show_state()

    def _show_state(self) -> None:
        words, form = self._context.words, self.form.form
        self.primary.icon_name = _ICONS[form]
        self.primary.set_words(words.text(f"portfolio.primary_{form}"))
        self.primary.updateGeometry()
        self._needs_page.setVisible(form is Form.LINK and not self._page.address)
        self._show_refused()
        self._show_leaves()
        looked = all(one in self._known for one in self.badge_ids)
        page = form is not Form.LINK or bool(self._page.address)
        self.primary.setEnabled(bool(self._going) and looked and page)
        self.profile.setEnabled(bool(self.badge_ids))
        self.codes.setEnabled(bool(self.badge_ids) and looked)

    def _show_refused(self) -> None:
        words = self._context.words
        going = {badge.row.id for badge in self._going}
        out = [
            one
            for one in self._known.values()
            if one.problem and one.row.id in self.badge_ids and one.row.id not in going
        ]
        self._refused.setVisible(bool(out))
        empty(self._reasons)
        if not out:
            return
        self._refused.text.setText(words.plural("portfolio.refused", len(out)))
        reasons = [
            words.text("portfolio.refused_one", name=one.row.name,
                       reason=error_sentence(words, one.problem))
            for one in out[:_REASONS] if one.problem
        ]  # fmt: skip
        if len(out) > _REASONS:
            reasons.append(words.plural("portfolio.refused_more", len(out) - _REASONS))
        for reason in reasons:
            self._reasons.addWidget(Label(reason, "small", tone="t2", wrap=True))

    def _show_leaves(self) -> None:
        words = self._context.words
        empty(self._leaves)
        credentials = [badge.credential for badge in self._going]
        self._leaves.addWidget(Heading(words.text("share.leaves"), "compact_strong", wrap=True))
        if not credentials:
            none = words.text("portfolio.none_left")
            self._leaves.addWidget(Label(none, "compact", tone="t2", wrap=True))
            return
        text = words.text("portfolio.leaves")
        self._leaves.addWidget(Label(text, "compact", tone="t2", wrap=True))
        table = ValueTable(disclosed_rows(words, *credentials))
        table.setObjectName("portfolio-values")
        self._leaves.addWidget(table)
        if self.form.form is Form.LINK:
            chars = sum(badge.chars for badge in self._going) + len(self._page.address)
            size = words.text("portfolio.size", size=words.number(chars))
            self._leaves.addWidget(Label(size, "small", tone="t3", wrap=True))

    # --- doing it ----------------------------------------------------------------------

    @Slot()
    def _act(self) -> None:
        if not self.primary.isEnabled():
            return
        until = self.form.until_day
        if until is not None and until < self._context.session.services.now().date():
            self.form.refuse_until()
            return
        portfolio = Portfolio(
            tuple(badge.row.id for badge in self._going),
            title=self.form.title_text,
            words=self.form.words_text,
            until=until,
            theme=self.form.theme_id,
        )
        self._acts.act(self.form.form, portfolio, to=self.form.to_text)

    @Slot()
    def _be_closed(self) -> None:
        """Nothing is left to cancel: what was done stays done, and the words went with it."""
        call_it_kept(self)
        self.cancel.set_words(self._context.words.text("ui.close"))
        self.cancel.updateGeometry()

    @Slot()
    def _show_codes(self) -> None:
        # They cover the sheet; what was typed here is there again when they close.
        badges = [self._known[one] for one in self.badge_ids if one in self._known]
        self._codes.begin(badges, self._page.address)

    @Slot()
    def _take_paper(self) -> None:
        self.form.choose_form(Form.PDF)
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave_for_profile(self) -> None:
        ids = self.badge_ids
        self.close_sheet()
        self.profile_wanted.emit(ids)

    @Slot()
    def _leave_for_page(self) -> None:
        self.close_sheet()
        self.page_wanted.emit()

    # -----------------------------------------------------------------------------------

    def forget(self) -> None:
        """Drop what is shown."""
        self._looking.stop()
        self._known.clear()
        self.badges.forget()
        self.form.forget()
        self._refused.text.setText("")
        empty(self._reasons)
        self._show_leaves()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words more of a narrow window; in a very narrow one all is one column."""
        narrow = event.size().width() < look().px(_NARROW)
        wanted = look().px(_LEFT_NARROW if narrow else _LEFT)
        stacked = event.size().width() < look().px(_STACK_BELOW)
        if stacked:
            self._right.column.insertWidget(0, self.badges)
            self.badges.setMinimumWidth(0)
            self.badges.setMaximumWidth(_ANY)
        else:
            self._beside.insertWidget(0, self.badges)
            self.badges.setFixedWidth(min(wanted, round(self.paper.width() * _LEFT_PART)))
        self.badges.list.setMinimumHeight(look().px(_LIST_STACKED) if stacked else 0)
        super().resizeEvent(event)
