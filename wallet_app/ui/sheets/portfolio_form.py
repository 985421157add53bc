"""What the person says of several badges: title, words, last day, look, form, for whom."""

from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from wallet_app.app.typed_day import typed_day
from wallet_app.drawing.fonts import font
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowLayout, FlowRow
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look

__all__ = ["Form", "PortfolioForm"]

_HEIGHT: Final = 40
_WORDS_HEIGHT: Final = 84
_COLUMN: Final = 220
_MAX_TITLE: Final = 160
_MAX_WORDS: Final = 1_000
_MAX_DAY: Final = 16
_THEMES: Final = ("light", "dark", "paper")


class Form(StrEnum):
    """What several badges leave as."""

    LINK = "link"
    HTML = "html"
    PDF = "pdf"


class PortfolioForm(QWidget):
    """All of it may be left empty.

    Signals:
        changed: another form is chosen.
        submitted: Return was pressed in a field.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        words = context.words
        self._words = words
        self.choice = Choice(
            words.text("portfolio.as"),
            [(one.value, words.text(f"portfolio.as_{one}")) for one in Form],
            Form.LINK.value,
        )
        self.choice.setObjectName("portfolio-form")
        self.choice.chosen.connect(self._on_form)
        self.title = Field(words.text("portfolio.name"), height_px=_HEIGHT)
        self.title.edit.setObjectName("portfolio-title")
        self.title.edit.setMaxLength(_MAX_TITLE)
        self.title.set_hint(words.text("portfolio.name_hint"))
        self.words = QPlainTextEdit()
        let_through(self.words)
        self.words.setObjectName("portfolio-words")
        self.words.setAccessibleName(words.text("portfolio.words"))
        self.words.setPlaceholderText(words.text("portfolio.words_hint"))
        self.words.setFont(font("body", scale=look().scale))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(look().px(_WORDS_HEIGHT))
        self.until = Field(
            words.text("portfolio.until"), note=words.text("portfolio.until_note"),
            height_px=_HEIGHT,
        )  # fmt: skip
        self.until.edit.setObjectName("portfolio-until")
        self.until.edit.setMaxLength(_MAX_DAY)
        self.until.set_hint(words.text("portfolio.until_hint"))
        self.until.edit.textChanged.connect(self._say_day)
        self.read_day = Label("", "small", tone="t2", wrap=True)
        self.read_day.setObjectName("portfolio-read-day")
        self.read_day.hide()
        self.theme = Choice(
            words.text("portfolio.theme"),
            [(one, words.text(f"portfolio.theme_{one}")) for one in _THEMES],
            _THEMES[0],
        )
        self.theme.setObjectName("portfolio-theme")
        self.whom = Field(
            words.text("share.for_whom"), note=words.text("share.for_whom_note"), height_px=_HEIGHT
        )
        self.whom.edit.setObjectName("portfolio-for-whom")
        self.whom.set_hint(words.text("share.for_whom_hint"))
        for field in (self.title, self.until, self.whom):
            field.submitted.connect(self.submitted)
        self._lay_out()

    def _lay_out(self) -> None:
        words = self._words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        as_row = FlowRow(gap=12)
        as_row.add(Label(words.text("portfolio.as"), "compact_strong"))
        as_row.add(self.choice)
        column.addWidget(as_row)
        column.addWidget(self.title)
        written = QVBoxLayout()
        written.setSpacing(6)
        written.addWidget(Label(words.text("portfolio.words"), "compact_strong"))
        written.addWidget(self.words)
        column.addLayout(written)
        self._ends = QWidget()
        ends = FlowLayout(self._ends, gap=20, even_px=look().px(_COLUMN))
        until, look_of_it = QWidget(), QWidget()
        last = QVBoxLayout(until)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(6)
        last.addWidget(self.until)
        last.addWidget(self.read_day)
        last.addStretch(1)
        ends.addWidget(until)
        themes = QVBoxLayout(look_of_it)
        themes.setContentsMargins(0, 0, 0, 0)
        themes.setSpacing(6)
        themes.addWidget(Label(words.text("portfolio.theme"), "compact_strong"))
        themes.addWidget(self.theme)
        themes.addStretch(1)
        ends.addWidget(look_of_it)
        column.addWidget(self._ends)
        self._until_text = Label(words.text("portfolio.until_text"), "small", tone="t3", wrap=True)
        column.addWidget(self._until_text)
        column.addWidget(self.whom)

    # --- what was said -----------------------------------------------------------------

    @property
    def form(self) -> Form:
        """What the badges leave as."""
        return Form(self.choice.current)

    @property
    def title_text(self) -> str:
        """The title."""
        return self.title.edit.text().strip()

    @property
    def words_text(self) -> str:
        """The words, cut where a link could not carry them."""
        return self.words.toPlainText().strip()[:_MAX_WORDS]

    @property
    def theme_id(self) -> str:
        """The look of the page."""
        return self.theme.current

    @property
    def to_text(self) -> str:
        """For whom."""
        return self.whom.edit.text()

    @property
    def until_day(self) -> date | None:
        """The last day, None for none; ``date.min`` for what is no day."""
        typed = self.until.edit.text().strip()
        if not typed or self.form is Form.PDF:
            return None
        return typed_day(typed) or date.min

    def refuse_until(self) -> None:
        """Say below the field that it must be a day to come."""
        self.read_day.hide()
        self.until.show_error(self._words.text("portfolio.until_wrong"))
        self.until.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_link(self, *, possible: bool) -> None:
        """Begin with a file where a link cannot be had."""
        if not possible and self.form is Form.LINK:
            self.choose_form(Form.HTML)

    def choose_form(self, form: Form) -> None:
        """Let the badges leave as this."""
        self.choice.choose(form.value)
        self._on_form("")

    def forget(self) -> None:
        """Empty every field."""
        for field in (self.title, self.until, self.whom):
            field.edit.setText("")
        self.words.setPlainText("")

    @Slot(str)
    def _say_day(self, typed: str) -> None:
        """Say in words which day is read, so that nobody has to guess the order."""
        day = typed_day(typed)
        said = self._words.text("portfolio.until_read", date=self._words.date(day)) if day else ""
        self.read_day.setText(said)
        self.read_day.setVisible(bool(said))
        self.until.edit.setAccessibleDescription(said)

    @Slot(str)
    def _on_form(self, _form: str) -> None:
        page = self.form is not Form.PDF
        self._ends.setVisible(page)
        self._until_text.setVisible(page)
        self.changed.emit()
