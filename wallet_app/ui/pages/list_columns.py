"""Where things stand in a row of the library's list, for its rows and its head alike."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF

from wallet_app.ui.theme import look

__all__ = ["CARD_GAP", "COLUMN_GAP", "PADDING", "RING", "TICK", "ListColumns", "card_slice"]

CARD_GAP: Final = 18
RING: Final = 2
"""Room around a card for the ring of the current one."""
PADDING: Final = 16
COLUMN_GAP: Final = 14
TICK: Final = 18
_DATE: Final = 132
_VERDICT: Final = 184
_NAME_LEAST: Final = 220
_NAME_STACKED_LEAST: Final = 150
_FOLDED_FOOT: Final = 32


def card_slice(row: QRectF) -> QRectF:
    """Return where the list's white card lies in a row of the view: flush with the cards."""
    return row.adjusted(RING, 0, RING - CARD_GAP, 0)


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Where the columns of a list row stand, for the delegate and the header alike."""

    name: QRectF
    skills: QRectF
    verdict: QRectF
    date: QRectF
    art: QRectF
    tick: QRectF
    stacked: bool
    folded: bool = False

    @classmethod
    def of(cls, row: QRectF) -> "ListColumns":
        """Share the width of a row; skills give way first when it is narrow.

        At last the verdict stands below the name (``folded``): names need room more than columns.
        """
        px = look().px
        left, right = row.left() + PADDING, row.right() - PADDING
        tick = QRectF(left, row.top(), px(TICK), row.height())
        art = QRectF(tick.right() + COLUMN_GAP, row.top(), px(40), row.height())
        date = QRectF(right - px(_DATE), row.top(), px(_DATE), row.height())
        verdict_left = date.left() - COLUMN_GAP - px(_VERDICT)
        verdict = QRectF(verdict_left, row.top(), px(_VERDICT), row.height())
        room = verdict.left() - art.right() - 2 * COLUMN_GAP
        stacked = room < px(_NAME_LEAST)
        if stacked:
            # In large text the date stands below the verdict.
            half = row.height() / 2
            verdict = QRectF(right - px(_VERDICT), row.top(), px(_VERDICT), half + px(2))
            date = QRectF(verdict.left(), row.top() + half, px(_VERDICT), half - px(4))
            room = verdict.left() - art.right() - 2 * COLUMN_GAP
            if room < px(_NAME_STACKED_LEAST):
                return cls._below(row, tick, art)
        skills_width = px(190) if room > px(430) else 0.0
        skills = QRectF(
            verdict.left() - COLUMN_GAP - skills_width, row.top(), skills_width, row.height()
        )
        name_left = art.right() + COLUMN_GAP
        name_right = (skills.left() if skills_width else verdict.left()) - COLUMN_GAP
        name = QRectF(name_left, row.top(), name_right - name_left, row.height())
        return cls(name=name, skills=skills, verdict=verdict, date=date, art=art, tick=tick,
                   stacked=stacked)  # fmt: skip

    @classmethod
    def _below(cls, row: QRectF, tick: QRectF, art: QRectF) -> "ListColumns":
        px, left = look().px, art.right() + COLUMN_GAP
        width = row.right() - PADDING - left
        foot = min(px(_FOLDED_FOOT), row.height())
        name = QRectF(left, row.top() + px(4), width, max(0.0, row.height() - foot - px(4)))
        verdict = QRectF(left, row.bottom() - foot, min(px(_VERDICT), width), foot - px(4))
        date = QRectF(verdict.right(), verdict.top(), width - verdict.width(), verdict.height())
        return cls(name=name, skills=QRectF(), verdict=verdict, date=date, art=art, tick=tick,
                   stacked=False, folded=True)  # fmt: skip
