"""LinkedIn beyond its form: the issuer's number, a text for a post in both languages, a picture."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.showing import file_name
from wallet_app.app.task_runner import CancelToken
from wallet_app.app.vault_paths import documents_folder
from wallet_app.drawing.fonts import font
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Size
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowRow
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.spoken_role import PICTURE, speak_as
from wallet_app.ui.components.text import Heading, Label
from wallet_app.ui.components.viewport import let_through
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.share_acts import ShareActs
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_jobs import keep_organisation, save_copy
from wallet_app.ui.theme import look
from wallet_app.wording import LANGUAGES, Words

__all__ = ["CardPreview", "LinkedInPanel"]

_HEIGHT: Final = 40
_TEXT_HEIGHT: Final = 118
_MAX_NUMBER: Final = 200


class LinkedInPanel(QWidget):
    """Below the fields of LinkedIn's form. ``changed``: the issuer's number is another one."""

    changed = Signal()

    def __init__(self, context: Context, facts: ShareFacts, acts: ShareActs) -> None:
        super().__init__()
        self._context, self._facts, self._acts = context, facts, acts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        if facts.detail.report.proven_issuer:
            column.addLayout(self._organisation_part())
        column.addLayout(self._post_part())
        column.addLayout(self._card_part())

    # --- the number of the issuer's page -----------------------------------------------

    def _organisation_part(self) -> QVBoxLayout:
        words = self._context.words
        self.number = Field(
            words.text("share.linkedin.organisation"),
            note=words.text("share.linkedin.organisation_note"),
            height_px=_HEIGHT,
        )
        self.number.edit.setObjectName("linkedin-number")
        self.number.edit.setMaxLength(_MAX_NUMBER)
        self.number.edit.setText(self._facts.organisation)
        self.number.submitted.connect(self._keep_number)
        keep = Button(words.text("share.linkedin.organisation_keep"), size=Size.NORMAL)
        keep.setObjectName("linkedin-keep-number")
        keep.clicked.connect(self._keep_number)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.number.frame, 1)
        row.addWidget(keep)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.number.label)
        column.addLayout(row)
        # What is left of the field is where it says what is wrong.
        column.addWidget(self.number)
        text = words.text("share.linkedin.organisation_text")
        column.addWidget(Label(text, "small", tone="t3", wrap=True))
        return column

    @Slot()
    def _keep_number(self) -> None:
        detail, typed = self._facts.detail, self.number.edit.text()
        self._context.session.ask(
            self, "linkedin number", partial(keep_organisation, detail.row.id, typed),
            done=self._kept, failed=self._refuse,
        )  # fmt: skip

    def _kept(self, _number: str) -> None:
        self.changed.emit()

    def _refuse(self, error: CoffreError) -> None:
        sentence = error_sentence(self._context.words, error)
        self.number.show_error(sentence)
        self._context.stage.announce(sentence)

    # --- a text for a post -------------------------------------------------------------

    def _post_part(self) -> QVBoxLayout:
        words = self._context.words
        self.language = Choice(
            words.text("share.linkedin.post"),
            [(one, words.text(f"share.linkedin.post_{one}")) for one in reversed(LANGUAGES)],
            words.language,
        )
        self.language.setObjectName("linkedin-language")
        self.language.chosen.connect(self._show_post)
        self.post = QPlainTextEdit()
        let_through(self.post)
        self.post.setObjectName("linkedin-post")
        self.post.setAccessibleName(words.text("share.linkedin.post"))
        self.post.setReadOnly(True)
        self.post.setTabChangesFocus(True)
        self.post.setFont(font("compact", scale=look().scale))
        self.post.setFixedHeight(look().px(_TEXT_HEIGHT))
        copy = Button(words.text("share.linkedin.post_copy"), icon="copy", size=Size.SMALL)
        copy.setObjectName("linkedin-copy-post")
        copy.clicked.connect(self._copy_post)
        write = Button(words.text("share.linkedin.post_open"), icon="external", size=Size.SMALL)
        write.let_wrap()
        write.setObjectName("linkedin-write-post")
        write.clicked.connect(self._write_post)
        write.setVisible(bool(self._facts.post_url))
        row = FlowRow()
        row.add(copy, write)
        head = FlowRow(gap=12)
        head.add(Heading(words.text("share.linkedin.post"), "compact_strong"))
        head.add_spring()
        head.add(self.language)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.post)
        column.addWidget(row)
        self._show_post(words.language)
        return column

    @Slot(str)
    def _show_post(self, language: str) -> None:
        self.post.setPlainText(self._facts.post_text(language))

    @Slot()
    def _copy_post(self) -> None:
        self._acts.copy_value(self._facts.post_text(self.language.current))

    @Slot()
    def _write_post(self) -> None:
        self._acts.browse(self._facts.post_url)

    # --- a picture for a post ----------------------------------------------------------

    def _card_part(self) -> QVBoxLayout:
        words = self._context.words
        save = Button(words.text("share.linkedin.card_save"), icon="download", size=Size.SMALL)
        save.setObjectName("linkedin-save-card")
        save.clicked.connect(self._choose_card)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(Heading(words.text("share.linkedin.card"), "compact_strong"))
        text = words.text("share.linkedin.card_text")
        column.addWidget(Label(text, "compact", tone="t2", wrap=True))
        column.addLayout(row)
        return column

    @Slot()
    def _choose_card(self) -> None:
        words = self._context.words
        self._context.seams.choose_save(
            words.text("share.linkedin.card_save"),
            documents_folder() / file_name(self._facts.detail, ExportKind.CARD),
            [words.text("share.filter", suffix="*.png")],
            self._save_card,
        )

    def _save_card(self, path: Path) -> None:
        language = self.language.current
        work = partial(save_copy, self._facts.detail.row.id, ExportKind.CARD, path, language, "")
        self._context.session.ask(
            self, "export", work, done=self._tell_saved, failed=self._context.stage.report
        )

    def _tell_saved(self, name: str) -> None:
        self._context.stage.toast(self._context.words.text("detail.saved", name=name))


class CardPreview(QWidget):
    """The picture for a post, painted by the same hand as the file."""

    def __init__(self, context: Context, facts: ShareFacts, width_px: int) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._size = QSize(width_px, round(width_px * 627 / 1200))
        self.setFixedSize(self._size)
        speak_as(self, PICTURE)
        self.setAccessibleName(facts.words.text("share.linkedin.card"))
        paint = partial(_paint_card, facts.detail, facts.words, width_px * 2)
        context.bridge.on_pool(self, "card", paint, done=self._show, failed=context.stage.report)

    def _show(self, image: QImage | None) -> None:
        self._picture = QPixmap() if image is None else QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        smooth(painter)
        painter.fillRect(self.rect(), look().tokens.sunk)
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        painter.end()


def _paint_card(
    detail: BadgeDetail, words: Words, width_px: int, _cancelled: CancelToken
) -> QImage | None:
    from wallet_app.app.badge_cards import make_card  # noqa: PLC0415 - off the interface

    return decode_picture(make_card(detail, words), width_px)
