"""How a badge looks in the library: as a card and as a list row. Delegates paint, no more."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QStyle,
    QStyleOptionViewItem,
)

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.drawing.verdict_mark import paint_verdict
from wallet_app.ui.components.cut_tips import CutTipDelegate
from wallet_app.ui.components.painting import paint_frame, smooth
from wallet_app.ui.components.text import ShapedText
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.components.verdict_pill import pill_style
from wallet_app.ui.pages.library_model import Role, RowTexts
from wallet_app.ui.pages.list_columns import (
    CARD_GAP,
    COLUMN_GAP,
    PADDING,
    RING,
    TICK,
    ListColumns,
    card_slice,
)
from wallet_app.ui.pictures import Pictures
from wallet_app.ui.theme import look

__all__ = [
    "CardDelegate",
    "RowDelegate",
    "forget_shaped",
]

_CARD_MIN: Final = 216
_CARD_HEIGHT: Final = 244
_ART: Final = 84
_ROW_HEIGHT: Final = 56
_ROW_ART: Final = 36
_FOLDED_HEIGHT: Final = 86
_STAR: Final = 16
_INSIDE_SHARE: Final = 0.55
"""Of a narrow row's second line, for what was searched for inside a record."""
_ART_SHIFT: Final = 3
"""Drawn art has a margin of its own; shifted, it stands flush with the words."""

_Index = QModelIndex | QPersistentModelIndex


@lru_cache(maxsize=512)
def _shaped(text: str, role: str, width: int, lines: int, _scale: float) -> ShapedText:
    return ShapedText(text, role, width, max_lines=lines)


def shaped(text: str, role: str, width: float, lines: int) -> ShapedText:
    """Return a broken and elided text from a cache that a lock empties."""
    return _shaped(text, role, round(width), lines, look().scale)


def forget_shaped() -> None:
    """Drop the names that were laid out: the safe is locking."""
    _shaped.cache_clear()


class _BadgeDelegate(CutTipDelegate):
    """What cards and rows share: the picture, whether a ring is due, and what was cut."""

    def __init__(self, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.ring_current = False

    def cut(self, _cell: QRectF, _texts: RowTexts) -> Sequence[str]:
        """Return in full the texts of which a cell shows the beginning only."""
        return ()

    def tip(self, cell: QRectF, index: _Index) -> str:
        """Return the tooltip of a badge in its cell, "" where all of it can be read."""
        texts = _texts(index)
        if texts is None:
            return ""
        note = (texts.inside_note,) if texts.inside_note else ()
        return tooltip(*self.cut(cell, texts), *note)

    def _picture(self, painter: QPainter, badge_id: str, box: QRectF) -> None:
        ratio = painter.device().devicePixelRatio()
        pixmap = self._pictures.pixmap(badge_id, round(box.width()), ratio)
        size = pixmap.deviceIndependentSize()
        if look().tokens.is_dark and self._pictures.is_own_picture(badge_id):
            plate = box.adjusted(-2, -2, 2, 2)
            paint_frame(painter, plate, RADII["small"], fill=look().tokens.plate)
        left = box.left() + (box.width() - size.width()) / 2
        top = box.top() + (box.height() - size.height()) / 2
        painter.drawPixmap(QPointF(left, top), pixmap)

    @staticmethod
    def _tick(painter: QPainter, box: QRectF, *, on: bool) -> None:
        """Draw a tick box; only the colour of what is done, never a verdict's."""
        tokens = look().tokens
        border = tokens.act if on else tokens.edge
        paint_frame(painter, box, 5, fill=tokens.act if on else tokens.surf, border=border)
        if on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", tokens.act_text)

    @staticmethod
    def _star(painter: QPainter, right: float, middle: float) -> None:
        side = look().px(_STAR)
        box = QRectF(right - side, middle - side / 2, side, side)
        paint_icon(painter, box, "star", look().tokens.brass)

    def _is_ringed(self, option: QStyleOptionViewItem) -> bool:
        return self.ring_current and bool(option.state & QStyle.StateFlag.State_HasFocus)


def _texts(index: _Index) -> RowTexts | None:
    found = index.data(Role.TEXTS)
    return found if isinstance(found, RowTexts) else None


def _card_in(cell: QRectF) -> QRectF:
    return cell.adjusted(RING, RING, RING - CARD_GAP, RING - CARD_GAP)


class CardDelegate(_BadgeDelegate):
    """A card: art at the top left, date at the top right, name, issuer, verdict at the foot."""

    def __init__(self, pictures: Pictures, parent: QObject) -> None:
        super().__init__(pictures, parent)
        self.cell = QSize(_CARD_MIN, _CARD_HEIGHT)

    def fit(self, viewport_width: int) -> QSize:
        """Return the cell, gap included, for as many equal columns as fit."""
        gap = CARD_GAP
        least = look().px(_CARD_MIN) + gap
        columns = max(1, viewport_width // least)
        # One pixel less: a row that is exactly full would wrap.
        self.cell = QSize((viewport_width - 1) // columns, look().px(_CARD_HEIGHT) + gap)
        return self.cell

    @staticmethod
    def tick_area(cell: QRectF) -> QRectF:
        """Return where a press selects, in a cell."""
        return QRectF(cell.left(), cell.top(), look().px(32), look().px(32))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the cell."""
        return self.cell

    def cut(self, cell: QRectF, texts: RowTexts) -> Sequence[str]:
        """Return the name, the issuer and what is inside where their lines do not hold them."""
        shown = self._named(_card_in(cell).width() - 2 * PADDING, texts)
        wholes = (texts.name, texts.issuer, texts.inside)
        return [whole for part, whole in zip(shown, wholes, strict=True) if part.elided]

    @staticmethod
    def _named(width: float, texts: RowTexts) -> tuple[ShapedText, ShapedText, ShapedText]:
        """Return name, issuer and what is inside, which takes the second line of the issuer."""
        name = shaped(texts.name, "badge_name", width, 2)
        issuer = shaped(texts.issuer, "compact_tight", width, 1 if texts.inside else 2)
        return name, issuer, shaped(texts.inside, "small", width, 3 - name.lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one card."""
        texts = _texts(index)
        if texts is None:
            return
        painter.save()
        smooth(painter)
        card = _card_in(QRectF(option.rect))
        selected = index.data(Role.SELECTED)
        self._frame(painter, card, option, selected=bool(selected))
        self._content(painter, card, texts)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if hot or selected is not None:
            side = look().px(TICK)
            self._tick(painter, QRectF(card.left() + 8, card.top() + 8, side, side),
                       on=bool(selected))  # fmt: skip
        painter.restore()

    def _frame(
        self, painter: QPainter, card: QRectF, option: QStyleOptionViewItem, *, selected: bool
    ) -> None:
        tokens = look().tokens
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        border = tokens.edge if hot or selected else tokens.line
        fill = tokens.sel if selected else tokens.surf
        # Without colours a frame tells it, as elsewhere in high contrast.
        width = 2.0 if selected and tokens.outlined else 1.0
        paint_frame(painter, card, RADII["card"], fill=fill, border=border, width=width)
        if self._is_ringed(option):
            ring = card.adjusted(-2, -2, 2, 2)
            paint_frame(painter, ring, RADII["card"] + 2, border=tokens.focus, width=2)

    def _content(self, painter: QPainter, card: QRectF, texts: RowTexts) -> None:
        tokens, px = look().tokens, look().px
        left, width = card.left() + PADDING, card.width() - 2 * PADDING
        art = QRectF(left - _ART_SHIFT, card.top() + px(22), px(_ART), px(_ART))
        self._picture(painter, texts.id, art)
        room, y = max(1.0, width - art.width() - 8), card.top() + 14
        for text, most, tone in ((texts.date, 2, tokens.t3), (texts.left, 2, tokens.t1)):
            date = shaped(text, "small", room, most if texts.left else 1)
            date.paint_right(painter, card.right() - PADDING, y, QColor(tone))
            y += date.height
        top = card.top() + px(124)
        name, issuer, inside = self._named(width, texts)
        name.paint(painter, left, top, QColor(tokens.t1))
        top += name.height + 3
        issuer.paint(painter, left, top, QColor(tokens.t2))
        if texts.inside:
            inside.paint(painter, left, top + issuer.height + 2, QColor(tokens.t1))
        foot = QRectF(left, card.bottom() - 12 - px(26), width, px(26))
        if texts.favourite:
            self._star(painter, card.right() - PADDING, foot.center().y())
        style = pill_style(texts.verdict)
        paint_verdict(
            painter,
            foot,
            texts.verdict,
            texts.verdict_word,
            tokens,
            style=style,
            scale=look().scale,
        )


class RowDelegate(_BadgeDelegate):
    """A row: art, name over issuer, skills, verdict, date at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height, more where the verdict stands below; the view gives the width."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractScrollArea) else 10_000
        folded = ListColumns.of(card_slice(QRectF(0, 0, width, 1))).folded
        return QSize(0, look().px(_FOLDED_HEIGHT if folded else _ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row of the white list."""
        texts = _texts(index)
        if texts is None:
            return
        painter.save()
        smooth(painter)
        row = card_slice(QRectF(option.rect))
        last = index.row() == index.model().rowCount() - 1
        selected = bool(index.data(Role.SELECTED))
        self._ground(painter, row, option, last=last, selected=selected)
        columns = ListColumns.of(row)
        box = QRectF(0, 0, columns.tick.width(), columns.tick.width())
        box.moveCenter(columns.tick.center())
        self._tick(painter, box, on=selected)
        self._name(painter, columns, texts)
        self._rest(painter, columns, texts)
        if self._is_ringed(option):
            ring = row.adjusted(1, 1, -1, -1)
            paint_frame(painter, ring, RADII["focus"], border=look().tokens.focus, width=2)
        painter.restore()

    def cut(self, cell: QRectF, texts: RowTexts) -> Sequence[str]:
        """Return the name, the issuer and the skills where a line does not hold them."""
        columns = ListColumns.of(card_slice(cell))
        shown, wholes = self._named(columns, texts), (texts.name, texts.issuer, texts.inside)
        found = [whole for part, whole in zip(shown, wholes, strict=True) if part.elided]
        metrics, room = QFontMetricsF(font("small", scale=look().scale)), columns.skills.width()
        hidden = bool(texts.inside and texts.skills)
        if room and (hidden or metrics.horizontalAdvance(texts.skills) > room):
            found.append(texts.skills)
        return found

    @staticmethod
    def _named(columns: ListColumns, texts: RowTexts) -> tuple[ShapedText, ShapedText, ShapedText]:
        """Return name, issuer and what is inside: beside the issuer, or where skills would be."""
        width = columns.name.width() - (look().px(_STAR) + 8 if texts.favourite else 0)
        name = shaped(texts.name, "badge_name", width, 1)
        if columns.skills.width() or not texts.inside:
            inside = shaped(texts.inside, "small", columns.skills.width(), 2)
            return name, shaped(texts.issuer, "small", width, 1), inside
        inside = shaped(texts.inside, "small", width * _INSIDE_SHARE, 1)
        room = width - inside.width - COLUMN_GAP
        return name, shaped(texts.issuer, "small", room, 1), inside

    @staticmethod
    def tick_area(cell: QRectF) -> QRectF:
        """Return where a press selects, in a row."""
        tick = ListColumns.of(card_slice(cell)).tick
        return tick.adjusted(-PADDING, 0, COLUMN_GAP / 2, 0)

    @staticmethod
    def _ground(
        painter: QPainter,
        row: QRectF,
        option: QStyleOptionViewItem,
        *,
        last: bool,
        selected: bool,
    ) -> None:
        tokens = look().tokens
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setClipRect(row)
        # The list is one tall card; each row shows its slice, the last its rounded foot.
        card = row.adjusted(0, -40, 0, 0 if last else 40)
        fill = tokens.sel if selected else tokens.hover if hot else tokens.surf
        paint_frame(painter, card, RADII["card"], fill=fill, border=tokens.line)
        painter.fillRect(QRectF(row.left(), row.top(), row.width(), 1), QColor(tokens.line))
        painter.restore()

    def _name(self, painter: QPainter, columns: ListColumns, texts: RowTexts) -> None:
        tokens, side = look().tokens, look().px(_ROW_ART)
        art = QRectF(0, 0, side, side)
        art.moveCenter(columns.art.center())
        self._picture(painter, texts.id, art)
        if texts.favourite:
            self._star(painter, columns.name.right(), columns.name.center().y())
        name, issuer, inside = self._named(columns, texts)
        left, middle = columns.name.left(), columns.name.center().y()
        top = middle - (name.height + issuer.height) / 2
        name.paint(painter, left, top, QColor(tokens.t1))
        issuer.paint(painter, left, top + name.height, QColor(tokens.t2))
        if not texts.inside:
            return
        x, y = left + issuer.width + COLUMN_GAP, top + name.height
        if columns.skills.width():
            x, y = columns.skills.left(), middle - inside.height / 2
        inside.paint(painter, x, y, QColor(tokens.t1))

    @staticmethod
    def _rest(painter: QPainter, columns: ListColumns, texts: RowTexts) -> None:
        tokens = look().tokens
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small", scale=look().scale))
        painter.setPen(QColor(tokens.t2))
        if columns.skills.width() and not texts.inside:
            metrics = QFontMetricsF(painter.font())
            elide = Qt.TextElideMode.ElideRight
            skills = metrics.elidedText(texts.skills, elide, columns.skills.width())
            painter.drawText(columns.skills, middle | Qt.AlignmentFlag.AlignLeft, skills)
        side = Qt.AlignmentFlag.AlignLeft if columns.stacked else Qt.AlignmentFlag.AlignRight
        if texts.left and not columns.stacked:
            painter.drawText(columns.date, middle | side, f"{texts.date}\n{texts.left}")
        else:
            painter.drawText(columns.date, middle | side, texts.date)
        paint_verdict(
            painter,
            columns.verdict,
            texts.verdict,
            texts.verdict_word,
            tokens,
            style=pill_style(texts.verdict),
            scale=look().scale,
        )
