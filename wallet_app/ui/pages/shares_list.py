"""The list of what was shown: what and to whom, by which way, when, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import (
    QRectF,
    QSize,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from wallet_app.app.history_words import way_words
from wallet_app.app.share_models import LedgerEntry, ShareEnd
from wallet_app.drawing.fonts import line_height
from wallet_app.drawing.icons import paint_icon
from wallet_app.ui.components.line_model import (
    LINE_ROLE,
    Ends,
    Index,
    LineModel,
    as_quiet_list,
    paint_ends,
    paint_ground,
)
from wallet_app.ui.components.painting import smooth
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.event_words import event_moment
from wallet_app.ui.share_icons import WAY_ICONS
from wallet_app.ui.theme import look
from wallet_app.wording import Words, plain_text

__all__ = ["ShareLine", "SharesList", "SharesModel", "line_of", "state_words", "what_words"]

_ROW: Final = 60
_MAX_NAME: Final = 160


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share as it is drawn and said; ``folded`` is what a search looks through."""

    id: str
    icon: str
    what: str
    below: str
    moment: str
    state: str
    ended: bool
    spoken: str
    folded: str


def what_words(words: Words, entry: LedgerEntry) -> str:
    """Return what was shown: the badge, or the first of several."""
    names = [plain_text(name, max_chars=_MAX_NAME) for _, name in entry.badges if name]
    if not names:
        return words.text("shares_page.nothing")
    if len(names) == 1:
        return names[0]
    return words.plural("shares_page.several", len(names) - 1, name=names[0])


def state_words(words: Words, entry: LedgerEntry) -> str:
    """Return in a few words how a share stands."""
    if entry.end is not None and entry.ended_at is not None:
        # An end by its day is a day in UTC, as it was promised; an act is one of here.
        over = entry.end is ShareEnd.EXPIRED
        day = (entry.ended_at if over else entry.ended_at.astimezone()).date()
        return words.text(f"share_note.end.{entry.end}", date=words.date(day))
    if entry.until is not None:
        return words.text("shares_page.running", date=words.date(entry.until))
    return words.text(f"share_note.recall.{entry.recall}")


def line_of(words: Words, entry: LedgerEntry, now: datetime) -> ShareLine:
    """Return an entry in words."""
    what, way = what_words(words, entry), way_words(words, entry)
    moment = event_moment(words, entry.at, now)
    state, to = state_words(words, entry), plain_text(entry.to, max_chars=_MAX_NAME)
    values = {"what": what, "way": way, "moment": moment, "state": state}
    spoken = (
        words.text("shares_page.row_to", to=to, **values) if to
        else words.text("shares_page.row", **values)
    )  # fmt: skip
    # What Coffre says comes first: only the name at the end may be elided.
    below = f"{way} · {words.text('shares_page.to', to=to)}" if to else way
    below = below[:1].upper() + below[1:]
    icon = WAY_ICONS[entry.way]
    names = " ".join(name for _, name in entry.badges)
    folded = f"{spoken} {names}".casefold()
    ended = entry.end is not None
    return ShareLine(entry.id, icon, what, below, moment, state, ended, spoken, folded)


class SharesModel(LineModel[ShareLine]):
    """Prepared lines."""

    def row_of(self, share_id: str) -> int:
        """Return where a share stands, -1 when it does not."""
        ids = [line.id for line in self.lines]
        return ids.index(share_id) if share_id in ids else -1

    def texts(self, line: ShareLine) -> tuple[str, str, str]:
        """Return what a share shows, says and tells."""
        return line.what, line.spoken, tooltip(line.what, line.below)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, ShareLine):
            return
        tokens, rect = look().tokens, QRectF(option.rect)
        painter.save()
        smooth(painter)
        paint_ground(painter, option, first=not index.row())
        side = look().px(20)
        icon = QRectF(rect.left() + 18, rect.center().y() - side / 2, side, side)
        paint_icon(painter, icon, line.icon, tokens.t3 if line.ended else tokens.t2)
        self._write(painter, line, rect.adjusted(18 + side + 14, 0, -18, 0))
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, line: ShareLine, area: QRectF) -> None:
        tokens, scale = look().tokens, look().scale
        first, second = (line_height(role, scale=scale) for role in ("badge_name", "small"))
        top = area.center().y() - (first + second) / 2
        rows = (
            (line.what, line.moment, "badge_name", tokens.t2 if line.ended else tokens.t1,
             tokens.t3, first),
            (line.below, line.state, "small", tokens.t2, tokens.t2, second),
        )  # fmt: skip
        for left, right, role, color, beside, height in rows:
            row = QRectF(area.left(), top, area.width(), height)
            paint_ends(
                painter, row, Ends(left, right, role, QColor(color), "small", QColor(beside))
            )
            top += height


class SharesList(QListView):
    """One tab stop. ``current_changed`` gives the row that is chosen."""

    current_changed = Signal(int)

    def __init__(self, name: str, model: SharesModel) -> None:
        super().__init__()
        self.setObjectName("shares")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        as_quiet_list(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which share is chosen."""
        super().currentChanged(current, previous)
        self.current_changed.emit(current.row() if current.isValid() else -1)
