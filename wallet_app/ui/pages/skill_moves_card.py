"""What moves: a few findings, each leading to the skill or the badge that it is about."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.skill_models import Strength
from wallet_app.app.skill_moves import Move, MoveKind
from wallet_app.app.skill_words import month_words, name_words
from wallet_app.drawing.fonts import line_height
from wallet_app.drawing.icons import paint_icon
from wallet_app.drawing.tokens import RADII
from wallet_app.ui.components.emptying import empty
from wallet_app.ui.components.keys import press_on_enter
from wallet_app.ui.components.painting import paint_frame
from wallet_app.ui.components.tab_order import order_as_seen
from wallet_app.ui.components.text import ShapedText, tone_color
from wallet_app.ui.components.tooltip import NOTHING_MORE, tooltip
from wallet_app.ui.theme import look
from wallet_app.wording import Words

__all__ = ["MoveList", "move_words"]

_ICON: Final = 20
_TEXT: Final = 34
_ABOVE: Final = 8
_ICONS: Final = {
    MoveKind.SOON: ("calendar", "t2"),
    MoveKind.FADING: ("warning", "verdict.suspended"),
    MoveKind.RENEW: ("clock", "t2"),
    MoveKind.LOST: ("warning", "verdict.suspended"),
    MoveKind.GROWING: ("skills", "t2"),
    MoveKind.NEW: ("star", "t2"),
}
_MONTHS_OF_YEAR: Final = 12


def move_words(move: Move, words: Words) -> tuple[str, str]:
    """Return the headline of a finding and what stands below it."""
    name, key = name_words(move.name), f"skills_move.{move.kind}"
    title = words.text(f"{key}.title", name=name)
    if move.kind is MoveKind.GROWING:
        text = words.plural(f"{key}.text", move.badges, before=words.number(move.before))
        return title, text
    if move.kind is MoveKind.NEW:
        if move.skills > 1:
            title = words.plural(f"{key}.more", move.skills - 1, name=name)
        return title, words.text(f"{key}.text", month=_month(move, words))
    sentences = [_standing(move, key, words)]
    if move.months and move.kind in (MoveKind.SOON, MoveKind.RENEW):
        sentences.append(_usual(move.months, words))
    if move.skills > 1:
        sentences.append(words.plural("skills_move.rests", move.skills))
    return title, " ".join(sentences)


def _standing(move: Move, key: str, words: Words) -> str:
    if move.kind is MoveKind.SOON and move.at is not None:
        return words.text(f"{key}.text", date=words.date(move.at.date()))
    if move.kind in (MoveKind.FADING, MoveKind.LOST):
        said = words.text(f"{key}.{_manner(move.strength)}")
        since = words.text("skills_move.nothing_since", month=_month(move, words))
        return f"{said} {since}" if move.at and move.kind is MoveKind.FADING else said
    if move.at is None:
        return words.text(f"{key}.undated")
    return words.text(f"{key}.text", month=_month(move, words))


def _manner(strength: Strength) -> str:
    return strength.value


def _month(move: Move, words: Words) -> str:
    return month_words(words, move.at) if move.at is not None else ""


def _usual(months: int, words: Words) -> str:
    years, rest = divmod(months, _MONTHS_OF_YEAR)
    if years and not rest:
        return words.plural("skills_move.usual_years", years)
    return words.plural("skills_move.usual_months", months)


class _Row(QAbstractButton):
    def __init__(self, move: Move, words: Words) -> None:
        super().__init__()
        self.move_told = move
        self._title, self._said = move_words(move, words)
        self.setAccessibleName(f"{self._title}. {self._said}")
        self.setToolTip(tooltip(self._title))
        self.setAccessibleDescription(NOTHING_MORE)
        self.setProperty("ringRadius", RADII["small"])
        self.setProperty("ringInside", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, text = self._shaped(width)
        return round(title.height + text.height) + 2 * look().px(_ABOVE) + 1

    def sizeHint(self) -> QSize:
        width = look().px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), round(line_height("body_strong", scale=look().scale)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_on_enter(self, event):
            super().keyPressEvent(event)

    def _shaped(self, width: float) -> tuple[ShapedText, ShapedText]:
        room = max(1.0, width - look().px(_TEXT))
        return (
            ShapedText(self._title, "body_strong", room, max_lines=2),
            ShapedText(self._said, "small", room),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = look().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse():
            paint_frame(painter, box.adjusted(0, 1, 0, 0), RADII["small"], fill=tokens.hover)
        title, text = self._shaped(self.width())
        top = look().px(_ABOVE)
        icon, tone = _ICONS[self.move_told.kind]
        side = look().px(_ICON)
        middle = top + (title.height + text.height - side) / 2
        paint_icon(painter, QRectF(0, middle, side, side), icon, tone_color(tokens, tone).name())
        left = look().px(_TEXT)
        title.paint(painter, left, top, QColor(tokens.t1))
        text.paint(painter, left, top + title.height, QColor(tokens.t2))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(tokens.line))
        painter.end()


class MoveList(QWidget):
    """``asked`` gives the finding that is chosen."""

    asked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._told: tuple[Move, ...] = ()

    def show_moves(self, moves: Sequence[Move], words: Words) -> None:
        """Show these findings and no others."""
        if tuple(moves) == self._told:
            return  # whoever stands on one of them stays there
        self._told = tuple(moves)
        empty(self._column)
        for move in moves:
            row = _Row(move, words)
            row.clicked.connect(self._tell)
            self._column.addWidget(row)
        order_as_seen(self)

    @Slot()
    def _tell(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            self.asked.emit(row.move_told)
