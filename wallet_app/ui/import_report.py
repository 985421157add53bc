"""The end of an import: what is in the safe now, what to look at, what was left out and why."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.import_table import import_table
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.vault_paths import documents_folder
from wallet_app.drawing.tokens import DECLARED
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.page_head import PageHead
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.room import HeadedRoom
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.share_bar import ShareBar
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.import_faces import (
    LOOK_ORDER,
    left_inside,
    refused_by_kind,
    verdict_count,
    verdict_counts,
)
from wallet_app.ui.import_group import GroupFace, ImportGroup
from wallet_app.ui.import_run import Tally, is_file
from wallet_app.ui.pages.page import MARGIN
from wallet_app.ui.phrases import error_sentence
from wallet_app.verification.report import Verdict

__all__ = ["ImportReport"]


class ImportReport(QWidget):
    """Made once, when the import has ended.

    Attributes:
        headline: the first line, also told to screen readers.
    """

    def __init__(self, context: Context, tally: Tally) -> None:
        super().__init__()
        self._context = context
        self._tally = tally
        self.headline = self._headline()
        self._content = ScrollColumn(margins=(MARGIN, 8, MARGIN, MARGIN))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadedRoom([self._head()], self._content))
        self._fill()

    def showEvent(self, event: object) -> None:
        """Put the focus on what most people do next."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt gives a QShowEvent
        self.open_safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _headline(self) -> str:
        words, tally = self._context.words, self._tally
        read = words.plural(
            "intake.read" if tally.only_files else "intake.read_items", tally.sources
        )
        added = words.plural("intake.added", len(tally.added))
        return words.text("intake.read_and_added", read=read, added=added)

    def _head(self) -> QWidget:
        head = PageHead(self.headline, margin=MARGIN, role="section", gap=10)
        head.add_spring()
        self.open_safe = Button(self._context.words.text("intake.open_safe"), Kind.PRIMARY)
        self.open_safe.setObjectName("import-open-safe")
        self.open_safe.clicked.connect(self._leave)
        self.save = Button(self._context.words.text("intake.save_report"), icon="file")
        self.save.clicked.connect(self._ask_place)
        head.add(self.save, self.open_safe)
        return head

    def _fill(self) -> None:
        column = self._content.column
        if self._tally.stopped:
            column.addWidget(self._stopped())
            column.addSpacing(16)
        column.addWidget(self._summary())
        self._section("intake.look", self._look_groups(), self._share_to_look_at())
        self._section("intake.kept", self._kept_groups())
        self._section("intake.left_out", self._left_out_groups())
        column.addStretch(1)

    def _stopped(self) -> Notice:
        words, tally = self._context.words, self._tally
        if tally.error is not None:
            text = error_sentence(words, tally.error)
            said = words.plural("intake.kept_after_error", len(tally.added))
            return Notice("warning", text, said, tone="danger")
        said = words.plural("intake.kept_after_stop", len(tally.added))
        return Notice("info", words.text("intake.stopped"), said, tone="t2")

    def _summary(self) -> Panel:
        added = self._tally.added
        verified = len(verdict_count(added, Verdict.VERIFIED))
        panel = Panel()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(self._result(verified), "section", wrap=True))
        if below := self._said_below(verified):
            texts.addWidget(Label(below, "body", tone="t2", wrap=True))
        top = QHBoxLayout()
        top.setSpacing(18)
        fine = self._mostly(verified)
        icon = ("verdict-verified", "verdict.verified") if fine else ("info", "t3")
        top.addWidget(IconMark(*icon, 36), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        column = QVBoxLayout(panel)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(ShareBar([(tone, count) for tone, count, _, _ in self._parts()]))
        column.addWidget(self._legend())
        return panel

    def _said_below(self, verified: int) -> str:
        """Say that what is worth a look is in the safe as well, and where the files are."""
        said, added = [], self._tally.added
        if self._mostly(verified) and (to_look_at := self._count_to_look_at()):
            whole = self._context.words.number(len(added))
            said.append(self._context.words.plural("intake.all_kept", to_look_at, whole=whole))
        if any(is_file(result.source) for result in self._tally.results):
            said.append(self._untouched())
        return " ".join(said)

    def _untouched(self) -> str:
        words, seconds = self._context.words, round(self._tally.elapsed_ms / 1000)
        untouched = words.text("intake.untouched")
        took = words.plural("intake.took", seconds) if seconds else ""
        return f"{took} {untouched}".strip()

    def _result(self, verified: int) -> str:
        words, added = self._context.words, len(self._tally.added)
        if self._mostly(verified):
            return words.plural("intake.verified", verified)
        if verified:
            return words.plural("intake.some_verified", verified)
        return words.plural("intake.none_verified", added) if added else words.text("intake.none")

    def _mostly(self, verified: int) -> bool:
        """Return whether a tick may stand for all that was added."""
        return 2 * verified > len(self._tally.added)

    def _parts(self) -> list[tuple[str, int, str, str]]:
        """Return tone, count, icon and words of each part of the bar."""
        words, counts = self._context.words, verdict_counts(self._tally.added)
        first = (Verdict.VERIFIED, DECLARED, Verdict.UNDETERMINED)
        order = (*first, *LOOK_ORDER[3:5], *LOOK_ORDER[:3])
        parts = [
            (f"verdict.{verdict}", count, f"verdict-{verdict}",
             words.plural(f"intake.count.{verdict}", count))
            for verdict in order
            if (count := counts[verdict])
        ]  # fmt: skip
        known, twice = self._known()
        refused = self._tally.having(ImportOutcome.REFUSED)
        rest = (
            ("duplicate", "edge", known),
            ("twice", "edge", twice),
            ("refused", "line", refused),
        )
        for kind, tone, results in rest:
            if count := len(results):
                parts.append((tone, count, "", words.plural(f"intake.count.{kind}", count)))
        return parts

    def _known(self) -> tuple[list[ImportResult], list[ImportResult]]:
        """Return what was in the safe before, and what came more than once by this import."""
        known: tuple[list[ImportResult], list[ImportResult]] = [], []
        for result in self._tally.having(ImportOutcome.DUPLICATE):
            known[self._tally.came_twice(result)].append(result)
        return known

    def _legend(self) -> QWidget:
        legend = QWidget()
        flow = FlowLayout(legend, gap=20)
        for tone, _, icon, text in self._parts():
            if icon:
                flow.addWidget(_Mark(icon, tone, text))
            else:
                flow.addWidget(Label(text, "small", tone="t2"))
        return legend

    def _section(self, title_key: str, groups: Sequence[ImportGroup], note: str = "") -> None:
        if not groups:
            return
        column, head = self._content.column, QHBoxLayout()
        column.addSpacing(22)
        head.addWidget(Label(self._context.words.text(title_key), "heading"), 1)
        head.addWidget(Label(note, "small", tone="t3"))
        column.addLayout(head)
        column.addSpacing(10)
        panel = Panel()
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        for group in groups:
            rows.addWidget(group)
        column.addWidget(panel)

    def _share_to_look_at(self) -> str:
        words, count = self._context.words, self._count_to_look_at()
        whole = words.number(len(self._tally.added))
        return words.text("library.found", count=words.number(count), total=whole)

    def _count_to_look_at(self) -> int:
        added, fine = self._tally.added, (Verdict.VERIFIED, DECLARED)
        return len(added) - sum(len(verdict_count(added, one)) for one in fine)

    def _look_groups(self) -> list[ImportGroup]:
        added = self._tally.added
        found = [(verdict, verdict_count(added, verdict)) for verdict in LOOK_ORDER]
        shown = [(verdict, results) for verdict, results in found if results]
        return [
            self._group(f"verdict-{verdict}", f"verdict.{verdict}", verdict, results, first=at == 0)
            for at, (verdict, results) in enumerate(shown)
        ]

    def _kept_groups(self) -> list[ImportGroup]:
        added = verdict_count(self._tally.added, Verdict.VERIFIED)
        newer = [result for result in added if result.outcome is ImportOutcome.NEWER]
        plain = [result for result in added if result.outcome is ImportOutcome.ADDED]
        groups = []
        if plain:
            groups.append(self._group("verdict-verified", "verdict.verified", "verified", plain,
                                      first=True))  # fmt: skip
        if newer:
            groups.append(self._group("refresh", "t2", "newer", newer, first=not plain))
        if own := verdict_count(self._tally.added, DECLARED):
            groups.append(self._group("verdict-declared", "verdict.declared", DECLARED, own,
                                      first=not groups))  # fmt: skip
        return groups

    def _left_out_groups(self) -> list[ImportGroup]:
        groups: list[ImportGroup] = []
        for kind, known in zip(("duplicate", "twice"), self._known(), strict=True):
            if known:
                groups.append(self._group("copy", "t3", kind, known, first=not groups))
        for kind, refused in refused_by_kind(self._tally).items():
            groups.append(self._group("file", "t3", kind, refused, first=not groups))
        if beside := left_inside(self._tally):
            groups.append(self._group("file", "t3", "beside", beside, first=not groups))
        return groups

    def _group(
        self, icon: str, tone: str, kind: str, results: list[ImportResult], *, first: bool
    ) -> ImportGroup:
        words = self._context.words
        count = sum(map(_things_beside, results)) if kind == "beside" else len(results)
        face = GroupFace(
            icon=icon,
            tone=tone,
            title=words.plural(f"intake.group.{kind}", count),
            text=words.plural(f"intake.group_text.{kind}", count),
            twice=kind == "twice",
        )
        return ImportGroup(self._context, face, results, first=first)

    @Slot()
    def _ask_place(self) -> None:
        words = self._context.words
        place = documents_folder() / f"{words.text('intake.report_name')}.csv"
        kinds = [words.text("intake.report_kind")]
        title = words.text("intake.save_report")
        self._context.seams.choose_save(title, place, kinds, self._save)

    def _save(self, path: Path) -> None:
        words = self._context.words
        data = import_table(self._tally.results, words, partial(error_sentence, words))
        self._context.session.ask(
            self, "save report", lambda safe: safe.save_import_report(path, data),
            done=self._tell_saved, failed=self._context.stage.report)  # fmt: skip

    def _tell_saved(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))

    @Slot()
    def _leave(self) -> None:
        """Lead to what came, also where the list was shown, or scrolled, in between."""
        added = tuple(one.badge.id for one in self._tally.added if one.badge is not None)
        if added:
            self._context.session.sought.emit(added)
        self._context.stage.show_page("safe")


def _things_beside(result: ImportResult) -> int:
    """Return for how many things a note stands: "left aside: 2" is one note of two."""
    params = result.error.params if result.error else {}
    return int(params.get("count", 1))


class _Mark(QWidget):
    """Icon and count of one verdict in the legend."""

    def __init__(self, icon: str, tone: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(IconMark(icon, tone, 14))
        row.addWidget(Label(text, "small_strong", tone=tone))
