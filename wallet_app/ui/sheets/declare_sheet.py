"""The dialog in which a person declares a skill themselves, with what shows it."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from wallet_app.app.declared_draft import UnsignedSkill, discard_unsigned
from wallet_app.app.models import ImportResult
from wallet_app.app.safe import Safe
from wallet_app.app.self_declared import MOST_CHARS, OwnProof, OwnSkill, file_proof
from wallet_app.app.task_runner import CancelToken
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tick_box import TickBox
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.action_sheet import FIELD_HEIGHT, ActionSheet
from wallet_app.ui.sheets.declare_fields import ChosenFiles, SeveralLines
from wallet_app.ui.sheets.declare_kept import DeclareKept
from wallet_app.wording import plain_text

__all__ = ["DeclareSheet"]

_MAX_NAME: Final = 80


class DeclareSheet(ActionSheet):
    """``declared`` gives the row of the new badge."""

    declared = Signal(object)

    def __init__(self, window: QWidget, context: Context, name: str = "") -> None:
        words = context.words
        super().__init__(
            window, context, words.text("declare.title"), words.text("declare.text"),
            words.text("declare.go"),
        )  # fmt: skip
        self._words = words
        self._came_with = name
        self._add_kept(name)
        # Above what is filled in: who comes to sign must not learn only then what it takes.
        self._add_key()
        self.name = self._field("name", "name_hint", "name")
        self.name.edit.setText(name)
        self.about = self._several("about", "about_hint")
        self.content.addWidget(Label(words.text("declare.proofs"), "heading"))
        self.link = self._field("link", "link_hint", "", optional=True)
        self.files = ChosenFiles(context)
        self.choose = Button(words.text("declare.file"), icon="file", size=Size.SMALL)
        self.choose.clicked.connect(self._choose)
        self.content.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.files)
        self.content.addWidget(
            Label(words.text("declare.file_note"), "small", tone="t3", wrap=True)
        )
        self.say = self._several("say", "say_hint")
        self.holder = self._field("holder", "", "holder", optional=True)
        self._add_framework()
        context.session.ask(
            self, "own key", Safe.declaring_identity, done=self._take_key, failed=_ignore
        )
        self.kept.look_for()

    def _field(self, key: str, hint: str, limit: str, *, optional: bool = False) -> Field:
        note = self._words.text("declare.optional") if optional else ""
        field = Field(self._words.text(f"declare.{key}"), note=note, height_px=FIELD_HEIGHT)
        field.edit.setObjectName(f"declare-{key}")
        if limit:
            field.edit.setMaxLength(MOST_CHARS[limit])
        if hint:
            field.set_hint(self._words.text(f"declare.{hint}"))
        return self._add_field(field)

    def _several(self, key: str, hint: str) -> QPlainTextEdit:
        box = SeveralLines(
            self._words.text(f"declare.{key}"), self._words.text(f"declare.{hint}"),
            f"declare-{key}",
        )  # fmt: skip
        self.content.addWidget(box)
        return box.edit

    def _add_framework(self) -> None:
        """Where the skill is written down: few need it, so it is behind a link."""
        self.more = LinkButton(self._words.text("declare.more"))
        self.more.clicked.connect(self._show_more)
        self.content.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.framework = self._field("framework", "framework_hint", "name", optional=True)
        self.code = self._field("code", "", "code", optional=True)
        self.framework.hide()
        self.code.hide()

    def _add_kept(self, name: str) -> None:
        """The line above what was filled in from before a lock, with a way to begin anew."""
        words = self._words
        self.kept = DeclareKept(self, self._context, name)
        self.kept.found.connect(self._fill)
        self.kept_line = FlowRow(gap=12)
        anew = self.anew = LinkButton(words.text("declare.anew"))
        anew.clicked.connect(self._begin_anew)
        self.kept_line.add(Label(words.text("declare.kept"), "small_strong", tone="t2"), anew)
        self.kept_line.hide()
        self.content.addWidget(self.kept_line)

    def _add_key(self) -> None:
        words = self._words
        self.key_notice = Notice(
            "key", words.text("declare.key_title"), words.text("declare.key_text")
        )
        self.agree = TickBox(words.text("declare.key_agree"))
        self.agree.setObjectName("declare-agree")
        self.agree.toggled.connect(self._clear_missing)
        self.missing = Label("", "small_strong", tone="danger", wrap=True)
        self.missing.hide()
        self.key_notice.column.addWidget(self.agree)
        self.key_notice.column.addWidget(self.missing)
        self.key_notice.hide()
        self.content.addWidget(self.key_notice)
        self._needs_key = False

    def _would_lose(self) -> bool:
        return bool(self.files.paths) or super()._would_lose()

    @property
    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "name": self.name.edit,
            "link": self.link.edit,
            "holder": self.holder.edit,
            "framework": self.framework.edit,
            "code": self.code.edit,
        }

    @property
    def _texts(self) -> dict[str, QPlainTextEdit]:
        return {"about": self.about, "say": self.say}

    def written(self) -> UnsignedSkill | None:
        """Return what a lock must keep, None where nothing was written."""
        if not self._would_lose():
            return None
        texts = {key: line.text() for key, line in self._lines.items()}
        texts |= {key: text.toPlainText() for key, text in self._texts.items()}
        return UnsignedSkill(self.kept.kind, texts, tuple(map(str, self.files.paths)))

    @Slot(object)
    def _fill(self, kept: UnsignedSkill) -> None:
        for key, line in self._lines.items():
            line.setText(kept.texts.get(key, ""))
            # As if typed: leaving it asks, and the next lock keeps it.
            line.setModified(True)
        for key, text in self._texts.items():
            text.setPlainText(kept.texts.get(key, ""))
            text.document().setModified(True)
        self.files.show_paths([Path(path) for path in kept.files])
        if self.framework.edit.text() or self.code.edit.text():
            self._open_framework()
        self.kept_line.show()
        self._context.stage.announce(self._words.text("declare.kept"))
        self.fit()

    @Slot()
    def _begin_anew(self) -> None:
        self.kept.drop()
        self.kept_line.hide()
        self.forget()
        self.name.edit.setText(self._came_with)
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    # -----------------------------------------------------------------------------------

    def _take_key(self, did: str) -> None:
        self._needs_key = not did
        self.key_notice.setVisible(self._needs_key)
        self.fit()

    @Slot()
    def _clear_missing(self) -> None:
        self.missing.setText("")
        self.missing.hide()
        self.agree.setAccessibleDescription("")

    def _ask_to_agree(self) -> None:
        """Say at the box that nothing is signed without it, and go there."""
        self._set_busy("")
        sentence = self._words.text("declare.key_needed")
        self.key_notice.show()
        self.missing.setText(sentence)
        self.missing.show()
        self.agree.setAccessibleDescription(sentence)
        self._context.stage.announce(sentence)
        self.agree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()
        # What is made longer has its place only after the layouts have run.
        QTimer.singleShot(0, self, partial(self.scrolled.ensureWidgetVisible, self.missing))

    @Slot()
    def _show_more(self) -> None:
        self._open_framework()
        self.framework.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _open_framework(self) -> None:
        self.more.hide()
        self.framework.show()
        self.code.show()

    @Slot()
    def _choose(self) -> None:
        title = self._words.text("declare.file")
        self._context.seams.choose_files(title, self._take_files)

    def _take_files(self, names: list[str]) -> None:
        self.files.show_paths([*self.files.paths, *map(Path, names)])
        self.fit()

    @Slot()
    def _submit(self) -> None:
        if not self.go.isEnabled():
            return
        if not self.name.edit.text().strip():
            self._refuse(UserError("declare.no_name"))
            return
        if self._needs_key and not self.agree.isChecked():
            self._ask_to_agree()
            return
        self._set_busy(self._words.text("declare.busy"))
        job = partial(_proofs, self.files.paths)
        self._context.bridge.on_pool(
            self, "fingerprints", job, done=self._sign, failed=self._refuse
        )

    def _sign(self, files: tuple[OwnProof, ...]) -> None:
        link, said = self.link.edit.text(), self.say.toPlainText()
        skill = OwnSkill(
            name=self.name.edit.text(),
            description=self.about.toPlainText(),
            holder=self.holder.edit.text(),
            framework=self.framework.edit.text(),
            code=self.code.edit.text(),
            criteria=self._words.text("declare.criteria"),
            proofs=(OwnProof(url=link), *files, OwnProof(text=said)),
        )
        label = self._words.text("declare.key_label") if self.agree.isChecked() else ""
        self._context.session.ask(
            self, "declare skill", partial(_declare, skill, label, self.kept.kind),
            done=self._finish, failed=self._refuse,
        )  # fmt: skip

    def _finish(self, result: ImportResult) -> None:
        if result.error is not None:
            self._refuse(result.error)
            return
        name = plain_text(self.name.edit.text(), max_chars=_MAX_NAME)
        self.close_sheet()
        self._context.stage.toast(self._words.text("declare.done", name=name))
        if result.badge is not None:
            self._context.session.came.emit((result.badge.id,))
        self._context.session.changed.emit()
        self.declared.emit(result.badge)

    def _refuse(self, error: CoffreError) -> None:
        if error.code == "declare.url":
            self._refuse_in(self.link, error)
            return
        if error.code == "declare.no_key":
            self._ask_to_agree()
            return
        if error.code.startswith("declare."):
            self._refuse_in(self.name, error)
            return
        self._set_busy("")
        self._context.stage.report(error)
        self._context.stage.announce(error_sentence(self._words, error))

    def forget(self) -> None:
        """Empty every field."""
        for line in self._lines.values():
            line.setText("")
        for text in self._texts.values():
            text.setPlainText("")
        self.files.show_paths(())


def _proofs(paths: tuple[Path, ...], _cancelled: CancelToken) -> tuple[OwnProof, ...]:
    return tuple(map(file_proof, paths))


def _declare(skill: OwnSkill, label: str, kind: str, safe: Safe) -> ImportResult:
    result = safe.declare_skill(skill, new_key=label)
    if result.error is None:
        # It is signed: that its draft stays for now is no reason to say that it failed.
        with suppress(CoffreError):
            discard_unsigned(kind, safe)
    return result


def _ignore(_error: CoffreError) -> None:
    """Signing says what is wrong, if anything is."""
