"""Buttons: what they look like follows from their kind, never from the place they stand."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from wallet_app.drawing.fonts import font
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII, Theme
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.text import ShapedText, tone_color
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look

__all__ = ["Button", "IconButton", "Kind", "LinkButton", "Size"]

_GAP: Final = 8
_HOVER_ON_INVERSE: Final = 0.16


class Kind(StrEnum):
    """What a button is for. One primary per view; danger is outlined, never filled."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    GOLD = "gold"
    """The primary button on the iron ground of unlock and first run, in every theme."""
    IRON = "iron"
    """The secondary button on that ground."""
    INVERSE = "inverse"
    """A quiet button on an inverted bar."""


class Size(StrEnum):
    """Height 32, 38 or 44."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"


_HEIGHT: Final = {Size.SMALL: 32, Size.NORMAL: 38, Size.LARGE: 44}
_PADDING: Final = {Size.SMALL: 12, Size.NORMAL: 16, Size.LARGE: 18}
_ICON: Final = {Size.SMALL: 16, Size.NORMAL: 18, Size.LARGE: 18}
_ROLE: Final = {Size.SMALL: "compact_strong", Size.NORMAL: "body_strong", Size.LARGE: "heading"}


def _colors(kind: Kind, tokens: Theme, *, enabled: bool, hot: bool) -> tuple[str, str, str]:
    """Return fill, border and text of a button; "" for none."""
    if not enabled and kind is Kind.QUIET:
        return "", "", tokens.t3
    if not enabled and kind is Kind.INVERSE:
        return "", "", tokens.invert_text
    if not enabled:
        return tokens.sunk, tokens.line, tokens.t3
    side = tokens.sidebar
    table = {
        Kind.PRIMARY: (tokens.act_hover if hot else tokens.act, "", tokens.act_text),
        Kind.SECONDARY: (tokens.hover if hot else tokens.surf, tokens.edge, tokens.t1),
        Kind.QUIET: (tokens.hover if hot else "", "", tokens.t1),
        Kind.DANGER: (tokens.hover if hot else tokens.surf, tokens.danger, tokens.danger),
        Kind.GOLD: (side.gold, "", side.ground),
        Kind.IRON: (side.row if hot else "", side.edge, side.row_text),
        Kind.INVERSE: ("", "", tokens.invert_text),
    }
    return table[kind]


def _disabled(tone: str) -> str:
    """Return the tone of what cannot be pressed: ``t3`` is lost on what is dark in every theme."""
    if tone.startswith("side."):
        return "side.muted"
    return tone if tone == "invert_text" else "t3"


class Button(QPushButton):
    """A push button with an optional icon before its words."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        size: Size = Size.NORMAL,
        parent: QWidget | None = None,
    ) -> None:
        """``text`` is shown as it is: an ampersand is not a mnemonic."""
        super().__init__(parent)
        self.kind = kind
        self.icon_name = icon
        self._size = size
        self._words = ""
        self._wraps = False
        self.setProperty("ringRadius", RADII["control"])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font(_ROLE[size], scale=look().scale))
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Change the words, and with them the accessible name."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    @property
    def words(self) -> str:
        """The words as shown."""
        return self._words

    def let_wrap(self) -> "Button":
        """Break the words into lines where a column leaves less than they need on one."""
        self._wraps = True
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        # What is fixed in width is asked for its height at that width only.
        if policy.horizontalPolicy() is QSizePolicy.Policy.Fixed:
            policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)
        return self

    def sizeHint(self) -> QSize:
        """Words, icon and padding; French sets the width."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words)
        return QSize(round(width) + self._beside(), look().px(_HEIGHT[self._size]))

    def minimumSizeHint(self) -> QSize:
        """A button is never cut; where it may wrap, one word must have room."""
        whole = self.sizeHint()
        if not self._wraps:
            return whole
        metrics = QFontMetricsF(self.font())
        longest = max(map(metrics.horizontalAdvance, self._words.split()), default=0.0)
        return QSize(round(longest) + self._beside(), whole.height())

    def hasHeightForWidth(self) -> bool:
        """Only where it may wrap."""
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``, and what is around them."""
        one = look().px(_HEIGHT[self._size])
        shaped = self._shaped(width)
        # The same room above and below as around one line.
        return one + round(shaped.height * (shaped.lines - 1) / max(1, shaped.lines))

    def _beside(self) -> int:
        """What the width is more than the words."""
        icon = look().px(_ICON[self._size]) + _GAP if self.icon_name else 0
        return icon + 2 * look().px(_PADDING[self._size]) + 2

    def _shaped(self, width: int) -> ShapedText:
        return ShapedText(self._words, _ROLE[self._size], width - self._beside() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, border, icon and words."""
        tokens = look().tokens
        hot = self.underMouse() or self.isDown()
        fill, border, text = _colors(self.kind, tokens, enabled=self.isEnabled(), hot=hot)
        painter = QPainter(self)
        painter.setFont(self.font())
        radius = RADII["small"] if self._size is Size.SMALL else RADII["control"]
        paint_frame(painter, QRectF(self.rect()), radius, fill=fill, border=border)
        self._paint_content(painter, text)
        painter.end()

    def _paint_content(self, painter: QPainter, color: str) -> None:
        if self._wraps and self.width() < self.sizeHint().width():
            self._paint_lines(painter, color)
            return
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words)
        side = look().px(_ICON[self._size]) if self.icon_name else 0
        gap = _GAP if self.icon_name else 0
        x = (self.width() - width - side - gap) / 2
        if self.icon_name:
            top = (self.height() - side) / 2
            paint_icon(painter, QRectF(x, top, side, side), self.icon_name, color)
        painter.setPen(color)
        area = QRectF(x + side + gap, 0, width + 2, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                         self._words)  # fmt: skip

    def _paint_lines(self, painter: QPainter, color: str) -> None:
        shaped = self._shaped(self.width())
        side = look().px(_ICON[self._size]) if self.icon_name else 0
        gap = _GAP if self.icon_name else 0
        x = (self.width() - shaped.width - side - gap) / 2
        if self.icon_name:
            top = (self.height() - side) / 2
            paint_icon(painter, QRectF(x, top, side, side), self.icon_name, color)
        painter.save()
        painter.translate(x + side + gap, (self.height() - shaped.height) / 2)
        shaped.paint_centred(painter, shaped.width, 0, QColor(color))
        painter.restore()


class IconButton(QAbstractButton):
    """A button that is only an icon; its name is its tooltip and its accessible name."""

    def __init__(
        self, icon: str, name: str, *, tone: str = "t1", side_px: int = 38, icon_px: int = 20
    ) -> None:
        super().__init__()
        self._icon_name = icon
        self._tone = tone
        self._side_px = side_px
        self._icon_px = icon_px
        self.setProperty("ringRadius", RADII["control"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(look().px(side_px), look().px(side_px))
        self.set_face(icon, name)

    def set_face(self, icon: str, name: str) -> None:
        """Change icon and name together."""
        self._icon_name = icon
        self.setAccessibleName(name)
        self.setToolTip(tooltip(name))
        # A tooltip is told as description: the same words a second time.
        self.setAccessibleDescription(NOTHING_MORE)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, on a ground while pointed at."""
        tokens = look().tokens
        painter = QPainter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked()):
            fill = tokens.sel if self.isChecked() else tokens.hover
            if self._tone.startswith("side."):
                fill = tokens.sidebar.row
            if self._tone == "invert_text":
                # The ground of the pages would be a square in which the icon is lost.
                painter.setOpacity(_HOVER_ON_INVERSE)
                fill = tokens.invert_text
            paint_frame(painter, QRectF(self.rect()), RADII["control"], fill=fill)
            painter.setOpacity(1.0)
        side = look().px(self._icon_px)
        at = QPointF((self.width() - side) / 2, (self.height() - side) / 2)
        tone = self._tone if self.isEnabled() else _disabled(self._tone)
        color = tone_color(tokens, tone).name()
        paint_icon(painter, QRectF(at.x(), at.y(), side, side), self._icon_name, color)
        painter.end()


class LinkButton(QAbstractButton):
    """Words underlined in gold."""

    def __init__(
        self,
        text: str,
        *,
        role: str = "small",
        tone: str = "t1",
        line_tone: str = "gold",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._line_tone = line_tone
        self.setProperty("ringRadius", RADII["focus"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font(role, scale=look().scale))
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Change the words."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Words and the line below them; at least 24 high to be hit."""
        metrics = QFontMetricsF(self.font())
        height = max(look().px(24), round(metrics.height()) + 4)
        return QSize(round(metrics.horizontalAdvance(self._words)) + 1, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and line."""
        tokens = look().tokens
        metrics = QFontMetricsF(self.font())
        painter = QPainter(self)
        painter.setFont(self.font())
        color = tone_color(tokens, self._tone if self.isEnabled() else _disabled(self._tone))
        painter.setPen(color)
        baseline = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(0, baseline), self._words)
        line = tone_color(tokens, self._line_tone)
        painter.setPen(QPen(color if self.underMouse() else line, 1.5))
        y = round(baseline + 3) + 0.5
        painter.drawLine(QPointF(0, y), QPointF(metrics.horizontalAdvance(self._words), y))
        painter.end()
