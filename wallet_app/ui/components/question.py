"""A question with two answers, over the window."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label

__all__ = ["QuestionSheet"]


class QuestionSheet(Sheet):
    """Emits ``answered`` once, True for the confirming button, False for anything else."""

    answered = Signal(bool)

    def __init__(  # noqa: PLR0913  (the parts of one question)
        self,
        window: QWidget,
        *,
        title: str,
        text: str,
        confirm: str,
        cancel: str,
        danger: bool = False,
    ) -> None:
        super().__init__(window, title, width=480)
        self._agreed = False
        self.header_line.hide()
        self.body.setContentsMargins(28, 0, 28, 20)
        self.body.addWidget(Label(text, "body", tone="t2", wrap=True))
        self.footer.addStretch(1)
        self.cancel = Button(cancel, Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.confirm = Button(confirm, Kind.DANGER if danger else Kind.PRIMARY)
        self.confirm.clicked.connect(self._agree)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.confirm)
        self.closed.connect(self._tell)

    @Slot()
    def _agree(self) -> None:
        self._agreed = True
        self.close_sheet()

    @Slot()
    def _tell(self) -> None:
        self.answered.emit(self._agreed)
