"""The words of a recovery sheet, shown once, and the sheet as a file. Nothing is kept of either."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.recovery_sheet import save_sheet
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import documents_folder, shown_folder
from wallet_app.ui.components.button import Button, LinkButton, Size
from wallet_app.ui.components.panel import Panel
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.folder_opening import FolderOpener

if TYPE_CHECKING:
    from wallet_app.app.recovery_sheet import RecoverySheet

__all__ = ["RecoveryWords"]

_COUNT: Final = 14
_COLUMNS: Final = 2


class RecoveryWords(QWidget):
    """Empty until ``show_sheet``, and again after ``forget``.

    ``is_saved``: the sheet shown was written to a file at least once.
    """

    def __init__(self, context: Context, why: str) -> None:
        """``why`` is said above the words, where nobody asked for a sheet."""
        super().__init__()
        words = context.words
        self._context = context
        self._sheet: RecoverySheet | None = None
        self.is_saved = False
        self.why = Label(why, "body_strong", wrap=True)
        self.why.setVisible(bool(why))
        self.labels = [Label("", "value") for _ in range(_COUNT)]
        self.save_pdf = Button(words.text("recovery.save_pdf"), icon="pdf", size=Size.SMALL)
        self.save_pdf.setObjectName("recovery-save-pdf")
        self.save_pdf.clicked.connect(self._ask_pdf)
        self.save_text = Button(words.text("recovery.save_text"), icon="file", size=Size.SMALL)
        self.save_text.setObjectName("recovery-save-text")
        self.save_text.clicked.connect(self._ask_text)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.save_pdf)
        buttons.addWidget(self.save_text)
        buttons.addStretch(1)
        self.saved = Label("", "small", tone="t2", wrap=True)
        self.open_folder = LinkButton(words.text("folder.open"))
        self.open_folder.setObjectName("recovery-open-folder")
        self.open_folder.clicked.connect(self._open_folder)
        self._opener = FolderOpener(self, context)
        self._file: Path | None = None
        for part in (self.saved, self.open_folder):
            part.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.why)
        column.addWidget(Label(words.text("recovery.text"), "body", tone="t2", wrap=True))
        column.addWidget(self._panel())
        column.addWidget(Label(words.text("recovery.twice"), "small", tone="t2"))
        column.addLayout(buttons)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.saved)
        told.addWidget(self.open_folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(told)

    def _panel(self) -> Panel:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        half = _COUNT // _COLUMNS
        for at, label in enumerate(self.labels):
            row, column = at % half, at // half * 2
            grid.addWidget(Label(str(at + 1), "value", tone="t3"), row, column)
            grid.addWidget(label, row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        panel = Panel()
        panel.setLayout(grid)
        grid.setContentsMargins(20, 14, 20, 14)
        return panel

    def show_sheet(self, sheet: "RecoverySheet") -> None:
        """Show the words of a sheet."""
        self._sheet = sheet
        name = self._context.words.text("recovery.word", place="{place}")
        for place, (label, word) in enumerate(zip(self.labels, sheet.code, strict=True), 1):
            label.setText(word)
            label.setAccessibleName(f"{name.format(place=place)}: {word}")

    def add_why(self, sentence: str) -> None:
        """Say one thing more above the words."""
        self.why.setText(f"{self.why.text()} {sentence}")

    def forget(self) -> None:
        """Drop the words."""
        self._sheet, self.is_saved, self._file = None, False, None
        for label in self.labels:
            label.setText("")
            label.setAccessibleName("")

    # --- the sheet as a file -----------------------------------------------------------

    @Slot()
    def _ask_pdf(self) -> None:
        self._ask_file("pdf")

    @Slot()
    def _ask_text(self) -> None:
        self._ask_file("text")

    def _ask_file(self, kind: str) -> None:
        words = self._context.words
        suffix = ".pdf" if kind == "pdf" else ".txt"
        suggested = documents_folder() / f"{words.text('recovery.file_name')}{suffix}"
        title = words.text(f"recovery.save_{kind}")
        self._context.seams.choose_save(
            title, suggested, [words.text(f"recovery.kind_{kind}")], self._save
        )

    def _save(self, path: Path) -> None:
        sheet, language = self._sheet, self._context.words.language
        if sheet is None:
            return

        def write(_cancelled: CancelToken) -> Path:
            save_sheet(path, sheet, language, replace=True)
            return path

        self._context.bridge.on_pool(
            self, "save sheet", write, done=self._tell_saved, failed=self._context.stage.report
        )

    def _tell_saved(self, path: Path) -> None:
        self.is_saved = True
        folder = shown_folder(path.parent)
        sentence = self._context.words.text("recovery.saved", name=path.name, folder=folder)
        self.saved.setText(sentence)
        self._file = path
        for part in (self.saved, self.open_folder):
            part.show()
        self._context.stage.announce(sentence)

    @Slot()
    def _open_folder(self) -> None:
        if self._file is not None:
            self._opener.open_of(self._file)
