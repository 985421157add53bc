"""Dialogs on automatic copies: what one holds, going back to it, saving what can be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.copies import CopyLook, CopyRow, go_back_to
from wallet_app.app.open_safe import open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.salvage import SalvageSummary, salvage_safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.sheets.passphrase_sheet import PassphraseSheet
from wallet_app.wording import plain_text

__all__ = ["GoBackSheet", "LookSheet", "SalvageSheet"]

_NAMED: Final = 40
_WIDTH: Final = 560


class LookSheet(Sheet):
    """What a copy holds beside the safe of today; nothing can be changed here."""

    def __init__(self, window: QWidget, context: Context, look: CopyLook) -> None:
        words = context.words
        moment = event_moment(words, look.row.made_at, context.session.services.now())
        super().__init__(
            window,
            words.text("copies_page.look_title"),
            subtitle=moment,
            width=_WIDTH,
            close_name=words.text("ui.close"),
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(10)
        self.body.addWidget(scroll, 1)
        self.found = Label(self._sentence(context, look), "body_strong", wrap=True)
        self.found.setObjectName("copy-found")
        scroll.column.addWidget(self.found)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(2)
        for key, names in (("only_there", look.only_there), ("only_here", look.only_here)):
            self._add_names(context, key, names)
        if not (look.only_there or look.only_here):
            self._lists.addWidget(Label(words.text("copies_page.same"), "body", tone="t2"))
        scroll.column.addLayout(self._lists)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.PRIMARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    @staticmethod
    def _sentence(context: Context, look: CopyLook) -> str:
        if not look.rows:
            return context.words.plural("copies_page.holds", look.badges)
        rows, files = sum(look.rows.values()), sum(look.files.values())
        return context.words.plural("copies_page.whole", look.badges, rows=rows, files=files)

    def _add_names(self, context: Context, key: str, names: Sequence[str]) -> None:
        if not names:
            return
        title = context.words.plural(f"cli.copies.{key}", len(names))
        self._lists.addSpacing(8)
        self._lists.addWidget(Label(title, "body", tone="t2", wrap=True))
        for name in names[:_NAMED]:
            self._lists.addWidget(Label("• " + plain_text(name, max_chars=120), "body", wrap=True))
        if len(names) > _NAMED:
            self._lists.addWidget(Label("…", "body"))

    def forget(self) -> None:
        """Drop every name."""
        self.found.setText("")
        empty(self._lists)


class GoBackSheet(PassphraseSheet):
    """The passphrase, then the safe is closed, put back, and opened as it was then."""

    def __init__(self, window: QWidget, context: Context, copy: CopyRow) -> None:
        words = context.words
        moment = event_moment(words, copy.made_at, context.session.services.now())
        super().__init__(
            window,
            context,
            words.text("copies_page.back_title"),
            words.text("copies_page.back_text", moment=moment[:1].lower() + moment[1:]),
            words.text("copies_page.back"),
        )
        self._copy = copy
        self.field = self._add_passphrase("backups_page.safe_passphrase", "go-back-passphrase")

    def _use(self, passphrase: Secret) -> None:

        def check(safe: Safe) -> Secret:
            # Before the safe is closed: a slip of the finger is told here.
            safe.check_passphrase(passphrase)
            return passphrase

        self._set_busy(self._context.words.text("copies_page.going_back"))
        self._context.session.ask(
            self, "check passphrase", check, done=self._go_back, failed=self._refuse
        )

    def _go_back(self, passphrase: Secret) -> None:
        session, name, stage = self._context.session, self._copy.name, self._context.stage
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                try:
                    go_back_to(path, name, passphrase, services)
                finally:
                    safe = open_safe(path, passphrase, services)
                return safe

        # Closing comes first on the safe's own thread; this sheet goes with it.
        session.lock()
        session.open_by(make, failed=stage.report)


class SalvageSheet(PassphraseSheet):
    """The passphrase, then what can be read goes into a new safe, and what not is named."""

    def __init__(self, window: QWidget, context: Context, target: Path) -> None:
        words = context.words
        super().__init__(
            window,
            context,
            words.text("copies_page.save"),
            words.text("copies_page.save_text", path=str(target)),
            words.text("copies_page.save_now"),
        )
        self._target = target
        self.field = self._add_passphrase("backups_page.safe_passphrase", "salvage-passphrase")
        self.found = Label("", "body", wrap=True)
        self.found.setObjectName("salvage-found")
        self.found.hide()
        self.content.addWidget(self.found)

    def forget(self) -> None:
        """Empty the field and what was found."""
        super().forget()
        self.found.setText("")

    def _use(self, passphrase: Secret) -> None:
        session, target = self._context.session, self._target
        path, services = session.vault_path, session.services

        def save(_cancelled: CancelToken) -> SalvageSummary:
            with passphrase:
                return salvage_safe(path, target, passphrase, services, is_ours=True)

        self._set_busy(self._context.words.text("copies_page.saving"))
        self._context.bridge.on_pool(self, "salvage", save, done=self._tell, failed=self._refuse)

    def _tell(self, summary: SalvageSummary) -> None:
        words = self._context.words
        self._set_busy("")
        self.go.setEnabled(False)
        lines = [words.plural("cli.salvage.done", summary.badges, path=str(self._target))]
        if summary.read_again:
            lines.append(words.plural("cli.salvage.read_again", summary.read_again))
        lines += [
            words.text("cli.salvage.lost", name=plain_text(name, max_chars=120) or "?")
            for name in summary.lost[:_NAMED]
        ]
        if summary.lost_unnamed:
            lines.append(words.text("cli.salvage.lost_unnamed"))
        self.found.setText("\n".join(lines))
        self.found.show()
        self.cancel.set_words(words.text("ui.close"))
        self.cancel.updateGeometry()
        self.fit()
        self._context.stage.announce(lines[0])
