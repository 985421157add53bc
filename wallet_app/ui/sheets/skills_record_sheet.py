"""Save my record: in which form, what will stand in the file, and where it goes."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wallet_app.app.safe import Safe
from wallet_app.app.skill_overview import SkillOverview
from wallet_app.app.skills_record import RecordKind, write_record
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import documents_folder
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.way_list import Way, WayList
from wallet_app.ui.context import Context
from wallet_app.wording import Words

__all__ = ["SkillsRecordSheet"]

_WIDTH: Final = 560
_ICONS: Final = {
    RecordKind.PDF: "pdf",
    RecordKind.PICTURE: "image",
    RecordKind.TABLE: "grid",
    RecordKind.RESUME: "profile-card",
}


class SkillsRecordSheet(Sheet):
    """Writes one file, then closes."""

    def __init__(self, window: QWidget, context: Context, overview: SkillOverview) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("skills_page.save"),
            close_name=words.text("ui.close"),
            width=_WIDTH,
        )
        self._context, self._overview = context, overview
        self.kind = RecordKind.PDF
        ways = [
            Way(
                kind.value,
                _ICONS[kind],
                words.text(f"skills_record.kind.{kind}"),
                words.text(f"skills_record.kind_hint.{kind}"),
            )
            for kind in RecordKind
        ]
        self.ways = WayList(words.text("skills_record.kinds"), ways)
        self.ways.chosen.connect(self._choose)
        self.ways.choose(self.kind.value)
        contents = words.text("skills_record.contents")
        # In large text it is taller than the window.
        scroll = ScrollColumn(margins=(28, 20, 28, 20))
        scroll.column.setSpacing(14)
        scroll.column.addWidget(Label(contents, "body", tone="t1", wrap=True))
        scroll.column.addWidget(self.ways)
        scroll.column.addWidget(Notice("info", "", words.text("skills_record.leaves")))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll)
        self._add_buttons()

    def _add_buttons(self) -> None:
        words = self._context.words
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.go = Button(words.text("skills_record.go"), Kind.PRIMARY)
        self.go.setObjectName("record-go")
        self.go.clicked.connect(self._ask_place)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)

    def open_sheet(self, first: QWidget | None = None) -> None:
        """Begin at the form that is chosen."""
        super().open_sheet(first or self.ways.current_row())

    @Slot(str)
    def _choose(self, kind: str) -> None:
        self.kind = RecordKind(kind)

    @Slot()
    def _ask_place(self) -> None:
        words, suffix = self._context.words, f".{self.kind}"
        day = self._context.session.services.now().astimezone().date().isoformat()
        name = f"{words.text('skills_record.file_name', date=day)}{suffix}"
        self._context.seams.choose_save(
            words.text("skills_page.save"),
            documents_folder() / name,
            [words.text("share.filter", suffix=f"*{suffix}")],
            self.write,
        )

    def write(self, path: Path) -> None:
        """Write to a path that the person chose."""
        suffix = f".{self.kind}"
        target = path if path.suffix else path.with_name(path.name + suffix)
        self._set_busy(busy=True)
        work = partial(
            _write, self._overview, self.kind, target, self._context.words,
            self._context.session.services.now(),
        )  # fmt: skip
        self._context.bridge.on_pool(
            self, "skills record", work, done=partial(self._note, target), failed=self._refuse
        )

    def _note(self, target: Path, _written: None) -> None:
        work = partial(_remember, target.name, self.kind.value, len(self._overview.skills))
        self._context.session.ask(
            self, "note record", work, done=partial(self._finish, target), failed=self._refuse
        )

    def _finish(self, target: Path, _noted: None) -> None:
        self.closable = True
        self.close_sheet()
        self._context.stage.toast(self._context.words.text("detail.saved", name=target.name))

    def _refuse(self, error: CoffreError) -> None:
        self._set_busy(busy=False)
        self._context.stage.report(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.closable = not busy
        for widget in (self.go, self.cancel, self.ways):
            widget.setEnabled(not busy)

    def forget(self) -> None:
        """Drop every name."""
        self._overview = SkillOverview()


def _write(
    overview: SkillOverview,
    kind: RecordKind,
    target: Path,
    words: Words,
    now: datetime,
    _cancelled: CancelToken,
) -> None:
    write_record(overview, kind, target, words, now=now)


def _remember(name: str, kind: str, skills: int, safe: Safe) -> None:
    safe.note_record(name, kind, skills)
