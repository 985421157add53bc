"""The dialog that takes everything out: what is written, what stays, and the warning."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.moving_out import LeftBehind, MoveOutKind, MoveOutPlan, MoveOutRequest
from wallet_app.app.safe import Safe
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import documents_folder
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.line_list import LineList
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.wording import Words, plain_text

__all__ = ["MoveOutSheet"]

_WIDTH: Final = 600
_MOST_NAMED: Final = 40
_SUFFIXES: Final = {MoveOutKind.FOLDER: "", MoveOutKind.ZIP: ".zip", MoveOutKind.LCW: ".json"}


class MoveOutSheet(Sheet):
    """A choice of three ways, the warning of each, and the list of what does not travel."""

    def __init__(self, window: QWidget, context: Context) -> None:
        words = context.words
        super().__init__(
            window, words.text("moving_page.take_out"), width=_WIDTH,
            close_name=words.text("ui.close"),
        )  # fmt: skip
        self._context = context
        self.kind = MoveOutKind.FOLDER
        self.body.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        self.body.addWidget(scroll, 1)
        options = [(kind.value, words.text(f"moving_page.kind.{kind}")) for kind in MoveOutKind]
        self.choice = Choice(words.text("moving_page.kinds"), options, self.kind.value)
        self.choice.chosen.connect(self._choose)
        self.about = Label("", "body", tone="t2", wrap=True)
        self.warning = Notice("warning", words.text("moving_page.not_encrypted"), "",
                              tone="danger")  # fmt: skip
        self.status = Label("", "body_strong", wrap=True)
        self.status.setObjectName("move-out-status")
        self.left = LineList("small", tone="t2", spacing=4)
        self.left.setObjectName("move-out-left")
        for widget in (self.choice, self.about, self.warning, self.status, self.left):
            scroll.column.addWidget(widget)
        scroll.column.setAlignment(self.choice, Qt.AlignmentFlag.AlignLeft)
        self._add_buttons()
        self._choose(self.kind.value)

    def _add_buttons(self) -> None:
        words = self._context.words
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.setObjectName("move-out-cancel")
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text("moving_page.write"), Kind.DANGER)
        self.go.setObjectName("move-out-go")
        self.go.clicked.connect(self._choose_place)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def forget(self) -> None:
        """Drop every name."""
        self.left.set_lines(())
        self.status.setText("")

    # --- before ------------------------------------------------------------------------

    @Slot(str)
    def _choose(self, kind: str) -> None:
        self.kind = MoveOutKind(kind)
        words = self._context.words
        self.about.setText(words.text(f"moving_page.about.{kind}"))
        keys = self.kind is MoveOutKind.LCW
        self.warning.text.setText(
            words.text(f"move_out.warning_text.{'keys' if keys else 'plain'}")
        )
        self.status.setText("")
        self.left.set_lines(())
        self.go.setEnabled(False)
        chosen = self.kind
        self._context.session.ask(
            self, "plan move out", lambda safe: safe.plan_move_out(chosen),
            done=self._show_plan, failed=self._refuse,
        )  # fmt: skip

    def _show_plan(self, plan: MoveOutPlan) -> None:
        if plan.kind is not self.kind:
            return
        words = self._context.words
        self.status.setText(words.plural("moving_page.will_travel", plan.badges))
        self.left.set_lines(_lines(plan, words, written=False))
        self.go.setEnabled(plan.badges > 0)
        self.fit()

    # --- writing -----------------------------------------------------------------------

    @Slot()
    def _choose_place(self) -> None:
        words = self._context.words
        suffix = _SUFFIXES[self.kind]
        day = self._context.session.services.now().astimezone().date().isoformat()
        suggested = documents_folder() / f"{words.text('moving_page.name', date=day)}{suffix}"
        filters = [words.text(f"moving_page.filter.{self.kind}", suffix=f"*{suffix}")]
        self._context.seams.choose_save(
            words.text("moving_page.take_out"), suggested, filters, self.write
        )

    def write(self, path: Path) -> None:
        """Write to a path that the person chose."""
        suffix = _SUFFIXES[self.kind]
        target = path if not suffix or path.suffix else path.with_name(path.name + suffix)
        request = MoveOutRequest(target, self.kind, self._context.words.language)
        report = self._context.bridge.reporter(self, self._advance)

        def work(safe: Safe, cancelled: CancelToken) -> MoveOutPlan:
            def tick(done: int, total: int) -> None:
                if cancelled():
                    raise UserError("move_out.stopped")
                report(done, total)

            return safe.move_out(request, progress=tick)

        self._set_busy(busy=True)
        self._context.session.ask_cancellable(
            self, "move out", work, done=self._finish, failed=self._refuse
        )

    def _set_busy(self, *, busy: bool) -> None:
        self.closable = not busy
        key = "moving_page.writing" if busy else "moving_page.write"
        self.go.set_words(self._context.words.text(key))
        self.go.updateGeometry()
        for widget in (self.go, self.cancel, self.choice):
            widget.setEnabled(not busy)

    def _advance(self, done: int, total: int) -> None:
        words = self._context.words
        numbers = {"done": words.number(done), "total": words.number(total)}
        self.status.setText(words.text("moving_page.progress", **numbers))

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        sentence = error_sentence(self._context.words, error)
        self.status.setText(sentence)
        self._context.stage.announce(sentence)
        self.fit()

    def _finish(self, plan: MoveOutPlan) -> None:
        words = self._context.words
        self._set_busy(busy=False)
        sentence = words.plural("moving_page.written", plan.badges)
        self.status.setText(sentence)
        keys = plan.kind is MoveOutKind.LCW
        self.warning.heading.setText(words.text("moving_page.and_the_file"))
        self.warning.text.setText(words.text("move_out.destroy" if keys else "move_out.in_clear"))
        self.left.set_lines(_lines(plan, words, written=True))
        self.choice.hide()
        self.about.hide()
        self.go.hide()
        self.cancel.set_words(words.text("ui.close"))
        self.cancel.updateGeometry()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.stage.announce(sentence)
        self.fit()


def _lines(plan: MoveOutPlan, words: Words, *, written: bool) -> list[str]:
    lines = []
    if plan.kind is MoveOutKind.LCW and plan.profile:
        made = "minted" if written else "to_mint"
        key = made if plan.mints else "held"
        lines.append(words.text(f"move_out.identity.{key}", name=plan.profile))
    if plan.in_trash:
        lines.append(words.text("move_out.in_trash", count=plan.in_trash))
    lines += _named(plan.left_out, "move_out.not_taken", words)
    lines += _named(plan.warnings, "move_out.taken_otherwise", words)
    return lines


def _named(left: tuple[LeftBehind, ...], heading: str, words: Words) -> list[str]:
    if not left:
        return []
    lines = [words.text(heading, count=len(left))]
    for one in left[:_MOST_NAMED]:
        name, reason = plain_text(one.name, max_chars=120), words.text(one.code)
        lines.append(words.text("move_out.line", name=name, reason=reason))
    if len(left) > _MOST_NAMED:
        lines.append(words.text("move_out.more", count=len(left) - _MOST_NAMED))
    return lines
