"""On the first page, while a locked safe lies aside: where it is, and the way back."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.put_aside import day_aside
from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.notice import Notice
from wallet_app.wording import Words, plain_text

__all__ = ["SafeAside", "aside_sentence"]

_MAX_FOLDER: Final = 300


def aside_sentence(words: Words, asides: Sequence[Path], path: Path) -> str:
    """Return which safes lie aside beside the one at ``path``, or ""."""
    return " ".join(
        words.text(
            "put_aside.another",
            folder=plain_text(shown_folder(aside), max_chars=_MAX_FOLDER),
            day=words.date(day_aside(aside, path)),
        )
        for aside in asides
    )


class SafeAside(QWidget):
    """Hidden until ``tell``: a notice for each safe.

    Attributes:
        buttons: puts back what each notice names.

    Signals:
        wanted: the folder of the safe that is to be put back.
    """

    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.notices: list[Notice] = []
        self.buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 24)
        self._column.setSpacing(12)
        self.hide()

    def tell(self, asides: Sequence[Path], path: Path) -> None:
        """Name the safes that were put aside from ``path``; none takes the notices away."""
        for notice in self.notices:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.notices, self.buttons = [], []
        for aside in asides:
            self._add(aside, path)
        self.setEnabled(True)
        self.setVisible(bool(asides))

    def _add(self, aside: Path, path: Path) -> None:
        words = self._words
        day = words.date(day_aside(aside, path))
        folder = plain_text(shown_folder(aside), max_chars=_MAX_FOLDER)
        notice = Notice(
            "lock",
            words.text("put_aside.lies_title", day=day),
            words.text("put_aside.lies", folder=folder),
        )
        button = Button(words.text("put_aside.back"), size=Size.SMALL)
        button.setObjectName("put-back")
        button.setAccessibleName(words.text("put_aside.back_name", folder=folder))
        button.clicked.connect(partial(self.wanted.emit, aside))
        notice.column.addSpacing(10)
        notice.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(notice)
        self.notices.append(notice)
        self.buttons.append(button)
