"""Codes one by one: which badges have none is said before the window is filled."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from wallet_app.ui.context import Context
from wallet_app.ui.seams import Question
from wallet_app.ui.sheets.portfolio_work import PortfolioBadge, with_code
from wallet_app.wording import plain_text

__all__ = ["PortfolioCodes"]

_NAMED: Final = 3
_MAX_NAME: Final = 80


class PortfolioCodes(QObject):
    """Looks at the codes of the badges of a portfolio.

    Signals:
        wanted: the codes of these badges (ids) are to be shown; each of them has one.
        page_wanted: none has one, and the person wants to set up their page.
        paper_wanted: none has one, and they are to be a PDF.
    """

    wanted = Signal(object)
    page_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def begin(self, badges: Sequence[PortfolioBadge], page: str) -> None:
        """Show their codes, and ask first where some have none; ``page``: the person's, or ""."""
        self._context.bridge.on_pool(
            self,
            "codes",
            partial(with_code, badges, page),
            done=partial(self._tell, badges, page),
            failed=self._context.stage.report,
        )

    def _tell(self, badges: Sequence[PortfolioBadge], page: str, found: Sequence[str]) -> None:
        out = [badge for badge in badges if badge.row.id not in found]
        if not out:
            self.wanted.emit(tuple(found))
        elif found:
            self._ask_for_others(out, page, tuple(found))
        else:
            self._offer_other_way(out, page)

    def _ask_for_others(
        self, out: Sequence[PortfolioBadge], page: str, found: tuple[str, ...]
    ) -> None:
        words = self._context.words
        question = Question(
            title=words.plural("portfolio.codeless.title", len(out)),
            text=f"{self._reason(out, page)} {words.plural('portfolio.codeless.left', len(out))}",
            confirm=words.plural("portfolio.codeless.go", len(found)),
            cancel=words.text("ui.cancel"),
        )

        def answered(agreed: bool) -> None:
            if agreed:
                self.wanted.emit(found)

        self._context.seams.ask(question, answered)

    def _offer_other_way(self, out: Sequence[PortfolioBadge], page: str) -> None:
        words = self._context.words
        other = "portfolio.codeless.paper" if page else "share.set_up_page"
        question = Question(
            title=words.text("portfolio.codeless.title_all"),
            text=self._reason(out, page),
            confirm=words.text(other),
            cancel=words.text("ui.cancel"),
        )

        def answered(agreed: bool) -> None:
            if agreed:
                (self.paper_wanted if page else self.page_wanted).emit()

        self._context.seams.ask(question, answered)

    def _reason(self, out: Sequence[PortfolioBadge], page: str) -> str:
        words = self._context.words
        names = ", ".join(
            words.text(
                "portfolio.codeless.name", name=plain_text(one.row.name, max_chars=_MAX_NAME)
            )
            for one in out[:_NAMED]
        )
        if len(out) > _NAMED:
            names = words.plural("portfolio.codeless.more", len(out) - _NAMED, names=names)
        why = "small" if page else "page"
        return words.text(f"portfolio.codeless.why_{why}", names=names)
