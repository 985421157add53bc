"""What the button of the portfolio dialog does. Everything that leaves goes into the history."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from wallet_app.app.share_models import Portfolio
from wallet_app.app.vault_paths import documents_folder
from wallet_app.ui.context import Context
from wallet_app.ui.sheets import portfolio_work as work
from wallet_app.ui.sheets.portfolio_form import Form

__all__ = ["PortfolioActs"]

_SUFFIXES = {Form.HTML: ".html", Form.PDF: ".pdf"}


class PortfolioActs(QObject):
    """The acts for one portfolio. ``done``: it left; closing takes nothing back."""

    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def act(self, form: Form, portfolio: Portfolio, *, to: str) -> None:
        """Give the badges out in one form."""
        if form is Form.LINK:
            self._context.session.ask(
                self,
                "portfolio",
                partial(work.give_link, portfolio, to),
                done=partial(self._copy, len(portfolio.badge_ids)),
                failed=self._context.stage.report,
            )
            return
        words, suffix = self._context.words, _SUFFIXES[form]
        name = f"{words.text('portfolio.file_name')}{suffix}"
        self._context.seams.choose_save(
            words.text(f"portfolio.primary_{form}"),
            documents_folder() / name,
            [words.text("share.filter", suffix=f"*{suffix}")],
            partial(self._save, form, portfolio, to),
        )

    def _copy(self, count: int, link: str) -> None:
        self._context.seams.copy_text(link)
        words = self._context.words
        self._context.stage.toast(words.text("portfolio.copied", count=words.number(count)))
        self.done.emit()

    def _save(self, form: Form, portfolio: Portfolio, to: str, path: Path) -> None:
        save = work.save_paper if form is Form.PDF else work.save_page
        language = self._context.words.language
        job = partial(save, portfolio, path, to, language)
        self._context.session.ask(
            self, "portfolio", job, done=self._tell, failed=self._context.stage.report
        )

    def _tell(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))
        self.done.emit()
