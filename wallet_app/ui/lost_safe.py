"""On the first page, when a safe was here and its folder is gone: what to do about it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet_app.app.vault_paths import shown_folder
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.notice import Notice
from wallet_app.wording import Words, plain_text

__all__ = ["LostSafe"]


class LostSafe(QWidget):
    """Hidden until ``tell``.

    Attributes:
        look_again: looks whether the folder is back. restore: leads to the backups.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.notice = Notice("drive", words.text("lost_safe.title"), "")
        self.look_again = Button(words.text("lost_safe.look_again"), size=Size.SMALL)
        self.look_again.setObjectName("look-again")
        self.restore = Button(words.text("first_run.restore"), size=Size.SMALL)
        self.restore.setObjectName("lost-restore")
        row = FlowRow(gap=10)
        row.add(self.look_again)
        row.add(self.restore)
        self.notice.column.addSpacing(10)
        self.notice.column.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.addWidget(self.notice)
        self.hide()

    def tell(self, folder: Path | None) -> None:
        """Say that the safe is no longer in ``folder``; None takes the notice away."""
        if folder is not None:
            place = plain_text(shown_folder(folder), max_chars=300)
            self.notice.text.setText(self._words.text("lost_safe.text", folder=place))
        self.setVisible(folder is not None)

    def begin(self) -> None:
        """Put the focus on what loses nothing."""
        self.look_again.setFocus(Qt.FocusReason.OtherFocusReason)
