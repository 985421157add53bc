"""What was being written when the safe locked: a quiet notice above whichever page is shown."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from wallet_app.app.declared_draft import is_unsigned
from wallet_app.app.drafts import Draft, OfferedDraft
from wallet_app.app.safe import Safe
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.notice import Notice
from wallet_app.wording import Words, plain_text

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow
    from wallet_app.ui.shell import Shell

__all__ = ["DraftNotice", "DraftOffer"]

_MAX_NAME: Final = 80
_NOTE: Final = "note"


class DraftNotice(Notice):
    """Names the latest draft, and how many more there are. Hidden while there is none.

    Signals:
        continued: the draft that the person goes on with.
        discarded: the draft that the person does not want.
    """

    continued = Signal(object)
    discarded = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__("info", words.text("draft.title"), "")
        self._words = words
        self._first: Draft | None = None
        self.go_on = Button(words.text("draft.continue"), size=Size.SMALL)
        self.go_on.clicked.connect(self._continue)
        self.discard = Button(words.text("draft.discard"), size=Size.SMALL)
        self.discard.clicked.connect(self._discard)
        for button in (self.go_on, self.discard):
            self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(words.text("draft.label"))
        self.hide()

    def show_drafts(self, drafts: Sequence[OfferedDraft]) -> None:
        """Show the first of ``drafts``; none hides the notice."""
        self.forget()
        if not drafts:
            return
        words, first = self._words, drafts[0]
        self._first = first.draft
        is_skill = is_unsigned(first.draft)
        is_note = first.draft.kind == _NOTE and first.name
        name = plain_text(first.name, max_chars=_MAX_NAME)
        if is_skill:
            name, text = words.text("declare.title"), words.text("draft.declare")
        else:
            text = words.text("draft.note", name=name) if is_note else words.text("draft.other")
        if len(drafts) > 1:
            text = f"{text} {words.plural('draft.more', len(drafts) - 1)}"
        self.text.setText(text)
        self.go_on.setVisible(bool(name))
        for button, key in ((self.go_on, "continue"), (self.discard, "discard")):
            button.setAccessibleName(f"{words.text(f'draft.{key}')}: {name}")
        self.show()

    def forget(self) -> None:
        """Drop the name."""
        self._first = None
        self.text.setText("")
        for button in (self.go_on, self.discard):
            button.setAccessibleName("")
        self.hide()

    @Slot()
    def _continue(self) -> None:
        if self._first is not None:
            self.continued.emit(self._first)

    @Slot()
    def _discard(self) -> None:
        if self._first is not None:
            self.discarded.emit(self._first)


class DraftOffer(QObject):
    """Asks the safe what is kept, and does what the person decides. Lives with the shell."""

    def __init__(self, window: "MainWindow", shell: "Shell") -> None:
        super().__init__(shell)
        self._window = window
        self.notice = DraftNotice(window.words)
        shell.put_above(self.notice)
        self.notice.continued.connect(self._continue)
        self.notice.discarded.connect(self._discard)
        window.session.opened.connect(self._ask)
        # A draft goes when its text is saved.
        window.session.changed.connect(self._ask)
        window.session.locking.connect(self.notice.forget)
        if window.session.is_open:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._window.session.ask(
            self, "drafts", Safe.drafts, done=self.notice.show_drafts, failed=self._window.report
        )

    @Slot(object)
    def _continue(self, draft: Draft) -> None:
        # The page of the badge has the text: its editor takes it from the safe.
        self.notice.forget()
        if is_unsigned(draft):
            self._go_on_declaring()
            return
        detail = self._window.detail
        if detail.badge_id == draft.credential_id:
            # Loaded anew, the editor would go, and save what is to be written on.
            self._window.show_page("badge")
        else:
            self._window.show_badge(draft.credential_id)
        detail.marks.write_on()

    def _go_on_declaring(self) -> None:
        from wallet_app.ui.sheets.declare_sheet import DeclareSheet  # noqa: PLC0415 - not at start

        # The dialog takes the text from the safe.
        self._window.open_sheet(DeclareSheet(self._window, self._window.context))

    @Slot(object)
    def _discard(self, draft: Draft) -> None:
        self._window.session.ask(
            self,
            "discard draft",
            partial(_discard, draft),
            done=self._tell_discarded,
            failed=self._window.report,
        )

    def _tell_discarded(self, left: Sequence[OfferedDraft]) -> None:
        self.notice.show_drafts(left)
        self._window.toast(self._window.words.text("draft.discarded"))
        # An editor that shows the text reads it anew.
        self._window.session.changed.emit()


def _discard(draft: Draft, safe: Safe) -> tuple[OfferedDraft, ...]:
    safe.discard_draft(draft)
    return safe.drafts()
