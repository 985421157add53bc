"""The library as Qt sees it: one flat list, replaced as a whole by each search."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow
from wallet_app.ui.phrases import (
    each_quoted,
    ends_on,
    issuer_name,
    row_date,
    row_sentence,
    short_date,
)
from wallet_app.wording import Words, plain_text

__all__ = ["LibraryModel", "Role", "RowTexts"]

_MAX_NAME_CHARS = 200
_MAX_SKILLS = 3
_MAX_SKILL_CHARS = 40


class Role(IntEnum):
    """What a delegate may ask of a row beside Qt's own roles."""

    BADGE_ID = Qt.ItemDataRole.UserRole + 1
    TEXTS = Qt.ItemDataRole.UserRole + 2
    SELECTED = Qt.ItemDataRole.UserRole + 3
    """Whether it is selected; None while nothing is."""


@dataclass(frozen=True, slots=True)
class RowTexts:
    """One badge as lists print it; everything is safe to draw as it is."""

    id: str
    name: str
    issuer: str
    skills: str
    date: str
    verdict: str
    verdict_word: str
    favourite: bool = False
    left: str = ""
    """How long it is to the date, where that is the badge's end."""
    inside: str = ""
    """What in it was searched for, where nothing else in it was."""
    inside_note: str = ""
    """That the verdict shown is not that of ``inside``."""


class LibraryModel(QAbstractListModel):
    """Rows in the order given. Texts are made when first asked for, never while painting twice.

    What is selected is kept by id, and only as long as it is shown: nothing is done to a
    badge that nobody sees.
    """

    selection_changed = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: list[BadgeRow] = []
        self._texts: dict[int, RowTexts] = {}
        self._selected: frozenset[str] = frozenset()
        self._ends_from: datetime | None = None

    def tell_ends(self, now: datetime | None) -> None:
        """Show from the next rows on when each ends, and how long that is from ``now``."""
        self._ends_from = now

    def set_rows(self, rows: Sequence[BadgeRow]) -> None:
        """Replace everything; () forgets everything."""
        self.beginResetModel()
        self._rows = list(rows)
        self._texts = {}
        self.endResetModel()
        if self._selected:
            self.select(self._selected & {row.id for row in rows})

    # --- what is selected --------------------------------------------------------------

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected."""
        return bool(self._selected)

    @property
    def selected_rows(self) -> Sequence[BadgeRow]:
        """The selected badges, in the order shown."""
        return [row for row in self._rows if row.id in self._selected]

    def select(self, badge_ids: Iterable[str]) -> None:
        """Select these badges and no others."""
        wanted = frozenset(badge_ids)
        if wanted == self._selected:
            return
        self._selected = wanted
        if self._rows:
            ends = self.index(0), self.index(len(self._rows) - 1)
            self.dataChanged.emit(*ends, [Role.SELECTED, Qt.ItemDataRole.AccessibleTextRole])
        self.selection_changed.emit()

    def toggle(self, at: int) -> None:
        """Select the badge in a row, or no longer."""
        if badge_id := self.badge_id(at):
            self.select(self._selected ^ {badge_id})

    def select_range(self, first: int, last: int) -> None:
        """Select every badge between two rows, too."""
        low, high = sorted((max(0, first), max(0, last)))
        self.select(self._selected | {row.id for row in self._rows[low : high + 1]})

    def select_all(self) -> None:
        """Select every badge that is shown."""
        self.select(row.id for row in self._rows)

    @Slot()
    def select_none(self) -> None:
        """Select nothing."""
        self.select(())

    # -----------------------------------------------------------------------------------

    def append(self, rows: Sequence[BadgeRow]) -> None:
        """Add rows behind the others."""
        if rows:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def rows_of(self, badge_ids: Iterable[str]) -> Sequence[BadgeRow]:
        """Return some of the badges that are shown."""
        return [self._rows[at] for one in badge_ids if (at := self.row_of(one)) >= 0]

    def row_of(self, badge_id: str) -> int:
        """Return where a badge stands, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.id == badge_id), -1)

    def row(self, badge_id: str) -> BadgeRow | None:
        """Return a badge that is shown, or None."""
        at = self.row_of(badge_id)
        return self._rows[at] if at >= 0 else None

    def badge_id(self, at: int) -> str:
        """Return the id in a row, or "" outside."""
        return self._rows[at].id if 0 <= at < len(self._rows) else ""

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all badges in their order."""
        return tuple(row.id for row in self._rows)

    def neighbour(self, badge_id: str, going: Container[str]) -> str:
        """Return the first id behind a badge that stays, else the last before, else ""."""
        at = self.row_of(badge_id)
        beside = [*self._rows[at + 1 :], *self._rows[:at][::-1]] if at >= 0 else []
        return next((row.id for row in beside if row.id not in going), "")

    def refresh_picture(self, badge_id: str) -> None:
        """Repaint one badge whose picture has arrived."""
        # Only what was painted has asked for a picture: thousands more need not be looked at.
        at = next((at for at in self._texts if self._rows[at].id == badge_id), -1)
        if at >= 0:
            index = self.index(at)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def rowCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008  (Qt's own)
    ) -> int:
        """Return the number of badges."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name, the sentence for a screen reader, or the texts to paint."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain_text(row.name, max_chars=_MAX_NAME_CHARS)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = row.id in self._selected
            return row_sentence(self._words, row, selected=chosen, ends_from=self._ends_from)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            texts = self._texts_of(index.row())
            return ". ".join(filter(None, (texts.inside, texts.inside_note, texts.skills)))
        if role == Role.BADGE_ID:
            return row.id
        if role == Role.TEXTS:
            return self._texts_of(index.row())
        if role == Role.SELECTED and self._selected:
            return row.id in self._selected
        return None

    def _texts_of(self, at: int) -> RowTexts:
        if at not in self._texts:
            row = self._rows[at]
            skills = [plain_text(skill, max_chars=_MAX_SKILL_CHARS) for skill in row.skills]
            date, left = self._dates(row)
            self._texts[at] = RowTexts(
                id=row.id,
                name=plain_text(row.name, max_chars=_MAX_NAME_CHARS),
                issuer=issuer_name(self._words, row),
                skills=", ".join(skills[:_MAX_SKILLS]),
                date=date,
                verdict=row.shown_verdict,
                verdict_word=row_word(self._words, row),
                favourite=row.marks.favourite,
                left=left,
                inside=self._inside(row),
                inside_note=self._words.text("inside.found_own") if row.found_inside else "",
            )
        return self._texts[at]

    def _inside(self, row: BadgeRow) -> str:
        if not row.found_inside:
            return ""
        return self._words.text("inside.found", texts=each_quoted(self._words, row.found_inside))

    def found_inside(self, badge_id: str) -> Sequence[str]:
        """Return what a search that is shown found inside a record, untrusted."""
        row = self.row(badge_id)
        return row.found_inside if row is not None else ()

    def _dates(self, row: BadgeRow) -> tuple[str, str]:
        if self._ends_from is None or row.expires_on is None:
            return row_date(self._words, row), ""
        day = short_date(self._words, row.expires_on)
        return ends_on(self._words, row.expires_on, self._ends_from, day)
