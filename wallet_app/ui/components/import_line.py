"""One source of an import on one line: picture, name and issuer, where from, and the result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.verdict_mark import PILL, PLAIN, paint_verdict, verdict_size
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look

__all__ = ["ImportLine", "LineFace"]

_HEIGHT: Final = 44
_HEIGHT_NARROW: Final = 64
_NARROW: Final = 520
_PADDING: Final = 16
_ART: Final = 28
_SOURCE: Final = 220
_RESULT: Final = 170
_GAP: Final = 12


@dataclass(frozen=True, slots=True)
class LineFace:
    """What a line shows.

    Attributes:
        name: set in serif when ``art`` is given, else in sans.
        by: the issuer, or a sentence that says why not.
        source: file name or address.
        verdict, word: the result as verdict and word; "" for none.
        note: a plain word in place of a verdict.
        art: gives the badge's picture as it is known when painted, or None for ``icon``.
    """

    name: str
    by: str = ""
    source: str = ""
    verdict: str = ""
    word: str = ""
    note: str = ""
    art: Callable[[], QPixmap] | None = None
    icon: str = "file"


class ImportLine(QAbstractButton):
    """A row that opens its badge when it has one; else it cannot be activated."""

    def __init__(self, face: LineFace, *, first: bool = False) -> None:
        super().__init__()
        self._face = face
        self._first = first
        self.badge_id = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look().px(_HEIGHT))
        self.setProperty("ringInside", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_face(face)

    def set_badge(self, badge_id: str) -> None:
        """Make the row open a badge, or nothing with ""."""
        self.badge_id = badge_id
        focus = Qt.FocusPolicy.StrongFocus if badge_id else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        shape = Qt.CursorShape.PointingHandCursor if badge_id else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def show_face(self, face: LineFace) -> None:
        """Change what is shown."""
        self._face = face
        said = (face.name, face.by, face.source, face.word or face.note)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(tooltip(face.name, face.by, face.source))
        self.setAccessibleDescription(NOTHING_MORE)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(480, look().px(_HEIGHT))

    @property
    def _is_narrow(self) -> bool:
        """Whether a name and what is said of it had better stand below each other."""
        return self.width() < look().px(_NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take two lines where it is narrow."""
        self.setFixedHeight(look().px(_HEIGHT_NARROW if self._is_narrow else _HEIGHT))
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        tokens = look().tokens
        painter = QPainter(self)
        smooth(painter)
        if self.badge_id and self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        if not self._first:
            painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(tokens.line))
        self._paint_picture(painter)
        right = self._paint_result(painter)
        if self._is_narrow:
            self._paint_both(painter, right)
        else:
            self._paint_name(painter, self._paint_source(painter, right))
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        side = look().px(_ART)
        top = (self.height() - side) / 2
        if self._face.art is not None:
            art = self._face.art()
            size = art.deviceIndependentSize()
            x = _PADDING + (side - size.width()) / 2
            painter.drawPixmap(QPointF(x, (self.height() - size.height()) / 2), art)
            return
        box = QRectF(_PADDING, top, side, side).adjusted(5, 5, -5, -5)
        paint_icon(painter, box, self._face.icon, look().tokens.t3)

    def _paint_result(self, painter: QPainter) -> float:
        face = self._face
        right = self.width() - _PADDING
        area = QRectF(right - look().px(_RESULT), 0, look().px(_RESULT), self.height())
        if face.verdict:
            style = PLAIN if face.verdict == "verified" else PILL
            paint_verdict(
                painter, area, face.verdict, face.word, look().tokens,
                style=style, scale=look().scale, align=Qt.AlignmentFlag.AlignRight,
            )  # fmt: skip
            if self._is_narrow:
                return right - verdict_size(face.word, style, scale=look().scale).width()
            return area.left()
        if face.note:
            self._write(painter, area, face.note, "small", look().tokens.t2, right=True)
            return area.left()
        return right

    def _paint_source(self, painter: QPainter, right: float) -> float:
        width = min(look().px(_SOURCE), self.width() / 4)
        if not self._face.source:
            return right
        area = QRectF(right - width - _GAP, 0, width, self.height())
        self._write(painter, area, self._face.source, "small", look().tokens.t3)
        return area.left() - _GAP

    def _paint_name(self, painter: QPainter, right: float) -> None:
        left = _PADDING + look().px(_ART) + 14
        tokens = look().tokens
        role = "badge_name" if self._face.art is not None else "body"
        area = QRectF(left, 0, max(0.0, right - left), self.height())
        used = self._write(painter, area, self._face.name, role, tokens.t1)
        area.setLeft(left + used + 8)
        if self._face.by and area.width() > 40:
            self._write(painter, area, self._face.by, "small", tokens.t2)

    def _paint_both(self, painter: QPainter, right: float) -> None:
        """Write the name, and below it what is said of it."""
        face, tokens = self._face, look().tokens
        left, height = _PADDING + look().px(_ART) + 14, self.height()
        said = " · ".join(part for part in (face.by, face.source) if part)
        role = "badge_name" if face.art is not None else "body"
        half = height / 2 if said else height
        # Below the name the result leaves no room free either: it stands in the middle.
        name = QRectF(left, 4 if said else 0, max(0.0, right - left - _GAP), half - 4)
        self._write(painter, name, face.name, role, tokens.t1)
        if said:
            below = QRectF(left, half, name.width(), half - 6)
            self._write(painter, below, said, "small", tokens.t2)

    def _write(  # noqa: PLR0913, PLR0917  (one line of text: where, what, how)
        self, painter: QPainter, area: QRectF, text: str, role: str, color: str,
        right: bool = False,
    ) -> float:  # fmt: skip
        painter.setFont(font(role, scale=look().scale))
        painter.setPen(QColor(color))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, shown)
        return metrics.horizontalAdvance(shown)
