"""The dialog that shows a badge to someone. It says what leaves before anything does."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.certificates import preview_certificate
from wallet_app.app.models import BadgeDetail
from wallet_app.app.showing import qr_code
from wallet_app.app.task_runner import CancelToken
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.errors import CoffreError
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.field import IconMark
from wallet_app.ui.components.notice import Notice
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.value_table import ValueTable
from wallet_app.ui.components.way_list import WayList
from wallet_app.ui.context import Context
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.sheets.share_acts import ShareActs
from wallet_app.ui.sheets.share_facts import ShareFacts, ShowWay
from wallet_app.ui.sheets.share_previews import (
    PREVIEW_WIDTH,
    FilePreview,
    PagePreview,
    PaperPreview,
    ProfilePreview,
    QrPreview,
)
from wallet_app.ui.theme import look
from wallet_app.wording import plain_text

__all__ = ["ShareSheet"]

_WIDTH, _HEIGHT = 1136, 716
_LIST: Final = 292
_LIST_NARROW: Final = 236
_SIDE: Final = 346
_NARROW: Final = 1060
_Matrix = tuple[tuple[bool, ...], ...]


class ShareSheet(Sheet):
    """Ways at the left, what one of them means in the middle, what the reader sees at the right.

    Signals:
        code_wanted: a code is to fill the window; gives facts and matrix.
    """

    code_wanted = Signal(object, object)

    def __init__(self, window: QWidget, context: Context, detail: BadgeDetail) -> None:
        words = context.words
        super().__init__(
            window,
            words.text("share.title"),
            subtitle=plain_text(detail.row.name, max_chars=160),
            close_name=words.text("ui.close"),
            width=_WIDTH,
            height=_HEIGHT,
        )
        self._context = context
        self.facts = ShareFacts(words, detail)
        self._acts = ShareActs(context, self.facts, self)
        self._acts.code_recorded.connect(self._show_full)
        self._matrix: _Matrix = ()
        self._way = next(way for way in ShowWay if self.facts.is_possible(way))
        self._art = _Art(context, detail.row.id)
        self.header.insertWidget(0, self._art)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.show_way(self._way)

    # --- building ----------------------------------------------------------------------

    def _build(self) -> None:
        words = self._context.words
        self.ways = WayList(words.text("share.ways"), self.facts.ways())
        self.ways.chosen.connect(self._choose)
        self._list = ScrollColumn(margins=(14, 14, 14, 14))
        listed = self._list.column
        listed.addWidget(self.ways)
        listed.addSpacing(6)
        note = QHBoxLayout()
        note.setContentsMargins(14, 0, 14, 0)
        note.addWidget(Label(words.text("share.nothing_yet"), "small", tone="t3", wrap=True))
        listed.addLayout(note)
        listed.addStretch(1)
        self._middle = ScrollColumn(margins=(28, 20, 28, 20))
        self._side = _Side()
        self._side.setFixedWidth(_SIDE)
        self._preview = ScrollColumn(margins=(30, 20, 30, 20))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._preview)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(_Rule())
        row.addWidget(self._middle, 1)
        row.addWidget(self._side)
        self.body.addLayout(row, 1)
        self._fill_footer()

    def _fill_footer(self) -> None:
        words = self._context.words
        self._foot_icon = IconMark("link", "t2", 16)
        self._foot = Label("", "value", tone="t2")
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.cancel.clicked.connect(self.dismiss)
        self.second = Button("", Kind.SECONDARY)
        self.second.setObjectName("share-second")
        self.second.clicked.connect(self._act_second)
        self.primary = Button("", Kind.PRIMARY)
        self.primary.setObjectName("share-primary")
        self.primary.clicked.connect(self._act)
        self.footer.addWidget(self._foot_icon)
        self.footer.addWidget(self._foot, 1)
        for button in (self.cancel, self.second, self.primary):
            self.footer.addWidget(button)

    # --- one way -----------------------------------------------------------------------

    @Slot(str)
    def _choose(self, way_id: str) -> None:
        self.show_way(ShowWay(way_id))

    @property
    def matrix(self) -> _Matrix:
        """The code's modules, () until it is made."""
        return self._matrix

    def show_way(self, way: ShowWay) -> None:
        """Say everything about one way of showing."""
        self._way = way
        self.ways.choose(way.value)
        self._fill_middle(way)
        self._fill_preview(way)
        words = self._context.words
        icon, text = self.facts.foot(way)
        self._foot_icon.set_face(icon, "t2")
        self._foot.setText(plain_text(text, max_chars=400))
        self._foot.setToolTip("")
        self.primary.icon_name = _PRIMARY_ICONS[way]
        self.primary.set_words(words.text(f"share.{way}.primary"))
        self.primary.updateGeometry()
        self.primary.setEnabled(way is not ShowWay.QR or bool(self._matrix))
        second = f"share.{way}.second"
        self.second.setVisible(second in words)
        self.second.set_words(words.text(second) if second in words else "")
        self.second.updateGeometry()

    def _fill_middle(self, way: ShowWay) -> None:
        words, column = self._context.words, self._middle.column
        self._middle.clear()
        column.addWidget(Label(words.text(f"share.{way}.title"), "heading"))
        column.addSpacing(12)
        if warning := self.facts.warning():
            column.addWidget(Notice("warning", "", warning, tone="outcome.warning"))
            column.addSpacing(14)
        self._say("share.leaves", way, "leaves", gap=8)
        table = ValueTable(self.facts.rows(way))
        table.setObjectName("share-values")
        table.copy_asked.connect(self._acts.copy_value)
        column.addWidget(table)
        column.addSpacing(16)
        self._say("share.trust", way, "trust", gap=14)
        self._say("share.back", way, "back", gap=0)
        column.addStretch(1)

    def _say(self, title_key: str, way: ShowWay, about: str, *, gap: int) -> None:
        column = self._middle.column
        column.addWidget(Label(self._context.words.text(title_key), "compact_strong"))
        column.addSpacing(2)
        column.addWidget(Label(self.facts.sentence(way, about), "compact", tone="t2", wrap=True))
        column.addSpacing(gap)

    def _fill_preview(self, way: ShowWay) -> None:
        words, column = self._context.words, self._preview.column
        self._preview.clear()
        column.addWidget(Label(words.text("share.reader_sees"), "body_strong", wrap=True))
        column.addSpacing(12)
        column.addWidget(self._make_preview(way), 0, Qt.AlignmentFlag.AlignTop)
        caption = f"share.{way}.caption"
        if caption in words:
            column.addSpacing(10)
            said = words.text(caption, host=self.facts.host)
            column.addWidget(Label(said, "small", tone="t3", wrap=True))
        column.addStretch(1)

    def _make_preview(self, way: ShowWay) -> QWidget:
        facts = self.facts
        if way is ShowWay.PAGE:
            return PagePreview(facts)
        if way is ShowWay.QR:
            return self._qr_preview()
        if way is ShowWay.LINKEDIN:
            return ProfilePreview(self._context, facts)
        if way is ShowWay.PDF:
            return self._paper_preview()
        return FilePreview(facts, facts.file_name(way))

    def _qr_preview(self) -> QrPreview:
        facts, words = self.facts, self._context.words
        preview = QrPreview(words.text("share.qr.named", name=facts.detail.row.name,
                                       host=facts.host))  # fmt: skip
        if self._matrix:
            preview.show_matrix(self._matrix)
            return preview
        detail = facts.detail

        def make(_cancelled: CancelToken) -> _Matrix:
            return qr_code(detail).matrix

        self._context.bridge.on_pool(
            preview, "qr", make, done=partial(self._show_code, preview), failed=self._refuse_code
        )
        return preview

    def _show_code(self, preview: QrPreview, matrix: _Matrix) -> None:
        self._matrix = matrix
        preview.show_matrix(matrix)
        if self._way is ShowWay.QR:
            self.primary.setEnabled(True)

    def _refuse_code(self, error: CoffreError) -> None:
        sentence = error_sentence(self._context.words, error)
        self._preview.column.insertWidget(2, Notice("warning", "", sentence, tone="danger"))
        self.second.setEnabled(False)

    def _paper_preview(self) -> PaperPreview:
        words, detail = self._context.words, self.facts.detail
        preview = PaperPreview(words.text("share.pdf.named", name=detail.row.name))
        width = round(PREVIEW_WIDTH * max(2.0, self.devicePixelRatioF()))

        def paint(_cancelled: CancelToken) -> QImage | None:
            return decode_picture(preview_certificate(detail, words, width_px=width), width * 2)

        self._context.bridge.on_pool(
            preview, "page", paint, done=preview.show_page, failed=self._context.stage.report
        )
        return preview

    # --- doing it ----------------------------------------------------------------------

    @Slot()
    def _act(self) -> None:
        self._acts.act(self._way)

    @Slot()
    def _act_second(self) -> None:
        self._acts.act_second(self._way)

    @Slot()
    def _show_full(self) -> None:
        self.code_wanted.emit(self.facts, self._matrix)

    # -----------------------------------------------------------------------------------

    def forget(self) -> None:
        """Drop what is shown."""
        self._middle.clear()
        self._preview.clear()
        self._matrix = ()
        self.subtitle.setText("")
        self._foot.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the preview where the words need the room."""
        narrow = event.size().width() < look().px(_NARROW)
        self._side.setVisible(not narrow)
        self._list.setFixedWidth(look().px(_LIST_NARROW if narrow else _LIST))
        super().resizeEvent(event)


_PRIMARY_ICONS: Final = {
    ShowWay.PAGE: "copy",
    ShowWay.QR: "screen",
    ShowWay.LINKEDIN: "external",
    ShowWay.PDF: "download",
    ShowWay.FILE: "download",
}


class _Art(QWidget):
    def __init__(self, context: Context, badge_id: str) -> None:
        super().__init__()
        self._context, self._badge_id = context, badge_id
        self.setFixedSize(36, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        picture = self._context.pictures.pixmap(self._badge_id, 36, ratio)
        size = picture.deviceIndependentSize()
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.drawPixmap(box.topLeft(), picture)
        painter.end()


class _Rule(QWidget):
    """A line from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().tokens.line)
        painter.end()


class _Side(QFrame):
    """The ground of the preview."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.win)
        painter.fillRect(0, 0, 1, self.height(), tokens.line)
        painter.end()
